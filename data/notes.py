"""What a province writes of its own figures: causes, remedies, who and when, component by component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from types import MappingProxyType

import polars as pl

from data.definition import Index
from data.frames import Frames
from data.store import Person, Store, local
from data.text import Problem, clean

# In characters, however many bytes they take.
LONGEST = 5000
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one component: two texts in Markdown, and two lines."""

    cause: str = ""
    remedy: str = ""
    responsible: str = ""
    deadline: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody once wrote of a component, when (UTC), under its number; empty words took it back."""

    number: int
    written_at: datetime
    author: str
    words: Words


class Overtaken(Problem):
    """Somebody else wrote of the same component meanwhile; `other` is what stands now. Nothing was written."""

    def __init__(self, other: Version) -> None:
        self.other = other
        super().__init__(
            f"{other.author} vừa lưu nội dung khác cho chỉ số này; nội dung của bạn chưa lưu và vẫn còn trong ô. "
            "Xem nội dung ấy rồi chọn lưu đè hoặc bỏ.",
            f"{other.author} has just saved other words for this component; yours are not saved and still in the "
            "fields. Look at theirs, then save over them or discard.",
        )


def versions(written: pl.DataFrame, unit: str, index: str, year: int, component: str) -> list[Version]:
    """All that was ever written of a component, newest first: the first is what stands.

    `written` is the table of notes (`data.schema.Note`), as `Store.entered("note")` gives it.
    """
    rows = written.filter(unit=unit, index=index, year=year, component=component)
    return [
        Version(row["note"], row["written_at"], row["author"], _words(row))
        for row in rows.sort("note", descending=True).iter_rows(named=True)
    ]


def notes(written: pl.DataFrame, index: Index, unit: str, year: int) -> dict[str, Words]:
    """What stands written of a unit in an edition, by component, in the order of the definition."""
    rows = written.filter(unit=unit, index=index.code, year=year).sort("note")
    rows = rows.unique("component", keep="last", maintain_order=True)
    standing = {row["component"]: _words(row) for row in rows.iter_rows(named=True)}
    order = [item.code for item in index.components]
    return {code: standing[code] for code in order if standing.get(code)}


# What a province wrote in an edition, by index and component.
Notes = Mapping[str, Mapping[str, Words]]
NO_NOTES: Notes = MappingProxyType({})


def by_index(written: pl.DataFrame, frames: Frames, indices: Sequence[str], unit: str, year: int) -> Notes:
    """What stands written of a unit in the editions of several indices. Raises Problem for an unknown index."""
    return {code: notes(written, frames.index(code), unit, year) for code in indices}


def note(
    store: Store,
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    component: str,
    words: Words,
    *,
    by: Person | None = None,
    seen: int | None = None,
) -> int:
    """Write what is said of a component, in the name of `by`; gives its number. Empty words take it back.

    What stood before stays on record. `seen` is the number of the version that the author had before him (0 for
    none): where a newer one stands, `Overtaken` is raised with it, unless it says the same. Raises Problem for a
    unit, edition or component there isn't, words too long, and an author who may not write of the unit.
    """
    person = by or local()
    person.check("write", unit)
    definition = frames.index(index)
    definition.edition(year)
    definition.check_component(component, year)
    if unit not in frames.unit["unit"]:
        raise Problem(f"Không có đơn vị “{unit}”.", f"There is no unit “{unit}”.")
    trimmed = _trimmed(words)
    with store.write("notes", person) as writing:
        key = {"unit": unit, "index": definition.code, "year": year, "component": component}
        past = versions(writing.table("note", **key), unit, definition.code, year, component)
        newest = past[0] if past else None
        if seen is not None and newest is not None and newest.number > seen and newest.words != trimmed:
            raise Overtaken(newest)
        number = writing.next("note")
        record = {"note": number, "written_at": writing.at, "author": person.name} | key
        writing.append("note", pl.DataFrame([record | asdict(trimmed)]))
        before = asdict(newest.words) if newest and newest.words else None
        about = f"{unit} {definition.code} {year} {component}"
        writing.record("note", about, before, asdict(trimmed) if trimmed else None)
    return number


def _words(row: dict[str, object]) -> Words:
    return Words(**{field.name: str(row[field.name]) for field in fields(Words)})


def _trimmed(words: Words) -> Words:
    trimmed = Words(**{name: clean(text) for name, text in asdict(words).items()})
    for name, text in asdict(trimmed).items():
        most = LONGEST if name in ("cause", "remedy") else LONGEST_LINE
        if len(text) > most:
            raise Problem(
                f"Nội dung dài {len(text)} ký tự, quá {most}. Hãy rút gọn.",
                f"The text is {len(text)} characters long, over {most}. Shorten it.",
            )
    return trimmed
