"""Reads one file of a table in a process of its own: file in, cells out; `data.sheet` runs it.

A file can crash the library that reads it, hold it for ever or fill the memory: then this process dies, and the
one that asked says so. It imports nothing of the project, so that it starts in a few hundredths of a second.

Standard input: the kind of file (`.xlsx`), a line feed, the file. Standard output: one JSON object, `{"rows": …}`
with the cells of the first sheet that holds anything, or `{"refused": why, "place": where}`.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import iterparse

# Room for the interpreter, the library and any table that people make; seconds of processor time.
MEMORY = 400 << 20
SECONDS = 3

# More than any publisher's table: 3,321 communes with a hundred columns.
ROWS, COLUMNS = 20_000, 1_000
UNFOLDED = 200 << 20

_TEXT = {".csv", ".txt", ".tsv"}
_ZIPPED = {".xlsx", ".xlsm", ".xlsb", ".ods"}


# What Python's own readers raise of a file that isn't whole; RuntimeError where a zip has a password or is newer.
_SPOILED = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, IndexError, KeyError, OSError, RuntimeError, SyntaxError, ValueError,
)  # fmt: skip


class Refused(Exception):
    """The file is not read: why, as a key of `data.sheet`'s sentences, and where."""

    def __init__(self, why: str, place: str = "") -> None:
        self.why, self.place = why, place
        super().__init__(why, place)


def limit() -> None:
    """Have the system end this process when it takes too much; where it has no such limits, a clock does."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def read(kind: str, content: bytes) -> list[list[object]]:
    """The cells of a file, row by row; raises Refused."""
    rows = _text(content) if kind in _TEXT else _book(kind, content)
    if len(rows) > ROWS or max(map(len, rows), default=0) > COLUMNS:
        raise Refused("large")
    return [[_plain(cell, line, column) for column, cell in enumerate(row)] for line, row in enumerate(rows)]


def _text(content: bytes) -> list[list[object]]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    # What is pasted from Excel is parted by tabs, and its headings may hold any number of commas.
    mark = "\t" if "\t" in first else max(";,", key=first.count)
    rows: list[list[object]] = []
    empty = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=mark):
            if any(cell.strip() for cell in row):
                rows += [[]] * empty + [list(row)]
                empty = 0
            else:
                empty += 1  # kept only where something follows: a row's place is its line in the file
            if len(rows) + empty > ROWS:
                raise Refused("large")
    except csv.Error as error:
        raise Refused("quotes") from error
    return rows


def _book(kind: str, content: bytes) -> list[list[object]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        if kind in _ZIPPED:
            _check_size(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number, sheet in enumerate(book.sheet_names):
            found = book.get_sheet_by_name(sheet)
            if found.total_height > ROWS or found.total_width > COLUMNS:
                raise Refused("large")
            # Empty rows at the top are kept, so that a row's place is its line in Excel.
            rows = found.to_python(skip_empty_area=False)
            place = next(_lost(kind, content, number), None)
            if place is not None:
                raise Refused(*place)
            if any(str(cell).strip() for row in rows for cell in row if cell is not None):
                return [list(row) for row in rows]
    except (CalamineError, *_SPOILED) as error:
        raise Refused("unreadable") from error
    return []


def _check_size(content: bytes) -> None:
    """Refuse what says of itself that it unfolds to more than any table; what lies meets the limit of memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(item.file_size for item in archive.infolist()) > UNFOLDED:
            raise Refused("large")


def _lost(kind: str, content: bytes, number: int) -> Iterator[tuple[str, str]]:
    """Cells whose figure the library would drop without a word: errors, and formulas that nobody worked out."""
    if kind == ".xls":
        yield from _lost_in_xls(content, number)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if kind == ".ods":
            yield from _lost_in_ods(archive, number)
        elif kind == ".xlsb":
            yield from _lost_in_xlsb(archive, number)
        else:
            yield from _lost_in_xlsx(archive, number)


