"""How much of a change of rank is our own doing, how much the others', how much the method's?

Own and others' moves are set against each other by the Shapley value (L. S. Shapley, 1953, *A value for n-person
games*; for attributing changes, A. F. Shorrocks, *Journal of Economic Inequality* 11, 2013): the mean over all
orders in which they could have happened, for two the familiar halves. It shares out evenly what can't be told
apart, so a large part on either side is not yet a cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import factorial
from typing import Any

import polars as pl

from analytics.core.edition import PLACES
from data.definition import OVERALL, Index
from data.text import Note

OWN, OTHERS, METHOD, LISTS = "own", "others", "method", "lists"


def rank_parts(
    index: Index, both: pl.DataFrame, unit: str, previous: int, year: int
) -> tuple[dict[str, Any], list[Note]]:
    """The parts of a unit's change of rank between two editions, else the note `not_split` that says why.

    `both` holds the figures of both editions. Gives `own`, `others` and `method` (places; positive = moved us
    up; `method` is 0 inside a regime), which add up to `compared_before` − `compared_after`, ranks computed among
    the units in both editions, of which there are `compared`; and `rank_if_score_kept`, where only the others
    (and the method) had moved. All are None unless both editions are complete and, across a change of method,
    every unit can be recomputed under both sets of weights.
    """
    names = (OWN, OTHERS, METHOD, "rank_if_score_kept", "compared", "compared_before", "compared_after")
    nothing = dict.fromkeys(names)
    complete = both.filter(pl.col("complete"), component=OVERALL)
    short = [str(item) for item in (previous, year) if complete.filter(year=item, unit=unit).is_empty()]
    if short:
        which = ", ".join(short)
        return nothing, [
            Note.of(
                "not_split",
                f"Chưa đủ tổng điểm của mọi đơn vị ({which}) nên không tách được thay đổi hạng thành phần do ta "
                "và phần do các đơn vị khác.",
                f"Not all totals are known ({which}), so the change of rank can't be split into our part and the "
                "others'.",
            )
        ]
    totals = _totals(index, both, previous, year)
    if totals is None:
        return nothing, [
            Note.of(
                "not_split",
                f"Cách tính đổi giữa {previous} và {year} mà không tính lại được mọi đơn vị theo cả hai bộ trọng "
                "số, nên không tách được thay đổi hạng.",
                f"The method changed between {previous} and {year} and not every unit can be recomputed under "
                "both sets of weights, so the change of rank can't be split.",
            )
        ]
    players = (OWN, OTHERS) if index.comparable(previous, year) else (OWN, OTHERS, METHOD)
    ranks = {moved: _rank_when(totals, unit, moved) for moved in _subsets(players)}
    everything, none = frozenset(players), frozenset[str]()
    return {
        METHOD: 0.0,
        **{player: _shapley(ranks, players, player) for player in players},
        "rank_if_score_kept": ranks[everything - {OWN}],
        "compared": totals.height,
        "compared_before": ranks[none],
        "compared_after": ranks[everything],
    }, []


def _totals(index: Index, both: pl.DataFrame, previous: int, year: int) -> pl.DataFrame | None:
    """The totals of the units in both editions, turned so that more is better: before and after, under the
    old weights and the new (`old_before` …). None where that can't be computed for all of them.

    A total under other weights is anchored at the known one: total + Σ (other unit value − own) · score.
    """
    known = both.filter(component=OVERALL).drop_nulls("score")
    before, after = (known.filter(year=item).select("unit", "better") for item in (previous, year))
    totals = before.join(after, on="unit", suffix="_after").select(
        "unit", old_before="better", new_before="better", old_after="better_after", new_after="better_after"
    )
    if index.comparable(previous, year):
        return totals
    shifts = [_shift(index, both, item, other) for item, other in ((previous, year), (year, previous))]
    if shifts[0] is None or shifts[1] is None:
        return None
    moved = totals.join(shifts[0], on="unit").join(shifts[1], on="unit", suffix="_after")
    if moved.height < totals.height:
        return None
    return moved.with_columns(
        new_before=(pl.col("new_before") + pl.col("shift")).round(PLACES),
        old_after=(pl.col("old_after") + pl.col("shift_after")).round(PLACES),
    )


def _shift(index: Index, both: pl.DataFrame, year: int, other: int) -> pl.DataFrame | None:
    """By how much each unit's total of `year` would differ under the weights of `other`: unit, shift."""
    codes = index.regime(year).components
    if set(codes) != set(index.regime(other).components):
        return None
    turned = -1.0 if index.component(OVERALL).direction == "lower_better" else 1.0
    differences: dict[str, float] = {}
    for code in codes:
        ours, theirs = index.unit_value(code, year), index.unit_value(code, other)
        if ours is None or theirs is None:
            return None
        differences[code] = turned * (theirs - ours)
    maxima = {code: index.maximum(code, other) for code in codes}
    worth = pl.col("component").replace_strict(differences, return_dtype=pl.Float64)
    return (
        both.filter(pl.col("component").is_in(codes), year=year)
        # A score on another scale has another unit value: such a unit can't be recomputed.
        .filter(pl.col("out_of").eq_missing(pl.col("component").replace_strict(maxima, return_dtype=pl.Float64)))
        .drop_nulls("score")
        .group_by("unit")
        .agg(shift=(pl.col("score") * worth).sum(), parts=pl.len())
        .filter(pl.col("parts") == len(codes))
        .select("unit", "shift")
    )


def _subsets(players: tuple[str, ...]) -> list[frozenset[str]]:
    return [frozenset(chosen) for size in range(len(players) + 1) for chosen in combinations(players, size)]


def _rank_when(totals: pl.DataFrame, unit: str, moved: frozenset[str]) -> int:
    """Our rank when only those in `moved` are as after, the others as before."""
    weights = "new" if METHOD in moved else "old"
    ours = totals.filter(unit=unit)[f"{weights}_{'after' if OWN in moved else 'before'}"].item()
    others = totals.filter(pl.col("unit") != unit)[f"{weights}_{'after' if OTHERS in moved else 'before'}"]
    return 1 + int((others > ours).sum())


def _shapley(ranks: Mapping[frozenset[str], int], players: tuple[str, ...], player: str) -> float:
    """The places that `player` moved us up, on average over all orders; of two players, the two halves."""
    count = len(players)
    rest = tuple(item for item in players if item != player)
    return sum(
        factorial(len(moved)) * factorial(count - len(moved) - 1) * (ranks[moved] - ranks[moved | {player}])
        for moved in _subsets(rest)
    ) / factorial(count)
