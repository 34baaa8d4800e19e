"""Why do the three lists of weaknesses not begin with the same component?

A low score may be low everywhere, so that the worst rank is elsewhere; and a bad rank may weigh little in the
total, so that the most points lie elsewhere again. Each reason is checked on the figures before it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from analytics.weakness.weakness import LISTS, Against, weakness
from data.frames import Frames

Reason = Literal["low_everywhere", "close_together", "weight", "wider", "both"]

# How far down a list a component still counts as one of the weakest.
WEAKEST = 3


@dataclass(frozen=True, slots=True)
class First:
    """The component at the head of a list, with what the sentence needs of it; None where it is not known."""

    component: str
    score: float | None
    out_of: float | None
    rank: int | None
    of: int
    weight: float | None
    gap: float | None
    weighted_gap: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The heads of the three lists (`score`, `rank`, `gap`; a list that cannot be made is left out).

    `why_rank` says why the worst rank is not where the lowest score is, `why_gap` why the largest weighted gap is
    not where the worst rank is: None where they agree, or where the figures give no reason. `weakest` are the
    components among the first three of every list, the weakest by the last list first.
    """

    first: Mapping[str, First]
    why_rank: Reason | None
    why_gap: Reason | None
    weakest: tuple[str, ...]
    one_scale: bool


def disagreement(
    frames: Frames, unit: str, index: str, year: int, against: Against = "target", top: int | None = None
) -> Disagreement:
    """What heads each list of `analytics.weakness.weakness`, and why they differ.

    Of components that share the first place of a list, the one that heads most lists is taken. Reasons:
    `low_everywhere`: the median of all units is lower there too; `close_together`: units lie so close that a
    smaller distance to the median costs more places; `weight`: it weighs more in the total; `wider`: the gap in
    points of the component is larger; `both`. Raises Problem as `weakness` does.
    """
    answer = weakness(frames, unit, index, year, against, top)
    everyone = answer if against == "median" else weakness(frames, unit, index, year, "median", top)
    medians = dict(everyone.rows.select("component", "reference").iter_rows())
    heads = {
        name: answer.rows.filter(pl.col(f"place_by_{name}") == 1)["component"].to_list()
        for name in LISTS
        if answer.rows[f"place_by_{name}"].count()
    }
    shared = [code for codes in heads.values() for code in codes]
    rows = {row["component"]: row for row in answer.rows.iter_rows(named=True)}
    first = {
        # The first of those that head most lists: `max` keeps the order.
        name: _first(rows[max(codes, key=shared.count)], medians)
        for name, codes in heads.items()
    }
    short = [{*answer.rows.filter(pl.col(f"place_by_{name}") <= WEAKEST)["component"]} for name in heads]
    order = list(answer.figures["weaknesses"][next(iter(reversed(first)), "score")])
    everywhere = set.intersection(*short) if len(short) > 1 else set()
    return Disagreement(
        first=first,
        why_rank=_why_rank(first.get("score"), first.get("rank")),
        why_gap=_why_gap(first.get("rank") or first.get("score"), first.get("gap")),
        weakest=tuple(code for code in order if code in everywhere),
        one_scale=answer.rows.drop_nulls("score")["out_of"].n_unique() <= 1,
    )


def _first(row: Mapping[str, Any], medians: Mapping[str, float | None]) -> First:
    return First(
        component=row["component"],
        score=row["score"],
        out_of=row["out_of"],
        rank=next((row[name] for name in ("published_rank", "rank", "order") if row[name] is not None), None),
        of=row["of"],
        weight=row["weight"],
        gap=row["gap"],
        weighted_gap=row["weighted_gap"],
        median=medians.get(row["component"]),
    )


def _why_rank(lowest: First | None, worst: First | None) -> Reason | None:
    if lowest is None or worst is None or lowest.component == worst.component:
        return None
    if lowest.median is None or worst.median is None or lowest.out_of is None or lowest.out_of != worst.out_of:
        return None
    # Where the median is no lower, the lowest score is further from it and yet ranks better.
    return "low_everywhere" if lowest.median < worst.median else "close_together"


def _why_gap(worst: First | None, largest: First | None) -> Reason | None:
    if worst is None or largest is None or worst.component == largest.component:
        return None
    if worst.gap is None or largest.gap is None or largest.gap <= 0:
        return None
    wider = worst.out_of == largest.out_of and largest.gap > worst.gap
    heavier = worst.weight is not None and largest.weight is not None and largest.weight > worst.weight
    if wider and heavier:
        return "both"
    return "weight" if heavier else "wider" if wider else None
