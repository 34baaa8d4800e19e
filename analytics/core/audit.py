"""Do the published figures agree with themselves?

Four checks of every edition, each against what the definition states: the total against the weighted sum of its
components, published ranks against scores, rows that repeat another unit's, values outside the scale; and which
weights reproduce the totals (`analytics.recovery`). Following the robustness chapter of OECD/JRC, *Handbook on
Constructing Composite Indicators* (2008, step 7): a composite must be reproducible from its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.ranking import ranked
from analytics.core.recovery import PLACES, Recovery, recovery, said_of, slack, wide
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Note, Problem, prefixed

AUDIT_COLUMNS = ("index", "year", "unit", "component", "check", "published", "recomputed", "difference", "finding")

# Differences below this, in points of the total, are too small to show in print.
_REPRODUCED = 0.001


def audit(frames: Frames, index: str, year: int | None = None) -> Answer:
    """Every check of an index, or of one edition.

    Rows (`AUDIT_COLUMNS`): `check` is `total` (one row per unit whose total and components are known; published
    against recomputed, in points), `rank` (a published rank that the scores contradict), `tie` (a published
    rank that sets equal scores apart), `repeated` (a row equal to another unit's), `scale` (a value outside
    it). `finding` is `reproduced` (within 0.001 points and no more than the decimals of the figures explain),
    `rounding` (no more than they explain) or `differs`; for the other checks `differs`, for ties `rounding`.

    Figures: `editions` by year (units checked, largest difference, finding) and `recovered_weights` by year
    (`analytics.recovery`), where the scores are no points that simply add up and at least as many units as
    components are known in full.

    Notes: `recovered:YEAR` (which weights of an edition that has none its totals show), `not_recomputed` (why no
    total is), `edition:YEAR` and `regime:CODE` (what must be known of those in
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
    recovered = {item: found for item in years if (found := recovery(definition, figures, item))}
    return Answer(
        question="audit",
        index=definition.code,
        year=year,
        unit=None,
        rows=rows.select(pl.lit(definition.code).alias("index"), *AUDIT_COLUMNS[1:]),
        coverage=Coverage(totals.height, sum(definition.edition(item).units for item in years)),
        figures={
            "editions": {item["year"]: item for item in summary},
            "recovered_weights": {item: found.to_dict() for item, found in recovered.items()},
        },
        notes=(*_recovered(definition, recovered), *_notes(definition, summary, recovered)),
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


def _totals(index: Index, figures: pl.DataFrame) -> pl.DataFrame:
    found = [_empty()]
    for edition in figures.partition_by("year", maintain_order=True):
        year = edition["year"][0]
        codes = [item.code for item in index.components_of(year)]
        if index.regime(year).weight_status == "assumed":
            continue
        values = wide(edition.with_columns(value=pl.col("score") * pl.col("unit_value")))
        if not codes or not {"total", *codes} <= set(values.columns):
            continue
        complete = values.select("year", "unit", "total", *codes).drop_nulls()
        complete = complete.join(slack(index, edition), on="unit")
        recomputed = pl.sum_horizontal(codes)
        found.append(
            complete.select(
                "year",
                "unit",
                component=pl.lit(OVERALL),
                check=pl.lit("total"),
                published="total",
                recomputed=recomputed.round(PLACES),
                difference=(pl.col("total") - recomputed).round(PLACES),
                finding=_judged((pl.col("total") - recomputed).round(PLACES), pl.col("slack")),
            )
        )
    return pl.concat(found)


def _judged(difference: pl.Expr, allowed: pl.Expr) -> pl.Expr:
    size = difference.abs()
    return (
        pl.when(size > allowed)
        .then(pl.lit("differs"))
        .when(size > _REPRODUCED)
        .then(pl.lit("rounding"))
        .otherwise(pl.lit("reproduced"))
    )


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
    types = (pl.Int32, text, text, text, number, number, number, text)
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


def _recovered(index: Index, recovered: Mapping[int, Recovery]) -> Iterator[Note]:
    """What is found of weights that nobody knows."""
    for year, found in recovered.items():
        if found.identified and index.regime(year).weight_status in ("unknown", "assumed"):
            yield Note(f"recovered:{year}", said_of(index, year, found))


def _notes(index: Index, summary: list[dict[str, Any]], recovered: Mapping[int, Recovery]) -> tuple[Note, ...]:
    if not summary and not recovered:
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
