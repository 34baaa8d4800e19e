"""A sheet of cells, with what is known of them beside their values; the same turned over its diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from data.child.refused import place
from data.spelling import tidy
from data.text import Text

Cell = object
Span = tuple[int, int, int, int]


@dataclass(eq=False)
class Grid:
    """Rows of cells; rows and columns count from 0, as they do in the sets beside them.

    `percent`: shown as per cent. `retyped`: what stood in the cells that a person typed anew. `lost`: `error` or
    `formula`, cells whose figure is not in the file. `merged`: first row and column, last row and column. `above`:
    lines of text before the table. `flipped`: rows here are columns of the file.
    """

    name: str
    kind: str
    rows: list[list[Cell]]
    hidden: bool = False
    percent: set[tuple[int, int]] = field(default_factory=set)
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    retyped: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    above: tuple[str, ...] = ()
    mark: str = ""
    charset: str = ""
    flipped: bool = False

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    @cached_property
    def texts(self) -> list[list[str]]:
        """Every cell as tidy text, rows of one width."""
        return [[shown(cell) for cell in row] + [""] * (self.width - len(row)) for row in self.rows]

    @cached_property
    def spans(self) -> dict[tuple[int, int], Span]:
        """The merged cells by each of their places within the sheet."""
        found: dict[tuple[int, int], Span] = {}
        for span in self.merged:
            top, left, bottom, right = span
            for row in range(top, min(bottom, len(self.rows) - 1) + 1):
                for column in range(left, min(right, self.width - 1) + 1):
                    found[row, column] = span
        return found

    def cell(self, row: int, column: int) -> Cell:
        """A cell's own value; None beyond the end of its row."""
        return self.rows[row][column] if column < len(self.rows[row]) else None

    def spread(self, row: int, column: int) -> str:
        """A cell's text, or that of the merged cell that it lies in."""
        top, left, _, _ = self.spans.get((row, column), (row, column, row, column))
        return self.texts[top][left] if top < len(self.rows) and left < self.width else ""

    def place(self, row: int, column: int) -> str:
        """A cell's name in a spreadsheet."""
        return place(column, row) if self.flipped else place(row, column)

    def address(self, row: int, column: int) -> str:
        """A cell's name in the file, by which a plan types it anew: `PL2!C7`."""
        at = self.place(row, column)
        return f"{self.name}!{at}" if self.name else at

    def line(self, row: int) -> int | str:
        """A row's name in the file, by which a plan leaves it out: `PL2!12`."""
        return f"{self.name}!{row + 1}" if self.name else row + 1

    def where(self, row: int, column: int | None = None, heading: str = "", *, sheet: bool = False) -> Text:
        """The place of a row or a cell in words: `Dòng 5, cột “Điểm” (ô C5)`."""
        vi, en = f"Dòng {row + 1}", f"Line {row + 1}"
        if self.flipped:
            letters = place(0, row)[:-1]
            vi, en = f"Cột {letters}", f"Column {letters}"
        if column is not None:
            if heading:
                across = ("dòng", "line") if self.flipped else ("cột", "column")
                vi, en = f"{vi}, {across[0]} “{heading}”", f"{en}, {across[1]} “{heading}”"
            if self.kind in ("xlsx", "xls", "xlsb", "ods"):
                at = self.place(row, column)
                vi, en = f"{vi} (ô {at})", f"{en} (cell {at})"
        if sheet and self.name:
            vi, en = f"{self.title.vi}, {vi[0].lower()}{vi[1:]}", f"{self.title.en}, {en[0].lower()}{en[1:]}"
        return Text(vi, en)

    @property
    def title(self) -> Text:
        """What the sheet is called in sentences."""
        if self.kind in ("docx", "pdf", "html"):
            return Text(f"Bảng {self.name}", f"Table {self.name}")
        return Text(f"Trang tính “{self.name}”", f"Sheet “{self.name}”")

    def turned(self) -> Grid:
        """The sheet with its columns as rows."""
        rows: list[list[Cell]] = [
            [self.cell(row, at) for row in range(len(self.rows))] for at in range(self.width)
        ]
        return replace(
            self,
            rows=rows,
            percent={(column, row) for row, column in self.percent},
            lost={(column, row): what for (row, column), what in self.lost.items()},
            retyped={(column, row): what for (row, column), what in self.retyped.items()},
            merged=[(left, top, right, bottom) for top, left, bottom, right in self.merged],
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            flipped=not self.flipped,
        )


def shown(cell: Cell) -> str:
    """A cell as tidy text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return tidy(str(cell))


def filled(texts: Sequence[str]) -> bool:
    """Whether a row holds anything."""
    return any(texts)
