"""The cells of a file that people keep a table in: Excel or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.text import Problem

Cell = object
SHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}


def cells(name: str, content: bytes) -> list[list[Cell]]:
    """The table as rows of cells, from the first sheet that holds anything."""
    kind = Path(name).suffix.lower()
    if kind in (".csv", ".txt", ".tsv"):
        return _csv_cells(name, content)
    if kind not in SHEETS:
        raise Problem(
            f"{name}: chỉ đọc được tệp Excel (.xlsx) hoặc CSV. Lưu lại bằng một trong hai dạng ấy.",
            f"{name}: only Excel (.xlsx) and CSV files can be read. Save it as one of these.",
        )
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheet_names:
            # Empty rows at the top are kept, so that a row's place is its line in Excel.
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if any(filled(row) for row in rows):
                return [list(row) for row in rows]
        return []
    except (CalamineError, ValueError, OSError) as error:
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
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)]


def filled(row: Sequence[Cell]) -> bool:
    return any(str(cell).strip() for cell in row if cell is not None)
