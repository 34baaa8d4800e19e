"""The format of a workbook: cell formats, widths, sheet names that Excel accepts, text that is never a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dashboard.charts.theme import PALETTES
from dashboard.documents.content.table import Column, needed
from data.text import Language

FONT = "Arial"
COLOURS = PALETTES["light"]
# The backgrounds of the chosen row and of cells to fill in.
CHOSEN_GROUND, INPUT_GROUND = COLOURS.low, "#FFF4CC"

# Excel's own limits on the name of a sheet; it keeps `History` for itself.
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_RESERVED = frozenset({"history"})

WIDEST, NARROWEST = 46.0, 9.0


@dataclass(eq=False)
class Book:
    """A workbook being written, with its cell formats and the names of its sheets."""

    file: Any
    lang: Language
    _formats: dict[frozenset[tuple[str, Any]], Any] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def format(self, **properties: Any) -> Any:
        """A cell format; the same object for the same properties, as Excel limits their number."""
        key = frozenset(properties.items())
        if key not in self._formats:
            self._formats[key] = self.file.add_format(properties)
        return self._formats[key]

    def head(self, align: str) -> Any:
        """The format of a heading."""
        return self.format(
            bold=True,
            text_wrap=True,
            valign="vcenter",
            align=align,
            indent=1 if align == "left" else 0,
            font_color=COLOURS.ground,
            bg_color=COLOURS.chosen,
            border=1,
            border_color=COLOURS.rule,
        )

    def sheet(self, name: str) -> Any:
        """A new sheet, ready to print: A4 across, one page wide, its name and pages at the foot."""
        sheet = self.file.add_worksheet(self._free(name))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&A&R&8&P/&N")
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
        """Text, whatever it begins with."""
        sheet.write_string(row, column, text, self.format(**properties))

    def title(self, sheet: Any, title: str, below: Iterable[str] = ()) -> None:
        """The title of a sheet, and lines below it in a quiet colour."""
        self.text(sheet, 0, 0, title, bold=True, font_size=14, font_color=COLOURS.chosen)
        sheet.set_row(0, 22)
        for row, line in enumerate(below, start=1):
            self.text(sheet, row, 0, line, font_color=COLOURS.quiet)

    def _free(self, name: str) -> str:
        """A name that Excel accepts and no other sheet has."""
        plain = _NOT_IN_NAMES.sub(" ", name).strip().strip("'")[:_LONGEST_NAME].strip() or "1"
        found, count = plain, 1
        while found.lower() in self._names | _RESERVED:
            count += 1
            found = f"{plain[: _LONGEST_NAME - len(str(count)) - 1]} {count}"
        self._names.add(found.lower())
        return found


def number_format(column: Column, value: Any, mark: str = "") -> str | None:
    """Excel's number format for a value of a column; None for text.

    A sign behind the figure is part of the format, so that the cell stays a number.
    """
    if column.kind == "text":
        return None
    behind = f'"{mark}"' if mark else ""
    places = column.decimals
    if column.kind == "number":
        places = needed(value, places)
    digits = "0" + ("." + "0" * places if places else "")
    match column.kind:
        case "year":
            return "0" + behind
        case "whole" | "rank":
            return "#,##0" + behind
        case "percent":
            return digits + "%" + behind
        case "change":
            return f"+{digits}{behind};-{digits}{behind};{digits}{behind}"
        case _:
            return digits + behind


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """A cell's name in formulas, `B3`; `fixed`, `$B$3`."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, fixed, fixed))


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """A range's name in formulas, fixed: `$B$3:$D$9`."""
    return f"{cell(first_row, first_column, fixed=True)}:{cell(last_row, last_column, fixed=True)}"


def width(texts: Iterable[str], widest: float = WIDEST) -> float:
    """The width of a column for its texts, in Excel's unit; at `widest` they are broken into lines."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest * 1.05 + 2.5, NARROWEST), widest)


def lines(text: str, across: float) -> int:
    """About how many lines a text takes in a column `across` wide, in digits; letters are narrower."""
    room = max(int(across * 1.1), 1)
    return sum(max(1, -(-len(part) // room)) for part in text.split("\n"))
