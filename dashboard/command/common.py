"""What every command shares: its options, the store opened, the answer shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.text import say, texts
from data.number import decimal, whole
from data.text import Language, Note, Problem, Text, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.names import Found
    from data.store import Store


def year_of(written: str | int) -> int:
    """The year, or the part of one, that somebody wrote: `2025`, `2025Q3`."""
    from data.period import read, readable

    return readable(read(str(written)))


Index = Annotated[str, typer.Option("--index", "-i")]
Year = Annotated[int, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")]
Province = Annotated[str, typer.Option("--province", "-p")]
AsJson = Annotated[bool, typer.Option("--json")]
AsCsv = Annotated[bool, typer.Option("--csv")]

# What `--lang` of this command line says; None where it says nothing.
chosen_language: ContextVar[Language | None] = ContextVar("chosen_language", default=None)


def text(key: str, **values: object) -> str:
    """The text of a key in the language chosen."""
    return say(language(), key, **values)


def open_store() -> Store:
    """The store, to be used in a `with` statement."""
    from data.store import Store

    return Store.open()


def load_frames() -> Frames:
    """The frames of the store as it is now."""
    from data.frames import load

    with open_store() as store:
        return load(store)


def find_edition(province: str, index: str, year: int) -> tuple[Frames, str, Text | None]:
    """The frames, the unit that a name or code means in an edition, and a note where another was meant."""
    frames = load_frames()
    found = _found(frames, province, frames.index(index).edition(year).unit_set)
    return frames, found.unit, found.note


def find_unit(province: str, index: str | None = None) -> tuple[Frames, str]:
    """The frames and the unit that a name or code means outside any edition: of the 63, unless a code says 34.

    Of an index that ranks units of its own, one of these.
    """
    from data.names import PROVINCES

    frames = load_frames()
    own = frames.index(index).editions[-1].unit_set if index else "63"
    unit_set = own if own not in PROVINCES else "34" if province.strip().startswith("34-") else "63"
    return frames, _found(frames, province, unit_set).unit


def unit_of(frames: Frames, index: str, year: int, name: str) -> str:
    """The unit that a name or code means in that edition."""
    return _found(frames, name, frames.index(index).edition(year).unit_set).unit


def _found(frames: Frames, name: str, unit_set: str) -> Found:
    from data.names import Names

    return Names.of(frames).find(name, unit_set)


def with_note(answer: Answer, note: Text | None) -> Answer:
    """The answer with one more note before its own: `asked`, who was meant."""
    return answer if note is None else replace(answer, notes=(Note("asked", note), *answer.notes))


def title_of(frames: Frames, unit: str, index: str, year: int, component: str | None = None) -> str:
    """The title of a table about one province: `Nam Định (63-36): PCI 2023`."""
    definition = frames.index(index)
    name = frames.unit.filter(unit=unit)[f"name_{language()}"].item()
    part = "" if component is None else f", {definition.component(component).name.in_(language())}"
    return f"{name} ({unit}): {definition.name.in_(language())} {year}{part}"


def name_column() -> str:
    """The column that has a unit's name in the language chosen."""
    return "name" if language() == "vi" else "name_en"


def number_of(option: str, written: str | None) -> float | None:
    """A number as people type it, with decimal comma or point."""
    from data.number import parse

    if written is None:
        return None
    try:
        return parse(written)
    except ValueError as error:
        raise Problem(
            f"{option}: “{written}” không phải là số. Viết 0,5 hoặc 0.5.",
            f"{option}: “{written}” is not a number. Write 0.5 or 0,5.",
        ) from error


def has_values(answer: Answer, column: str) -> bool:
    """Whether a column has any value; the first columns of a table are always shown."""
    return column in ("unit", "name", "name_en", "score", "published_rank") or answer.rows[column].count() > 0


# Score and rank together, as arrows: a word for each of the sixteen would be longer than the table.
_ARROWS = {"up": "↑", "down": "↓", "same": "=", "?": "–"}


def worded(answer: Answer, frames: Frames, renamed: Mapping[str, str] | None = None) -> Answer:
    """The answer with words in place of codes; `renamed` gives columns the content of others first."""
    import polars as pl

    index = frames.index(str(answer.index))
    words = texts(language())
    names = {item.code: item.name.in_(language()) for item in index.components}
    rows = answer.rows.with_columns(pl.col(source).alias(name) for name, source in (renamed or {}).items())
    names["remainder"] = words["command.say.remainder"]
    spelled: dict[str, dict[str, str]] = {
        "component": names,
        "term": names,
        "furthest": names,
        "measure": _value_names(rows, "measure", words),
        "direction": _value_names(rows, "direction", words),
        "weight_status": {
            status: words[f"data.weight_status.{status}"]
            for status in (rows["weight_status"].unique() if "weight_status" in rows.columns else ())
        },
        "crossing": {
            f"{score}/{rank}": f"{_ARROWS[score]} {_ARROWS[rank]}" for score in _ARROWS for rank in _ARROWS
        },
    }
    return replace(
        answer,
        rows=rows.with_columns(
            pl.col(name).replace(mapping) for name, mapping in spelled.items() if name in rows.columns
        ),
    )


def _value_names(rows: Any, column: str, words: Mapping[str, str]) -> dict[str, str]:
    """The text of each value of a column; a value without one stays as it is."""
    if column not in rows.columns:
        return {}
    return {value: words.get(f"{column}.{value}", value) for value in rows[column].drop_nulls().unique()}


def show(
    answer: Answer,
    columns: Sequence[str],
    as_json: bool,
    as_csv: bool,
    title: str = "",
    index: Any = None,
) -> None:
    """Print an answer: as JSON, as CSV, or as a table of some columns with its notes."""
    from dashboard.command.terminal import print_csv, print_json, print_table

    if as_json:
        print_json(answer, language())
    elif as_csv:
        print_csv(answer, chosen_language.get())
    else:
        print_table(answer, columns, language(), title, index)


def print_before_after(key: str, figures: Mapping[str, Any]) -> None:
    """The line above a table that says score and rank before and after; `key` names its text."""
    from dashboard.command.terminal import print_line

    lang = language()
    values = {name: decimal(figures[name], 2, lang) for name in ("score_before", "score_after")}
    values |= {name: whole(figures[name], lang) for name in ("rank_before", "rank_after")}
    score_move = figures.get("change_score", figures.get("score_change"))
    rank_move = figures.get("change_rank", figures.get("rank_change"))
    values["score_move"] = decimal(score_move, 2, lang, signed=True)
    values["rank_move"] = whole(rank_move, lang, signed=True)
    print_line(text(f"command.say.{key}", **values, of=figures.get("of")))
