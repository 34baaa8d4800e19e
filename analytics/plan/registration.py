"""Who has registered the targets that he answers for, who has not, and who is late?"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.plan.follow_up import kind_of
from data.frames import Frames
from data.plan import PlanTables

REGISTRATION_COLUMNS = ("agency", "status", "items", "registered", "missing", "days_late")
REGISTRATION_STATUSES = ("late", "waiting", "registered")

_SCHEMA: dict[str, Any] = {
    "agency": pl.String,
    "status": pl.Enum(REGISTRATION_STATUSES),
    "items": pl.Int64,
    "registered": pl.Int64,
    "missing": pl.List(pl.String),
    "days_late": pl.Int64,
}


def registration(frames: Frames, plan: PlanTables, today: date) -> Answer:
    """The agencies of a plan by whether their targets are registered on `today`.

    Every component and criterion that an agency leads wants a target of its own; a component whose criteria have
    targets registered has one. Rows (`REGISTRATION_COLUMNS`), the late first: `status` (`registered`: all of them;
    `waiting` until the day they are due, or without one; `late` after it), how many `items` and how many of them
    `registered`, the items `missing`, `days_late`. Figures: `register_by`, `today`, `counts` {status: agencies}.
    Coverage counts the items registered.

    Raises Problem where there is no plan.
    """
    due = plan.head["register_by"]
    targets = plan.target.drop_nulls("target")
    have = {*targets["item"], *targets["component"].drop_nulls()}
    wanted: dict[str, list[str]] = {}
    for item, lead in plan.assignment.select("item", "lead").iter_rows():
        if kind_of(item) in ("component", "criterion"):
            wanted.setdefault(lead, []).append(item)
    rows = []
    for lead, items in wanted.items():
        missing = [item for item in items if item not in have]
        late = bool(missing) and due is not None and today > due
        status = "late" if late else "waiting" if missing else "registered"
        counts = {"items": len(items), "registered": len(items) - len(missing), "missing": missing}
        rows.append(
            {"agency": lead, "status": status, **counts, "days_late": (today - due).days if late else None}
        )
    found = pl.DataFrame(rows, schema=_SCHEMA).sort("status", "agency")
    return Answer(
        question="registration",
        index=frames.index(plan.key.index).code,
        year=plan.key.year,
        unit=plan.key.unit,
        rows=found,
        coverage=Coverage(int(found["registered"].sum()), int(found["items"].sum())),
        figures={
            "register_by": due,
            "today": today,
            "counts": {status: found.filter(status=status).height for status in REGISTRATION_STATUSES},
        },
    )
