"""The plan of a unit for an index as it stands: whose it is, and everything entered of it at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import polars as pl

from data import notes
from data.definition import Index
from data.schema import PLANS
from data.store import Store
from data.text import Problem

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

_OF_ENTRY = ("author", "written_at", "entry")
_OF_PLAN = ("unit", "index", "year")


@dataclass(frozen=True, slots=True)
class PlanKey:
    """Whose plan, for which index, made from the edition of which year."""

    unit: str
    index: str
    year: int

    def __str__(self) -> str:
        return f"{self.unit} {self.index} {self.year}"

    @property
    def columns(self) -> dict[str, Any]:
        """The columns by which its rows are found."""
        return {"unit": self.unit, "index": self.index, "year": self.year}


@dataclass(frozen=True, slots=True, eq=False)
class PlanTables:
    """Everything entered of one plan, read at one moment; frames as `data.schema.PLANS` states them.

    `note` holds what the province wrote of the same edition (`data.schema.Note`): its causes and remedies are part
    of the plan. `seen` is the newest entry of the history, to be given back with what is entered on what was read.
    """

    key: PlanKey
    plan: pl.DataFrame
    target: pl.DataFrame
    assignment: pl.DataFrame
    measure: pl.DataFrame
    progress: pl.DataFrame
    criterion: pl.DataFrame
    review: pl.DataFrame
    note: pl.DataFrame
    seen: int

    @property
    def head(self) -> dict[str, Any]:
        """The row of the plan itself. Raises Problem where there is no plan."""
        if self.plan.is_empty():
            raise no_plan(self.key)
        return self.plan.row(0, named=True)

    def causes(self, index: Index) -> dict[str, notes.Words]:
        """What the province wrote of its components: causes, remedies, who and by when."""
        return notes.notes(self.note, index, self.key.unit, self.key.year)

    @classmethod
    def empty(cls, key: PlanKey) -> Self:
        """Of a plan of which nothing is entered."""
        from data.schema.entries import Note

        frames = {name: stated.create_empty() for name, stated in PLANS.items()}
        return cls(key, **frames, note=Note.create_empty(), seen=0)


def plan_of(store: Store, key: PlanKey) -> PlanTables:
    """The plan as it stands; tables without rows where there is none."""
    with store.entries.read() as reading:
        frames = {name: reading.table(name, **key.columns) for name in PLANS}
        return PlanTables(
            key, **frames, note=reading.table("note", **key.columns), seen=reading.newest("history", "entry")
        )


def plans(store: Store) -> pl.DataFrame:
    """The heads of all plans that there are (`data.schema.Plan`)."""
    return store.entered("plan")


@cache
def keys_of(name: str) -> tuple[str, ...]:
    """The columns by which a row of a table is known within its plan."""
    return tuple(column for column in PLANS[name].primary_key() if column not in _OF_PLAN)


@cache
def content_of(name: str) -> tuple[str, ...]:
    """The columns of a table that people enter."""
    return tuple(column for column in PLANS[name].column_names() if column not in (*_OF_PLAN, *_OF_ENTRY))


def no_plan(key: PlanKey) -> Problem:
    """There is no plan of that unit, index and year."""
    return Problem(
        f"Chưa có kế hoạch của {key.unit} cho {key.index} từ năm {key.year}. Lập bằng: vuotbac plan start "
        f"--province {key.unit} --index {key.index} --year {key.year}",
        f"There is no plan of {key.unit} for {key.index} from {key.year} yet. Make it with: vuotbac plan start "
        f"--province {key.unit} --index {key.index} --year {key.year}",
    )


def there_is_one(key: PlanKey) -> Problem:
    """There is a plan already; it is not begun anew over what agencies have entered."""
    return Problem(
        f"Đã có kế hoạch của {key.unit} cho {key.index} từ năm {key.year}; giữ nguyên. Xem bằng vuotbac plan "
        "show; muốn lập lại, hoàn tác từng bước bằng vuotbac plan undo.",
        f"There is a plan of {key.unit} for {key.index} from {key.year} already; it stays. See it with vuotbac "
        "plan show; to begin again, take its entries back with vuotbac plan undo.",
    )
