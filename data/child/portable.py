"""Tables of a PDF that holds text: ruled ones cell by cell, others by the gaps between words."""

from __future__ import annotations

import io
from typing import Any

from data.child.refused import Refused
from data.child.sheets import Sheet
from data.spelling import tidy

_PAGES = 40
_ABOVE = 4
# A character less than this share of a cell's largest is raised or a mark, no digit of the figure.
_SMALL = 0.8


def read(content: bytes) -> list[Sheet]:
    """Each table as a sheet; one that goes on over the next page stays one."""
    import pdfplumber

    sheets: list[Sheet] = []
    letters = 0
    with pdfplumber.open(io.BytesIO(content)) as document:
        if len(document.pages) > _PAGES:
            raise Refused("large")
        for page in document.pages:
            letters += len(page.chars)
            found = page.find_tables()
            top = 0.0
            for table in found:
                above = _lines(page, top, table.bbox[1])[-_ABOVE:]
                top = table.bbox[3]
                _append(sheets, [[_cell(page, cell) for cell in row.cells] for row in table.rows], above)
            if not found:
                _append(sheets, _by_gaps(page), [])
            page.close()
    if not letters:
        raise Refused("scan")
    if not sheets:
        raise Refused("no_table")
    return sheets


def _append(sheets: list[Sheet], rows: list[list[object]], above: list[str]) -> None:
    if not rows:
        return
    wide = max(map(len, rows))
    if sheets and max(map(len, sheets[-1].rows)) == wide and len(above) <= 1:
        sheets[-1].rows += rows
    else:
        sheets.append(Sheet(str(len(sheets) + 1), rows, above=above))


def _lines(page: Any, top: float, bottom: float) -> list[str]:
    if bottom - top < 4:
        return []
    words = page.crop((0, top, page.width, bottom), strict=False).extract_text() or ""
    return [line for line in map(tidy, words.splitlines()) if line]


def _cell(page: Any, box: Any) -> object:
    if box is None:
        return None
    part = page.within_bbox(box, strict=False)
    size = max((char["size"] for char in part.chars), default=0)
    plain = part.filter(lambda item: item.get("object_type") != "char" or item["size"] >= _SMALL * size)
    return plain.extract_text() or ""


def _by_gaps(page: Any) -> list[list[object]]:
    """Lines of words as rows of cells, cut where a gap is wider than a space and a half."""
    rows: list[list[object]] = []
    for line in page.extract_text_lines(return_chars=True):
        cells, last = [""], None
        for char in line["chars"]:
            if last is not None and char["x0"] - last["x1"] > 0.9 * char["size"]:
                cells.append("")
            elif last is not None and char["x0"] - last["x1"] > 0.15 * char["size"]:
                cells[-1] += " "
            cells[-1] += char["text"]
            last = char
        rows.append([cell.strip() for cell in cells if cell.strip()])
    return rows
