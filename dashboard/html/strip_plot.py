"""A figure as a mark on a thin rail behind a row of a table: a score, a range of scores, a band of ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rail:
    """The scale behind the marks: `low` at the left, `high` at the right, whichever is the greater."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Where a value lies, in per cent of the way to the right."""
        return 100 * (value - self.low) / (self.high - self.low)


def score_rail(known: pl.DataFrame) -> Rail | None:
    """From the lowest to the highest score known in the edition; None where there are no two."""
    low, high = known.select(
        low=pl.min_horizontal(pl.col("score").min(), pl.col("score_low").min(), pl.col("score_high").min()),
        high=pl.max_horizontal(pl.col("score").max(), pl.col("score_high").max()),
    ).row(0)
    return Rail(low, high) if low is not None and high > low else None


def score_mark(row: Row, rail: Rail) -> str:
    """A dot where the score lies, a bar from end to end of its range, or from the left up to where it must end."""
    if row["score"] is not None:
        return _rail(_dot(rail.place(row["score"]), hollow=row["score_status"] != "published"))
    if row["score_high"] is None:
        return ""
    start = 0.0 if row["score_low"] is None else rail.place(row["score_low"])
    return _rail(_bar("vb-span", start, rail.place(row["score_high"])))


def band_mark(low: float, value: float, high: float, rail: Rail, *, hollow: bool) -> str:
    """A bar from one end of a band to the other, and a dot at the value inside."""
    left, right = sorted((rail.place(low), rail.place(high)))
    return _rail(_bar("vb-band", left, right) + _dot(rail.place(value), hollow=hollow))


def _rail(inner: str) -> str:
    return f'<span class="vb-rail">{inner}</span>'


def _dot(left: float, *, hollow: bool) -> str:
    return f'<i class="vb-dot{" vb-hollow" if hollow else ""}" style="left:{left:.1f}%"></i>'


def _bar(style: str, left: float, right: float) -> str:
    return f'<i class="{style}" style="left:{left:.1f}%;width:{right - left:.1f}%"></i>'
