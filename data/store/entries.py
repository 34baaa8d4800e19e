"""The entries: what people enter and nobody can build again. SQLite beside the figures, or PostgreSQL by address.

An entry is one transaction: after a kill or a power cut it is there whole or not at all. Each names who made it
and when, what stood before and what stands now (`history`); nothing is overwritten that isn't kept there. A part
(`scores`, `notes`, `plans`) has a version that every write replaces by a new UUID, so that a note empties no
answer that depends on scores, and a store that was copied back never seems to be one that was seen before.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import polars as pl
import sqlalchemy as sa

from data import schema
from data.store import files, tables
from data.store.connecting import APPLICATION, PATIENCE, engine, first_line, shown
from data.store.people import Person
from data.store.tables import TABLES
from data.store.turns import Turns
from data.store.upgrading import add_what_is_missing
from data.text import Problem

Part = Literal["scores", "notes", "plans"]
PARTS: tuple[Part, ...] = ("scores", "notes", "plans")

FORMAT = 5
# In the head of an SQLite file ("VBac"), where other programs too look for whose it is.
APPLICATION_ID = 0x56426163

# Bytes that SQLite needs beside a file to open it: on a fuller disk it speaks of a fault of reading or writing.
_LEAST_ROOM = 1 << 16
# What the system refused, by the beginning of SQLite's name for it.
_SYSTEM = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EACCES,
    "SQLITE_PERM": errno.EACCES,
    "SQLITE_AUTH": errno.EACCES,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR": errno.EIO,
}

# PostgreSQL's number for a lock that was not given in time, and who has one on what is ours.
_NOT_IN_TURN = "55P03"
_HOLDERS = """
SELECT a.pid, coalesce(nullif(a.application_name, ''), a.usename, '?') AS program
FROM pg_locks l JOIN pg_stat_activity a USING (pid) LEFT JOIN pg_class c ON c.oid = l.relation
WHERE l.granted AND a.datname = current_database() AND a.pid <> pg_backend_pid() AND (
    l.locktype = 'advisory' AND l.objid >= :first AND l.objid < :last
    OR c.relnamespace = 'vuotbac'::regnamespace AND l.mode LIKE '%ExclusiveLock'
)
ORDER BY a.xact_start
"""

# The numbers by which servers of ours take turns in PostgreSQL: making the tables, and writing to each part.
_MAKING = 86665899
_TURNS = 86665900


class Entries:
    """The part of the store that people write to. Safe to share between threads: every call connects anew.

    `place` is a file, or the address of a PostgreSQL database (`postgresql+psycopg://…`).
    """

    def __init__(self, place: Path | str) -> None:
        self.place = place
        self._engine = engine(place)
        self._turns = Turns()
        self._known: tuple[files.Trace, dict[str, str]] | None = None

    def __str__(self) -> str:
        return str(self.place) if isinstance(self.place, Path) else shown(self.place)

    @property
    def file(self) -> Path | None:
        """The file, or None where a server keeps the entries."""
        return self.place if isinstance(self.place, Path) else None

    def close(self) -> None:
        """Let go of a server's connections; a later call connects again."""
        self._engine.dispose()

    def exists(self) -> bool:
        """Whether there are entries of ours; raises Problem where what is there isn't ours, or is newer."""
        if self.file is not None:
            match files.kind(self.file, files.ENTRIES):
                case "missing":
                    return False
                case "folder":
                    raise files.folder(self.file, files.ENTRIES)
                case "sqlite" if files.sqlite_application(self.file) == APPLICATION_ID:
                    pass
                case _:
                    raise files.foreign(self.file, files.ENTRIES)
        with self._connected() as connection:
            if self.file is None and not sa.inspect(connection).has_table("about", schema=APPLICATION):
                return False
            number = self._format(connection)
            if number > FORMAT:
                raise files.newer(Path(str(self)), number, FORMAT)
        return True

    def create(self) -> None:
        """Make the tables where there are none yet, whole or not at all; what is there stays."""
        if self.file is not None:
            self._create_file(self.file)
            return
        with self._connected() as connection, connection.begin():
            # One at a time, however many servers start together.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MAKING})
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {APPLICATION}")
            if not sa.inspect(connection).has_table("about", schema=APPLICATION):
                _make(connection)

    def _format(self, connection: sa.Connection) -> int:
        if self.file is not None:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        return int(_about_of(connection)["format"])

    def upgrade(self) -> None:
        """Bring entries of an older format to the present one, in one step; what is entered stays as it is."""
        with self._connected() as connection:
            if self._format(connection) == FORMAT:
                return
        with self._connected(writes=True) as connection, connection.begin():
            if self.file is None:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MAKING})
            if self._format(connection) == FORMAT:
                return  # another process has done it meanwhile
            add_what_is_missing(connection, None if self.file is not None else APPLICATION)
            _add_versions(connection, [part for part in PARTS if part not in _versions(connection)])
            if self.file is not None:
                connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
            said = sa.update(tables.about).where(tables.about.c.key == "format")
            connection.execute(said.values(value=str(FORMAT)))

    def _create_file(self, path: Path) -> None:
        """Made beside its place and moved there: a program that is killed meanwhile leaves nothing half-made."""
        if files.kind(path, files.ENTRIES) != "missing":
            return
        files.sweep(path)
        try:
            _set_log_aside(path)
            with files.replacing(path) as fresh:
                fresh.touch(mode=0o600)
                made = engine(fresh)
                with made.begin() as connection:
                    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
                    _make(connection)
                made.dispose()
        except (OSError, sa.exc.DBAPIError) as error:
            raise self._explained(error) from error

    @property
    def identity(self) -> str:
        """The name that these entries were given when they were made; a copy has it too."""
        with self._connected() as connection:
            return _about_of(connection)["identity"]

    def versions(self) -> dict[str, str]:
        """The version of each part: another one with every write.

        Asked several times in every run of a page: a file that nobody has touched since is not opened again.
        """
        trace = files.trace(self.file) if self.file is not None else None
        known = self._known
        if known is not None and known[0] == trace:
            return known[1]
        with self._connected() as connection:
            found = _versions(connection)
        self._known = None if trace is None or trace.fresh else (trace, found)
        return found

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Everything as it stands at one moment, whatever is written meanwhile."""
        with self._connected() as connection:
            if self.file is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield Reading(connection)

    @contextmanager
    def write(
        self, part: Part, by: Person, at: datetime | None = None, *, everything: bool = False
    ) -> Iterator[Writing]:
        """One entry by somebody: all that is done inside stands together, or nothing of it.

        `everything` says that it is about all parts, not only the one under which it is remembered. Raises Problem
        where the role of `by` allows no entry in these parts.
        """
        parts = PARTS if everything else (part,)
        for name in parts:
            by.check_part(name)
        try:
            with self._turns.turn(PATIENCE), self._connected(writes=True) as connection, connection.begin():
                if self.file is None:
                    # Servers too take turns in each part: numbers follow each other, nobody writes over another.
                    connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                    for turn in sorted(_TURNS + PARTS.index(name) for name in parts):
                        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": turn})
                yield Writing(connection, part, by, at or datetime.now(UTC).replace(tzinfo=None))
                for name in parts:
                    changed = sa.update(tables.version).where(tables.version.c.part == name)
                    connection.execute(changed.values(id=uuid.uuid4().hex))
        except TimeoutError as error:
            raise self._held() if self.file is None else files.busy(self.file) from error

    def check(self) -> None:
        """Raises Problem where the file's own check finds a fault."""
        assert self.file is not None
        with self._raw() as connection:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise files.damaged(self.file, said)

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        """SQLite itself, for what no transaction may surround."""
        try:
            connection = self._engine.raw_connection()
            try:
                found = connection.driver_connection
                assert isinstance(found, sqlite3.Connection)
                yield found
            finally:
                connection.close()
        except (sa.exc.DBAPIError, sqlite3.Error, OSError) as error:
            raise self._explained(error) from error

    @contextmanager
    def _connected(self, writes: bool = False) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection.execution_options(vuotbac_writes=writes)
        except (sa.exc.DBAPIError, sa.exc.TimeoutError, OSError) as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> Problem:
        """What the database said, as one sentence with the place and what to do."""
        path = self.file
        if path is None:
            if getattr(getattr(error, "orig", None), "sqlstate", "") == _NOT_IN_TURN:
                return self._held()
            return Problem(
                f"Không dùng được cơ sở dữ liệu {self} ({first_line(error)}); chưa ghi gì. "
                "Kiểm tra máy chủ PostgreSQL và VUOTBAC_ENTRIES.",
                f"The database {self} cannot be used ({first_line(error)}); nothing was written. "
                "Check the PostgreSQL server and VUOTBAC_ENTRIES.",
            )
        original = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        if isinstance(original, OSError):
            return files.explained(original, path, files.ENTRIES)
        name = getattr(original, "sqlite_errorname", "") or ""
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return files.busy(path)
        if name.startswith("SQLITE_CANTOPEN") and not path.exists():
            return missing(path)
        for start, code in _SYSTEM.items():
            if name.startswith(start):
                full = code == errno.EIO and shutil.disk_usage(path.parent).free < _LEAST_ROOM
                found = errno.EISDIR if path.is_dir() else errno.ENOSPC if full else code
                return files.explained(OSError(found, os.strerror(found)), path, files.ENTRIES)
        return files.damaged(path, original)

    def _held(self) -> Problem:
        """Who on the server has not let go of our tables in time."""
        with self._connected() as connection:
            found = connection.execute(sa.text(_HOLDERS), {"first": _TURNS, "last": _TURNS + len(PARTS)}).first()
        vi = f"“{found.program}” (tiến trình {found.pid})" if found else "một chương trình khác"
        en = f"“{found.program}” (process {found.pid})" if found else "another program"
        return Problem(
            f"Các bảng trong {self} đang do {vi} giữ và chưa thả sau {PATIENCE} giây; chưa ghi gì. "
            "Đợi hoặc đóng chương trình ấy rồi làm lại.",
            f"The tables in {self} are held by {en}, which has not let go of them in {PATIENCE} seconds; nothing "
            "was written. Wait for it or close it, and try again.",
        )


