"""Which weights reproduce the published totals of an edition, and by how much does the next best set miss them?

Of all sets in steps of 5 %, each weight at least 5 %, the one that fits best. Following the robustness chapter of
OECD/JRC, *Handbook on Constructing Composite Indicators* (2008, step 7): a composite must be reproducible from its
parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import polars as pl

from data.definition import OVERALL, Index
from data.number import decimal, whole
from data.text import Language, Text

# A step of 5 % and ten components give 92,378 sets; with a finer grid or more components the search takes too
# long.
STEP = 0.05
_MOST_SETS = 200_000
PLACES = 6


@dataclass(frozen=True, slots=True)
class Recovery:
    """The set of weights that fits the totals of an edition best, and the next best.

    `worst` and `next_worst` are the largest |total − Σ unit value · score| over the units, in points of the
    total; `rounding` is what the printed decimals alone can explain. The weights are identified when the best
    set lies within that and the next best does not.
    """

    weights: dict[str, float]
    worst: float
    next_weights: dict[str, float]
    next_worst: float
    rounding: float
    units: int
    sets_tried: int

    @property
    def identified(self) -> bool:
        """Whether exactly one set of weights reproduces the totals within rounding."""
        return self.worst <= self.rounding < self.next_worst

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        names = ("weights", "worst", "next_weights", "next_worst", "rounding", "units", "sets_tried")
        return {name: getattr(self, name) for name in names} | {"identified": self.identified}


def recovery(index: Index, figures: pl.DataFrame, year: int) -> Recovery | None:
    """The weights that reproduce an edition's published totals best, out of every set in steps of 5 %.

    `figures` are those of `analytics.ranking.ranked`. None where scores are points that simply add up, or where
    fewer units than components are known in full, so that many sets would fit.
    """
    codes = [item.code for item in index.components_of(year)]
    parts = round(1 / STEP)
    if index.regime(year).additive or not codes or comb(parts - 1, len(codes) - 1) > _MOST_SETS:
        return None
    edition = figures.filter(year=year).with_columns(value="score")
    known = wide(edition)
    complete = known.drop_nulls() if {"total", *codes} <= set(known.columns) else known.clear()
    if complete.height < len(codes):
        return None
    scale = np.array([index.overall_maximum(year) / (index.maximum(code, year) or 1) for code in codes])
    points = complete.select(codes).to_numpy() * scale
    sets = _weight_sets(len(codes))
    misses = _largest_misses(sets, points, complete["total"].to_numpy())
    best, following = np.argsort(misses, kind="stable")[:2]
    return Recovery(
        weights=_named(codes, sets[best]),
        worst=round(float(misses[best]), PLACES),
        next_weights=_named(codes, sets[following]),
        next_worst=round(float(misses[following]), PLACES),
        rounding=rounding_of(index, edition, complete["total"], dict(zip(codes, sets[best] * scale, strict=True))),
        units=complete.height,
        sets_tried=len(sets),
    )


def said_of(index: Index, year: int, found: Recovery) -> Text:
    """Which set reproduces the totals of an edition, how well, by how much the next one misses, what to do."""
    worst, following, named = ({}, {}, {})
    languages: tuple[tuple[Language, str], ...] = (("vi", "%"), ("en", " %"))
    for lang, percent in languages:
        worst[lang], following[lang] = decimal(found.worst, 3, lang), decimal(found.next_worst, 3, lang)
        named[lang] = ", ".join(
            f"{index.component(code).name.in_(lang)} {decimal(100 * share, 0, lang)}{percent}"
            for code, share in found.weights.items()
        )
    return Text(
        f"{index.name.vi} {year}: trong {whole(found.sets_tried, 'vi')} bộ trọng số bội của 5%, chỉ một bộ cho "
        f"lại tổng điểm của {found.units} đơn vị (lệch nhiều nhất {worst['vi']} điểm; bộ kế tiếp lệch "
        f"{following['vi']}): {named['vi']}. Dùng sau khi xác nhận: vuotbac weights "
        f"--index {index.code} --year {year} --confirm.",
        f"{index.name.en} {year}: of {whole(found.sets_tried, 'en')} sets of weights in steps of 5 %, only one "
        f"reproduces the totals of {found.units} units (off by {worst['en']} points at most; the next by "
        f"{following['en']}): {named['en']}. Used once confirmed: vuotbac weights --index {index.code} "
        f"--year {year} --confirm.",
    )


@cache
def _weight_sets(components: int) -> np.ndarray:
    """Every way to share out 1 in steps, each component at least one step; one row per set."""
    parts = round(1 / STEP)
    cuts = np.array(list(combinations(range(1, parts), components - 1)), dtype=np.int16)
    if components == 1:
        return np.ones((1, 1))
    edges = np.column_stack([np.zeros(len(cuts)), cuts, np.full(len(cuts), parts)])
    return np.diff(edges, axis=1) / parts


def _largest_misses(sets: np.ndarray, points: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """For each set, the largest |total − weighted sum| over the units; in blocks that stay in the cache."""
    block = 4096
    return np.concatenate(
        [
            np.abs(sets[start : start + block] @ points.T - totals).max(axis=1)
            for start in range(0, len(sets), block)
        ]
    )


def _named(codes: list[str], weights: np.ndarray) -> dict[str, float]:
    return {code: round(float(value), 4) for code, value in zip(codes, weights, strict=True)}


def wide(figures: pl.DataFrame) -> pl.DataFrame:
    """One row per unit of an edition: `total`, as published, and the `value` of each component."""
    return (
        figures.with_columns(
            value=pl.when(pl.col("component") == OVERALL).then(_published_total()).otherwise("value")
        )
        .pivot("component", index=["year", "unit"], values="value")
        .rename({OVERALL: "total"}, strict=False)
        .sort("unit")
    )


def _published_total() -> pl.Expr:
    """The publisher's total, null where it was derived: that would only be compared with itself."""
    return pl.coalesce("published_score", pl.when(pl.col("score_status") != "derived").then("score"))


