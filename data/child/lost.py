"""Cells of OpenDocument and binary Excel files whose figure a library would drop, and their per-cent cells."""

from __future__ import annotations

import re
import struct
import zipfile
from xml.etree.ElementTree import Element, iterparse

from data.child.refused import COLUMNS
from data.child.sheets import Sheet


def in_ods(archive: zipfile.ZipFile, number: int, sheet: Sheet) -> None:
    """Errors, formulas without results, per-cent cells, merged and hidden cells of an OpenDocument sheet."""
    table, row, column = -1, 0, 0
    with archive.open("content.xml") as file:
        for event, item in iterparse(file, events=("start", "end")):
            tag = item.tag.rpartition("}")[2]
            if event == "start":
                if tag == "table":
                    table, row = table + 1, 0
                elif tag == "table-row":
                    column = 0
                continue
            if tag == "table-row":
                named = _named(item)
                repeated = int(named.get("number-rows-repeated", "1"))
                if table == number and named.get("visibility") in ("collapse", "filter"):
                    sheet.hidden_rows.update(range(row, row + min(repeated, 20_000)))
                row += repeated
                item.clear()
            elif tag in ("table-cell", "covered-table-cell"):
                named = _named(item)
                repeated = int(named.get("number-columns-repeated", "1"))
                if table == number:
                    _ods_cell(item, named, sheet, row, column, min(repeated, COLUMNS))
                column += repeated


def _ods_cell(item: Element, named: dict[str, str], sheet: Sheet, row: int, column: int, repeated: int) -> None:
    kinds = [value for key, value in item.attrib.items() if key.endswith("}value-type")]
    cells = [(row, at) for at in range(column, column + repeated)]
    if "error" in kinds:
        sheet.lost.update(dict.fromkeys(cells, "error"))
    elif "formula" in named and not kinds:
        sheet.lost.update(dict.fromkeys(cells, "formula"))
    elif "percentage" in kinds:
        sheet.percent.update(cells)
    down, right = int(named.get("number-rows-spanned", "1")), int(named.get("number-columns-spanned", "1"))
    if down > 1 or right > 1:
        sheet.merged.append((row, column, row + down - 1, column + right - 1))


def _named(item: Element) -> dict[str, str]:
    return {key.rpartition("}")[2]: value for key, value in item.attrib.items()}


def in_xlsb(archive: zipfile.ZipFile, number: int, sheet: Sheet) -> None:
    """Records of the binary sheet: rows (0), cells with an error (3) and formulas that came to one (11)."""
    names = sorted(
        (name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.bin", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    data, at, row = archive.read(names[number]), 0, 0
    while at < len(data):
        kind, at = _varied(data, at, 2)
        size, at = _varied(data, at, 4)
        if kind == 0:
            (row,) = struct.unpack_from("<I", data, at)
        elif kind in (3, 11):
            (column,) = struct.unpack_from("<I", data, at)
            sheet.lost[row, column] = "error"
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
