"""Strip plots in table cells: a score, a range of scores or a band of ranks as a mark on a common scale."""

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
    """The scale of a strip plot: `low` is its left end, `high` its right end (for ranks, `low` > `high`)."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """The distance of a value from the left end, in per cent of the width."""
        return 100 * (value - self.low) / (self.high - self.low)


def score_strip(known: pl.DataFrame) -> Strip | None:
    """The scale from the lowest to the highest known score of `known` (score, score_low, score_high).

    None where fewer than two different scores are known.
    """
    low, high = known.select(
        low=pl.min_horizontal(pl.col("score").min(), pl.col("score_low").min(), pl.col("score_high").min()),
        high=pl.max_horizontal(pl.col("score").max(), pl.col("score_high").max()),
    ).row(0)
    return Strip(low, high) if low is not None and high > low else None


def score_mark(row: Row, strip: Strip) -> Markup:
    """A dot for a score, hollow unless published; a bar for a range, from the left end if its low is not known."""
    if row["score"] is not None:
        return _strip(_dot(strip.place(row["score"]), hollow=row["score_status"] != "published"))
    if row["score_high"] is None:
        return NOTHING
    start = 0.0 if row["score_low"] is None else strip.place(row["score_low"])
    return _strip(_bar("vb-span", start, strip.place(row["score_high"])))


def band_mark(low: float, value: float, high: float, strip: Strip, *, hollow: bool) -> Markup:
    """A bar from `low` to `high` with a dot at `value`."""
    left, right = sorted((strip.place(low), strip.place(high)))
    return _strip(_bar("vb-band", left, right), _dot(strip.place(value), hollow=hollow))


def _strip(*marks: Markup) -> Markup:
    return tag("span.vb-strip", *marks)


def _dot(left: float, *, hollow: bool) -> Markup:
    return tag("i.vb-dot.vb-hollow" if hollow else "i.vb-dot", style=f"left:{left:.1f}%")


def _bar(style: str, left: float, right: float) -> Markup:
    return tag(f"i.{style}", style=f"left:{left:.1f}%;width:{right - left:.1f}%")
