"""The cells of a file that people keep a table in: Excel or CSV."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.text import Problem

Cell = object
SHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}

_ERROR_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"')


def cells(name: str, content: bytes) -> list[list[Cell]]:
    """The table as rows of cells, from the first sheet that holds anything; `name` tells the kind of file.

    Raises Problem for a kind that is not read, a file that can't be opened and a cell with an error of Excel's.
    """
    kind = Path(name).suffix.lower()
    if kind in (".csv", ".txt", ".tsv"):
        return _csv_cells(name, content)
    if kind not in SHEETS:
        raise Problem(
            f"{name}: chỉ đọc được tệp Excel (.xlsx) hoặc CSV. Lưu lại bằng một trong hai dạng ấy.",
            f"{name}: only Excel (.xlsx) and CSV files can be read. Save it as one of these.",
        )
    try:
        if kind in (".xlsx", ".xlsm"):
            _refuse_errors(name, content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheet_names:
            # Empty rows at the top are kept, so that a row's place is its line in Excel.
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if any(filled(row) for row in rows):
                return [list(row) for row in rows]
        return []
    except Problem:
        raise
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise Problem(
            f"{name}: không mở được như một tệp Excel. Mở bằng Excel, lưu lại dạng .xlsx không mật khẩu.",
            f"{name}: cannot be opened as an Excel file. Save it in Excel as .xlsx without a password.",
        ) from error


def _csv_cells(name: str, content: bytes) -> list[list[Cell]]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(
            f"{name}: không phải mã UTF-8. Trong Excel chọn Lưu dưới dạng “CSV UTF-8”.",
            f"{name}: is not UTF-8. In Excel choose Save as “CSV UTF-8”.",
        ) from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    # What is pasted from Excel is parted by tabs, and its headings may hold any number of commas.
    mark = "\t" if "\t" in first else max(";,", key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error as error:
        raise Problem(
            f"{name}: không đọc được như một bảng CSV, thường do thiếu dấu nháy đóng. Kiểm tra các dấu nháy kép.",
            f"{name}: cannot be read as a CSV table, mostly for want of a closing quote. Check the double quotes.",
        ) from error


def _refuse_errors(name: str, content: bytes) -> None:
    """Excel's error values (#N/A, #REF! …) would be read as empty cells: a figure lost without a word."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for sheet in (item for item in book.namelist() if item.startswith("xl/worksheets/sheet")):
            found = _ERROR_CELL.search(book.read(sheet))
            if found is not None:
                cell = found.group(1).decode()
                raise Problem(
                    f"{name}: ô {cell} là một lỗi của Excel (#N/A, #REF! …). Sửa hoặc xóa ô ấy.",
                    f"{name}: the cell {cell} holds an Excel error (#N/A, #REF! …). Mend or clear it.",
                )


def filled(row: Sequence[Cell]) -> bool:
    """Whether a row holds anything but blanks."""
    return any(str(cell).strip() for cell in row if cell is not None)
