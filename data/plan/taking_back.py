"""An entry of a plan taken back: by another entry, which puts what stood before in its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from data.plan.entering import Keyed, Overtaken, said_of, standing_rows, write_rows
from data.plan.tables import PlanKey, Row, content_of, keys_of
from data.schema import PLANS
from data.store import Person, Store, local
from data.store.entries import Writing
from data.text import Problem

PART = "plans"
TAKE_BACK = "take_back"


def take_back(
    store: Store, key: PlanKey, entry: int | None = None, *, by: Person | None = None
) -> tuple[int, int]:
    """Put back what stood before an entry of a plan: by a new entry. Gives the numbers of both.

    Without `entry`, the newest that stands is taken back: asked again and again, the plan walks back to its
    beginning. Raises Problem where there is no such entry, where it was taken back already, and, with what stands
    now, where somebody entered something else into the same rows since (`Overtaken`).
    """
    person = by or local()
    person.check("write", key.unit)
    with store.write("plans", person) as writing:
        past = list(writing.table("history", part=PART, about=str(key)).iter_rows(named=True))
        gone = _taken_back(past)
        chosen = next(
            (row for row in reversed(past) if row["entry"] == entry or (entry is None and _may_go(row, gone))),
            None,
        )
        if chosen is None or chosen["entry"] in gone:
            raise _nothing_to_take_back(key, entry, chosen is not None)
        before, after = _sides(chosen)
        names = [name for name in PLANS if name in before or name in after]
        standing = {name: standing_rows(writing, name, key) for name in names}
        _refuse_later(standing, after, before)
        wanted: dict[str, dict[tuple[Any, ...], Row | None]] = {
            name: {
                key_: before.get(name, {}).get(key_) for key_ in {**before.get(name, {}), **after.get(name, {})}
            }
            for name in names
        }
        if "plan" in wanted and None in wanted["plan"].values():
            _refuse_remains(writing, key, after)
        made = write_rows(writing, key, TAKE_BACK, standing, wanted, None, takes_back=chosen["entry"])
        assert made is not None
        return chosen["entry"], made


def sides(row: Row) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
    """The rows before and after an entry of the history, by table, as they were kept (dates as text)."""
    found = []
    for side in ("before", "after"):
        said = json.loads(row[side]) if row[side] else {}
        found.append({name: rows for name, rows in said.items() if name in PLANS})
    return found[0], found[1]


def taken_back(row: Row) -> int | None:
    """Which entry an entry of the history takes back; None for all others."""
    said: dict[str, Any] = json.loads(row["after"]) if row["after"] else {}
    return said.get("takes_back")


def _taken_back(past: Iterable[Row]) -> set[int]:
    """The entries that do not stand: taken back, by an entry that was not itself taken back."""
    by = {row["entry"]: taken_back(row) for row in past}
    gone: set[int] = set()
    for entry in sorted(by, reverse=True):
        what = by[entry]
        if what is not None and entry not in gone:
            gone.add(what)
    return gone


def _may_go(row: Row, gone: set[int]) -> bool:
    return row["act"] != TAKE_BACK and row["entry"] not in gone


def _sides(row: Row) -> tuple[dict[str, Keyed], dict[str, Keyed]]:
    """The rows before and after an entry, typed and by their keys."""
    both = []
    for side in sides(row):
        typed = {name: [_typed(name, item) for item in rows] for name, rows in side.items()}
        both.append(
            {
                name: {tuple(item[column] for column in keys_of(name)): item for item in rows}
                for name, rows in typed.items()
            }
        )
    return both[0], both[1]


def _typed(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row of the history with its dates; a column that its table has got since is empty."""
    kinds = {column: stated.dtype for column, stated in PLANS[name].columns().items()}
    return {
        column: date.fromisoformat(row[column])
        if kinds[column] == pl.Date and row.get(column)
        else row.get(column)
        for column in content_of(name)
    }


def _refuse_later(standing: Mapping[str, Keyed], after: Mapping[str, Keyed], before: Mapping[str, Keyed]) -> None:
    """Raises Overtaken where rows of an entry no longer stand as it left them."""
    late: list[tuple[str, Row]] = []
    for name in standing:
        for place in {**before.get(name, {}), **after.get(name, {})}:
            now, left = standing[name].get(place), after.get(name, {}).get(place)
            content = None if now is None else {column: now[column] for column in content_of(name)}
            if content != left and now is not None:
                late.append((name, now))
            elif content != left:
                raise Problem(
                    "Dòng này đã bị xóa bởi một lần nhập sau. Hoàn tác lần sau trước.",
                    "The row was removed by a later entry. Take the later one back first.",
                )
    if late:
        raise Overtaken(late)


def _refuse_remains(writing: Writing, key: PlanKey, after: Mapping[str, Keyed]) -> None:
    """Raises Problem where a plan would go and leave rows behind that others entered."""
    for name in PLANS:
        for place, row in standing_rows(writing, name, key).items():
            if place not in after.get(name, {}):
                vi, en = said_of(name, row)
                raise Problem(
                    f"Kế hoạch còn những gì đã nhập sau khi lập: {vi}. Hoàn tác những lần nhập ấy trước.",
                    f"The plan has what was entered after it was made: {en}. Take those entries back first.",
                )


def _nothing_to_take_back(key: PlanKey, entry: int | None, known: bool) -> Problem:
    if entry is None:
        return Problem(
            f"Kế hoạch {key} không còn lần nhập nào để hoàn tác.",
            f"The plan {key} has no entry left to take back.",
        )
    if known:
        return Problem(f"Lần nhập {entry} đã được hoàn tác.", f"Entry {entry} was taken back already.")
    return Problem(
        f"Kế hoạch {key} không có lần nhập {entry}. Xem các lần nhập: vuotbac plan history.",
        f"The plan {key} has no entry {entry}. See the entries: vuotbac plan history.",
    )
