"""How far do units move within one edition? The shared raw material of routes, odds and their bounds.

A move is what a score changed from one edition to the next. Moves of a component are pooled over all editions in
which it has the same definition, whatever its weight: within every regime, and across a change of regime only
where the list of components stayed the same and nothing but weights changed. (Where the list changed, the
indicators below the other components changed with it: of the 18 indicators of one PCI sub-index in 2009 one had
been there in 2008.) Left out are moves across a series break, across a change of scale, across an edition in
which the unit's score is missing, and between the unit sets. Of the total, whose weights matter, moves count
within a regime alone and between complete editions alone: where only a leading group was announced, the known
totals are those of units that did well.

Editions differ in width (PCI's totals of 2023 have a third of the spread of 2008), and what all gained together
lifts nobody. So routes count moves in spreads (`spread_moves`): from one deviation from the edition's mean, in its
standard deviations, to the next, turned back into points of the edition asked about. They come from editions alone
whose component is complete (the 17 provinces known in 2022 chose themselves, and gained twice what all did) and
that had ended by the edition asked about.

How far is "usual" is read off the units that started near a level, not off a model: the method of nearest
neighbours (Cover and Hart 1967; Altman, *The American Statistician* 46, 1992) with quantiles in place of the mean.
Its caveat: such a quantile says what happened, not what a policy would cause, luck that the next edition took back
included (`Reach.held` says how much was kept), and units at the ends of the scale have similar starts on one side
only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import polars as pl

from analytics.core.cache import cached
from analytics.core.edition import PLACES
from analytics.core.ranking import scored
from data.definition import OVERALL, Edition, Index, spans
from data.frames import Frames
from data.number import decimal
from data.text import Problem

MOVE_COLUMNS = ("component", "year", "unit", "start", "move", "out_of")
SPREAD_MOVE_COLUMNS = (*MOVE_COLUMNS, "lasting")

# A quantile near the end of fewer starts than this hangs on a handful of units.
SIMILAR_STARTS = 100
# Three in four did not gain more than the typical gain; nine in ten not more than the feasible one.
TYPICAL_PERCENTILE = 75
FEASIBLE_PERCENTILE = 90
# Where most units fell, the 75th percentile is 0 or less; effort must be measured in a positive gain.
LEAST_TYPICAL = 0.05


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, standard deviation and best of a component in an edition, turned so that more is better, in points."""

    mean: float
    deviation: float
    best: float

    def level(self, points: float) -> float:
        """A score as a deviation from the mean, in standard deviations."""
        return (points - self.mean) / self.deviation if self.deviation > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Reach:
    """How far units that started near a level moved within one edition, in points of the edition asked about.

    `typical` is the 75th percentile of all their moves, falls included, at least 0.05; `feasible` the 90th (the
    pace of the best tenth), not beyond the room there is and never below 0. `moves` counts all that were pooled
    and `editions` the years in which they ended; `lowest` and `highest` bound the starts that were near enough to
    count. `gains` are their moves, the largest first, and `lasting` what was left of them an edition later,
    where that is known.
    """

    component: str
    typical: float
    feasible: float
    moves: int
    editions: tuple[int, ...]
    lowest: float
    highest: float
    gains: np.ndarray = field(repr=False)
    lasting: np.ndarray = field(repr=False)

    def lifted(self, rise: float) -> Reach:
        """The same with a rise that all share, in points, added to every move."""
        feasible = max(self.feasible + rise, 0.0)
        return replace(self, feasible=feasible, gains=self.gains + rise, lasting=self.lasting + rise)

    def share(self, gain: float) -> float:
        """The share of the similar starts that gained at least `gain`, 0 to 1."""
        return float((self.gains >= gain - 10.0**-PLACES).mean())

    def held(self, gain: float) -> float | None:
        """The share of them that gained as much and still had it an edition later; None where that isn't known."""
        return float((self.lasting >= gain - 10.0**-PLACES).mean()) if len(self.lasting) else None


def moves(figures: pl.DataFrame, index: Index, *, across_breaks: bool = False) -> pl.DataFrame:
    """Every one-edition move of every component and of the total that may be pooled.

    `figures` are those of `analytics.ranking.scored` (or `ranked`). Rows (`MOVE_COLUMNS`): component, `year` in
    which the move ended, unit, `start` and `move` in the points of the scale, turned so that more is better,
    `out_of`, the end of that scale; newest first, then by unit. With `across_breaks`, moves across a series break
    are kept, for uses that take only their deviations from the edition's mean.
    """
    # Only what is needed of some thirty columns: copying the others would take most of the time.
    known = figures.select("component", "unit", "year", "previous_year", "better", "out_of", "complete").filter(
        pl.col("better").is_not_null(), (pl.col("component") != OVERALL) | pl.col("complete")
    )
    starts = known.select("unit", "component", previous_year="year", start="better", out_of_start="out_of")
    return (
        known.join(_pairs(index, across_breaks), on=["component", "year"], how="semi")
        .join(starts, on=["unit", "component", "previous_year"])
        .filter(pl.col("out_of").eq_missing(pl.col("out_of_start")))
        .with_columns(move=(pl.col("better") - pl.col("start")).round(PLACES))
        .select(MOVE_COLUMNS)
        .sort("component", "year", "unit", descending=[False, True, False])
    )


