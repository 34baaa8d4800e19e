"""What every command shares: its options, the store opened, the answer shown."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dashboard.text import say
from data.text import Language, Note, Problem, Text, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.names import Found
    from data.store import Store

Index = Annotated[str, typer.Option("--index", "-i")]
Year = Annotated[int, typer.Option("--year", "-y")]
Province = Annotated[str, typer.Option("--province", "-p")]
AsJson = Annotated[bool, typer.Option("--json")]
AsCsv = Annotated[bool, typer.Option("--csv")]

# What `--lang` of this command line says; None where it says nothing.
chosen_language: ContextVar[Language | None] = ContextVar("chosen_language", default=None)


def spoken(key: str, **values: object) -> str:
    return say(language(), key, **values)


def opened() -> Store:
    from data.store import Store

    return Store.open()


def loaded(store: Store) -> Frames:
    from data.frames import load

    return load(store)


def loaded_now() -> Frames:
    """The frames of the store as it is now, for questions that are not about one province."""
    with opened() as store:
        return loaded(store)


def asked(province: str, index: str, year: int) -> tuple[Frames, str, Text | None]:
    """The frames, the unit that is meant in that edition, and what must be said of how it was found."""
    frames = loaded_now()
    found = _found(frames, province, frames.index(index).edition(year).unit_set)
    return frames, found.unit, found.note


def asked_of_any(province: str) -> tuple[Frames, str]:
    """The frames and the unit that is meant where no edition says of which set: the 63, unless a code says 34."""
    frames = loaded_now()
    return frames, _found(frames, province, "34" if province.strip().startswith("34-") else "63").unit


def unit_of(frames: Frames, index: str, year: int, name: str) -> str:
    """The unit that a name or code means in that edition."""
    return _found(frames, name, frames.index(index).edition(year).unit_set).unit


def _found(frames: Frames, name: str, unit_set: Literal["63", "34"]) -> Found:
    from data.names import Names

    return Names.of(frames).find(name, unit_set)


def with_note(answer: Answer, note: Text | None) -> Answer:
    """The answer with one more note before its own: `asked`, who was meant."""
    return answer if note is None else replace(answer, notes=(Note("asked", note), *answer.notes))


def title_of(frames: Frames, unit: str, index: str, year: int, component: str | None = None) -> str:
    """What a table about one province is of: `Nam Định (63-36): PCI 2023`."""
    definition = frames.index(index)
    name = frames.unit.filter(unit=unit)[f"name_{language()}"].item()
    part = "" if component is None else f", {definition.component(component).name.in_(language())}"
    return f"{name} ({unit}): {definition.name.in_(language())} {year}{part}"


def name_column() -> str:
    """The column that has a unit's name in the language chosen."""
    return "name" if language() == "vi" else "name_en"


def number_of(option: str, text: str | None) -> float | None:
    """A number as people type it, with decimal comma or point."""
    from data.number import parse

    if text is None:
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise Problem(
            f"{option}: “{text}” không phải là số. Viết 0,5 hoặc 0.5.",
            f"{option}: “{text}” is not a number. Write 0.5 or 0,5.",
        ) from error


def says_something(answer: Answer, column: str) -> bool:
    """Whether a column holds anything; the first ones are always shown."""
    return column in ("unit", "name", "name_en", "score", "published_rank") or answer.rows[column].count() > 0


def show(
    answer: Answer,
    columns: Sequence[str],
    as_json: bool,
    as_csv: bool,
    title: str = "",
    index: Any = None,
) -> None:
    from dashboard.command.terminal import print_csv, print_json, print_table

    if as_json:
        print_json(answer, language())
    elif as_csv:
        print_csv(answer, chosen_language.get())
    else:
        print_table(answer, columns, language(), title, index)
