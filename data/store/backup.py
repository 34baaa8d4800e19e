"""Backups: one zip file with everything that people entered, whichever engine keeps it, and what to check it by.

The figures are not in it: they are built from the program. A backup is taken while others read and write; it is
read back and compared before it counts. Restoring saves the old entries and puts the others in their place in one
transaction, which nobody else's entry can fall into.
"""

from __future__ import annotations

import errno
import glob
import hashlib
import io
import json
import os
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from data import schema
from data.store import figures, files
from data.store.connecting import APPLICATION, place_of
from data.store.entries import FORMAT, Entries
from data.store.people import Person, local
from data.store.store import Store
from data.store.tables import TABLES
from data.text import Problem

_ABOUT = "about.json"
# Larger than any province's entries; a zip that unfolds to more than this is none of ours.
_LARGEST = 1 << 30
# Seconds that no backup takes: what lies half-written longer than this was left by one that was killed.
_LONGEST = 3600.0


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
    try:
        _refuse_own(store, target)
    except Problem:
        raise
    except (OSError, ValueError) as error:
        raise files.explained(error, target, None) from error
    with store.entries.read() as reading:
        tables = {name: reading.table(name) for name in TABLES}
    return _saved(tables, target)


def _saved(tables: dict[str, pl.DataFrame], target: Path) -> Summary:
    """These tables written, read back, and only then put at `target`."""
    sums: dict[str, dict[str, object]] = {}
    taken_at = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"application": APPLICATION, "format": FORMAT, "taken_at": taken_at, "tables": sums}
    files.sweep(target, older=_LONGEST)
    try:
        with files.replacing(target) as fresh:
            fresh.touch(mode=0o600)  # whoever may not read the entries may not read them here either
            with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, frame in tables.items():
                    content = _lines(frame)
                    sums[name] = {"rows": frame.height, "sha256": hashlib.sha256(content).hexdigest()}
                    archive.writestr(f"{name}.jsonl", content)
                archive.writestr(_ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
            found, summary = _read(fresh)
            if any(not found[name].equals(frame) for name, frame in tables.items()):
                raise OSError(errno.EIO, "written and read back differ")
    except OSError as error:
        raise files.explained(error, target, None) from error
    return summary


def restore(path: Path, source: Path, entries: Path | str | None = None, by: Person | None = None) -> Summary:
    """Put the entries of a backup in place of those of the store at `path`; gives what was restored.

    What was there is kept beside the store as a backup, under a name with `.before-restore-` and the time: both in
    one step, so that nothing written meanwhile falls between. Raises Problem where `source` is no whole backup, or
    the store can't be used; nothing is changed then.
    """
    tables, summary = _read(source)
    with closing(Store(path, Entries(place_of(path) if entries is None else entries))) as store:
        state = store.state()
        if state is not None and state.format < figures.FORMAT:
            store.build(force=False)  # the entries that lie in it move over first, to be kept like all others
        with files.writing(path):
            if store.entries.exists():
                store.entries.upgrade()
            else:
                store.entries.create()
            with store.entries.write("scores", by or local(), everything=True) as writing:
                before = {name: writing.table(name) for name in TABLES}
                if any(frame.height for frame in before.values()):
                    _saved(before, _kept(path))
                writing.replace(tables)
                if any(not writing.table(name).equals(frame) for name, frame in tables.items()):
                    raise _no_backup(source)
                writing.record("restore", source.name, None, summary.rows)
        store.build(force=False)  # where there are no figures yet
    return summary


def _kept(path: Path) -> Path:
    """Where the entries from before a restore are kept; what a killed restore left half-written there goes."""
    name = f"{path.stem}.entries.before-restore-"
    for left in path.parent.glob(f"{glob.escape(name)}*.zip.*.new"):
        left.unlink(missing_ok=True)
    return path.with_name(f"{name}{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.zip")


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
        if tables["entered_score"].join(tables["batch"], on="batch", how="anti").height:
            raise _no_backup(source)
    except Problem:
        raise
    except FileNotFoundError as error:
        raise Problem(f"Không có tệp {source}.", f"There is no file {source}.") from error
    except OSError as error:
        raise files.explained(error, source, None) from error
    except Exception as error:  # whatever zip, JSON, Polars and the rules meet in a file that isn't whole
        raise _no_backup(source) from error
    return tables, Summary(taken, {name: frame.height for name, frame in tables.items()})


def _lines(frame: pl.DataFrame) -> bytes:
    rows = (json.dumps(row, ensure_ascii=False, default=_written) for row in frame.iter_rows(named=True))
    return "".join(f"{row}\n" for row in rows).encode()


def _written(value: Any) -> str:
    assert isinstance(value, date)
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value.isoformat()


def _frame(content: bytes, stated: Any) -> pl.DataFrame:
    rows = [json.loads(line) for line in io.BytesIO(content) if line.strip()]
    columns = stated.column_names()
    cells = [[row.get(name) for name in columns] for row in rows]
    frame = pl.DataFrame(cells, schema=columns, orient="row", infer_schema_length=None)
    kinds = {name: column.dtype for name, column in stated.columns().items()}
    times = [name for name, kind in kinds.items() if kind == pl.Datetime("us")]
    days = [name for name, kind in kinds.items() if kind == pl.Date]
    frame = frame.with_columns(
        *(pl.col(name).cast(pl.String).str.to_datetime(time_unit="us") for name in times),
        *(pl.col(name).cast(pl.String).str.to_date() for name in days),
    )
    return stated.validate(frame, cast=True)  # type: ignore[no-any-return]


def _refuse_own(store: Store, target: Path) -> None:
    own = [store.path, *([store.entries.file] if store.entries.file else [])]
    real = {os.path.realpath(f"{path}{end}") for path in own for end in ("", ".lock", ".writer", "-wal", "-shm")}
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
    if target.exists() and not target.is_file():
        raise Problem(
            f"{target} không phải tệp thường. Chọn một tệp khác.",
            f"{target} is no plain file. Choose another file.",
        )
    if target.exists() and target.stat().st_size and not _is_backup(target):
        raise Problem(
            f"{target} đã có và không phải bản sao lưu của Vượt Bậc nên được giữ nguyên. Chọn một tệp khác.",
            f"{target} is there and is no backup of Vượt Bậc, so it was left as it is. Choose another file.",
        )
    if not target.parent.is_dir():
        raise Problem(
            f"Không có thư mục {target.parent}. Tạo thư mục ấy trước.",
            f"There is no folder {target.parent}. Make it first.",
        )


def _is_backup(path: Path) -> bool:
    """Whether a file says of itself that it is a backup of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            return bool(json.loads(archive.read(_ABOUT))["application"] == APPLICATION)
    except OSError:
        raise
    except Exception:  # as in `_read`
        return False


def _no_backup(source: Path) -> Problem:
    return Problem(
        f"{source} không phải bản sao lưu nguyên vẹn của Vượt Bậc; chưa thay đổi gì. "
        "Chọn tệp do vuotbac backup ghi ra.",
        f"{source} is not a whole backup of Vượt Bậc; nothing was changed. "
        "Choose a file that vuotbac backup wrote.",
    )
