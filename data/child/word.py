"""Tables of a Word file (.docx), read from its XML: a merged cell once, its span beside it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from data.child.charsets import by_font
from data.child.refused import COLUMNS, Refused
from data.child.sheets import Sheet
from data.spelling import tidy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ABOVE = 4


def read(content: bytes) -> list[Sheet]:
    """Each table of the document as a sheet, with the paragraphs above it."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    body = etree.fromstring(document, parser).find(f"{_W}body")
    sheets: list[Sheet] = []
    above: list[str] = []
    for item in [] if body is None else body.iter(f"{_W}p", f"{_W}tbl"):
        if next(item.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        if item.tag == f"{_W}p":
            above += filter(None, [tidy(_text(item))])
        else:
            sheets.append(_table(item, str(len(sheets) + 1), above[-_ABOVE:]))
            above = []
    if not sheets:
        raise Refused("no_table")
    return sheets


def _table(table: Any, name: str, above: list[str]) -> Sheet:
    sheet = Sheet(name, [], above=above)
    open_spans: dict[int, tuple[int, int]] = {}  # by first column: the row it began in, its last column
    for line, row in enumerate(table.iterchildren(f"{_W}tr")):
        cells: list[object] = [None] * _number(row.find(f"{_W}trPr/{_W}gridBefore"))
        going: dict[int, tuple[int, int]] = {}
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            column, width = len(cells), max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan")))
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            last = column + min(width, COLUMNS) - 1
            if down is not None and down.get(f"{_W}val", "continue") != "restart" and column in open_spans:
                going[column] = open_spans.pop(column)
                cells += [None] * (last - column + 1)
                continue
            if down is not None:
                going[column] = (line, last)
            elif last > column:
                sheet.merged.append((line, column, line, last))
            cells += [_text(cell), *[None] * (last - column)]
        _close(sheet, open_spans, line - 1)
        open_spans = going
        sheet.rows.append(cells)
    _close(sheet, open_spans, len(sheet.rows) - 1)
    return sheet


def _close(sheet: Sheet, spans: dict[int, tuple[int, int]], bottom: int) -> None:
    sheet.merged += [
        (top, left, bottom, right) for left, (top, right) in spans.items() if (top, left) != (bottom, right)
    ]


def _number(item: Any) -> int:
    written = "" if item is None else str(item.get(f"{_W}val") or "")
    return int(written) if written.isdecimal() and len(written) < 5 else 0


def _text(item: Any) -> str:
    """The words of a paragraph or cell; raised digits after others are a footnote's mark."""
    parts: list[str] = []
    for run in item.iter(f"{_W}r", f"{_W}p"):
        if run.tag == f"{_W}p":
            parts.append(" ")
            continue
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        if raised is not None and raised.get(f"{_W}val") == "superscript" and "".join(parts).strip():
            continue
        fonts = run.find(f"{_W}rPr/{_W}rFonts")
        font = "" if fonts is None else str(fonts.get(f"{_W}ascii") or "")
        words = "".join(
            part.text or "" if part.tag == f"{_W}t" else " " for part in run.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
        )
        parts.append(by_font(words, font))
    return "".join(parts)
