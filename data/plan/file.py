"""Tables that agencies fill in for a plan, read into rows to enter: by their headings, in whichever file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data.definition import OVERALL, Index
from data.intake.grid import Cell, Grid, shown
from data.intake.headings import Vocabulary, key
from data.intake.opening import sheets
from data.names import Names
from data.number import parse
from data.plan import PlanTables
from data.spelling import fold
from data.text import Problem

# How the headings of such tables are spelled (`data.spelling.fold`), by the column that stands below them.
HEADINGS: dict[str, frozenset[str]] = {
    "item": frozenset(
        "component item criterion chisothanhphan thanhphan linhvuc tieuchi chitieu chiso noidung tenchitieu "
        "tieuchithanhphan tentieuchi".split()
    ),
    "target": frozenset(
        "target muctieu diemmuctieu muctieudangky dangky diemdangky muctieuphandau chitieudangky".split()
    ),
    "lead": frozenset("agency lead coquan chutri coquanchutri donvi donvichutri coquandaumoi".split()),
    "deadline": frozenset("deadline thoihan hanhoanthanh thoihanhoanthanh thoigianhoanthanh".split()),
    "period": frozenset("period ky thang quy thoidiem kybaocao".split()),
    "value": frozenset("value actual giatri ketqua thuchien ketquathuchien".split()),
    "done": frozenset("done hoanthanh dahoanthanh".split()),
    "note": frozenset("note notes ghichu".split()),
    "evidence": frozenset("evidence link minhchung duongdan tailieukiemchung tlkc".split()),
    "task": frozenset("task nhiemvu noidungnhiemvu congviec giaiphap nhiemvugiaiphap".split()),
    "product": frozenset("product sanpham ketquasanpham sanphamdaura".split()),
    "coordinating": frozenset("coordinating phoihop coquanphoihop donviphoihop".split()),
    "measure": frozenset("measure unit donvitinh dvt".split()),
    "base": frozenset("base mucgoc hientrang namgoc thuchiennamtruoc".split()),
    "direction": frozenset("direction chieu chieutot".split()),
    "source": frozenset("source nguon vanban cancu".split()),
    "code": frozenset("code stt tt ma masotieuchi matieuchi".split()),
    "name": frozenset("name ten tentieuchi tieuchi tieuchithanhphan noidung criterion".split()),
    "component": frozenset("component linhvuc thanhphan field chisothanhphan".split()),
    "maximum": frozenset("maximum max diemtoida diemchuan toida".split()),
    "own_score": frozenset("own ownscore selfscore tudanhgia tucham diemtudanhgia diemtucham tuchamdiem".split()),
    "appraised_score": frozenset(
        "appraised appraisedscore thamdinh diemthamdinh diemdat ketquathamdinh diemdatduoc diembonoivu".split()
    ),
    "by": frozenset("by method phuongphap cachdanhgia hinhthuc".split()),
    "reason": frozenset("reason nguyennhan lydo".split()),
    "recoverable": frozenset("recoverable khacphucduoc cothekhacphuc".split()),
}

_TRUE = frozenset("x co yes true 1 dung done xong hoanthanh dahoanthanh dat".split())
_FALSE = frozenset("khong no false 0 chua sai chuahoanthanh chuadat".split())
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH = re.compile(r"(?:thang|t|m)?(\d{1,2})[/.\- ](\d{4})|(\d{4})[/.\- ](?:thang|t|m)?(\d{1,2})")
_QUARTER = re.compile(r"(?:quy|q)\s*(i{1,3}|iv|[1-4])[/.\- ]*(\d{4})|(\d{4})[/.\- ]*(?:quy|q)\s*(i{1,3}|iv|[1-4])")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of a table: its cells by column, and where it stands in words."""

    place: str
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str | None:
        """A cell as text; None where it is empty or the table has no such column."""
        written = shown(self.cells.get(column))
        return written or None

    def number(self, column: str) -> float | None:
        """A cell as a number. Raises Problem, naming the place, where it is none."""
        cell = self.cells.get(column)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return float(cell)
        written = self.text(column)
        if written is None:
            return None
        try:
            return parse(written)
        except ValueError as error:
            raise self.wrong(column, "không phải là số; viết 6,5", "is not a number; write 6.5") from error

    def yes(self, column: str) -> bool | None:
        """A cell as yes or no."""
        cell = self.cells.get(column)
        if isinstance(cell, bool):
            return cell
        written = fold(self.text(column) or "")
        if not written:
            return None
        if written in _TRUE or written in _FALSE:
            return written in _TRUE
        raise self.wrong(column, "phải là có hoặc không", "must be yes or no")

    def day(self, column: str) -> date | None:
        """A cell as a day: a date of a spreadsheet, 31/3/2019 or 2019-03-31."""
        cell = self.cells.get(column)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        written = self.text(column)
        if written is None:
            return None
        found = day(written)
        if found is None:
            raise self.wrong(column, "không phải là ngày; viết 31/3/2019", "is not a day; write 2019-03-31")
        return found

    def wrong(self, column: str, vi: str, en: str) -> Problem:
        """A cell that cannot be taken, with its place."""
        written = self.text(column)
        return Problem(f"{self.place}: “{written}” {vi}.", f"{self.place}: “{written}” {en}.")


