"""Step one, a file's cells: read by content in a process that may die, or refused in a sentence."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from threading import BoundedSemaphore
from typing import Any

from data.child import process
from data.child.refused import CELLS, COLUMNS, LONGEST, ROWS, SHEETS
from data.intake.grid import Cell, Grid
from data.intake.shape import shape
from data.names import Names
from data.spelling import squash
from data.text import Problem

# What is read, by the endings that such files have; the content decides, whatever the name.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".docx", ".pdf", ".html", ".htm", ".csv", ".tsv", ".txt")

# A publisher's whole workbook has a few megabytes.
LARGEST = 20 << 20
# Seconds on the clock, for a busy machine and for systems that know no limit of processor time: where there is one
# (`process.SECONDS`), what takes too long has met it long before.
_PATIENCE = 15.0
# How many files are read at once: each may take its memory, and together they must leave some to the server.
_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A file or a paste as its cells: read once, understood as often as somebody decides something about it.

    `sha256` names its bytes, `shape` its headings.
    """

    name: str
    sha256: str
    shape: str
    grids: tuple[Grid, ...]


def opened(name: str, content: bytes, names: Names) -> Opened:
    """The cells of a file; `name` is what sentences call it. Raises Problem for a file that can't be read."""
    called = name.encode("utf-8", "replace").decode("utf-8")
    grids = tuple(sheets(called, content, names))
    return Opened(called, hashlib.sha256(content).hexdigest(), shape(grids, names), grids)


def sheets(name: str, content: bytes, names: Names) -> list[Grid]:
    """The sheets and tables that a file or a paste holds, those in sight first.

    Raises Problem, naming the place where there is one, for a file that can't be read or is too large.
    """
    if len(content) > LARGEST:
        raise _refused(name, "large", "")
    answer = _asked(content, names)
    if "sheets" not in answer:
        raise _refused(name, str(answer["refused"]), str(answer["place"]))
    found = [_grid(str(answer["kind"]), sheet) for sheet in answer["sheets"] if any(sheet["rows"])]
    if not found:
        raise _refused(name, "no_table", "")
    return sorted(found, key=lambda grid: grid.hidden)


def _asked(content: bytes, names: Names) -> dict[str, Any]:
    """What the process says that reads the file; that it was too much where it says nothing."""
    known = {
        "names": sorted({squash(name.vi) for name in names.units.values()}),
        "spellings": sorted({*names.keys["63"], *names.keys["34"]}),
    }
    # By its path, and with no folder of ours before Python's own modules.
    command = [sys.executable, "-P", process.__file__]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        with _TURNS:
            done = subprocess.run(
                command,
                input=json.dumps(known).encode() + b"\n" + content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
                creationflags=flags,
            )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"refused": "slow", "place": ""}
    except ValueError:
        return {"refused": "large", "place": ""}
    return answer


def _grid(kind: str, sheet: dict[str, Any]) -> Grid:
    return Grid(
        name=str(sheet["name"]),
        kind=kind,
        rows=[[_cell(value) for value in row] for row in sheet["rows"]],
        hidden=bool(sheet["hidden"]),
        percent={(row, column) for row, column in sheet["percent"]},
        lost={(row, column): str(what) for row, column, what in sheet["lost"]},
        merged=[(top, left, bottom, right) for top, left, bottom, right in sheet["merged"]],
        hidden_rows=set(sheet["hidden_rows"]),
        hidden_columns=set(sheet["hidden_columns"]),
        above=tuple(sheet["above"]),
        mark=str(sheet["mark"]),
        charset=str(sheet["charset"]),
    )


def _cell(value: Any) -> Cell:
    """A cell as the library read it."""
    if not isinstance(value, dict):
        return value
    written = str(value["date"])
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(written)
        except ValueError:
            continue
    return written


def _refused(name: str, why: str, place: str) -> Problem:
    vi, en = _SENTENCES[why]
    return Problem(f"{name}: {vi.format(place=place)}", f"{name}: {en.format(place=place)}")


_SENTENCES = {
    "unreadable": (
        "không mở được. Mở tệp bằng Excel hoặc Word, lưu lại dạng .xlsx hay .docx không mật khẩu rồi nhập.",
        "cannot be opened. Open it in Excel or Word, save it as .xlsx or .docx without a password, import that.",
    ),
    "password": (
        "có mật khẩu. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi nhập.",
        "has a password. Open it in Excel, remove the password, save it, import again.",
    ),
    "kind": (
        "không phải bảng tính, Word, PDF, HTML hay CSV. Lưu lại dạng .xlsx hoặc CSV rồi nhập.",
        "is no workbook, Word, PDF, HTML or CSV file. Save it as .xlsx or CSV and import that.",
    ),
    "scan": (
        "là ảnh, không có chữ để đọc. Tìm bản gốc (Excel, Word, PDF có chữ) hoặc gõ lại bảng.",
        "is a picture without text. Find the original (Excel, Word, a PDF with text) or type the table.",
    ),
    "no_table": (
        "không có bảng nào. Chép riêng bảng cần nhập rồi dán.",
        "holds no table. Copy the table alone and paste it.",
    ),
    "large": (
        f"lớn quá mức của một bảng số liệu (quá {LARGEST >> 20} MB, {ROWS} dòng, {COLUMNS} cột, "
        f"{CELLS} ô, {SHEETS} bảng, hoặc có ô nằm rất xa). "
        "Chép riêng bảng cần nhập sang một tệp mới rồi nhập tệp ấy.",
        f"is larger than any table of figures (over {LARGEST >> 20} MB, {ROWS} rows, {COLUMNS} columns, "
        f"{CELLS} cells, {SHEETS} tables, or with a cell far away). "
        "Copy the table alone into a new file and import that.",
    ),
    "slow": (
        f"chưa đọc xong sau {_PATIENCE:.0f} giây: máy đang bận hoặc tệp quá phức tạp. "
        "Thử lại; nếu vẫn vậy, chép riêng bảng cần nhập sang một tệp mới.",
        f"was not read within {_PATIENCE:.0f} seconds: the machine is busy, or the file too intricate. "
        "Try again; if that doesn't help, copy the table alone into a new file.",
    ),
    "encoding": (
        "không phải mã UTF-8, và không chắc là mã nào. Trong Excel chọn Lưu dưới dạng “CSV UTF-8”.",
        "is not UTF-8, and no other encoding fits surely. In Excel choose Save as “CSV UTF-8”.",
    ),
    "quotes": (
        "dấu nháy kép mở ở dòng {place} không được đóng, nên các dòng sau bị nuốt vào một ô. "
        "Xóa hoặc đóng dấu nháy ấy.",
        "the double quote opened in line {place} is never closed and swallows the rows below. "
        "Remove or close that quote.",
    ),
    "long": (
        f"ô {{place}} dài quá {LONGEST} ký tự, không phải tên hay số liệu. Rút gọn hoặc xóa ô ấy.",
        f"the cell {{place}} is longer than {LONGEST} characters, no name and no figure. Shorten or clear it.",
    ),
    "infinite": (
        "ô {place} không phải là số hữu hạn. Sửa hoặc xóa ô ấy.",
        "the cell {place} is no finite number. Mend or clear it.",
    ),
}
