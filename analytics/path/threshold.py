"""What score does the target group take, how has it moved, and by how much should one aim above it?

The threshold is the score of the last unit inside the target group. In a complete edition it is the k-th best
score; elsewhere it is known where the unit with published rank k is, else it lies between the scores of the
nearest known ranks. Thresholds of different regimes stand side by side but are not subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import polars as pl

from analytics.core.edition import PLACES
from data.definition import OVERALL, Index

# How many editions back a threshold's spread is measured; regimes are often shorter.
LAST_EDITIONS = 5

Percentile = Literal["median", "p80"]
UPPER_PERCENTILE = 80
PERCENTILES: dict[Percentile, int] = {"median": 50, "p80": UPPER_PERCENTILE}
FEWEST_RISES = 5


@dataclass(frozen=True, slots=True)
class Threshold:
    """The threshold of an edition, turned so that more is better; only bounds where its score is not known."""

    year: int
    regime: str
    score: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Margin:
    """Points to aim above the threshold, and whether they were given, or which rises they are a percentile of.

    `enough` and `tested` say how often such a margin, taken from what was known then, would have been enough.
    """

    points: float
    basis: Literal["given", "regime", "all", "none"]
    rises: int
    percentile: int | None = None
    enough: int = 0
    tested: int = 0


def thresholds(totals: pl.DataFrame, index: Index, year: int, top: int) -> list[Threshold]:
    """The threshold of every edition of the unit set up to `year`, oldest first, where anything is known of it.

    `totals` are the totals among the figures of `analytics.ranking.scored`.
    """
    unit_set = index.edition(year).unit_set
    known = totals.drop_nulls("score").filter(pl.col("year") <= year)
    last = known.filter("complete").group_by("year").agg(pl.col("better").top_k(top).min())
    whole = dict(last.iter_rows())
    partial = known.filter(~pl.col("complete")).partition_by("year", as_dict=True)
    found = []
    for edition in index.editions:
        if edition.unit_set != unit_set or edition.units < top:
            continue
        if edition.year in whole:
            low = score = high = whole[edition.year]
        elif (edition.year,) in partial:
            low, score, high = _between(partial[edition.year,], top)
        else:
            continue
        found.append(Threshold(edition.year, index.regime(edition.year).code, score, low, high))
    return [item for item in found if not item.score is item.low is item.high is None]


def margin(
    found: Sequence[Threshold], index: Index, year: int, wanted: float | Percentile | None = None
) -> Margin:
    """A percentile of the rises of the threshold inside the regime of `year`, at least 0; the median by default.

    A regime without two editions in a row takes the rises inside all regimes. Rises across a series break are
    the method's in part and left out. `wanted` is the name of a percentile, or points of one's own.
    """
    if isinstance(wanted, int | float):
        return Margin(wanted, "given", 0)
    percent = PERCENTILES[wanted or "median"]
    rises = [
        (after.year, after.regime, round(after.score - before.score, PLACES))
        for before, after in pairwise(found)
        if before.score is not None
        and after.score is not None
        and before.regime == after.regime
        and (previous := index.previous(after.year)) is not None
        and previous.year == before.year
        and index.broken(OVERALL, before.year, after.year) is None
    ]
    points, basis, count = _percentile(rises, index.regime(year).code, percent)
    tested = [
        (rise, _percentile([item for item in rises if item[0] < ended], regime, percent))
        for ended, regime, rise in rises
    ]
    fair = [(rise, then[0]) for rise, then in tested if then[1] != "none"]
    held = sum(rise <= aimed + 10.0**-PLACES for rise, aimed in fair)
    return Margin(points, basis, count, percent, held, len(fair))


def _percentile(
    rises: Sequence[tuple[int, str, float]], regime: str, percent: int
) -> tuple[float, Literal["regime", "all", "none"], int]:
    """The percentile of the rises of a regime, else of all; which of them, and how many."""
    inside = [rise for _, of, rise in rises if of == regime]
    if percent > 50 and len(inside) < FEWEST_RISES:
        # The upper end of one or two rises is no more than their middle.
        inside = []
    taken = inside or [rise for _, _, rise in rises]
    if not taken:
        return 0.0, "none", 0
    return max(float(np.percentile(taken, percent)), 0.0), "regime" if inside else "all", len(taken)


def spread(found: Sequence[Threshold], index: Index, year: int) -> float | None:
    """Highest minus lowest threshold of the last editions in the regime of `year`; None where there is one."""
    scores = [
        item.score
        for item in found[-LAST_EDITIONS:]
        if item.score is not None and item.regime == index.regime(year).code
    ]
    return round(max(scores) - min(scores), PLACES) if len(scores) > 1 else None


def _between(rows: pl.DataFrame, top: int) -> tuple[float | None, float | None, float | None]:
    """The threshold with its bounds, from the published ranks whose scores are known."""
    placed = rows.drop_nulls("published_rank").sort("published_rank")
    score = _first(placed.filter(published_rank=top))
    if score is not None:
        return score, score, score
    low = _first(placed.filter(pl.col("published_rank") > top))
    high = _first(placed.filter(pl.col("published_rank") < top).reverse())
    return low, None, high


def _first(rows: pl.DataFrame) -> float | None:
    return None if rows.is_empty() else float(rows["better"][0])
