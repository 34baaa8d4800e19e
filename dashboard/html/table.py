"""The builder of every table: columns are declared as values, each with its heading, its cells and their layout.

Tables are HTML instead of `st.dataframe`, which draws on a canvas: screen readers cannot read that, and its
decimal mark follows the browser instead of the language of the page. Their styles are in `styles/page.css`.
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

# "name": the heading of its row (`<th scope="row">`); "number": aligned right, never wrapped.
Kind = Literal["text", "number", "name"]
# The screens on which a column is shown: "medium" from 560 px, "wide" from 960 px.
Room = Literal["any", "medium", "wide"]


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of a table whose rows are `R`s.

    `cell` gives the content of a row's cell: a plain string, which is escaped, or Markup. `style` holds further
    classes of the cells, separated by dots: `vb-soft.vb-word`. `drawn` cells only draw what another column says
    and are hidden from screen readers. A column that is not `shown` is left out: no value of it is known.
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

    The caption is for screen readers, and visible only if `captioned`. Without `headed` the columns have no
    headings. `style` is a further class of the table, `attributes` gives the attributes of a row (`class`, `lang`,
    `data-unit`). `groups` are further rows, each group with its title on a line of its own above them.
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
