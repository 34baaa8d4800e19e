"""Indices of one's own in the store: added, replaced, listed, taken back; each an entry with author and time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import polars as pl

from data.definition_file import indices
from data.own.file import Defined, read, unknown_sets
from data.own.units import UnitList
from data.store import Person, Store, local
from data.store.entries import Writing
from data.text import Problem


def family(code: str) -> str:
    """The index that a block belongs to: `ddci` of `ddci.so`."""
    return code.partition(".")[0]


def standing(definitions: pl.DataFrame) -> tuple[Defined, ...]:
    """What was defined and not taken back (`data.schema.Definition`), in the order of its entry."""
    rows = definitions.filter(pl.col("undone_at").is_null()).sort("definition")
    return tuple(_parsed(content, code) for code, content in rows.select("code", "content").iter_rows())


@lru_cache(maxsize=128)
def _parsed(content: str, code: str) -> Defined:
    return read(content, f"{code}.toml")


def lists(defined: Iterable[Defined]) -> tuple[UnitList, ...]:
    """Every unit set of some definitions."""
    return tuple(chain.from_iterable(item.unit_sets for item in defined))


def code_of(defined: Defined) -> str:
    """The code under which a file of definitions is kept; raises Problem where its blocks name several."""
    codes = {family(index.code) for index in defined.indices}
    if len(codes) > 1:
        there = ", ".join(sorted(codes))
        raise Problem(
            f"Tệp định nghĩa nhiều chỉ số ({there}); mỗi tệp một chỉ số, các khối viết như ddci.so, ddci.huyen.",
            f"The file defines several indices ({there}); one a file, with blocks written ddci.so, ddci.huyen.",
        )
    return codes.pop()


def add(store: Store, defined: Defined, *, file: str, by: Person | None = None) -> str:
    """Keep an index of one's own, in place of the one of its code; returns the code.

    Raises Problem where `by` may not, where the code is that of a published index, and where a unit, component or
    unit set that entered figures need would be gone.
    """
    person = by or local()
    person.check("import")
    with store.write("scores", person) as writing:
        return added(writing, defined, file)


def added(writing: Writing, defined: Defined, file: str) -> str:
    """`add` within an entry under way, whose figures come with it."""
    defined = read(defined.toml, file)
    code = code_of(defined)
    if code in indices():
        raise Problem(
            f"Mã “{code}” là của một chỉ số đã có sẵn. Chọn mã khác.",
            f"The code “{code}” is that of an index that comes with the program. Choose another.",
        )
    known = writing.table("definition").filter(pl.col("undone_at").is_null())
    others = standing(known.filter(pl.col("code") != code))
    before = known.filter(code=code)
    _check_sets(defined, others)
    _check_replaced(writing, defined, standing(before), others)
    for number in before["definition"]:
        writing.update("definition", number, undone_at=writing.at, undone_by=writing.by.name)
    row = {
        "definition": writing.next("definition"),
        "entered_at": writing.at,
        "author": writing.by.name,
        "file": file,
        "code": code,
        "content": defined.toml,
        "undone_at": None,
        "undone_by": None,
    }
    writing.append("definition", pl.DataFrame([row]))
    writing.record("define", f"index {code}", _said(before), {"definition": row["definition"], "file": file})
    return code


def remove(store: Store, code: str, *, by: Person | None = None) -> None:
    """Take an index of one's own back. Raises Problem where there is none, and while it has entered editions."""
    person = by or local()
    person.check("undo")
    with store.write("scores", person) as writing:
        known = writing.table("definition").filter(pl.col("undone_at").is_null())
        row = known.filter(code=code)
        if row.is_empty():
            raise _none(code, known["code"])
        batches = _batches(writing, code)
        if batches:
            numbers = ", ".join(map(str, batches))
            raise Problem(
                f"Chỉ số {code} còn số liệu đã nhập (lô {numbers}). Hoàn tác trước: vuotbac undo {batches[-1]}.",
                f"The index {code} has entered figures (batch {numbers}). Undo them first: "
                f"vuotbac undo {batches[-1]}.",
            )
        sets = {item.code for item in standing(row)[0].unit_sets}
        for other in standing(known.filter(pl.col("code") != code)):
            lent = sets & {edition.unit_set for index in other.indices for edition in index.editions}
            if lent:
                user = code_of(other)
                raise Problem(
                    f"Chỉ số {user} dùng các đơn vị “{sorted(lent)[0]}” của {code}. Xóa {user} trước.",
                    f"The index {user} uses the units “{sorted(lent)[0]}” of {code}. Remove {user} first.",
                )
        for number in row["definition"]:
            writing.update("definition", number, undone_at=writing.at, undone_by=person.name)
        writing.record("remove", f"index {code}", _said(row), None)


