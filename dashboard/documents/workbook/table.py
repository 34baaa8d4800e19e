"""A table of a pack on a sheet of its own: numbers as numbers, a frozen head with filters, signs as notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.documents.content.table import Column, Table
from dashboard.documents.workbook.style import CHOSEN_GROUND, COLOURS, Book, lines, number_format, width

_LINE = 13.5
_NOTE_SIZE = {"x_scale": 2.2, "y_scale": 0.9}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table is on its sheet: the row of its head, its first and last row, its columns by key; from 0."""

    sheet: Any
    name: str
    head: int
    first: int
    last: int
    columns: dict[str, int]

    def cells(self, key: str, first: int | None = None, last: int | None = None) -> list[Any]:
        """A column (or the rows of it between two) as a chart names it."""
        top, bottom = self.first if first is None else first, self.last if last is None else last
        return [self.name, top, self.columns[key], bottom, self.columns[key]]

    def heading(self, key: str) -> list[Any]:
        """A column's heading as a chart names it."""
        return [self.name, self.head, self.columns[key]]


def write_table(book: Book, name: str, table: Table) -> Placed:
    """A table on a new sheet, its title and source above, its notes below."""
    sheet = book.sheet(name)
    book.title(sheet, table.title, [table.source])
    top = 3
    head = top + 1 if table.grouped else top
    placed = Placed(
        sheet=sheet,
        name=sheet.get_name(),
        head=head,
        first=head + 1,
        last=head + table.rows.height,
        columns={column.key: place for place, column in enumerate(table.columns)},
    )
    if table.grouped:
        _groups(book, sheet, table, top)
    widths = _widths(table)
    _head(book, placed, table, widths)
    for row in range(table.rows.height):
        _row(book, placed, table, row, widths)
    sheet.autofilter(head, 0, placed.last, len(table.columns) - 1)
    sheet.freeze_panes(placed.first, 1)
    sheet.repeat_rows(top, head)
    for row, note in enumerate(table.notes, start=placed.last + 2):
        book.text(sheet, row, 0, note, font_color=COLOURS.quiet, italic=True)
    return placed


def _widths(table: Table) -> list[float]:
    found = []
    for column in table.columns:
        written = [table.cell(row, column.key) for row in range(table.rows.height)]
        # A heading may be broken into lines, but no word of it.
        words = [*(word + "   " for word in column.heading.split()), column.heading[: len(column.heading) // 2]]
        found.append(width([*written, *words]))
    return found


def _groups(book: Book, sheet: Any, table: Table, row: int) -> None:
    """The row above the headings: the names of groups of columns."""
    columns = table.columns
    begin = 0
    for place in range(1, len(columns) + 1):
        if place < len(columns) and columns[place].group == columns[begin].group:
            continue
        group, look = columns[begin].group, book.head("center")
        if group is not None and place - begin > 1:
            sheet.merge_range(row, begin, row, place - 1, "", look)
        if group is not None:
            sheet.write_string(row, begin, group, look)
        begin = place


def _head(book: Book, placed: Placed, table: Table, widths: list[float]) -> None:
    high = 1
    for place, column in enumerate(table.columns):
        look = book.head("right" if column.is_number else "left")
        placed.sheet.write_string(placed.head, place, column.heading, look)
        placed.sheet.set_column(place, place, widths[place])
        # The filter's button takes a part of the cell.
        high = max(high, lines(column.heading, widths[place] - 3))
    placed.sheet.set_row(placed.head, _LINE * high + 4)


def _row(book: Book, placed: Placed, table: Table, row: int, widths: list[float]) -> None:
    high = 1
    for place, column in enumerate(table.columns):
        value = table.rows[column.key][row]
        mark = table.marks.get((row, column.key), "")
        at = (placed.first + row, place)
        look = cell_look(book, column, value, mark, chosen=row == table.highlighted)
        if value is None:
            placed.sheet.write_blank(*at, None, look)
        elif column.is_number:
            placed.sheet.write_number(*at, value, look)
        else:
            # A text has no number format that could carry its sign.
            placed.sheet.write_string(*at, f"{value}{mark}", look)
            high = max(high, lines(f"{value}{mark}", widths[place]))
        meaning = explained(table, mark)
        if meaning:
            placed.sheet.write_comment(*at, meaning, _NOTE_SIZE)
    if high > 1:
        placed.sheet.set_row(placed.first + row, _LINE * high + 3)


def cell_look(book: Book, column: Column, value: Any, mark: str = "", *, chosen: bool = False) -> Any:
    """The format of a cell in a table."""
    says: dict[str, Any] = {"border": 1, "border_color": COLOURS.rule, "valign": "top"}
    if column.is_number and value is not None:
        says["num_format"] = number_format(column, value, mark)
    if not column.is_number:
        says |= {"text_wrap": True, "align": "left", "indent": 1}
    if chosen:
        says |= {"bold": True, "bg_color": CHOSEN_GROUND}
    return book.format(**says)


def explained(table: Table, mark: str) -> str:
    """What the signs of a cell mean: the notes of the table that begin with them."""
    found = [note for sign in mark.split() for note in table.notes if note.startswith(sign)]
    return "\n".join(dict.fromkeys(found))
