"""HTML: pages, what a browser copies, and the exports of portals that are named .xls."""

from __future__ import annotations

import re
from typing import Any

from data.child.charsets import decode
from data.child.refused import COLUMNS, ROWS, Refused
from data.child.sheets import Sheet
from data.spelling import tidy

_DECLARED = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# As many lines above a table as may be its caption.
_ABOVE = 4


def read(content: bytes, names: list[str]) -> list[Sheet]:
    """Each table of a page as a sheet, with the lines above it; tables that only lay out others are none."""
    from lxml import html

    text = _text(content, names)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    sheets: list[Sheet] = []
    above: list[str] = []
    skipped: set[Any] = set()
    for item in page.iter():
        if item.tag in ("script", "style", "head", "title") or item.getparent() in skipped:
            skipped.add(item)
        elif item.tag == "table" and item.find(".//table") is None:
            skipped.add(item)
            sheet = _table(item)
            sheet.name, sheet.above, above = str(len(sheets) + 1), above[-_ABOVE:], []
            sheets.append(sheet)
            above += filter(None, [tidy(item.tail or "")])
        elif isinstance(item.tag, str):
            above += filter(None, [tidy(item.text or ""), *(tidy(child.tail or "") for child in item)])
    if not sheets:
        raise Refused("no_table")
    return sheets


def _text(content: bytes, names: list[str]) -> str:
    declared = _DECLARED.search(content[:4096])
    try:
        return decode(content, names)[0]
    except Refused:
        if declared is None:
            raise
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError) as error:
            raise Refused("encoding") from error


def _table(table: Any) -> Sheet:
    sheet = Sheet("", [])
    taken: dict[tuple[int, int], bool] = {}
    lines = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    caption = table.find("caption")
    for line, row in enumerate(lines[: ROWS + 1]):
        cells: list[object] = []
        column = 0
        if _HIDDEN.search(row.get("style") or "") or row.get("hidden") is not None:
            sheet.hidden_rows.add(line)
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (line, column) in taken:
                column += 1
            down, right = _span(cell, "rowspan", ROWS), _span(cell, "colspan", COLUMNS)
            down = min(down, len(lines) - line)
            cells += [None] * (column - len(cells))
            cells.append(_words(cell))
            if down > 1 or right > 1:
                if len(taken) + down * right > ROWS * 20:
                    raise Refused("large")
                taken.update({(line + low, column + far): True for low in range(down) for far in range(right)})
                sheet.merged.append((line, column, line + down - 1, column + right - 1))
            column += right
        sheet.rows.append(cells)
    if caption is not None:
        sheet.rows.insert(0, [_words(caption)])
        sheet.merged = [(top + 1, left, bottom + 1, right) for top, left, bottom, right in sheet.merged]
        sheet.hidden_rows = {row + 1 for row in sheet.hidden_rows}
    return sheet


def _span(cell: Any, name: str, most: int) -> int:
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), most)) if written.isdecimal() and len(written) < 9 else 1


def _words(cell: Any) -> str:
    """A cell's text; what is raised after a figure is a footnote's mark and no digit of it."""
    parts: list[str] = []

    def gather(item: Any) -> None:
        if item.tag in ("br", "p", "div", "li"):
            parts.append(" ")
        if item.tag in ("script", "style") or _HIDDEN.search(item.get("style") or ""):
            return
        raised = item.tag == "sup" and any(letter.isalnum() for letter in "".join(parts))
        if not raised:
            parts.append(item.text or "")
            for child in item:
                if isinstance(child.tag, str):
                    gather(child)
                parts.append(child.tail or "")
        if item.tag in ("p", "div", "li"):
            parts.append(" ")

    gather(cell)
    return "".join(parts)
