"""Files of the store: recognised before they are opened, replaced as a whole, written by one program at a time."""

from __future__ import annotations

import errno
import glob
import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from data.text import Problem

Kind = Literal["missing", "empty", "duckdb", "sqlite", "folder", "other"]

# Seconds to wait for another program that is writing: building everything anew takes about one.
PATIENCE = 60.0

# Nanoseconds in which two writes may seem to be at the same moment; the coarsest file systems tell two seconds.
_STEP = 3_000_000_000

_DUCKDB = (8, b"DUCK")
_SQLITE = (0, b"SQLite format 3\x00")


def kind(path: Path) -> Kind:
    """What lies at `path`, told by its first bytes: nothing is opened that might not be ours.

    Raises Problem where it can't be read.
    """
    try:
        str(path).encode()
        if path.is_dir():
            return "folder"
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return "missing"
    except (OSError, ValueError) as error:
        raise explained(error, path) from error
    if not head:
        return "empty"
    for name, (start, mark) in (("duckdb", _DUCKDB), ("sqlite", _SQLITE)):
        if head[start : start + len(mark)] == mark:
            return "duckdb" if name == "duckdb" else "sqlite"
    return "other"


@dataclass(frozen=True, slots=True)
class Trace:
    """What every write to an SQLite file leaves: which file it is, its size, its moment, and those of its journal.

    While it is `fresh` another write could leave the same one: the moments of files are told in steps.
    """

    marks: tuple[tuple[int, int, int] | None, ...]
    fresh: bool = field(compare=False)


def trace(path: Path) -> Trace:
    """The trace of the last write to an SQLite file in WAL mode."""
    now = time.time_ns()
    marks = tuple(_mark(place) for place in (str(path), f"{path}-wal"))
    return Trace(marks, any(mark is not None and mark[2] > now - _STEP for mark in marks))


