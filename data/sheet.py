"""The cells of a file that people keep a table in: Excel, OpenDocument or CSV; read by a process that may die."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from data import sheet_child
from data.text import Problem

Cell = object
SHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_TEXTS = {".csv", ".txt", ".tsv"}

# A publisher's whole workbook has a few megabytes.
LARGEST = 20 << 20
# Seconds on the clock, for a busy machine and for systems that know no limit of processor time: where there is one
# (`sheet_child.SECONDS`), what takes too long has met it long before.
_PATIENCE = 15.0
# How many files are read at once: each may take its memory, and together they must leave some to the server.
_TURNS = BoundedSemaphore(2)


def cells(name: str, content: bytes) -> list[list[Cell]]:
    """The table as rows of cells, from the first sheet that holds anything.

    Raises Problem, naming the place where there is one, for a file of another kind, one that can't be read, one
    too large, and one with cells whose figure would be lost (errors, formulas that nobody worked out).
    """
    kind = Path(name).suffix.lower()
    if kind not in SHEETS | _TEXTS:
        raise Problem(
            f"{name}: chỉ đọc được tệp Excel (.xlsx) hoặc CSV. Lưu lại bằng một trong hai dạng ấy.",
            f"{name}: only Excel (.xlsx) and CSV files can be read. Save it as one of these.",
        )
    if len(content) > LARGEST:
        raise _refused(name, "large", "")
    answer = _asked(kind, content)
    if "rows" not in answer:
        raise _refused(name, str(answer["refused"]), str(answer["place"]))
    return [[_cell(value) for value in row] for row in answer["rows"]]


def filled(row: Sequence[Cell]) -> bool:
    """Whether a row holds anything."""
    return any(str(cell).strip() for cell in row if cell is not None)


def _asked(kind: str, content: bytes) -> dict[str, Any]:
    """What the process says that reads the file; that it was too much where it says nothing."""
    # By its path, and with no folder of ours before Python's own modules.
    command = [sys.executable, "-P", sheet_child.__file__]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        with _TURNS:
            done = subprocess.run(
                command,
                input=kind.encode() + b"\n" + content,
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
        "không mở được như một tệp Excel. Mở bằng Excel, lưu lại dạng .xlsx không mật khẩu.",
        "cannot be opened as an Excel file. Save it in Excel as .xlsx without a password.",
    ),
    "large": (
        f"lớn quá mức của một bảng số liệu (quá {LARGEST >> 20} MB, {sheet_child.ROWS} dòng, "
        f"{sheet_child.COLUMNS} cột, hoặc có ô nằm rất xa). "
        "Chép riêng bảng cần nhập sang một tệp mới rồi nhập tệp ấy.",
        f"is larger than any table of figures (over {LARGEST >> 20} MB, {sheet_child.ROWS} rows, "
        f"{sheet_child.COLUMNS} columns, or with a cell far away). "
        "Copy the table alone into a new file and import that.",
    ),
    "slow": (
        f"chưa đọc xong sau {_PATIENCE:.0f} giây: máy đang bận hoặc tệp quá phức tạp. "
        "Thử lại; nếu vẫn vậy, chép riêng bảng cần nhập sang một tệp mới.",
        f"was not read within {_PATIENCE:.0f} seconds: the machine is busy, or the file too intricate. "
        "Try again; if that doesn't help, copy the table alone into a new file.",
    ),
    "encoding": (
        "không phải mã UTF-8. Trong Excel chọn Lưu dưới dạng “CSV UTF-8”.",
        "is not UTF-8. In Excel choose Save as “CSV UTF-8”.",
    ),
    "quotes": (
        "không đọc được như một bảng CSV, thường do thiếu dấu nháy đóng. Kiểm tra các dấu nháy kép.",
        "cannot be read as a CSV table, mostly for want of a closing quote. Check the double quotes.",
    ),
    "error": (
        "ô {place} là một lỗi của bảng tính (#N/A, #REF! …). Sửa hoặc xóa ô ấy.",
        "the cell {place} holds a spreadsheet's error (#N/A, #REF! …). Mend or clear it.",
    ),
    "formula": (
        "ô {place} là một công thức chưa có kết quả. Mở bằng Excel, đợi tính xong, lưu lại rồi nhập.",
        "the cell {place} is a formula without a result. Open it in Excel, let it calculate, save, import again.",
    ),
    "infinite": (
        "ô {place} không phải là số hữu hạn. Sửa hoặc xóa ô ấy.",
        "the cell {place} is no finite number. Mend or clear it.",
    ),
}