def rounding_of(
    index: Index, edition: pl.DataFrame, totals: pl.Series, worth: Mapping[str, float] | None = None
) -> float:
    """How far total and weighted sum may lie apart because both carry only so many decimals.

    `worth` are points of the total per point of each component, where not the definition's.
    """
    least = index.score_decimals
    known = edition.filter(pl.col("component") != OVERALL)
    if worth is not None:
        of_code = pl.col("component").replace_strict(worth, default=None, return_dtype=pl.Float64)
        known = known.with_columns(unit_value=of_code)
    known = known.drop_nulls(["score", "unit_value"])
    slack = 0.5 * 10.0 ** -_decimals(totals, least) + sum(
        value * 0.5 * 10.0 ** -_decimals(part["score"], least)
        for part in known.partition_by("component")
        for value in part["unit_value"].unique()
    )
    return round(float(slack), PLACES)


def slack(index: Index, edition: pl.DataFrame) -> pl.DataFrame:
    """By unit, how far its total and weighted sum may lie apart: unit, slack (points of the total).

    The figures of one table are printed alike, those of another need not be.
    """
    total = pl.col("component") == OVERALL
    known = edition.with_columns(
        value=pl.when(total).then(_published_total()).otherwise("score"),
        worth=pl.when(total).then(1.0).otherwise("unit_value"),
    ).drop_nulls(["value", "worth"])
    printed = [
        known.select("unit", slack=pl.col("worth")).clear(),
        *(
            part.select(
                "unit", slack=pl.col("worth") * 0.5 * 10.0 ** -_decimals(part["value"], index.score_decimals)
            )
            for part in known.partition_by("component", "batch")
        ),
    ]
    return pl.concat(printed).group_by("unit").agg(pl.col("slack").sum().round(PLACES))


def _decimals(column: pl.Series, least: int) -> int:
    """The decimals a column is printed with: the fewest that lose none of its values, at least `least`."""
    for places in range(least, PLACES):
        if ((column.round(places) - column).abs() < 1e-9).all():
            return places
    return PLACES
