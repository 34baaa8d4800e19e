"""Files of the store: recognised before they are opened, replaced as a whole, written by one program at a time."""

from __future__ import annotations

import errno
import glob
import json
import os
import stat
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

from data.text import Problem, Text

Kind = Literal["missing", "empty", "duckdb", "sqlite", "folder", "other"]

# The settings that say where a file of the store is: a sentence about another file names neither.
STORE = "VUOTBAC_STORE"
ENTRIES = "VUOTBAC_ENTRIES"

# Seconds to wait for another program that is writing: building everything anew takes about one.
PATIENCE = 60.0

# Nanoseconds in which two writes may seem to be at the same moment; the coarsest file systems tell two seconds.
_STEP = 3_000_000_000

_DUCKDB = (8, b"DUCK")
_SQLITE = (0, b"SQLite format 3\x00")


class Unusable(Problem):
    """What lies at `path`, the place of a file of ours, is none that can be read: `why`, in a few words."""

    def __init__(self, path: Path, why: Text, vi: str, en: str, damaged: bool = False) -> None:
        self.path, self.why, self.damaged = path, why, damaged
        super().__init__(vi, en)


def kind(path: Path, setting: str = STORE) -> Kind:
    """What lies at `path`, told by its first bytes: nothing is opened that might not be ours.

    Raises Problem where it can't be read.
    """
    try:
        str(path).encode()
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return "folder"
        if not stat.S_ISREG(mode):  # a pipe would never end, a device is nobody's store
            return "other"
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return "missing"
    except (OSError, ValueError) as error:
        raise explained(error, path, setting) from error
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
    real = os.path.realpath(path)  # its log lies beside the file itself, not beside a link to it
    marks = tuple(_mark(place) for place in (real, f"{real}-wal"))
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


def foreign(path: Path, setting: str = STORE) -> Problem:
    """The refusal of a file that is not one of ours; it is left as it is."""
    return Unusable(
        path,
        Text("không phải kho dữ liệu của Vượt Bậc", "it is not a store of Vượt Bậc"),
        f"{path} không phải kho dữ liệu của Vượt Bậc nên không được động đến. "
        f"Đặt {setting} đến một tệp khác (tệp chưa có cũng được).",
        f"{path} is not a store of Vượt Bậc and was left alone. "
        f"Set {setting} to another file (one that does not exist yet will do).",
    )


