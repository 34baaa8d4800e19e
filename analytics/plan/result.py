"""What came of a plan: each target against the edition that it was made for."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES
from analytics.core.ranking import ranked
from analytics.plan.worth import gain, own_scores
from data.definition import OVERALL, Index
from data.frames import Frames
from data.plan import PlanTables
from data.text import Note, Problem

RESULT_COLUMNS = ("component", "agency", "before", "target", "came", "gap", "points", "status")
RESULT_STATUSES = ("missed", "met", "not_comparable", "unknown")

_SLACK = 1e-9
_SCHEMA: dict[str, Any] = dict.fromkeys(RESULT_COLUMNS, pl.Float64)
_SCHEMA |= {"component": pl.String, "agency": pl.String, "status": pl.Enum(RESULT_STATUSES)}


def result(frames: Frames, plan: PlanTables) -> Answer:
    """Each component's target against its score in the edition that the plan was made for, and the headline's.

    Rows (`RESULT_COLUMNS`), one per component that has a target, those furthest from it first: the score `before`,
    the `target`, what `came`, the `gap` (came − target, positive = better than planned), the `points` of the total
    that it is worth by the plan's own edition, and `status`: `met`, `missed`, `not_comparable` where scores of the
    two editions are not on one measure (a gap is null then), `unknown` where what came is not known.

    Figures: `towards`, `score_before`, `score_target`, `score_after`, `score_gap`, `score_met` (null across a
    change of method), `rank_before`, `rank_after`, `top`, `step`, `in_top` and `in_step` (by the shown rank; null
    where it is not known), `met` and `missed` (targets), `review` (agencies that missed one). Coverage counts the
    targets of which something can be said.

    Notes: `not_comparable` (which components, and why).

    Raises Problem where there is no plan, and where the edition it was made for is not in yet.
    """
    key, head = plan.key, plan.head
    definition = frames.index(key.index)
    own = own_scores(frames, definition, key.unit, key.year)
    came = _came(frames, definition, key.unit, head["towards"])
    leads = dict(plan.assignment.select("item", "lead").iter_rows())
    rows = []
    for row in plan.target.iter_rows(named=True):
        code = row["item"]
        target = row["asked"] if row["target"] is None else row["target"]
        if code != row["component"] or target is None:
            continue
        before, after = own.get(code), came.get(code, {}).get("score")
        fit = _comparable(definition, code, key.year, head["towards"])
        gap = gain(definition, code, target, after) if fit and after is not None else None
        worth = (
            None if gap is None or before is None or before["unit_value"] is None else before["unit_value"] * gap
        )
        status = (
            "unknown"
            if after is None
            else "not_comparable"
            if gap is None
            else "met"
            if gap >= -_SLACK
            else "missed"
        )
        rows.append(
            {
                "component": code,
                "agency": leads.get(code),
                "before": before and before["score"],
                "target": target,
                "came": after,
                "gap": gap,
                "points": worth,
                "status": status,
            }
        )
    found = pl.DataFrame(rows, schema=_SCHEMA).sort("points", "component", nulls_last=True)
    missed = found.filter(status="missed")
    return Answer(
        question="result",
        index=definition.code,
        year=key.year,
        unit=key.unit,
        rows=found,
        coverage=Coverage(found["gap"].count(), found.height),
        figures=_headline(frames, definition, plan, came)
        | {
            "met": found.filter(status="met").height,
            "missed": missed.height,
            "review": missed["agency"].drop_nulls().unique().sort().to_list(),
        },
        notes=_notes(definition, found, head["towards"]),
    )


def _came(frames: Frames, index: Index, unit: str, year: int) -> dict[str, dict[str, Any]]:
    rows = ranked(frames, index).filter(year=year, unit=unit)
    came = {row["component"]: row for row in rows.iter_rows(named=True)}
    total = came.get(OVERALL)
    if total is None or (total["score"] is None and total["shown_rank"] is None):
        raise Problem(
            f"Chưa có kết quả {index.name.vi} {year} của đơn vị này để đối chiếu. Nhập bảng điểm khi công bố: "
            "vuotbac import.",
            f"The result of {index.name.en} {year} is not in for this unit yet. Import its scores once they are "
            "out: vuotbac import.",
        )
    return came


def _comparable(index: Index, component: str, before: int, after: int) -> bool:
    alike = index.comparable(before, after)
    return alike and index.broken(component, before, after) is None


def _headline(frames: Frames, index: Index, plan: PlanTables, came: dict[str, dict[str, Any]]) -> dict[str, Any]:
    head, key = plan.head, plan.key
    was = ranked(frames, index).filter(year=key.year, unit=key.unit, component=OVERALL).row(0, named=True)
    now = came[OVERALL]
    fit = index.comparable(key.year, head["towards"]) and now["score"] is not None
    gap = round(gain(index, OVERALL, head["score"], now["score"]), PLACES) + 0.0 if fit else None
    rank = now["shown_rank"]
    return {
        "towards": head["towards"],
        "score_before": was["score"],
        "score_target": head["score"],
        "score_after": now["score"],
        "score_gap": gap,
        "score_met": None if gap is None else gap >= -_SLACK,
        "rank_before": was["shown_rank"],
        "rank_after": rank,
        **{name: head[name] for name in ("top", "step")},
        **{
            f"in_{name}": None if rank is None or head[name] is None else rank <= head[name]
            for name in ("top", "step")
        },
    }


def _notes(index: Index, rows: pl.DataFrame, year: int) -> tuple[Note, ...]:
    apart = rows.filter(status="not_comparable")["component"]
    if apart.is_empty():
        return ()
    names = [index.component(code).name for code in apart]
    return (
        Note.of(
            "not_comparable",
            f"Cách đo đổi đến {year} nên không so mục tiêu với kết quả: {', '.join(name.vi for name in names)}.",
            f"Measured otherwise by {year}, so the target is not held against the result: "
            f"{', '.join(name.en for name in names)}.",
        ),
    )