def kept(store: Store, code: str) -> Defined:
    """The index of a code, or of a block of it, as it is kept; raises Problem where there is none."""
    known = store.entered("definition").filter(pl.col("undone_at").is_null())
    row = known.filter(code=family(code))
    if row.is_empty():
        raise _none(code, known["code"])
    return standing(row)[0]


def _none(code: str, known: Iterable[str]) -> Problem:
    there = ", ".join(known) or "–"
    if code in indices():
        return Problem(
            f"“{code}” là chỉ số có sẵn, không xóa được. Các chỉ số tự định nghĩa: {there}.",
            f"“{code}” comes with the program and stays. Indices of one's own: {there}.",
        )
    return Problem(
        f"Không có chỉ số tự định nghĩa “{code}”. Các chỉ số ấy: {there}.",
        f"There is no index of one's own “{code}”. There are: {there}.",
    )


def _said(rows: pl.DataFrame) -> dict[str, object] | None:
    return None if rows.is_empty() else rows.select("definition", "file").row(0, named=True)


def _batches(writing: Writing, code: str) -> list[int]:
    rows = writing.table("batch").filter(pl.col("undone_at").is_null())
    return [
        number
        for number, index in rows.select("batch", "index").sort("batch").iter_rows()
        if family(index) == code
    ]


def _check_sets(defined: Defined, others: tuple[Defined, ...]) -> None:
    """Every unit set that is ranked must be there, and none twice."""
    sets = {item.code for item in lists(others)}
    twice = sets & {item.code for item in defined.unit_sets}
    if twice:
        name = sorted(twice)[0]
        raise Problem(
            f"Danh sách đơn vị “{name}” đã có ở một chỉ số khác. Bỏ khỏi tệp để dùng chung, hoặc đổi mã.",
            f"The unit set “{name}” is another index's already. Leave it out to share it, or change its code.",
        )
    unknown = unknown_sets(defined, sets)
    if unknown:
        there = ", ".join(sorted(sets)) or "–"
        raise Problem(
            f"Không có danh sách đơn vị “{unknown[0]}”. Thêm [[unit_sets]] vào tệp; đã có: {there}.",
            f"There is no unit set “{unknown[0]}”. Add [[unit_sets]] to the file; there are: {there}.",
        )


def _check_replaced(
    writing: Writing, defined: Defined, before: tuple[Defined, ...], others: tuple[Defined, ...]
) -> None:
    """Figures that were entered keep their index, unit, component and scale; sets that others rank stay."""
    sets = {item.code for item in lists(before)}
    gone = sets - {item.code for item in defined.unit_sets}
    for other in others:
        if lent := gone & {edition.unit_set for index in other.indices for edition in index.editions}:
            raise _lost(sorted(lent)[0], code_of(other), None)
    rows = writing.table("batch").filter(pl.col("undone_at").is_null()).select("batch")
    figures = writing.table("entered_score").join(rows, on="batch").select("index", "unit", "component", "batch")
    there = {index.code: {item.code for item in index.components} for index in defined.indices}
    theirs = {index.code: index.own_maximum for item in before for index in item.indices}
    scales = {index.code: index.own_maximum for index in defined.indices}
    units = {listed.key(unit) for listed in defined.unit_sets for unit in listed.units}
    for index, unit, component, batch in figures.sort("index", "unit", "component", "batch").iter_rows():
        if index in theirs and (index not in there or scales[index] != theirs[index]):
            raise _lost(index if index not in there else f"own_maximum = {theirs[index]}".lower(), index, batch)
        if index in theirs and component not in there[index]:
            raise _lost(component, index, batch)
        if unit.rpartition("-")[0] in sets and unit not in units:
            raise _lost(unit, index, batch)


def _lost(what: str, index: str, batch: int | None) -> Problem:
    vi, en = (
        (f", hoặc hoàn tác: vuotbac undo {batch}", f", or undo them: vuotbac undo {batch}") if batch else ("", "")
    )
    return Problem(
        f"Chỉ số {index} cần “{what}”, mà tệp không còn. Giữ lại trong tệp{vi}.",
        f"The index {index} needs “{what}”, which the file no longer has. Keep it in the file{en}.",
    )
