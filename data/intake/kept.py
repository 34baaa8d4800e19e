"""Plans of earlier batches: what a person decided about a table is taken for the next of its shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from data.intake.plan import Plan
from data.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """What was decided about a table of some shape, with which batch, when (UTC) and by whom."""

    plan: Plan
    batch: int
    at: datetime
    author: str


def kept(store: Store, shape: str) -> Kept | None:
    """What holds of the newest plan for files of a shape; None where nobody decided anything about one.

    Batches that were undone do not count: what was decided there may be why.
    """
    with store.entries.read() as reading:
        plans, batches = reading.table("reading_plan"), reading.table("batch")
    standing = batches.filter(pl.col("undone_at").is_null())
    for row in (
        plans.filter(shape=shape).join(standing, on="batch").sort("batch", descending=True).iter_rows(named=True)
    ):
        plan = Plan.read(row["plan"]).lasting()
        if plan != Plan():
            return Kept(plan, row["batch"], row["entered_at"], row["author"])
        return None
    return None
