"""Text with a mark between its cells: which mark, and rows that an unclosed quote would swallow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from data.child.charsets import decode
from data.child.refused import ROWS, Refused
from data.child.sheets import Sheet
from data.spelling import fold

_MARKS = ";,\t|"
# Enough lines to tell how a file is parted.
_LOOKED_AT = 400


def read(content: bytes, names: list[str], spellings: set[str]) -> list[Sheet]:
    """The file as one sheet, its rows where its lines are; raises Refused."""
    if len(content) > 4 * ROWS and content.count(b"\n") > ROWS:
        raise Refused("large")
    text, charset = decode(content, names)
    if "\0" in text:
        raise Refused("unreadable")
    first, _, rest = text.partition("\n")
    mark = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        mark, text = first.strip()[4], "\n" + rest
    mark = mark or _mark(text, spellings)
    rows: list[list[object]] = list(_rows(text, mark)) if mark else [[line] for line in text.splitlines()]
    return [Sheet("", rows, mark=mark or "\n", charset=charset)]


def _mark(text: str, spellings: set[str]) -> str:
    """What parts the cells: the mark that leaves most provinces alone in theirs, then the most even rows."""
    lines = [line for line in text.splitlines() if line.strip()][:_LOOKED_AT]

    def merit(mark: str) -> tuple[int, int, int]:
        found = 0
        widths: dict[int, int] = {}
        for line in lines:
            cells = [cell.strip(' "') for cell in line.split(mark)]
            found += any(fold(cell) in spellings for cell in cells)
            if len(cells) > 1:
                widths[len(cells)] = widths.get(len(cells), 0) + 1
        return found, max(widths.values(), default=0), mark == "\t"

    parting = [mark for mark in _MARKS if any(mark in line for line in lines)]
    return max(parting, key=merit, default="")


def _rows(text: str, mark: str) -> Iterator[list[object]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    before, width, empty = 0, 0, 0
    try:
        for row in reader:
            width = width or (len(row) if sum(bool(cell.strip()) for cell in row) > 1 else 0)
            _check_quotes(row, mark, before + 1, width)
            lines, before = reader.line_num - before, reader.line_num
            if any(cell.strip() for cell in row):
                yield from ([] for _ in range(empty))
                yield list(row)
                empty = lines - 1
            else:
                empty += lines  # kept only where something follows: a row's place is its line in the file
                if empty > ROWS:
                    raise Refused("large")
    except csv.Error as error:
        raise Refused("quotes", str(before + 1)) from error


def _check_quotes(row: list[str], mark: str, line: int, width: int) -> None:
    """A cell over several lines that hold rows of their own was opened by a quote that nobody closed."""
    for cell in row:
        if "\n" in cell:
            held = [part.count(mark) for part in cell.splitlines()[1:]]
            if held and max(held) >= max(1, width - 1):
                raise Refused("quotes", str(line))
