"""A table as it was read, as one component: what each column means, what each row is, cells to type anew.

Drawn by `static/reading_grid.js` as a table of HTML with the browser's own lists: any number of columns costs one
Streamlit element, and what is merged or left out looks like it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import streamlit as st

from dashboard.widgets.script import script
from data.text import Language

_mounted = st.components.v2.component(
    "vuotbac.reading_grid",
    html='<div class="vb-grid-frame vb-wide-table" tabindex="0" role="region"></div>',
    js=script("reading_grid"),
    isolate_styles=False,
)


Kind = Literal["heading", "unit", "aside", "dropped"]
Mark = Literal["", "fault", "question"]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its name in a sheet, and what is reported of it; its meaning, empty where it must be chosen.

    `label` stands for the meaning chosen where that says more than the list; `foot` is said below it; one that is
    not `used` holds no figure that is read.
    """

    letter: str
    address: str
    value: str
    label: str = ""
    foot: Sequence[str] = ()
    used: bool = True


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its name, and what is reported when it is typed anew; `was` is what stood there before that.

    `mark`: `fault` where it must be mended, `question` where something is asked of it, and `why`.
    """

    text: str
    place: str = ""
    address: str = ""
    was: str | None = None
    mark: Mark = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its number, what it is, and why it is left out; `drop` is what is reported to leave it out."""

    line: str
    kind: Kind
    cells: Sequence[GridCell]
    why: str = ""
    drop: str = ""


@dataclass(frozen=True, slots=True)
class ReadingGrid:
    """A table with its words: `meanings` are the lists of each column, in groups with their titles.

    A row that is a text says how many rows are not drawn at its place. `words`: meaning ({column}), choose,
    cell ({cell}), restore, drop, take. Nothing can be changed unless it is `open`.
    """

    caption: str
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow | str]
    meanings: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    words: Mapping[str, str]
    open: bool = True


@dataclass(frozen=True, slots=True)
class GridActs:
    """What is called before the next run: a meaning chosen, a cell typed anew (None: as it was), a row dropped."""

    chosen: Callable[[str, str], None]
    typed: Callable[[str, str | None], None]
    dropped: Callable[[str, bool], None]


def reading_grid(key: str, grid: ReadingGrid, acts: GridActs, lang: Language) -> None:
    """Draw a table; `key` is the component's key in Streamlit's session state."""

    def on_chosen() -> None:
        told = st.session_state[key]["chosen"]
        if told:
            acts.chosen(str(told["column"]), str(told["value"]))

    def on_typed() -> None:
        told = st.session_state[key]["typed"]
        if told:
            acts.typed(str(told["cell"]), None if told["text"] is None else str(told["text"]))

    def on_dropped() -> None:
        told = st.session_state[key]["dropped"]
        if told:
            acts.dropped(str(told["line"]), bool(told["out"]))

    data = {
        "lang": lang,
        "caption": grid.caption,
        "columns": [asdict(column) for column in grid.columns],
        "rows": [{"more": row} if isinstance(row, str) else _row(row) for row in grid.rows],
        "meanings": [[title, [list(option) for option in options]] for title, options in grid.meanings],
        "words": dict(grid.words),
        "open": grid.open,
    }
    # In a list: of a mapping Streamlit would check each value for a data frame, and import pandas for that.
    _mounted(
        key=key,
        data=[data],
        height="content",
        on_chosen_change=on_chosen,
        on_typed_change=on_typed,
        on_dropped_change=on_dropped,
    )


def _row(row: GridRow) -> dict[str, Any]:
    """A row as it is sent, without what its cells do not have."""
    cells = [
        {name: value for name, value in asdict(cell).items() if value not in ("", None)} for cell in row.cells
    ]
    cells = [{"text": ""} | cell for cell in cells]
    return {"line": row.line, "kind": row.kind, "why": row.why, "drop": row.drop, "cells": cells}
