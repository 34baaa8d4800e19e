"""Workbooks by Calamine, which is fast, and what it does not say: errors, formats, what is merged and hidden."""

from __future__ import annotations

import io
import zipfile

from data.child import xls, xlsx
from data.child.lost import in_ods, in_xlsb
from data.child.refused import COLUMNS, ROWS, Refused
from data.child.sheets import Sheet

_UNFOLDED = 200 << 20
# A book has sheets for years or parts; more than these nobody looks through.
_SHEETS = 60


def check_size(content: bytes) -> None:
    """Refuse what says of itself that it unfolds to more than any table; what lies meets the limit of memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(item.file_size for item in archive.infolist()) > _UNFOLDED:
            raise Refused("large")


def read(kind: str, content: bytes) -> list[Sheet]:
    """The sheets of a book that hold anything, in its order; raises Refused."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for number, about in enumerate(book.sheets_metadata[:_SHEETS]):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        found = book.get_sheet_by_name(about.name)
        if found.total_height > ROWS or found.total_width > COLUMNS:
            raise Refused("large")
        # Empty rows at the top are kept, so that a row's place is its line in Excel.
        rows: list[list[object]] = [list(row) for row in found.to_python(skip_empty_area=False)]
        sheet = Sheet(about.name, rows, hidden=about.visible != SheetVisibleEnum.Visible)
        _add(kind, content, number, sheet)
        if sheet.lost or any(str(cell).strip() for row in rows for cell in row if cell is not None):
            sheets.append(sheet)
    return sheets


def _add(kind: str, content: bytes, number: int, sheet: Sheet) -> None:
    """What the library drops without a word, put beside its cells."""
    if kind == "xls":
        xls.add(content, number, sheet)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if kind == "xlsx":
            xlsx.add(archive, number, sheet)
        elif kind == "ods":
            in_ods(archive, number, sheet)
        else:
            in_xlsb(archive, number, sheet)