def _mark(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None  # what is wrong with it is said when it is opened
    return found.st_ino, found.st_size, found.st_mtime_ns


def sqlite_application(path: Path) -> int:
    """The number by which an SQLite file names its program, read from its head: opening it might change it."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(72)[68:72], "big")


def foreign(path: Path) -> Problem:
    """The refusal of a file that is not one of ours; it is left as it is."""
    return Problem(
        f"{path} không phải kho dữ liệu của Vượt Bậc nên không được động đến. "
        "Đặt VUOTBAC_STORE đến một tệp khác (tệp chưa có cũng được).",
        f"{path} is not a store of Vượt Bậc and was left alone. "
        "Set VUOTBAC_STORE to another file (one that does not exist yet will do).",
    )


def newer(path: Path, found: int, known: int) -> Problem:
    """The refusal of a store that a later version of the program wrote."""
    return Problem(
        f"{path} do một phiên bản Vượt Bậc mới hơn ghi (định dạng {found}, chương trình này đọc đến {known}). "
        "Cập nhật chương trình rồi chạy lại; kho được giữ nguyên.",
        f"{path} was written by a newer version of Vượt Bậc (format {found}, this program reads up to {known}). "
        "Update the program and run again; the store was left as it is.",
    )


def damaged(path: Path, said: object) -> Problem:
    """The sentence for one of our files that can't be read any more; the remedy loses nothing."""
    first = str(said).splitlines()[0] if str(said) else ""
    return Problem(
        f"Không đọc được {path} ({first}). Giữ nguyên tệp ấy, rồi khôi phục bản sao lưu gần nhất vào nơi khác: "
        "VUOTBAC_STORE=TỆP_MỚI vuotbac restore BẢN_SAO_LƯU.",
        f"{path} cannot be read ({first}). Keep that file, and restore the newest backup to another place: "
        "VUOTBAC_STORE=NEW_FILE vuotbac restore BACKUP.",
    )


def explained(error: BaseException, path: Path) -> Problem:
    """A failure of the file system as one sentence with the place and what to do."""
    if isinstance(error, ValueError):  # bytes that are no UTF-8, or a NUL
        shown = str(path).encode("utf-8", "replace").decode("utf-8")
        return Problem(
            f"Đường dẫn “{shown}” có ký tự không dùng được. Đặt VUOTBAC_STORE đến đường dẫn bằng chữ thường.",
            f"The path “{shown}” has characters that cannot be used. Set VUOTBAC_STORE to a plain path.",
        )
    code = error.errno if isinstance(error, OSError) else None
    match code:
        case errno.ENOSPC | errno.EDQUOT:
            return Problem(
                f"Ổ đĩa của {path.parent} đã đầy; chưa ghi gì. Giải phóng chỗ trống rồi làm lại.",
                f"The disk of {path.parent} is full; nothing was written. Free some space and try again.",
            )
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return Problem(
                f"Không được phép đọc hoặc ghi {path} (thư mục chỉ đọc hoặc thuộc người dùng khác). "
                "Sửa quyền, hoặc đặt VUOTBAC_STORE đến nơi ghi được.",
                f"{path} may not be read or written (a read-only folder, or another user's). "
                "Change its permissions, or set VUOTBAC_STORE to a place that can be written to.",
            )
        case errno.ENAMETOOLONG:
            return Problem(
                f"Đường dẫn dài {len(str(path))} ký tự, hệ điều hành không nhận. Đặt VUOTBAC_STORE ngắn hơn.",
                f"The path is {len(str(path))} characters long, more than the system takes. "
                "Set VUOTBAC_STORE to a shorter one.",
            )
        case errno.EISDIR:
            return folder(path)
        case _:
            said = getattr(error, "strerror", None) or str(error)
            return Problem(
                f"Không đọc hoặc ghi được {path} ({said}). Đặt VUOTBAC_STORE đến nơi ghi được.",
                f"{path} cannot be read or written ({said}). Set VUOTBAC_STORE to a place that can.",
            )


def folder(path: Path) -> Problem:
    """The refusal of a folder where a file is wanted."""
    return Problem(
        f"{path} là thư mục. Đặt VUOTBAC_STORE đến một tệp, ví dụ {path / 'vuotbac.duckdb'}.",
        f"{path} is a folder. Set VUOTBAC_STORE to a file, such as {path / 'vuotbac.duckdb'}.",
    )


@contextmanager
def writing(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """One writer of `path` at a time, over all processes; who it is stands beside the lock.

    Raises Problem, naming the other program, where it is still writing after `patience` seconds.
    """
    _make_room(path)
    holder = path.with_name(f"{path.name}.writer")
    try:
        with FileLock(f"{path}.lock", timeout=patience):
            _sweep(path)
            with suppress(OSError):
                holder.write_text(json.dumps(_ourselves()), encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        raise _held(path, holder) from error


def _ourselves() -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "program": Path(sys.argv[0] or "python").name,
        "since": f"{datetime.now(UTC):%H:%M:%S}",
    }


def _held(path: Path, holder: Path) -> Problem:
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        vi = f"chương trình “{who['program']}” (số tiến trình {who['pid']}, từ {who['since']} UTC)"
        en = f"the program “{who['program']}” (process {who['pid']}, since {who['since']} UTC)"
    except (OSError, ValueError, KeyError, TypeError):
        vi, en = "một chương trình khác", "another program"
    return Problem(
        f"{path} đang do {vi} ghi và chưa xong sau {PATIENCE:.0f} giây; chưa có gì thay đổi. "
        "Đợi hoặc đóng chương trình ấy rồi làm lại.",
        f"{path} is being written by {en}, which has not finished in {PATIENCE:.0f} seconds. "
        "Wait for it or close it, and try again; nothing was changed.",
    )


def busy(path: Path) -> Problem:
    """The sentence where another program, not ours, holds the file for itself."""
    return Problem(
        f"{path} đang mở ở một chương trình khác (ví dụ DBeaver, duckdb hay một sổ tay). "
        "Đóng chương trình ấy rồi làm lại; dữ liệu vẫn nguyên.",
        f"Another program (such as DBeaver, duckdb or a notebook) has {path} open for itself. "
        "Close it and try again; the data are as they were.",
    )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when all went well and is gone when not.

    A symbolic link goes on pointing where it did, and the file keeps its mode. Use it inside `writing`.
    """
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        yield fresh
        if target.exists():
            os.chmod(fresh, target.stat().st_mode & 0o7777)
        flush(fresh)
        os.replace(fresh, target)
        flush(target.parent)
    except PermissionError as error:
        raise busy(path) if os.name == "nt" else explained(error, path) from error
    finally:
        for left in (fresh, fresh.with_name(f"{fresh.name}.wal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have what was written reach the disk itself: a power cut after this loses nothing."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(path: Path) -> None:
    """Remove what a killed writer left: whoever holds the lock is the only one writing."""
    target = Path(os.path.realpath(path))
    hexadecimal = "[0-9a-f]" * 8
    for left in target.parent.glob(f"{glob.escape(target.name)}.{hexadecimal}.new*"):
        with suppress(OSError):
            left.unlink()


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise explained(error, path) from error
