"""What every command shares: its options, the store opened, the answer shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.text import say
from data.text import language

if TYPE_CHECKING:
    from analytics.answer import Answer
    from data.frames import Frames
    from data.store import Store

Index = Annotated[str, typer.Option("--index", "-i")]
Year = Annotated[int, typer.Option("--year", "-y")]
Province = Annotated[str, typer.Option("--province", "-p")]
AsJson = Annotated[bool, typer.Option("--json")]
AsCsv = Annotated[bool, typer.Option("--csv")]


def spoken(key: str, **values: object) -> str:
    return say(language(), key, **values)


def opened() -> Store:
    from data.store import Store

    return Store.open()


def loaded(store: Store) -> Frames:
    from data.frames import load

    return load(store)


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
    from dashboard.terminal import print_csv, print_json, print_table

    if as_json:
        print_json(answer, language())
    elif as_csv:
        print_csv(answer)
    else:
        print_table(answer, columns, language(), title, index)
