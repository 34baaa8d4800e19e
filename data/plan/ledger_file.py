"""The publisher's appraisal of a province, criterion by criterion, read into rows to enter.

Such a table is a tree: a field, its criteria, their parts, each with its points at most. Only what has nothing
below it is entered, and every sum is checked on the way: where the parts do not add up to what stands above them,
the table was misread or is wrong, and nothing of it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.plan.file import Items, Line
from data.spelling import fold

WANTED = (
    "code",
    "name",
    "component",
    "maximum",
    "own_score",
    "appraised_score",
    "by",
    "reason",
    "lead",
    "deadline",
    "recoverable",
)
NEEDED = ("name", "maximum")

_CODE = re.compile(r"\d+(?:\.\d+)*\.?")
_ROMAN = re.compile(r"[IVX]+\.?")
_FIGURES = ("maximum", "own_score", "appraised_score")
_SURVEY = frozenset("survey dieutra khaosat xahoihoc dieutraxahoihoc dtxhh".split())
_DOCUMENT = frozenset("document thamdinh hoso tailieu baocao tudanhgia".split())
_SLACK = 1e-6


@dataclass(eq=False)
class _Entry:
    line: Line
    code: str
    component: str | None

    def figure(self, name: str) -> float | None:
        return self.line.number(name)


def criteria(lines: Iterable[Line], items: Items) -> dict[str, list[dict[str, Any]]]:
    """The rows to enter: `criterion`, and `assignment` where the table says who answers.

    Raises Problem, naming the place, where a criterion's field can't be told, where a row has no code, one that
    another has too, or points beyond its maximum, and where parts don't add up to what stands above them.
    """
    entries = _entries(lines, items)
    codes = {entry.code: entry for entry in entries}
    for entry in entries:
        below = [item for item in entries if item is not entry and item.code.rpartition(".")[0] == entry.code]
        _check_sums(entry, below)
    leaves = [entry for entry in entries if not any(code.startswith(f"{entry.code}.") for code in codes)]
    rows: dict[str, list[dict[str, Any]]] = {"criterion": [], "assignment": []}
    for entry in leaves:
        rows["criterion"].append(_row(entry))
        lead = entry.line.text("lead")
        if lead is not None:
            due = entry.line.day("deadline")
            item = f"criterion:{entry.code}"
            rows["assignment"].append({"item": item, "lead": lead, "evidence": "entered", "deadline": due})
    return {name: found for name, found in rows.items() if found}


def _entries(lines: Iterable[Line], items: Items) -> list[_Entry]:
    entries: list[_Entry] = []
    seen: dict[str, str] = {}
    component, field = None, ""
    for line in lines:
        written = (line.text("code") or "").strip()
        heading = items.named(line.text("name") or "")
        top = bool(_ROMAN.fullmatch(written)) or (_CODE.fullmatch(written) is not None and "." not in written[:-1])
        if heading is not None and (top or not written):
            component, field = heading, written
            continue
        if line.number("maximum") is None:
            continue  # a heading within the table, or what stands below it
        if not _CODE.fullmatch(written):
            raise line.wrong(
                "name", "không có số thứ tự tiêu chí (1.1, 1.2.3)", "has no number of a criterion (1.1, 1.2.3)"
            )
        code = written.rstrip(".")
        if code in seen:
            raise line.wrong("code", f"đã có ở {seen[code]}; giữ lại một", f"is in {seen[code]} too; keep one")
        seen[code] = line.place
        own = items.named(line.text("component") or "") or component
        if own is None:
            raise line.wrong(
                "name",
                f"thuộc lĩnh vực nào không rõ{f' (sau {field})' if field else ''}; thêm cột Lĩnh vực",
                "is of no known field; add a column component",
            )
        entries.append(_Entry(line, code, own))
    return entries


def _check_sums(entry: _Entry, below: list[_Entry]) -> None:
    for name in _FIGURES:
        whole, parts = entry.figure(name), [item.figure(name) for item in below]
        known = [part for part in parts if part is not None]
        if whole is None or not known or len(known) < len(parts):
            continue
        total = sum(known)
        if abs(total - whole) > _SLACK:
            raise entry.line.wrong(
                name,
                f"khác tổng các mục con của {entry.code} ({total:g})",
                f"differs from the sum of what is below {entry.code} ({total:g})",
            )


def _row(entry: _Entry) -> dict[str, Any]:
    line = entry.line
    figures = {name: line.number(name) for name in _FIGURES}
    highest = figures["maximum"]
    assert highest is not None
    for name in ("own_score", "appraised_score"):
        value = figures[name]
        if value is not None and not 0 <= value <= highest + _SLACK:
            raise line.wrong(name, f"ngoài 0–{highest:g} điểm", f"is beyond 0–{highest:g} points")
    row = {"item": f"criterion:{entry.code}", "component": entry.component, "name": line.text("name")}
    return row | figures | {"by": _by(line), "reason": line.text("reason"), "recoverable": line.yes("recoverable")}


def _by(line: Line) -> str | None:
    written = fold(line.text("by") or "")
    if not written:
        return None
    if written in _SURVEY:
        return "survey"
    if written in _DOCUMENT:
        return "document"
    raise line.wrong("by", "phải là thẩm định hoặc điều tra", "must be document or survey")
