"""Backups: one zip file with everything that people entered, whichever engine keeps it, and what to check it by.

The figures are not in it: they are built from the program. A backup is taken while others read and write; it is
read back and compared before it counts. Restoring makes new entries beside the old ones, checks them, and only
then puts them in their place.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import uuid
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from data import schema
from data.store import files
from data.store.entries import APPLICATION, FORMAT, TABLES, Entries, place_of
from data.store.store import Store
from data.text import Problem

_ABOUT = "about.json"
# Larger than any province's entries; a zip that unfolds to more than this is none of ours.
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup holds: when it was taken (UTC), and how many rows of each table."""

    taken_at: datetime
    rows: dict[str, int]


def backup(store: Store, target: Path) -> Summary:
    """Write everything entered into `target`, a zip of JSON lines; works while the store is in use.

    A file that is there is replaced only by a whole backup that has been read back. Raises Problem where the
    target is no file that can be written, or is part of the store itself.
    """
    _refuse_own(store, target)
    return _saved(store.entries, target)


def _saved(entries: Entries, target: Path) -> Summary:
    """Everything that `entries` hold, written, read back, and only then put at `target`."""
    with entries.read() as reading:
        tables = {name: reading.table(name) for name in TABLES}
    sums: dict[str, dict[str, object]] = {}
    taken_at = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"application": APPLICATION, "format": FORMAT, "taken_at": taken_at, "tables": sums}
    fresh = target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with zipfile.ZipFile(fresh, "x", zipfile.ZIP_DEFLATED) as archive:
            for name, frame in tables.items():
                content = _lines(frame)
                sums[name] = {"rows": frame.height, "sha256": hashlib.sha256(content).hexdigest()}
                archive.writestr(f"{name}.jsonl", content)
            archive.writestr(_ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
        found, summary = _read(fresh)
        if any(not found[name].equals(frame) for name, frame in tables.items()):
            raise files.damaged(fresh, "written and read back differ")
        files.flush(fresh)
        os.replace(fresh, target)
    except (OSError, ValueError) as error:
        if isinstance(error, Problem):
            raise
        raise files.explained(error, target) from error
    finally:
        fresh.unlink(missing_ok=True)
    return summary


def restore(path: Path, source: Path, entries: Path | str | None = None) -> Summary:
    """Put the entries of a backup in place of those of the store at `path`; gives what was restored.

    What was there is kept beside the store, under a name with `.before-restore-` and the time: as the file it was,
    or as a backup where a server keeps the entries. Raises Problem where `source` is no whole backup; nothing is
    changed then.
    """
    tables, summary = _read(source)
    place = place_of(path) if entries is None else entries
    with closing(Entries(place)) as kept, files.writing(path):
        if kept.file is None:
            kept.create()
            _saved(kept, path.with_name(f"{path.stem}.entries{_before_restore()}.zip"))
            kept.replace(tables)
        else:
            _replace_file(kept.file, tables)
    with Store.open(path, place) as store:
        store.build()
        with store.write("scores") as writing:
            writing.record("restore", source.name, None, summary.rows)
    return summary


def _before_restore() -> str:
    return f".before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}"


def _replace_file(file: Path, tables: dict[str, pl.DataFrame]) -> None:
    """New entries in a file of their own, checked, then exchanged with the old ones, which are kept."""
    made = file.with_name(f"{file.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        fresh = Entries(made)
        fresh.create()
        fresh.replace(tables)
        with fresh.read() as reading:
            if any(not reading.table(name).equals(frame) for name, frame in tables.items()):
                raise files.damaged(made, "restored and read back differ")
        old = Entries(file)
        if files.kind(file) not in ("missing", "empty"):
            old.copy_to(file.with_name(file.name + _before_restore()))
        old.become(made)
    except OSError as error:
        raise files.explained(error, file) from error
    finally:
        for ending in ("", "-wal", "-shm"):
            made.with_name(made.name + ending).unlink(missing_ok=True)


def _read(source: Path) -> tuple[dict[str, pl.DataFrame], Summary]:
    """The tables of a backup, checked against their sums and their rules."""
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(item.file_size for item in archive.infolist()) > _LARGEST:
                raise _no_backup(source)
            about = json.loads(archive.read(_ABOUT))
            if about["application"] != APPLICATION:
                raise _no_backup(source)
            if about["format"] > FORMAT:
                raise files.newer(source, about["format"], FORMAT)
            tables = {}
            for name, stated in schema.ENTERED.items():
                said = about["tables"].get(name)
                content = archive.read(f"{name}.jsonl") if said else b""
                if said and hashlib.sha256(content).hexdigest() != said["sha256"]:
                    raise _no_backup(source)
                tables[name] = _frame(content, stated)
            taken = datetime.fromisoformat(about["taken_at"])
    except FileNotFoundError as error:
        raise Problem(f"Không có tệp {source}.", f"There is no file {source}.") from error
    except OSError as error:
        raise files.explained(error, source) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, pl.exceptions.PolarsError) as error:
        if isinstance(error, Problem):
            raise
        raise _no_backup(source) from error
    return tables, Summary(taken, {name: frame.height for name, frame in tables.items()})


def _lines(frame: pl.DataFrame) -> bytes:
    rows = (json.dumps(row, ensure_ascii=False, default=_written) for row in frame.iter_rows(named=True))
    return "".join(f"{row}\n" for row in rows).encode()


def _written(value: Any) -> str:
    assert isinstance(value, datetime)
    return value.isoformat(timespec="microseconds")


def _frame(content: bytes, stated: Any) -> pl.DataFrame:
    rows = [json.loads(line) for line in io.BytesIO(content) if line.strip()]
    columns = stated.column_names()
    frame = pl.DataFrame([[row.get(name) for name in columns] for row in rows], schema=columns, orient="row")
    times = [name for name, column in stated.columns().items() if column.dtype == pl.Datetime("us")]
    frame = frame.with_columns(pl.col(name).cast(pl.String).str.to_datetime(time_unit="us") for name in times)
    return stated.validate(frame, cast=True)  # type: ignore[no-any-return]


def _refuse_own(store: Store, target: Path) -> None:
    own = [store.path, *([store.entries.file] if store.entries.file else [])]
    real = {os.path.realpath(path) for path in own}
    if os.path.realpath(target) in real:
        raise Problem(
            f"{target} là kho dữ liệu đang dùng. Ghi bản sao lưu vào một tệp khác.",
            f"{target} is the store in use. Write the backup to another file.",
        )
    if target.is_dir():
        raise Problem(
            f"{target} là thư mục. Ghi tên tệp, ví dụ {target / 'vuotbac-sao-luu.zip'}.",
            f"{target} is a folder. Name a file, such as {target / 'vuotbac-backup.zip'}.",
        )
    if not target.parent.is_dir():
        raise Problem(
            f"Không có thư mục {target.parent}. Tạo thư mục ấy trước.",
            f"There is no folder {target.parent}. Make it first.",
        )


def _no_backup(source: Path) -> Problem:
    return Problem(
        f"{source} không phải bản sao lưu nguyên vẹn của Vượt Bậc; chưa thay đổi gì. "
        "Chọn tệp do vuotbac backup ghi ra.",
        f"{source} is not a whole backup of Vượt Bậc; nothing was changed. "
        "Choose a file that vuotbac backup wrote.",
    )