def table(name: str, content: bytes, names: Names, wanted: Iterable[str], needed: Iterable[str]) -> list[Line]:
    """The rows of the first table in a file that has the `needed` columns, with those `wanted` that it has.

    Raises Problem where the file can't be read, and where no table has them.
    """
    asked, least = list(wanted), set(needed)
    for grid in sheets(name, content, names):
        for at in range(len(grid.rows)):
            columns = _columns(grid, at, asked)
            if least <= set(columns):
                return list(_lines(name, grid, at, columns))
    said = ", ".join(least)
    raise Problem(
        f"{name}: không thấy bảng có các cột {said}. Dòng tiêu đề phải ghi, ví dụ: Thành phần; Mục tiêu.",
        f"{name}: there is no table with the columns {said}. Its heading must say: component; target.",
    )


def _columns(grid: Grid, row: int, wanted: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in enumerate(grid.texts[row]):
        key_ = fold(text)
        meant = next((name for name in wanted if key_ in HEADINGS[name] and name not in found), None)
        if meant is not None:
            found[meant] = column
    return found


def _lines(name: str, grid: Grid, heading: int, columns: Mapping[str, int]) -> Iterable[Line]:
    sheet = f" ({grid.name})" if grid.name else ""
    for row in range(heading + 1, len(grid.rows)):
        cells = {what: grid.cell(row, column) for what, column in columns.items()}
        if any(shown(cell) for cell in cells.values()):
            yield Line(f"{name}{sheet}, {row + 1}", cells)


class Items:
    """What the rows of a plan may be about, by how people write it."""

    def __init__(self, index: Index, plan: PlanTables, indices: Mapping[str, Index]) -> None:
        edition = index.edition(plan.key.year)
        self._names = dict(Vocabulary.of(index, edition, indices).components)
        self._index = index
        self._component = {item.code: item.code for item in index.components_of(edition.year)}
        for row in plan.criterion.iter_rows(named=True):
            self._add(row["item"], row["component"], row["name"])
        for row in plan.measure.iter_rows(named=True):
            self._add(row["item"], row["component"], row["task"])
        for row in plan.target.iter_rows(named=True):
            if row["item"].startswith("yearly:"):
                self._add(row["item"], None, row["name"] or row["item"])

    def _add(self, item: str, component: str | None, name: str) -> None:
        self._component[item] = component or ""
        for written in (item, item.partition(":")[2], name):
            self._names.setdefault(key(written), item)

    def find(self, line: Line) -> str | None:
        """The item that a row is about; None for the total, which is the plan's own headline.

        Raises Problem, naming the place and what there is, where it is none.
        """
        written = line.text("item") or ""
        found = self._names.get(key(written)) or self._names.get(key(re.sub(r"^\s*\d+[.)]\s*", "", written)))
        if written in self._component:
            found = written
        if found is None:
            parts = [self._index.component(code).name for code in self._component if ":" not in code]
            raise line.wrong(
                "item",
                f"không phải thành phần nào; có: {', '.join(part.vi for part in parts)}",
                f"is no component; there are: {', '.join(part.en for part in parts)}",
            )
        return None if found == OVERALL else found

    def named(self, written: str) -> str | None:
        """The component that a text names; None where it names none, or the total."""
        found = self._names.get(key(written))
        return found if found in self._component and ":" not in (found or ":") else None

    def component(self, item: str) -> str | None:
        """What an item counts towards; None for a target of the yearly plan."""
        return self._component[item] or None


def targets(lines: Iterable[Line], items: Items) -> dict[str, list[dict[str, Any]]]:
    """The rows to enter of a table in which agencies register targets (`item`, `target`; `lead`, `deadline`).

    A row without a target registers nothing. Raises Problem where an item is named twice or is none.
    """
    rows: dict[str, list[dict[str, Any]]] = {"target": [], "assignment": []}
    for line, item in _once(lines, items):
        target = line.number("target")
        if target is not None:
            rows["target"].append({"item": item, "component": items.component(item), "target": target})
        rows["assignment"] += _assigned(line, item)
    if not rows["target"]:
        raise Problem(
            "Bảng không có mục tiêu nào: cột mục tiêu trống ở mọi dòng. Ghi mục tiêu rồi nhập lại.",
            "The table has no target: that column is empty in every row. Write the targets, then enter it again.",
        )
    return {name: found for name, found in rows.items() if found}


def progress(lines: Iterable[Line], items: Items, otherwise: str | None) -> dict[str, list[dict[str, Any]]]:
    """The rows to enter of a table that reports (`item`, `period`, `value`, `done`, `note`, `evidence`).

    `otherwise` is the period of rows that name none. Raises Problem where there is none or it can't be read.
    """
    rows = []
    for line in lines:
        item = items.find(line)
        if item is None:
            continue
        written = line.text("period")
        when = period(written) if written else otherwise
        if when is None:
            raise line.wrong(
                "period" if written else "item",
                "không có kỳ báo cáo; viết 3/2019, quý I/2019 hoặc 2019" if not written else "không phải là kỳ",
                "has no period; write 2019-03, 2019-Q1 or 2019" if not written else "is no period",
            )
        row = {"item": item, "period": when, "value": line.number("value"), "done": line.yes("done")}
        rows.append(row | {"note": line.text("note"), "evidence": line.text("evidence")})
    return {"progress": rows}


def measures(lines: Iterable[Line], items: Items, known: PlanTables) -> dict[str, list[dict[str, Any]]]:
    """The rows to enter of a table of measures (`task`, `product`, `lead`, `coordinating`, `deadline`).

    `item` is the component they are for. One whose task is in the plan already stays the same measure; others get
    new numbers.
    """
    numbers = {fold(row["task"]): row["item"] for row in known.measure.iter_rows(named=True)}
    following = _following(known.measure["item"], "measure")
    rows: dict[str, list[dict[str, Any]]] = {"measure": [], "assignment": []}
    for line in lines:
        task = line.text("task")
        if task is None:
            continue
        item = numbers.setdefault(fold(task), f"measure:{following}")
        following += item == f"measure:{following}"
        part = items.find(line) if line.text("item") else None
        rows["measure"].append({"item": item, "component": part, "task": task, "product": line.text("product")})
        rows["assignment"] += _assigned(line, item)
    return {name: found for name, found in rows.items() if found}


def yearly(lines: Iterable[Line], known: PlanTables) -> dict[str, list[dict[str, Any]]]:
    """The rows to enter of a table of yearly targets (`name`, `measure`, `base`, `target`, `direction`, `source`,
    `lead`, `coordinating`, `deadline`). One whose name is in the plan already stays the same target.
    """
    of_year = [row for row in known.target.iter_rows(named=True) if row["item"].startswith("yearly:")]
    numbers = {fold(row["name"] or ""): row["item"] for row in of_year}
    following = _following([row["item"] for row in of_year], "yearly")
    rows: dict[str, list[dict[str, Any]]] = {"target": [], "assignment": []}
    for line in lines:
        name, target = line.text("name"), line.number("target")
        if name is None or target is None:
            continue
        item = numbers.setdefault(fold(name), f"yearly:{following}")
        following += item == f"yearly:{following}"
        row = {"item": item, "name": name, "target": target, "base": line.number("base")}
        row |= {"measure": line.text("measure"), "source": line.text("source"), "direction": _direction(line)}
        rows["target"].append(row)
        rows["assignment"] += _assigned(line, item)
    return {name: found for name, found in rows.items() if found}


def _following(items: Iterable[str], kind: str) -> int:
    """The number after the highest of a kind."""
    return 1 + max((int(item.removeprefix(f"{kind}:")) for item in items), default=0)


def _direction(line: Line) -> str:
    written = fold(line.text("direction") or "")
    if written in ("", "tang", "cao", "higherbetter", "up", "caohontothon"):
        return "higher_better"
    if written in ("giam", "thap", "lowerbetter", "down", "thaphontothon"):
        return "lower_better"
    raise line.wrong("direction", "phải là tăng hoặc giảm", "must be up or down")


def _assigned(line: Line, item: str) -> list[dict[str, Any]]:
    lead = line.text("lead")
    if lead is None:
        return []
    row = {"item": item, "lead": lead, "coordinating": line.text("coordinating"), "evidence": "entered"}
    return [row | {"deadline": line.day("deadline")}]


def _once(lines: Iterable[Line], items: Items) -> Iterable[tuple[Line, str]]:
    seen: dict[str, str] = {}
    for line in lines:
        item = items.find(line)
        if item is None:
            continue
        if item in seen:
            raise line.wrong("item", f"đã có ở {seen[item]}; giữ lại một", f"is in {seen[item]} too; keep one")
        seen[item] = line.place
        yield line, item


def period(written: str) -> str | None:
    """A month, a quarter or a year as people write it: `3/2019`, `quý I/2019`, `2019-Q1`, `2019`; else None."""
    text = re.sub(r"[^\w/.\- ]", "", _plain(written))
    if re.fullmatch(r"(?:nam\s*)?\d{4}", text):
        return text[-4:]
    if found := _QUARTER.fullmatch(text):
        quarter, year = (found[1], found[2]) if found[2] else (found[4], found[3])
        return f"{year}-Q{_ROMAN.get(quarter, quarter)}"
    found = _MONTH.fullmatch(re.sub(r"^(thang|t|m)\s+", r"\1", text))
    if found is None:
        return None
    month, year = (found[1], found[2]) if found[2] else (found[4], found[3])
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else None


def _plain(text: str) -> str:
    import unicodedata

    marked = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def day(written: str) -> date | None:
    """A day as people write it: `31/3/2019` or `2019-03-31`; None for others."""
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(written.strip(), form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None
