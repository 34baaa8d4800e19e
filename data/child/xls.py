"""What an old Excel file (.xls) says beside its values: errors, fonts, formats, merged and hidden cells."""

from __future__ import annotations

import io
from typing import Any

from data.child.charsets import by_font
from data.child.sheets import Sheet


def add(content: bytes, number: int, sheet: Sheet) -> None:
    """Add what xlrd knows of a sheet to the values that are there."""
    import xlrd

    book: Any = xlrd.open_workbook(
        file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO()
    )
    page: Any = book.sheet_by_index(number)
    sheet.merged += [(top, left, bottom - 1, right - 1) for top, bottom, left, right in page.merged_cells]
    sheet.hidden_rows.update(row for row, about in page.rowinfo_map.items() if about.hidden)
    sheet.hidden_columns.update(column for column, about in page.colinfo_map.items() if about.hidden)
    for row in range(page.nrows):
        for column, kind in enumerate(page.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                sheet.lost[row, column] = "error"
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT):
                style = book.xf_list[page.cell_xf_index(row, column)]
                if kind == xlrd.XL_CELL_NUMBER:
                    form = book.format_map.get(style.format_key)
                    if form is not None and "%" in form.format_str:
                        sheet.percent.add((row, column))
                elif row < len(sheet.rows) and column < len(sheet.rows[row]):
                    held = sheet.rows[row][column]
                    if isinstance(held, str):
                        sheet.rows[row][column] = by_font(held, book.font_list[style.font_index].name)
