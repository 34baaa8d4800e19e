"""Where were points lost in the publisher's appraisal, who answers for them, and what would come back?

The criteria of an index whose components are points of the total (PAR INDEX: 100 in all): the maximum, what the
province gave itself, what the appraisal gave. Everything is sums; what recoverable points would do to rank and
total is read off among the others as they are, as in `analytics.path.whatif`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, check_unit
from analytics.core.ranking import scored
from data.definition import OVERALL, Index
from data.frames import Frames
from data.plan import PlanTables
from data.text import Note, Problem

LEDGER_COLUMNS = (
    "item",
    "component",
    "name",
    "maximum",
    "own_score",
    "appraised_score",
    "lost",
    "overclaimed",
    "by",
    "reason",
    "agency",
    "deadline",
    "recoverable",
)
SUM_COLUMNS = ("criteria", "maximum", "own_score", "appraised_score", "lost", "overclaimed", "recoverable")
_SLACK = 1e-6


def ledger(frames: Frames, plan: PlanTables) -> Answer:
    """The criteria of a plan with the points lost on each, in sums by field, agency and kind, and what-if.

    Rows (`LEDGER_COLUMNS`), the most points lost first: `lost` = maximum − appraised, `overclaimed` = own −
    appraised (null where either is not known), `by` document or survey, the `agency` and `deadline` of the
    criterion, else of its component. Figures: `sums` {maximum, own_score, appraised_score, lost, overclaimed,
    recoverable (points lost that can be won back), criteria}; `by_component`, `by_agency`, `by_kind`: lists of the
    same sums with what they are of, which add up to `sums`; `score_before` and `score_after` (the total with the
    recoverable points), `rank_before` and `rank_after` (null where the edition is not complete). Coverage counts
    the criteria that were appraised.

    Notes: `partial` (maxima of a field do not add up to its own), `differs` (the appraised points of a field are
    not its known score), `unsaid` (criteria of which nobody has said whether they can be won back).

    Raises Problem for an index whose criteria are not points of the total, and where there are no criteria.
    """
    key = plan.key
    definition = frames.index(key.index)
    check_unit(frames, definition, key.unit, key.year)
    regime = definition.regime(key.year)
    if not regime.additive and regime.maxima is None:
        raise Problem(
            f"{definition.name.vi} {key.year} không cộng điểm theo tiêu chí nên không lập được bảng điểm mất.",
            f"{definition.name.en} {key.year} does not add up points of criteria, so there is no ledger of them.",
        )
    if plan.criterion.is_empty():
        raise Problem(
            "Chưa có tiêu chí nào. Nhập bảng thẩm định: vuotbac plan ledger TỆP.",
            "There are no criteria yet. Take in the appraisal: vuotbac plan ledger FILE.",
        )
    rows = _rows(definition, plan)
    known = scored(frames, definition).filter(year=key.year)
    sums = _sums(rows)
    return Answer(
        question="ledger",
        index=definition.code,
        year=key.year,
        unit=key.unit,
        rows=rows.select(LEDGER_COLUMNS),
        coverage=Coverage(rows["appraised_score"].count(), rows.height),
        figures={
            "sums": sums,
            **{
                name: [{column: value} | _sums(part) for value, part in _parts(rows, column)]
                for name, column in (("by_component", "component"), ("by_agency", "agency"), ("by_kind", "by"))
            },
            **_what_if(definition, known, key.unit, sums["recoverable"]),
        },
        notes=_notes(definition, key.year, rows, known.filter(unit=key.unit)),
    )


def _rows(index: Index, plan: PlanTables) -> pl.DataFrame:
    led = plan.assignment.select("item", agency="lead", deadline="deadline")
    parts = led.rename({"item": "component", "agency": "agency_of_part", "deadline": "deadline_of_part"})
    return (
        plan.criterion.join(led, on="item", how="left")
        .join(parts, on="component", how="left")
        .with_columns(
            by=pl.col("by").cast(pl.String),
            agency=pl.coalesce("agency", "agency_of_part"),
            deadline=pl.coalesce("deadline", "deadline_of_part"),
            lost=(pl.col("maximum") - pl.col("appraised_score")).round(PLACES),
            overclaimed=(pl.col("own_score") - pl.col("appraised_score")).round(PLACES),
        )
        .sort("lost", "item", descending=[True, False], nulls_last=True)
    )


def _parts(rows: pl.DataFrame, column: str) -> list[tuple[str | None, pl.DataFrame]]:
    """The rows by a column, those with the most points lost first."""
    found = [(value, part) for (value,), part in rows.partition_by(column, as_dict=True).items()]
    return sorted(found, key=lambda item: (-float(item[1]["lost"].sum()), item[0] or "~"))


def _sums(rows: pl.DataFrame) -> dict[str, float]:
    sums: dict[str, float] = {
        name: round(float(rows[name].sum()), PLACES)
        for name in ("maximum", "own_score", "appraised_score", "lost", "overclaimed")
    }
    back = rows.filter(pl.col("recoverable").fill_null(False))["lost"].sum()
    return sums | {"recoverable": round(float(back), PLACES), "criteria": rows.height}


def _what_if(index: Index, known: pl.DataFrame, unit: str, more: float) -> dict[str, Any]:
    totals = known.filter(component=OVERALL).drop_nulls("score")
    own = totals.filter(unit=unit)
    figures: dict[str, Any] = dict.fromkeys(("score_before", "score_after", "rank_before", "rank_after"))
    if own.is_empty():
        return figures
    row = own.row(0, named=True)
    highest = index.overall_maximum(row["year"])
    worth = more * (row["out_of"] or highest) / highest
    figures |= {"score_before": row["score"], "score_after": round(row["score"] + worth, PLACES)}
    if row["complete"]:
        others = totals.filter(pl.col("unit") != unit)["better"]
        figures["rank_before"] = 1 + int((others > row["better"] + _SLACK).sum())
        figures["rank_after"] = 1 + int((others > row["better"] + worth + _SLACK).sum())
    return figures


def _notes(index: Index, year: int, rows: pl.DataFrame, own: pl.DataFrame) -> tuple[Note, ...]:
    scores: Mapping[str, dict[str, Any]] = {row["component"]: row for row in own.iter_rows(named=True)}
    partial, differs = [], []
    for (code,), part in rows.partition_by("component", as_dict=True, maintain_order=True).items():
        name, highest = index.component(str(code)).name, index.maximum(str(code), year)
        if highest is not None and abs(float(part["maximum"].sum()) - highest) > _SLACK:
            partial.append(name)
            continue
        figure = scores.get(str(code))
        if figure is None or figure["score"] is None or part["appraised_score"].null_count():
            continue
        known = figure["score"] * (highest or 100) / 100 if figure["scale"] == "percent" else figure["score"]
        if abs(float(part["appraised_score"].sum()) - known) > 0.005 + _SLACK:
            differs.append(name)
    notes = []
    if partial:
        vi, en = ", ".join(name.vi for name in partial), ", ".join(name.en for name in partial)
        notes.append(
            Note.of(
                "partial",
                f"Điểm tối đa các tiêu chí chưa bằng điểm của lĩnh vực: {vi}.",
                f"The maxima of the criteria do not add up to that of the field: {en}.",
            )
        )
    if differs:
        vi, en = ", ".join(name.vi for name in differs), ", ".join(name.en for name in differs)
        notes.append(
            Note.of(
                "differs",
                f"Tổng điểm thẩm định khác điểm lĩnh vực đã biết: {vi}.",
                f"The appraised points are not the score that is known of the field: {en}.",
            )
        )
    unsaid = rows.filter((pl.col("lost") > _SLACK) & pl.col("recoverable").is_null()).height
    if unsaid:
        notes.append(
            Note.of(
                "unsaid",
                f"{unsaid} tiêu chí mất điểm chưa ghi có lấy lại được không; chưa tính vào điểm lấy lại.",
                f"Of {unsaid} criteria with points lost nobody has said whether they can be won back; they do not "
                "count as such.",
            )
        )
    return tuple(notes)