@cached
def spread_moves(frames: Frames, index: Index, year: int) -> pl.DataFrame:
    """The moves that routes may learn from in the edition of `year`, in spreads.

    Rows (`SPREAD_MOVE_COLUMNS`): as `moves`, of complete editions up to `year` alone, `start` and `move` in
    standard deviations from the mean; `lasting` the part of the move that was still there one edition later, null
    where that is not known by `year`.
    """
    figures = scored(frames, index).filter(pl.col("complete"), pl.col("year") <= year)
    off = pl.col("better") - pl.col("better").mean()
    spread = pl.col("better").std(ddof=0)
    deviation = pl.when(spread > 0).then(off / spread).otherwise(0.0).over("year", "component")
    rows = moves(figures.with_columns(better=pl.when(pl.col("better").is_not_null()).then(deviation)), index)
    before = {after.year: before.year for before, after in consecutive(index)}
    following = rows.select(
        "component",
        "unit",
        year=pl.col("year").replace_strict(before, return_dtype=pl.Int32),
        lasting=pl.col("move"),
    )
    return rows.join(following, on=["component", "unit", "year"], how="left", maintain_order="left").with_columns(
        lasting=pl.when(pl.col("lasting").is_not_null()).then(
            pl.min_horizontal("move", pl.col("move") + pl.col("lasting"))
        )
    )


def spreads(figures: pl.DataFrame, year: int) -> dict[str, Spread]:
    """The spread of every component that is complete in an edition; `figures` are those of `ranking.scored`."""
    known = figures.filter(pl.col("complete"), year=year).group_by("component")
    better = pl.col("better")
    rows = known.agg(mean=better.mean(), deviation=better.std(ddof=0), best=better.max())
    return {code: Spread(*values) for code, *values in rows.iter_rows()}


def reach(
    material: pl.DataFrame,
    index: Index,
    component: str,
    score: float,
    room: float,
    out_of: float | None,
    now: Spread,
) -> Reach:
    """How far a unit at `score` may hope to get within one edition, judged by the 100 nearest starts.

    `material` are the rows of `spread_moves` of this component; `score` is turned so that more is better, `room`
    what is left to the end of the scale, `out_of` that end: moves on another scale don't count. `now` is the
    spread of the edition asked about. Of starts equally near, the newest count, then those of the lower unit code.
    Raises Problem where fewer than 100 moves can be pooled.
    """
    ends, years, starts, gains, lasting = (
        material[name].to_numpy() for name in ("out_of", "year", "start", "move", "lasting")
    )
    same = np.isnan(ends) if out_of is None else ends == out_of
    count, editions = int(same.sum()), tuple(np.unique(years[same]).tolist())
    if count < SIMILAR_STARTS:
        raise _too_few(index, component, count, editions)
    starts, gains, lasting = starts[same], gains[same], lasting[same]
    away = np.abs(starts - now.level(score)).round(PLACES)
    nearest = np.argsort(away, kind="stable")[:SIMILAR_STARTS]
    starts, lasting = starts[nearest], lasting[nearest]
    gains = np.sort(gains[nearest]) * now.deviation
    feasible = min(_percentile(gains, FEASIBLE_PERCENTILE), room, max(now.best - score, 0.0))
    return Reach(
        component=component,
        typical=max(_percentile(gains, TYPICAL_PERCENTILE), LEAST_TYPICAL),
        feasible=max(feasible, 0.0),
        moves=count,
        editions=editions,
        lowest=now.mean + now.deviation * float(starts.min()),
        highest=now.mean + now.deviation * float(starts.max()),
        gains=gains[::-1],
        lasting=np.sort(lasting[~np.isnan(lasting)])[::-1] * now.deviation,
    )


def same_definition(index: Index, component: str, before: Edition, after: Edition) -> bool:
    """Whether scores of a component, or of the total, measure the same thing in two editions of one unit set.

    A series break between them is not looked at here, see `Index.broken`.
    """
    old, new = index.regime(before.year), index.regime(after.year)
    alike = old.code == new.code if component == OVERALL else set(old.components) == set(new.components)
    return alike and before.unit_set == after.unit_set


def consecutive(index: Index) -> Iterator[tuple[Edition, Edition]]:
    """Each edition but the first with the one before it."""
    return pairwise(index.editions)


def _percentile(ordered: np.ndarray, percent: float) -> float:
    """As `numpy.percentile` (linear between neighbours), which takes longer than all the rest of a reach."""
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def _pairs(index: Index, across_breaks: bool) -> pl.DataFrame:
    """The component and year of every move that may be pooled."""
    return pl.DataFrame(
        [
            (component, after.year)
            for before, after in consecutive(index)
            for component in (OVERALL, *index.regime(after.year).components)
            if same_definition(index, component, before, after)
            and (across_breaks or index.broken(component, before.year, after.year) is None)
        ],
        schema={"component": pl.String, "year": pl.Int32},
        orient="row",
    )


def _too_few(index: Index, component: str, count: int, editions: tuple[int, ...]) -> Problem:
    name = index.component(component).name
    years = f" ({spans(editions)})" if editions else ""
    return Problem(
        f"{name.vi}: mới có {decimal(count, 0, 'vi')} bước thay đổi một kỳ cùng định nghĩa{years}, cần ít nhất "
        f"{SIMILAR_STARTS} để nói mức tăng nào là thường gặp; nhập thêm các năm còn thiếu bằng lệnh vuotbac "
        "import.",
        f"{name.en}: only {count} one-edition moves with the same definition are known{years}, and it takes "
        f"{SIMILAR_STARTS} to say which gain is usual; take in the missing years with vuotbac import.",
    )
