"""One way to write a table: each column says its heading, what stands in its cells, and how they are set.

A table is HTML rather than Streamlit's own, which draws on a canvas: nothing there can be read aloud, and its
decimals follow the browser instead of the language chosen here. `page.css` gives it its looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Literal, TypeVar

from markupsafe import Markup

from dashboard.html.markup import NOTHING, tag
from data.text import Language

R = TypeVar("R")

# A "name" is its row's heading, for those who listen; a "number" stands to the right and on one line.
Kind = Literal["text", "number", "name"]
# How much room a screen must have for a column: "wide" ones go below 960 px, "medium" ones below 560 px.
Room = Literal["any", "medium", "wide"]


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of a table whose rows are `R`s.

    `cell` gives what stands in a row: text, which is escaped, or Markup. `style` holds further classes of the
    cells, as a selector has them: `vb-soft.vb-word`. Cells that are `drawn` only draw what another column says,
    and are not read out. A column that is not `shown` is left out, as where nothing of it is known.
    """

    title: str
    cell: Callable[[R], str]
    kind: Kind = "text"
    room: Room = "any"
    style: str = ""
    drawn: bool = False
    shown: bool = True

    def heading(self) -> Markup:
        """The cell above the column."""
        return tag(f"th{self._classes}", self.title, scope="col")

    def body(self, row: R) -> Markup:
        """The cell of a row."""
        selector, attributes = self._set
        return tag(selector, self.cell(row), **attributes)

    @cached_property
    def _set(self) -> tuple[str, dict[str, str]]:
        """How every cell of the column is set: its selector and its attributes."""
        style = f"{self._classes}.{self.style}" if self.style else self._classes
        if self.kind == "name":
            return f"th{style}", {"scope": "row"}
        return f"td{style}", {"aria_hidden": "true"} if self.drawn else {}

    @cached_property
    def _classes(self) -> str:
        number = ".vb-number" if self.kind == "number" else ""
        return number if self.room == "any" else f"{number}.vb-{self.room}"


def table(
    columns: Sequence[Column[R]],
    rows: Iterable[R],
    caption: str,
    lang: Language,
    *,
    style: str = "",
    captioned: bool = False,
    headed: bool = True,
    attributes: Callable[[R], Mapping[str, str]] = lambda _: {},
    groups: Iterable[tuple[str, Iterable[R]]] = (),
) -> Markup:
    """A table with a line for each of `rows`.

    The caption is read out to those who listen, and shown to all where `captioned`; without `headed`, no headings
    stand above the columns. `style` is a further class of the table, `attributes` gives those of a row (`class`,
    `lang`, `data-unit`). `groups` are further rows, each group below a heading of its own.
    """

    there = [column for column in columns if column.shown]

    def body(listed: Iterable[R], title: str = "") -> Markup:
        heading = tag("th.vb-group", title, colspan=len(there), scope="rowgroup")
        lines = (tag("tr", *(column.body(row) for column in there), **attributes(row)) for row in listed)
        return tag("tbody", tag("tr", heading) if title else NOTHING, *lines)

    return tag(
        f"table.vb-table.{style}" if style else "table.vb-table",
        tag("caption" if captioned else "caption.vb-hidden", caption),
        tag("thead", tag("tr", *(column.heading() for column in there))) if headed else NOTHING,
        body(rows),
        *(body(listed, title) for title, listed in groups),
        lang=lang,
    )
