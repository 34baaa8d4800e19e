"""What score does the target group take, how has it moved, and by how much should one aim above it?

The threshold is the score of the last unit inside the target group. In a complete edition it is the k-th best
score; elsewhere it is known where the unit with published rank k is, else it lies between the scores of the
nearest known ranks. Thresholds of different regimes stand side by side but are not subtracted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

import polars as pl

from analytics.core.edition import PLACES
from data.definition import OVERALL, Index

# How many editions back a threshold's spread is measured; regimes are often shorter.
LAST_EDITIONS = 5


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
    """Points to aim above the threshold, and whether they were given, or which rises they are the median of."""

    points: float
    basis: Literal["given", "regime", "all", "none"]
    rises: int


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


def margin(found: Sequence[Threshold], index: Index, year: int, given: float | None = None) -> Margin:
    """The median rise of the threshold inside the regime of `year`, never below 0.

    A regime without two editions in a row takes the rises inside all regimes. Rises across a series break are
    the method's in part and left out.
    """
    if given is not None:
        return Margin(given, "given", 0)
    rises = [
        (after.regime, round(after.score - before.score, PLACES))
        for before, after in pairwise(found)
        if before.score is not None
        and after.score is not None
        and before.regime == after.regime
        and (previous := index.previous(after.year)) is not None
        and previous.year == before.year
        and index.broken(OVERALL, before.year, after.year) is None
    ]
    inside = [rise for regime, rise in rises if regime == index.regime(year).code]
    if inside:
        return Margin(max(median(inside), 0.0), "regime", len(inside))
    if rises:
        return Margin(max(median(rise for _, rise in rises), 0.0), "all", len(rises))
    return Margin(0.0, "none", 0)


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
