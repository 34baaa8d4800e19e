"""Do the published figures agree with themselves?

Four checks of every edition, each against what the definition states: the total against the weighted sum of its
components, published ranks against scores, rows that repeat another unit's, values outside the scale. And
*weight recovery*: which weights in steps of 5 %, each at least 5 %, reproduce the published totals, and by how
much the next best set misses. Following the robustness chapter of OECD/JRC, *Handbook on Constructing Composite
Indicators* (2008, step 7): a composite must be reproducible from its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.ranking import ranked
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Note, Problem, prefixed

AUDIT_COLUMNS = ("index", "year", "unit", "component", "check", "published", "recomputed", "difference", "finding")

# A step of 5 % and ten components give 92,378 sets; with a finer grid or more components the search takes too
# long.
STEP = 0.05
_MOST_SETS = 200_000
_PLACES = 6
# Differences below this, in points of the total, are too small to show in print.
_REPRODUCED = 0.001


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


def audit(frames: Frames, index: str, year: int | None = None) -> Answer:
    """Every check of an index, or of one edition.

    Rows (`AUDIT_COLUMNS`): `check` is `total` (one row per unit whose total and components are known; published
    against recomputed, in points), `rank` (a published rank that the scores contradict), `tie` (a published
    rank that sets equal scores apart), `repeated` (a row equal to another unit's), `scale` (a value outside
    it). `finding` is `reproduced` (within 0.001 points and no more than the decimals of the figures explain),
    `rounding` (no more than they explain) or `differs`; for the other checks `differs`, for ties `rounding`.

    Figures: `editions` by year (units checked, largest difference, finding) and `recovered_weights` by year
    (`Recovery`), where the index is weighted and at least as many units as components are known in full.

    Notes: `not_recomputed` (why no total is), `edition:YEAR` and `regime:CODE` (what must be known of those in
    which a total differs).

    Raises Problem for an index or edition that does not exist.
    """
    definition = frames.index(index)
    if year is not None:
        definition.edition(year)
    years = definition.years if year is None else (year,)
    figures = ranked(frames, definition).filter(pl.col("year").is_in(years))
    totals = _totals(definition, figures)
    checks = pl.concat([totals, _ranks(figures), _repeated(figures), _outside(definition, figures)])
    rows = checks.sort("year", pl.col("difference").abs(), descending=[False, True], nulls_last=True)
    summary = _summary(totals)
    return Answer(
        question="audit",
        index=definition.code,
        year=year,
        unit=None,
        rows=rows.select(pl.lit(definition.code).alias("index"), *AUDIT_COLUMNS[1:]),
        coverage=Coverage(totals.height, sum(definition.edition(item).units for item in years)),
        figures={
            "editions": {item["year"]: item for item in summary},
            "recovered_weights": {
                item: found.to_dict() for item in years if (found := recovery(definition, figures, item))
            },
        },
        notes=_notes(definition, summary),
    )


def audits(frames: Frames, year: int | None = None) -> list[Answer]:
    """The audit of every index that has an edition of `year` (or of every index).

    Raises Problem where none has one.
    """
    answers = [audit(frames, code, year) for code, index in frames.indices.items() if year in (None, *index.years)]
    if not answers:
        raise Problem(f"Không có chỉ số nào năm {year}.", f"No index has an edition of {year}.")
    return answers


def joined(answers: list[Answer]) -> Answer:
    """Audits of several indices as one answer; its figures are those of each, by index, and so are its notes.

    Notes: `INDEX:NOTE`.
    """
    coverage = Coverage(sum(item.coverage.known for item in answers), sum(item.coverage.of for item in answers))
    return Answer(
        question="audit",
        index=None,
        year=answers[0].year,
        unit=None,
        rows=pl.concat(item.rows for item in answers),
        coverage=coverage,
        figures={str(item.index): item.figures for item in answers},
        notes=tuple(note for item in answers for note in prefixed(str(item.index), item.notes)),
    )


def recovery(index: Index, figures: pl.DataFrame, year: int) -> Recovery | None:
    """The weights that reproduce an edition's published totals best, out of every set in steps of 5 %.

    `figures` are those of `analytics.ranking.ranked`. None where the index has no weights to recover, or where
    fewer units than components are known in full, so that many sets would fit.
    """
    codes = [item.code for item in index.components_of(year)]
    shares = index.regime(year).weights
    parts = round(1 / STEP)
    if shares is None or not codes or comb(parts - 1, len(codes) - 1) > _MOST_SETS:
        return None
    edition = figures.filter(year=year).with_columns(value="score")
    complete = _wide(edition).drop_nulls()
    if complete.height < len(codes):
        return None
    scale = np.array([index.overall_maximum(year) / (index.maximum(code, year) or 1) for code in codes])
    points = complete.select(codes).to_numpy() * scale
    sets = _weight_sets(len(codes))
    misses = _largest_misses(sets, points, complete["total"].to_numpy())
    best, following = np.argsort(misses, kind="stable")[:2]
    return Recovery(
        weights=_named(codes, sets[best]),
        worst=round(float(misses[best]), _PLACES),
        next_weights=_named(codes, sets[following]),
        next_worst=round(float(misses[following]), _PLACES),
        rounding=_rounding(index, edition, complete["total"]),
        units=complete.height,
        sets_tried=len(sets),
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


def _wide(figures: pl.DataFrame) -> pl.DataFrame:
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


def _totals(index: Index, figures: pl.DataFrame) -> pl.DataFrame:
    found = [_empty()]
    for edition in figures.partition_by("year", maintain_order=True):
        codes = [item.code for item in index.components_of(edition["year"][0])]
        wide = _wide(edition.with_columns(value=pl.col("score") * pl.col("unit_value")))
        if not codes or not {"total", *codes} <= set(wide.columns):
            continue
        complete = wide.select("year", "unit", "total", *codes).drop_nulls()
        recomputed = pl.sum_horizontal(codes)
        found.append(
            complete.select(
                "year",
                "unit",
                component=pl.lit(OVERALL),
                check=pl.lit("total"),
                published="total",
                recomputed=recomputed.round(_PLACES),
                difference=(pl.col("total") - recomputed).round(_PLACES),
            ).with_columns(finding=_judged(_rounding(index, edition, complete["total"])))
        )
    return pl.concat(found)


def _judged(allowed: float) -> pl.Expr:
    size = pl.col("difference").abs()
    return (
        pl.when(size > allowed)
        .then(pl.lit("differs"))
        .when(size > _REPRODUCED)
        .then(pl.lit("rounding"))
        .otherwise(pl.lit("reproduced"))
    )


def _rounding(index: Index, edition: pl.DataFrame, totals: pl.Series) -> float:
    """How far total and weighted sum may lie apart because both carry only so many decimals."""
    least = index.score_decimals
    known = edition.filter(pl.col("component") != OVERALL).drop_nulls(["score", "unit_value"])
    slack = 0.5 * 10.0 ** -_decimals(totals, least) + sum(
        value * 0.5 * 10.0 ** -_decimals(part["score"], least)
        for part in known.partition_by("component")
        for value in part["unit_value"].unique()
    )
    return round(float(slack), _PLACES)


def _decimals(column: pl.Series, least: int) -> int:
    """The decimals a column is printed with: the fewest that lose none of its values, at least `least`."""
    for places in range(least, _PLACES):
        if ((column.round(places) - column).abs() < 1e-9).all():
            return places
    return _PLACES


def _ranks(figures: pl.DataFrame) -> pl.DataFrame:
    """Published ranks that the scores contradict, and those that set equal scores apart.

    Two units contradict each other when the one ranked ahead has the worse score; both are named, since the
    figures alone don't say which of the two is wrong. Of equal scores, those not ranked first are named.
    """
    known = figures.drop_nulls(["score", "published_rank"]).select(
        "year", "component", "unit", "better", "score", "published_rank", "rank", "out_of"
    )
    pairs = known.join(known, on=["year", "component", "out_of"], suffix="_other").filter(
        pl.col("published_rank") < pl.col("published_rank_other")
    )
    place = ["year", "component", "unit"]
    against = pairs.filter(pl.col("better") < pl.col("better_other"))
    contradicting = pl.concat(
        [against.select(place), against.select("year", "component", unit="unit_other")]
    ).unique()
    ties = (
        pairs.filter(pl.col("better") == pl.col("better_other"))
        .select("year", "component", unit="unit_other")
        .unique()
    )
    return pl.concat(
        [
            _rank_rows(known.join(contradicting, on=place, how="semi"), "rank", "differs"),
            _rank_rows(known.join(ties, on=place, how="semi"), "tie", "rounding"),
        ]
    )


def _rank_rows(rows: pl.DataFrame, check: str, finding: str) -> pl.DataFrame:
    return rows.select(
        "year",
        "unit",
        "component",
        check=pl.lit(check),
        published=pl.col("published_rank").cast(pl.Float64),
        recomputed=pl.col("rank").cast(pl.Float64),
        difference=(pl.col("published_rank") - pl.col("rank")).cast(pl.Float64),
        finding=pl.lit(finding),
    )


def _repeated(figures: pl.DataFrame) -> pl.DataFrame:
    """Units whose known components, three or more, all equal another unit's in the same edition."""
    rows = (
        figures.filter(pl.col("component") != OVERALL)
        .drop_nulls("score")
        .sort("component")
        .group_by("year", "unit")
        .agg(pl.concat_str("component", pl.lit("="), "score").alias("row"))
        .filter(pl.col("row").list.len() >= 3)
        .with_columns(pl.col("row").list.join(";"))
        .filter(pl.col("row").is_duplicated().over("year"))
    )
    return rows.sort("year", "row", "unit").select(
        "year",
        "unit",
        component=pl.lit(None, pl.String),
        check=pl.lit("repeated"),
        published=pl.lit(None, pl.Float64),
        recomputed=pl.lit(None, pl.Float64),
        difference=pl.lit(None, pl.Float64),
        finding=pl.lit("differs"),
    )


