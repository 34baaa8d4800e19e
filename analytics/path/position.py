"""How far is a unit from the target group, and how much can each of its components gain?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import polars as pl

from analytics.core.edition import PLACES
from analytics.core.ranking import scored
from analytics.path.level import common_rise, panel
from analytics.path.moves import Reach, reach, spread_moves, spreads
from analytics.path.routes import SLACK, Lever, capacity
from analytics.path.threshold import Margin, Threshold
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Problem, Text


@dataclass(frozen=True, slots=True)
class Position:
    """Where a unit stands towards the target group; scores turned so that more is better."""

    unit: str
    year: int
    top: int
    score: float
    sign: int
    rank: int | None
    published_rank: int | None
    threshold: Threshold | None
    margin: Margin
    cushion: float | None

    @property
    def shown_rank(self) -> int | None:
        """The rank that people are shown: the publisher's where there is one, as on every page."""
        return self.rank if self.published_rank is None else self.published_rank

    @property
    def inside(self) -> bool | None:
        """Whether it is in the group; None where no rank and no threshold says so."""
        place = self.published_rank if self.rank is None else self.rank
        if place is not None:
            return place <= self.top
        return None if self.gap is None else self.gap <= 0

    @property
    def gap(self) -> float | None:
        """Points from its score up to the threshold; negative above it; None where the threshold is not known."""
        if self.threshold is None or self.threshold.score is None:
            return None
        return round(self.threshold.score - self.score, PLACES)

    @property
    def need(self) -> float | None:
        """Points that a route must gain; nothing for a unit inside."""
        if self.gap is None or self.inside is None:
            return None
        return 0.0 if self.inside else round(self.gap + self.margin.points, PLACES)


@dataclass(frozen=True, slots=True)
class Feasibility:
    """What a unit can gain in one edition: by component (`levers`), in total (`whole`), and what is not known.

    `missing` are components without a score or weight; `refused` says by component why it has too few precedents.
    """

    levers: tuple[Lever, ...]
    whole: Reach | None
    missing: tuple[str, ...]
    refused: Mapping[str, Text]

    @property
    def step(self) -> float:
        """The pace of the best tenth in points of the total, or what all components can carry of it."""
        bound = inf if self.whole is None else self.whole.feasible
        # Components that are not known might carry what the known ones don't.
        return bound if self.missing or self.refused or not self.levers else min(bound, capacity(self.levers))

    def within_pace(self, position: Position) -> bool | None:
        """Whether the gain needed is within the pace of the best tenth; None where either is not known."""
        if position.inside:
            return True
        if position.need is None or self.whole is None:
            return None
        return position.need <= self.step + SLACK


def position_of(
    totals: pl.DataFrame,
    index: Index,
    unit: str,
    year: int,
    top: int,
    known: list[Threshold],
    aim: Margin,
) -> Position:
    """Where a unit stands in an edition; `totals` are those among the figures of `ranking.scored`."""
    edition = totals.filter(year=year).drop_nulls("score")
    own = edition.filter(unit=unit).row(0, named=True)
    others = edition.filter(pl.col("unit") != unit)["better"].sort(descending=True)
    whole = bool(own["complete"])
    rank = 1 + int((others > own["better"]).sum()) if whole else None
    return Position(
        unit=unit,
        year=year,
        top=top,
        score=own["better"],
        sign=-1 if index.component(OVERALL).direction == "lower_better" else 1,
        rank=rank,
        published_rank=own["published_rank"],
        threshold=next((item for item in known if item.year == year), None),
        margin=aim,
        cushion=round(own["better"] - others[top - 1], PLACES) if rank and rank <= top <= len(others) else None,
    )


def feasibility_of(frames: Frames, own: pl.DataFrame, index: Index, position: Position) -> Feasibility:
    """The levers of the components known, and how far totals like this one moved; `own` are the components.

    The margin is a rise of the threshold, what all gain together in it; so that is in the moves of the total as
    well. A component of which the edition is not complete has no spread to turn moves into points, and is refused.
    """
    codes = [item.code for item in index.components_of(position.year)]
    missing = tuple(code for code in codes if code not in set(own["component"]))
    if position.need is None or position.inside:
        return Feasibility((), None, missing, {})
    pooled, figures = spread_moves(frames, index, position.year), scored(frames, index)
    material, now = pooled.partition_by("component", as_dict=True), spreads(figures, position.year)
    levers: list[Lever] = []
    refused: dict[str, Text] = {}
    whole = None
    total_scores = figures.filter(component=OVERALL)
    total = total_scores.filter(year=position.year, unit=position.unit)
    for row in pl.concat([total, own]).iter_rows(named=True):
        code = row["component"]
        if code not in now:
            refused[code] = _partial(index, code, position.year, figures)
            continue
        try:
            own_moves = material.get((code,), pooled.clear())
            found = reach(own_moves, index, code, row["better"], room(index, row), row["out_of"], now[code])
        except Problem as problem:
            refused[code] = problem.text
            continue
        if code == OVERALL:
            whole = found.lifted(common_rise(index, panel(total_scores, index, position.year)))
        elif row["unit_value"]:
            levers.append(Lever(row["unit_value"], found))
        else:
            missing = (*missing, code)
    return Feasibility(tuple(levers), whole, missing, refused)


def _partial(index: Index, component: str, year: int, figures: pl.DataFrame) -> Text:
    known = int(figures.filter(component=component, year=year)["score"].count())
    name, of = index.component(component).name, index.edition(year).units_of(component)
    return Text(
        f"{name.vi}: {index.name.vi} {year} mới biết {known}/{of} đơn vị, thường là những đơn vị tự chọn công bố, "
        "nên chưa nói được mức tăng nào là thường gặp.",
        f"{name.en}: only {known} of {of} units are known in {index.name.en} {year}, mostly those who chose "
        f"to be, "
        "so there is no telling which gain is usual.",
    )


def room(index: Index, row: Mapping[str, Any]) -> float:
    """Points from a score (a row of `scored`) to the good end of its scale; without end where none is known."""
    if row["direction"] == "lower_better":
        return float(row["score"] - index.component(row["component"]).minimum)
    return inf if row["out_of"] is None else float(row["out_of"] - row["score"])