def _part(archive: zipfile.ZipFile, number: int, ending: str) -> str:
    """The part of a workbook that holds its sheet of this number, as the workbook's own list has it."""
    if ending == "xml":
        marks = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        with archive.open("xl/workbook.xml") as file:
            ids = [item.get(marks) for _, item in iterparse(file) if item.tag.endswith("}sheet")]
        with archive.open("xl/_rels/workbook.xml.rels") as file:
            targets = {item.get("Id"): str(item.get("Target")) for _, item in iterparse(file)}
        target = targets[ids[number]].removeprefix("/")
        return target if target.startswith("xl/") else f"xl/{target}"
    names = sorted(
        (name for name in archive.namelist() if re.fullmatch(rf"xl/worksheets/sheet\d+\.{ending}", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    return names[number]


def _lost_in_xlsx(archive: zipfile.ZipFile, number: int) -> Iterator[tuple[str, str]]:
    with archive.open(_part(archive, number, "xml")) as file:
        for _, item in iterparse(file):
            if item.tag.endswith("}c"):
                children = {child.tag.rpartition("}")[2]: child for child in item}
                value = children.get("v")
                if item.get("t") == "e":
                    yield "error", str(item.get("r"))
                elif (
                    "f" in children
                    and (value is None or not (value.text or "").strip())
                    and item.get("t") != "str"
                ):
                    yield "formula", str(item.get("r"))
                item.clear()


def _lost_in_ods(archive: zipfile.ZipFile, number: int) -> Iterator[tuple[str, str]]:
    table, row, column = -1, 0, 0
    with archive.open("content.xml") as file:
        for event, item in iterparse(file, events=("start", "end")):
            tag = item.tag.rpartition("}")[2]
            named = {key.rpartition("}")[2]: value for key, value in item.attrib.items()}
            if event == "start":
                if tag == "table":
                    table, row = table + 1, 0
                elif tag == "table-row":
                    column = 0
                continue
            if tag == "table-row":
                row += int(named.get("number-rows-repeated", "1"))
                item.clear()
            elif tag in ("table-cell", "covered-table-cell"):
                if table == number:
                    kinds = [value for key, value in item.attrib.items() if key.endswith("}value-type")]
                    if "error" in kinds:
                        yield "error", _place(row, column)
                    elif "formula" in named and not kinds:
                        yield "formula", _place(row, column)
                column += int(named.get("number-columns-repeated", "1"))


def _lost_in_xls(content: bytes, number: int) -> Iterator[tuple[str, str]]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
        sheet = book.sheet_by_index(number)
    except Exception as error:  # it raises whatever its tables meet in a file that isn't whole
        raise Refused("unreadable") from error
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                yield "error", _place(row, column)


def _lost_in_xlsb(archive: zipfile.ZipFile, number: int) -> Iterator[tuple[str, str]]:
    """Records of the binary sheet: rows (0), cells with an error (3) and formulas that came to one (11)."""
    data, at, row = archive.read(_part(archive, number, "bin")), 0, 0
    while at < len(data):
        kind, at = _varied(data, at, 2)
        size, at = _varied(data, at, 4)
        if kind == 0:
            (row,) = struct.unpack_from("<I", data, at)
        elif kind in (3, 11):
            (column,) = struct.unpack_from("<I", data, at)
            yield "error", _place(row, column)
        at += size


def _varied(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for step in range(most):
        byte = data[at]
        at += 1
        if most == 2:  # a record's number keeps the mark that another byte follows
            value |= byte << 8 * step
        else:
            value |= (byte & 0x7F) << 7 * step
        if not byte & 0x80:
            break
    return value, at


def _plain(cell: object, line: int, column: int) -> object:
    """A cell as JSON can carry it."""
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Refused("infinite", _place(line, column))
    if isinstance(cell, datetime | date | time):
        return {"date": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"date": str(cell)}
    return cell


def _place(row: int, column: int) -> str:
    """A cell's name in a spreadsheet: `C7`."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def main() -> None:
    """Answer one file."""
    limit()
    try:
        kind, _, content = sys.stdin.buffer.read().partition(b"\n")
        answer: dict[str, object] = {"rows": read(kind.decode(), content)}
    except Refused as refused:
        answer = {"refused": refused.why, "place": refused.place}
    except MemoryError:
        answer = {"refused": "large", "place": ""}
    except RecursionError:
        answer = {"refused": "unreadable", "place": ""}
    except BaseException as error:  # a panic of the library below is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        answer = {"refused": "unreadable", "place": ""}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
