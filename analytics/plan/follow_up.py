"""Where does each item of a plan stand on a day: done, on track, at risk, late or not begun?

Nobody clicks a status: it follows from the deadline, from what was reported up to that day, and from the straight
line from the base at the start of the year to the target at the deadline, a common rule for plans without interim
targets. An item is at risk where its newest value is behind that line by more than a tenth of the whole way, or
where nothing was reported for more than a quarter. The caveat: work that pays off at the end of a year is behind a
straight line until then; what is said beside a value says more than its light.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.ranking import scored
from analytics.plan.periods import bounds
from data.definition import Index
from data.frames import Frames
from data.plan import PlanTables
from data.text import Note

FOLLOW_UP_COLUMNS = (
    "item",
    "kind",
    "component",
    "name",
    "agency",
    "coordinating",
    "deadline",
    "measure",
    "base",
    "target",
    "expected",
    "value",
    "period",
    "status",
    "light",
    "days_late",
    "note",
    "evidence",
    "author",
    "written_at",
)
STATUSES = ("late", "at_risk", "not_begun", "on_track", "done")
LIGHTS = {"late": "red", "at_risk": "amber", "not_begun": "grey", "on_track": "green", "done": "green"}
KINDS = ("component", "criterion", "measure", "yearly")
BOARD_COLUMNS = ("agency", "items", *STATUSES, "next_deadline", "overdue")

# Behind the line by more than this share of the way from base to target, an item is at risk.
TOLERANCE = 0.1
# Days after the end of what was last reported of, from which nothing new is a risk: a quarter.
SILENCE = 92
_SLACK = 1e-9

_SCHEMA: dict[str, Any] = dict.fromkeys(FOLLOW_UP_COLUMNS, pl.String)
_SCHEMA |= dict.fromkeys(("base", "target", "expected", "value"), pl.Float64)
_SCHEMA |= {"deadline": pl.Date, "days_late": pl.Int64, "written_at": pl.Datetime("us")}
_SCHEMA |= {"kind": pl.Enum(KINDS), "status": pl.Enum(STATUSES)}

Row = Mapping[str, Any]


def follow_up(frames: Frames, plan: PlanTables, today: date) -> Answer:
    """Every item of a plan with what was last reported of it, and where it stands on `today`.

    Items are all that has a target, is asked for one, or is a measure. Reports of periods that begin after `today`
    do not count. Rows (`FOLLOW_UP_COLUMNS`), the most urgent first: `kind`; `name` of a criterion, a measure or a
    yearly target; `agency` and `coordinating`; the `deadline` (its own, else the end of the year planned for);
    `base` (the score of the plan's edition, what was appraised, or the yearly target's own), `target`; `expected`
    by the straight line at the end of the period last reported, null where base, target or report is missing; the
    newest `value` with its `period`; `status` (`STATUSES`) and its `light`; `days_late`; what was said with the
    newest report and by whom.

    Figures: `today`, `counts` {status: items}, `late` (agencies with late items). Coverage counts the items that
    anything was reported of.

    Notes: `rule` (how a status is found).

    Raises Problem where there is no plan.
    """
    head, definition = plan.head, frames.index(plan.key.index)
    rows = [_row(item, plan, head["towards"], today) for item in _items(frames, definition, plan)]
    found = pl.DataFrame(rows, schema=_SCHEMA).sort("status", "deadline", "agency", "item", nulls_last=True)
    counts = dict.fromkeys(STATUSES, 0) | dict(found["status"].cast(pl.String).value_counts().iter_rows())
    return Answer(
        question="follow_up",
        index=definition.code,
        year=plan.key.year,
        unit=plan.key.unit,
        rows=found,
        coverage=Coverage(found["period"].count(), found.height),
        figures={
            "today": today,
            "counts": counts,
            "late": found.filter(status="late")["agency"].drop_nulls().unique().sort().to_list(),
        },
        notes=(_rule(),),
    )


def board(rows: pl.DataFrame, today: date) -> pl.DataFrame:
    """The rows of `follow_up` by agency: how many items of each status, those with most late items first.

    Columns (`BOARD_COLUMNS`): the agency (null: items that nobody answers for), `items`, a column for each status,
    `next_deadline` (of what is not done, from `today`) and `overdue` (days since the oldest missed one).
    """
    ahead = (pl.col("status") != "done") & (pl.col("deadline") >= today)
    return (
        rows.group_by("agency")
        .agg(
            items=pl.len(),
            **{status: (pl.col("status") == status).sum() for status in STATUSES},
            next_deadline=pl.col("deadline").filter(ahead).min(),
            overdue=pl.col("days_late").max(),
        )
        .sort("late", "at_risk", "agency", descending=[True, True, False], nulls_last=True)
        .select(BOARD_COLUMNS)
    )


def _items(frames: Frames, index: Index, plan: PlanTables) -> list[dict[str, Any]]:
    """What is followed: targets and measures, each with its name, base and direction."""
    key = plan.key
    own = scored(frames, index).filter(year=key.year, unit=key.unit).drop_nulls("score")
    scores = dict(own.select("component", "score").iter_rows())
    criteria = {row["item"]: row for row in plan.criterion.iter_rows(named=True)}
    items = []
    for row in plan.target.iter_rows(named=True):
        kind = kind_of(row["item"])
        target = row["asked"] if row["target"] is None else row["target"]
        known = criteria.get(row["item"], {})
        part = row["component"]
        base = {"component": scores.get(row["item"]), "criterion": known.get("appraised_score")}.get(
            kind, row["base"]
        )
        turned = kind == "component" and index.component(part).direction == "lower_better"
        items.append(
            {
                "item": row["item"],
                "kind": kind,
                "component": part,
                "name": known.get("name") or row["name"],
                "measure": row["measure"],
                "base": base,
                "target": target,
                "lower": turned or row["direction"] == "lower_better",
            }
        )
    for row in plan.measure.iter_rows(named=True):
        empty = dict.fromkeys(("measure", "base", "target"))
        known = {"item": row["item"], "kind": "measure", "component": row["component"], "name": row["task"]}
        items.append(known | empty | {"lower": False})
    return items


def kind_of(item: str) -> str:
    """What an item is: a component, a criterion, a measure or a target of the yearly plan."""
    start, colon, _ = item.partition(":")
    return start if colon else "component"


def _row(item: dict[str, Any], plan: PlanTables, towards: int, today: date) -> dict[str, Any]:
    reports = plan.progress.filter(item=item["item"])
    newest = _newest(reports, today)
    assigned = plan.assignment.filter(item=item["item"])
    if assigned.is_empty() and item["component"] is not None:
        assigned = plan.assignment.filter(item=item["component"])
    led = {} if assigned.is_empty() else assigned.row(0, named=True)
    deadline = led.get("deadline") or date(towards, 12, 31)
    lower = item.pop("lower")
    expected = _expected(item, newest, towards, deadline)
    status = _status(item, newest, expected, deadline, today, lower)
    return item | {
        "agency": led.get("lead"),
        "coordinating": led.get("coordinating"),
        "deadline": deadline,
        "expected": expected,
        **{name: newest.get(name) for name in ("value", "period", "note", "evidence", "author", "written_at")},
        "status": status,
        "light": LIGHTS[status],
        "days_late": (today - deadline).days if status == "late" else None,
    }


def _newest(reports: pl.DataFrame, today: date) -> dict[str, Any]:
    """The newest report up to a day, with the newest value and word on whether it is done."""
    told = [row for row in reports.iter_rows(named=True) if bounds(row["period"])[0] <= today]
    if not told:
        return {}
    # Of a month and its quarter, which end together, the month: it begins later.
    told.sort(key=lambda row: bounds(row["period"])[::-1])
    found = dict(told[-1])
    for name in ("value", "done"):
        found[name] = next((row[name] for row in reversed(told) if row[name] is not None), None)
    found["valued"] = next((row["period"] for row in reversed(told) if row["value"] is not None), None)
    return found


def _expected(item: Row, newest: Row, towards: int, deadline: date) -> float | None:
    """What the straight line from base to target says at the end of the period of the newest value."""
    if item["base"] is None or item["target"] is None or newest.get("valued") is None:
        return None
    start = date(towards, 1, 1)
    whole = (deadline - start).days
    gone = (bounds(newest["valued"])[1] - start).days
    share = 1.0 if whole <= 0 else min(max(gone / whole, 0.0), 1.0)
    return float(item["base"] + share * (item["target"] - item["base"]))


def _status(item: Row, newest: Row, expected: float | None, deadline: date, today: date, lower: bool) -> str:
    value, target, done = newest.get("value"), item["target"], newest.get("done")
    turned = -1 if lower else 1
    reached = value is not None and target is not None and turned * (value - target) >= -_SLACK
    if done or (reached and done is not False):
        return "done"
    if today > deadline:
        return "late"
    if not newest:
        return "not_begun"
    if (today - bounds(newest["period"])[1]).days > SILENCE:
        return "at_risk"
    if expected is not None and value is not None:
        behind = turned * (expected - value)
        if behind > TOLERANCE * abs(target - item["base"]) + _SLACK:
            return "at_risk"
    return "on_track"


def _rule() -> Note:
    return Note.of(
        "rule",
        "Hoàn thành: đạt mục tiêu hoặc được báo là xong. Quá hạn: chưa xong khi đã hết hạn. Có nguy cơ: kém đường "
        "thẳng từ mức gốc đầu năm đến mục tiêu lúc hết hạn quá một phần mười quãng đường, hoặc hơn một quý không "
        "có báo cáo. Chưa bắt đầu: chưa có báo cáo nào.",
        "Done: the target is reached, or it was reported as done. Late: not done after the deadline. At risk: "
        "behind the straight line from the base at the start of the year to the target at the deadline by more "
        "than a tenth of the way, or without a report for more than a quarter. Not begun: nothing was reported.",
    )