def set_aside(path: Path, entries: object, why: Text) -> Problem:
    """The sentence for figures that can't be used while what people entered is whole, in `entries`."""
    return Problem(
        f"Không dùng được {path} ({why.vi}); chưa thay đổi gì, và những gì đã nhập vẫn nguyên trong {entries}. "
        f"Chuyển {path} sang thư mục khác rồi chạy lại: số liệu được dựng lại.",
        f"{path} cannot be used ({why.en}); nothing was changed, and what people entered is whole in {entries}. "
        f"Move {path} to another folder and run again: the figures are built anew.",
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
    return Unusable(
        path,
        Text(f"hỏng: {first}", f"damaged: {first}"),
        f"Không đọc được {path} ({first}). Chuyển tệp ấy và các tệp cùng tên có đuôi -wal, -shm sang thư mục khác "
        "để giữ lại, rồi khôi phục bản sao lưu gần nhất: vuotbac restore BẢN_SAO_LƯU.",
        f"{path} cannot be read ({first}). Move it, and the files of its name that end in -wal and -shm, to "
        "another folder to keep them; then restore the newest backup: vuotbac restore BACKUP.",
        damaged=True,
    )


def explained(error: BaseException, path: Path, setting: str | None = STORE) -> Problem:
    """A failure of the file system as one sentence with the place and what to do.

    `setting` is what says where the file is, None for a file that somebody named.
    """
    if isinstance(error, ValueError):  # bytes that are no UTF-8, or a NUL
        shown = str(path).encode("utf-8", "replace").decode("utf-8")
        there = Text(f"Đặt {setting} đến", f"Set {setting} to") if setting else Text("Dùng", "Use")
        return Problem(
            f"Đường dẫn “{shown}” có ký tự không dùng được. {there.vi} đường dẫn bằng chữ thường.",
            f"The path “{shown}” has characters that cannot be used. {there.en} a plain path.",
        )
    code = error.errno if isinstance(error, OSError) else None
    elsewhere = _elsewhere(path, setting)
    match code:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Problem(
                f"Ổ đĩa của {path.parent} đã đầy; chưa ghi gì. Giải phóng chỗ trống rồi làm lại.",
                f"The disk of {path.parent} is full; nothing was written. Free some space and try again.",
            )
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return Problem(
                f"Không được phép đọc hoặc ghi {path} (thư mục chỉ đọc hoặc thuộc người dùng khác). "
                f"Sửa quyền, hoặc {elsewhere.vi}.",
                f"{path} may not be read or written (a read-only folder, or another user's). "
                f"Change its permissions, or {elsewhere.en}.",
            )
        case errno.ENAMETOOLONG:
            shorter = (
                Text(f"Đặt {setting} ngắn hơn", f"Set {setting} to a shorter one")
                if setting
                else Text("Dùng tên ngắn hơn", "Use a shorter one")
            )
            return Problem(
                f"Đường dẫn dài {len(str(path))} ký tự, hệ điều hành không nhận. {shorter.vi}.",
                f"The path is {len(str(path))} characters long, more than the system takes. {shorter.en}.",
            )
        case errno.EISDIR:
            if setting:
                return folder(path, setting)
            return Problem(f"{path} là thư mục. Chọn một tệp.", f"{path} is a folder. Choose a file.")
        case _:
            said = getattr(error, "strerror", None) or str(error)
            return Problem(
                f"Không đọc hoặc ghi được {path} ({said}). Kiểm tra ổ đĩa ấy, hoặc {elsewhere.vi}.",
                f"{path} cannot be read or written ({said}). Check that disk, or {elsewhere.en}.",
            )


def _elsewhere(path: Path, setting: str | None) -> Text:
    """How to use another place; what is kept at this one comes along."""
    if setting is None:
        return Text("chọn tệp khác", "choose another file")
    if os.path.lexists(path):
        return Text(
            f"chép cả thư mục {path.parent} đến nơi ghi được rồi đặt {setting} đến tệp trong bản chép ấy",
            f"copy the whole folder {path.parent} to a place that can be written to and set {setting} to the "
            "file in that copy",
        )
    return Text(f"đặt {setting} đến nơi ghi được", f"set {setting} to a place that can be written to")


def folder(path: Path, setting: str = STORE) -> Problem:
    """The refusal of a folder where a file is wanted."""
    example = path / "vuotbac.duckdb" if setting == STORE else path / "vuotbac.entries.sqlite"
    return Unusable(
        path,
        Text("là thư mục", "it is a folder"),
        f"{path} là thư mục. Đặt {setting} đến một tệp, ví dụ {example}.",
        f"{path} is a folder. Set {setting} to a file, such as {example}.",
    )


@contextmanager
def writing(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """One writer of `path` at a time, over all processes; who it is stands beside the lock.

    Raises Problem, naming the other program, where it is still writing after `patience` seconds.
    """
    _make_room(path)
    holder = path.with_name(f"{path.name}.writer")
    lock = FileLock(f"{path}.lock", timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise _held(path, holder) from error
    except OSError as error:
        raise explained(error, path) from error
    try:
        sweep(path)
        with suppress(OSError):
            holder.write_text(json.dumps(_ourselves()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


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
    """The sentence where another program holds the file for itself: which one, where the system tells."""
    found = _locking(path)
    vi = f"chương trình “{found[0]}” (số tiến trình {found[1]})" if found else "một chương trình khác"
    en = f"The program “{found[0]}” (process {found[1]})" if found else "Another program"
    return Problem(
        f"{path} đang bị {vi} giữ riêng (như DBeaver, duckdb hay một sổ tay có thể giữ); chưa có gì thay đổi. "
        "Đóng chương trình ấy rồi làm lại.",
        f"{en} has {path} open for itself (as DBeaver, duckdb or a notebook do); nothing was changed. "
        "Close it and try again.",
    )


def _locking(path: Path) -> tuple[str, int] | None:
    """The name and number of another process that has locked a file, or the memory of its log, for writing."""
    inodes = set()
    for part in (path, f"{os.path.realpath(path)}-shm"):
        with suppress(OSError):
            inodes.add(str(os.stat(part).st_ino))
    try:
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            fields = line.split()
            if "WRITE" in fields and fields[-3].rpartition(":")[2] in inodes and int(fields[-4]) != os.getpid():
                name = Path(f"/proc/{fields[-4]}/comm").read_text(encoding="utf-8", errors="replace")
                return name.strip(), int(fields[-4])
    except (OSError, ValueError, IndexError):  # another system than Linux, or the process has just ended
        pass
    return None


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
        if os.name == "nt":  # a reader has it open
            raise busy(path) from error
        raise
    finally:
        for ending in ("", ".wal", "-wal", "-shm"):
            with suppress(OSError):
                fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have what was written reach the disk itself: a power cut after this loses nothing."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(path: Path, older: float = 0.0) -> None:
    """Remove what killed writers of `path` left, if it is `older` seconds old; in `writing` any age will do."""
    target = Path(os.path.realpath(path))
    hexadecimal = "[0-9a-f]" * 8
    with suppress(OSError, ValueError):
        for left in target.parent.glob(f"{glob.escape(target.name)}.{hexadecimal}.new*"):
            with suppress(OSError):
                if left.stat().st_mtime <= time.time() - older:
                    left.unlink()


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise explained(error, path) from error
