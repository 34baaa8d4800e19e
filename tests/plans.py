"""Plans as the store would give them, from rows, for questions that need no store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl

from data.plan import PlanKey, PlanTables
from data.schema import PLANS

STAMP = {"author": "Lan", "written_at": datetime.fromisoformat("2019-06-01"), "entry": 1}


def tables(key: PlanKey, rows: dict[str, list[dict[str, Any]]]) -> PlanTables:
    """A plan after these rows were entered."""
    plan = PlanTables.empty(key)
    frames = {}
    for name, stated in PLANS.items():
        empty = dict.fromkeys(stated.column_names()) | key.columns | STAMP
        whole = pl.DataFrame([empty | row for row in rows.get(name, [])], infer_schema_length=None)
        frames[name] = getattr(plan, name) if whole.is_empty() else stated.validate(whole, cast=True)
    return PlanTables(key, **frames, note=plan.note, seen=1)
