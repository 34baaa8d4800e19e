"""Rows of a plan entered: all of an entry or nothing, and nothing over what somebody else has just written.

A row stands as it was last entered; who entered it, when, what stood before and what after is in the history for
good. An entry is one act of one person, however many rows it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dataframely.exc import ValidationError

from data.plan.tables import PlanKey, Row, Rows, content_of, keys_of, no_plan, there_is_one
from data.schema import PLANS
from data.store import Person, Store, local
from data.store.entries import Reading, Writing
from data.text import Problem, Text, clean

# So many items are looked up one by one; of more, the whole table is read at once.
_FEW = 5

Keyed = dict[tuple[Any, ...], dict[str, Any]]


class Overtaken(Problem):
    """Somebody else changed the same rows meanwhile; nothing was written.

    `others` are those rows as they stand now, each with its table, author and time.
    """

    def __init__(self, others: Sequence[tuple[str, Row]]) -> None:
        self.others = tuple(others)
        vi, en = zip(*(said_of(name, row) for name, row in others), strict=True)
        super().__init__(
            f"Có người vừa nhập khác vào cùng dòng nên chưa ghi gì: {'; '.join(vi)}. Xem rồi nhập lại.",
            f"The same rows have just been entered otherwise, so nothing was written: {'; '.join(en)}. "
            "Look at theirs, then enter yours again.",
        )


def enter(
    store: Store,
    key: PlanKey,
    act: str,
    rows: Rows,
    *,
    removed: Rows | None = None,
    by: Person | None = None,
    seen: int | None = None,
    fresh: bool = False,
) -> int | None:
    """Enter rows of a plan in the name of `by`; gives the entry's number, None where nothing is different.

    `rows` holds by table the rows to stand: the columns of `data.schema.PLANS` but the plan's key and who entered
    them; a column that is left out stays as it is. `removed` holds keys of rows to go. `seen` is the newest entry
    that the author knew of (`PlanTables.seen`): where somebody entered something else into the same rows since,
    `Overtaken` is raised with it. `fresh` begins a plan. Raises Problem where there is no plan yet (or is one, for
    a fresh one), where a row does not fit its table, and where `by` may not write of the unit. All or nothing.
    """
    person = by or local()
    person.check("write", key.unit)
    with store.write("plans", person) as writing:
        begun = not writing.table("plan", **key.columns).is_empty()
        if fresh and begun:
            raise there_is_one(key)
        if not fresh and not begun:
            raise no_plan(key)
        names = [name for name in PLANS if name in rows or name in (removed or {})]
        about = [row.get("item") for given in (rows, removed or {}) for found in given.values() for row in found]
        standing = {name: standing_rows(writing, name, key, about) for name in names}
        wanted = {
            name: _wanted(name, key, standing[name], rows.get(name, ()), (removed or {}).get(name, ()))
            for name in names
        }
        return write_rows(writing, key, act, standing, wanted, seen)


def standing_rows(reading: Reading, name: str, key: PlanKey, about: Sequence[str | None] | None = None) -> Keyed:
    """The rows of a table that stand, by their keys within the plan; of few items, those `about` them alone."""
    keys, items = keys_of(name), set(about or ())
    if "item" in keys and 0 < len(items) <= _FEW:
        found = [
            row for item in items for row in reading.table(name, **key.columns, item=item).iter_rows(named=True)
        ]
    else:
        found = list(reading.table(name, **key.columns).iter_rows(named=True))
    return {tuple(row[column] for column in keys): row for row in found}


def _wanted(
    name: str, key: PlanKey, standing: Keyed, rows: Sequence[Row], removed: Sequence[Row]
) -> dict[tuple[Any, ...], Row | None]:
    """What shall stand for each row that is named: all its columns, or None for none."""
    columns, keys = content_of(name), keys_of(name)
    unknown = {column for row in (*rows, *removed) for column in row} - set(columns)
    assert not unknown, f"{name} has no {sorted(unknown)}"
    found: dict[tuple[Any, ...], Row | None] = {}
    for row in rows:
        known = {column: clean(value) if isinstance(value, str) else value for column, value in row.items()}
        place = tuple(known.get(column) for column in keys)
        if place in found:
            raise Problem(
                f"“{place[0] if place else key}” có hai dòng. Giữ lại một.",
                f"“{place[0] if place else key}” has two rows. Keep one.",
            )
        before = standing.get(place, {})
        found[place] = {column: known.get(column, before.get(column)) for column in columns}
    stated = [row for row in found.values() if row is not None]
    for place, checked in zip(list(found), _checked(name, key, stated), strict=True):
        found[place] = checked
    for row in removed:
        found[tuple(row[column] for column in keys)] = None
    return found


def _checked(name: str, key: PlanKey, rows: list[Row]) -> list[Row]:
    """The rows as their table states them. Raises Problem where one does not fit."""
    if not rows:
        return []
    stated, columns = PLANS[name], content_of(name)
    whole = [key.columns | dict(row) | {"author": "-", "written_at": None, "entry": 1} for row in rows]
    frame = pl.DataFrame(whole, infer_schema_length=None).with_columns(
        written_at=pl.lit("2000-01-01").str.to_datetime(time_unit="us")
    )
    try:
        frame = stated.validate(frame, cast=True)
    except (ValidationError, pl.exceptions.PolarsError) as error:
        said = " ".join(str(error).split())[:300]
        raise Problem(
            f"Dòng nhập vào bảng {name} không hợp lệ nên chưa ghi gì: {said}",
            f"A row for the table {name} does not fit, so nothing was written: {said}",
        ) from error
    return list(frame.select(columns).to_dicts())


def write_rows(
    writing: Writing,
    key: PlanKey,
    act: str,
    standing: Mapping[str, Keyed],
    wanted: Mapping[str, Mapping[tuple[Any, ...], Row | None]],
    seen: int | None,
    takes_back: int | None = None,
) -> int | None:
    """Put what is wanted in the place of what stands, and remember both; None where they are the same."""
    before: dict[str, list[Row]] = {}
    after: dict[str, list[Row]] = {}
    places: list[tuple[str, tuple[Any, ...]]] = []
    late: list[tuple[str, Row]] = []
    for name, rows in wanted.items():
        columns = content_of(name)
        for place, row in rows.items():
            known = standing[name].get(place)
            old = None if known is None else {column: known[column] for column in columns}
            if old == row:
                continue
            if seen is not None and known is not None and known["entry"] > seen:
                late.append((name, known))
            places.append((name, place))
            for side, value in ((before, old), (after, row)):
                if value is not None:
                    side.setdefault(name, []).append(value)
    if late:
        raise Overtaken(late)
    if not places:
        return None
    said: dict[str, Any] = dict(after) | ({} if takes_back is None else {"takes_back": takes_back})
    entry = writing.record(act, str(key), before or None, said or None)
    for name, place in places:
        writing.take_out(name, key.columns | dict(zip(keys_of(name), place, strict=True)))
    stamp = {"author": writing.by.name, "written_at": writing.at, "entry": entry}
    for name, stood in after.items():
        rows_ = [key.columns | dict(row) | stamp for row in stood]
        writing.append(name, pl.DataFrame(rows_, infer_schema_length=None))
    return entry


_TABLE_WORDS = {
    "plan": Text("kế hoạch", "the plan"),
    "target": Text("mục tiêu", "the target"),
    "assignment": Text("phân công", "the assignment"),
    "measure": Text("nhiệm vụ", "the measure"),
    "progress": Text("tiến độ", "the progress"),
    "criterion": Text("tiêu chí", "the criterion"),
    "review": Text("kiểm điểm", "the review"),
}


def said_of(name: str, row: Row) -> tuple[str, str]:
    """A row as it stands, in both languages: what, by whom, and what was entered."""
    about = " ".join(str(row[column]) for column in keys_of(name))
    keys = {*keys_of(name), "component", "evidence"}
    values = [str(row[column]) for column in content_of(name) if column not in keys and row[column] is not None]
    what = ", ".join(values)[:200]
    words = _TABLE_WORDS[name]
    at = f"{row['written_at']:%Y-%m-%d %H:%M} UTC"
    return (
        f"{words.vi} {about}: {row['author']} ghi “{what}” lúc {at}",
        f"{words.en} {about}: {row['author']} wrote “{what}” at {at}",
    )
