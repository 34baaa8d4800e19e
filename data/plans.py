"""The plan of a unit for an index: read as it stands, entered row by row, taken back entry by entry.

A row stands as it was last entered; who entered it, when, what stood before and what after is in the history for
good. An entry is one act of one person, however many rows it changes, and is taken back whole: by another entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import polars as pl
from dataframely.exc import ValidationError

from data import notes
from data.definition import Index
from data.schema import PLANS
from data.store import Person, Store, local
from data.store.entries import Reading, Writing
from data.text import Problem, Text, clean

PART = "plans"
TAKE_BACK = "take_back"

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


class Overtaken(Problem):
    """Somebody else changed the same rows meanwhile; nothing was written.

    `others` are those rows as they stand now, each with its table, author and time.
    """

    def __init__(self, others: Sequence[tuple[str, Row]]) -> None:
        self.others = tuple(others)
        vi, en = zip(*(_said(name, row) for name, row in others), strict=True)
        super().__init__(
            f"Có người vừa nhập khác vào cùng dòng nên chưa ghi gì: {'; '.join(vi)}. Xem rồi nhập lại.",
            f"The same rows have just been entered otherwise, so nothing was written: {'; '.join(en)}. "
            "Look at theirs, then enter yours again.",
        )


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
        standing = {name: _standing(writing, name, key) for name in names}
        wanted = {
            name: _wanted(name, key, standing[name], rows.get(name, ()), (removed or {}).get(name, ()))
            for name in names
        }
        return _write(writing, key, act, standing, wanted, seen)


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
        standing = {name: _standing(writing, name, key) for name in names}
        _refuse_later(standing, after, before)
        wanted: dict[str, dict[tuple[Any, ...], Row | None]] = {
            name: {
                key_: before.get(name, {}).get(key_) for key_ in {**before.get(name, {}), **after.get(name, {})}
            }
            for name in names
        }
        if "plan" in wanted and None in wanted["plan"].values():
            _refuse_remains(writing, key, after)
        made = _write(writing, key, TAKE_BACK, standing, wanted, None, takes_back=chosen["entry"])
        assert made is not None
        return chosen["entry"], made


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


# --- Rows and keys -----------------------------------------------------------------------------------------------

_Keyed = dict[tuple[Any, ...], dict[str, Any]]


def keys_of(name: str) -> list[str]:
    """The columns by which a row of a table is known within its plan."""
    return [column for column in PLANS[name].primary_key() if column not in _OF_PLAN]


def content_of(name: str) -> list[str]:
    """The columns of a table that people enter."""
    return [column for column in PLANS[name].column_names() if column not in (*_OF_PLAN, *_OF_ENTRY)]


def _standing(reading: Reading, name: str, key: PlanKey) -> _Keyed:
    rows = reading.table(name, **key.columns).iter_rows(named=True)
    return {tuple(row[column] for column in keys_of(name)): row for row in rows}


def _wanted(
    name: str, key: PlanKey, standing: _Keyed, rows: Sequence[Row], removed: Sequence[Row]
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


def _write(
    writing: Writing,
    key: PlanKey,
    act: str,
    standing: Mapping[str, _Keyed],
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


# --- What was entered --------------------------------------------------------------------------------------------


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


def _sides(row: Row) -> tuple[dict[str, _Keyed], dict[str, _Keyed]]:
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


def _refuse_later(
    standing: Mapping[str, _Keyed], after: Mapping[str, _Keyed], before: Mapping[str, _Keyed]
) -> None:
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


def _refuse_remains(writing: Writing, key: PlanKey, after: Mapping[str, _Keyed]) -> None:
    """Raises Problem where a plan would go and leave rows behind that others entered."""
    for name in PLANS:
        for place, row in _standing(writing, name, key).items():
            if place not in after.get(name, {}):
                vi, en = _said(name, row)
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


_TABLE_WORDS = {
    "plan": Text("kế hoạch", "the plan"),
    "target": Text("mục tiêu", "the target"),
    "assignment": Text("phân công", "the assignment"),
    "measure": Text("nhiệm vụ", "the measure"),
    "progress": Text("tiến độ", "the progress"),
    "criterion": Text("tiêu chí", "the criterion"),
    "review": Text("kiểm điểm", "the review"),
}


def _said(name: str, row: Row) -> tuple[str, str]:
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