class Reading:
    """The entries as they stand at one moment."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @property
    def versions(self) -> dict[str, str]:
        """The version of each part."""
        return _versions(self._connection)

    def table(self, name: str, **where: object) -> pl.DataFrame:
        """A table as `data.schema.ENTERED` states it, in the order of its key; of the rows `where` alone."""
        table = TABLES[name]
        asked = sa.select(table).order_by(*table.primary_key)
        asked = asked.where(*(table.c[column] == value for column, value in where.items()))
        rows = self._connection.execute(asked).all()
        stated = schema.ENTERED[name]
        columns = [column.name for column in table.columns]
        frame = pl.DataFrame([tuple(row) for row in rows], schema=columns, orient="row", infer_schema_length=None)
        return stated.cast(frame.select(stated.column_names()))

    def newest(self, name: str, column: str) -> int:
        """The highest number in a column of a table; 0 where there are no rows."""
        highest = sa.select(sa.func.coalesce(sa.func.max(TABLES[name].c[column]), 0))
        return int(self._connection.execute(highest).scalar_one())


class Writing(Reading):
    """One entry under way: what it adds, and what is remembered of it."""

    def __init__(self, connection: sa.Connection, part: Part, by: Person, at: datetime) -> None:
        super().__init__(connection)
        self.part, self.by, self.at = part, by, at

    def next(self, name: str) -> int:
        """The number after the highest of a table that is numbered by its own name."""
        return self.newest(name, name) + 1

    def append(self, name: str, rows: pl.DataFrame) -> None:
        """Add rows, checked against `data.schema.ENTERED`."""
        checked = schema.ENTERED[name].validate(rows, cast=True)
        if checked.height:
            self._connection.execute(sa.insert(TABLES[name]), checked.to_dicts())

    def replace(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Put other rows in place of all there are."""
        for name in reversed(TABLES):
            self._connection.execute(sa.delete(TABLES[name]))
        for name, table in TABLES.items():
            rows = frames[name].to_dicts()
            if rows:
                self._connection.execute(sa.insert(table), rows)
        if self._connection.dialect.name == "postgresql":
            # Its own counter knows nothing of numbers that were given.
            counter = "pg_get_serial_sequence('vuotbac.history', 'entry')"
            sql = f"SELECT setval({counter}, coalesce(max(entry), 0) + 1, false) FROM vuotbac.history"
            self._connection.execute(sa.text(sql))

    def update(self, name: str, key: int, **values: Any) -> None:
        """Change columns of one row."""
        table = TABLES[name]
        self._connection.execute(sa.update(table).where(table.c[name] == key).values(**values))

    def take_out(self, name: str, key: Mapping[str, Any]) -> None:
        """Remove the row of a key, for another in its place; what it said must be in the history."""
        table = TABLES[name]
        self._connection.execute(sa.delete(table).where(*(table.c[column] == key[column] for column in key)))

    def record(
        self, act: str, about: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> int:
        """Remember what was done, gives the entry's number; `about` names what it was done to."""
        said = [
            None if side is None else json.dumps(side, ensure_ascii=False, default=str) for side in (before, after)
        ]
        row = {"at": self.at, "author": self.by.name, "part": self.part, "act": act, "about": about}
        entry = sa.insert(tables.history).values(**row, before=said[0], after=said[1])
        made = self._connection.execute(entry).inserted_primary_key
        assert made is not None
        return int(made[0])


def missing(path: Path) -> Problem:
    """What people entered is gone: said, never replaced by an empty file."""
    return Problem(
        f"Không còn tệp {path}, nơi giữ những gì đã nhập. Trả tệp ấy về chỗ cũ, hoặc khôi phục bản sao lưu: "
        "vuotbac restore BẢN_SAO_LƯU. Muốn bắt đầu lại không có gì: vuotbac build --without-entries.",
        f"The file {path}, which holds what people entered, is gone. Put it back, or restore a backup: "
        "vuotbac restore BACKUP. To begin again with nothing: vuotbac build --without-entries.",
    )


def _set_log_aside(path: Path) -> None:
    """Keep what a killed writer left of a file that has gone: SQLite would play it into the one in its place."""
    path = Path(os.path.realpath(path))
    for ending in ("-wal", "-shm"):
        left = path.with_name(path.name + ending)
        if left.exists():
            left.rename(path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}.left{ending}"))


def _make(connection: sa.Connection) -> None:
    tables.ALL.create_all(connection)
    said = {"application": APPLICATION, "format": str(FORMAT), "identity": uuid.uuid4().hex}
    connection.execute(sa.insert(tables.about), [{"key": key, "value": value} for key, value in said.items()])
    _add_versions(connection, PARTS)


def _add_versions(connection: sa.Connection, parts: Sequence[str]) -> None:
    for part in parts:
        connection.execute(sa.insert(tables.version), {"part": part, "id": uuid.uuid4().hex})


def _about_of(connection: sa.Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(sa.select(tables.about))}


def _versions(connection: sa.Connection) -> dict[str, str]:
    return {row.part: row.id for row in connection.execute(sa.select(tables.version))}
