"""A strip plot in a row of a table: a score, a range of scores or a band of ranks as a mark on a thin line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard.html.markup import NOTHING, tag

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Strip:
    """The scale of the marks: `low` at the left, `high` at the right, whichever is the greater."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Where a value lies, in per cent of the way to the right."""
        return 100 * (value - self.low) / (self.high - self.low)


def score_strip(known: pl.DataFrame) -> Strip | None:
    """From the lowest to the highest score known in the edition; None where there are no two."""
    low, high = known.select(
        low=pl.min_horizontal(pl.col("score").min(), pl.col("score_low").min(), pl.col("score_high").min()),
        high=pl.max_horizontal(pl.col("score").max(), pl.col("score_high").max()),
    ).row(0)
    return Strip(low, high) if low is not None and high > low else None


def score_mark(row: Row, strip: Strip) -> Markup:
    """A dot where the score lies, a bar from end to end of its range, or from the left up to where it must end."""
    if row["score"] is not None:
        return _strip(_dot(strip.place(row["score"]), hollow=row["score_status"] != "published"))
    if row["score_high"] is None:
        return NOTHING
    start = 0.0 if row["score_low"] is None else strip.place(row["score_low"])
    return _strip(_bar("vb-span", start, strip.place(row["score_high"])))


def band_mark(low: float, value: float, high: float, strip: Strip, *, hollow: bool) -> Markup:
    """A bar from one end of a band to the other, and a dot at the value inside."""
    left, right = sorted((strip.place(low), strip.place(high)))
    return _strip(_bar("vb-band", left, right), _dot(strip.place(value), hollow=hollow))


def _strip(*marks: Markup) -> Markup:
    return tag("span.vb-strip", *marks)


def _dot(left: float, *, hollow: bool) -> Markup:
    return tag("i.vb-dot.vb-hollow" if hollow else "i.vb-dot", style=f"left:{left:.1f}%")


def _bar(style: str, left: float, right: float) -> Markup:
    return tag(f"i.{style}", style=f"left:{left:.1f}%;width:{right - left:.1f}%")