def _outside(index: Index, figures: pl.DataFrame) -> pl.DataFrame:
    """Values below the scale's start or above its end."""
    lowest = {item.code: item.minimum for item in index.components}
    bounded = figures.with_columns(
        low=pl.col("component").replace_strict(lowest, return_dtype=pl.Float64)
    ).drop_nulls("score")
    bound = pl.when(pl.col("score") < pl.col("low")).then("low").otherwise("out_of")
    return bounded.filter((pl.col("score") < pl.col("low")) | (pl.col("score") > pl.col("out_of"))).select(
        "year",
        "unit",
        "component",
        check=pl.lit("scale"),
        published="score",
        recomputed=bound,
        difference=pl.col("score") - bound,
        finding=pl.lit("differs"),
    )


def _empty() -> pl.DataFrame:
    text, number = pl.String, pl.Float64
    types = (pl.Int16, text, text, text, number, number, number, text)
    return pl.DataFrame(schema=dict(zip(AUDIT_COLUMNS[1:], types, strict=True)))


def _summary(totals: pl.DataFrame) -> list[dict[str, Any]]:
    return (
        totals.group_by("year", maintain_order=True)
        .agg(
            units=pl.len(),
            largest=pl.col("difference").abs().max(),
            finding=pl.when((pl.col("finding") == "differs").any())
            .then(pl.lit("differs"))
            .when((pl.col("finding") == "rounding").any())
            .then(pl.lit("rounding"))
            .otherwise(pl.lit("reproduced")),
        )
        .sort("year")
        .to_dicts()
    )


def _notes(index: Index, summary: list[dict[str, Any]]) -> tuple[Note, ...]:
    if not summary:
        return (
            Note.of(
                "not_recomputed",
                f"{index.name.vi}: chưa có tổng điểm nào cùng đủ thành phần để tính lại.",
                f"{index.name.en}: no total is known together with all its components, so none can be recomputed.",
            ),
        )
    flagged = [item["year"] for item in summary if item["finding"] == "differs"]
    said = []
    for year in flagged:
        edition, regime = index.edition(year), index.regime(year)
        if edition.note is not None:
            said.append(Note(f"edition:{year}", edition.note))
        if regime.note is not None:
            said.append(Note(f"regime:{regime.code}", regime.note))
    return tuple(dict.fromkeys(said))
