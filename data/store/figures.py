"""The figures: one DuckDB file, built from the project's own tables in seconds and replaced as a whole.

Readers attach it read-only. A build works on a file beside it and puts that in its place in one step, so readers
always see a whole store and a build that is cut off leaves no trace.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import polars.selectors as cs

from data.fingerprint import fingerprint
from data.store import files
from data.text import Problem

# Readable by DuckDB 1.5 and 2.0 alike.
STORAGE_VERSION = "v1.5.0"

# What our files say they are. Format 1 held entries and figures in one file and said nothing.
APPLICATION = "vuotbac"
FORMAT = 2

# Nothing may be fetched from outside, whatever a file looks like.
_SETTINGS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


@dataclass(frozen=True, slots=True)
class State:
    """What a file of figures says of itself; `format` is 1 where entries still lie in the same file.

    `build` is new with every build and `entries` names the part with what people entered.
    """

    format: int
    fingerprint: str
    build: str
    entries: str | None


def memory() -> duckdb.DuckDBPyConnection:
    """A connection to nothing yet, which never looks for extensions on the network."""
    connection = duckdb.connect(config=dict(_SETTINGS))
    # On a slow machine it would be printed between the lines of an answer.
    connection.execute("SET enable_progress_bar = false")
    return connection


def attach(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the figures attached as `figures`, read-only.

    Connections opened on the file itself would share one instance per process and go on seeing a file that has
    been replaced. Raises Problem where another program holds the file or it can't be read.
    """
    connection = memory()
    try:
        connection.execute(f"ATTACH '{quoted(path)}' AS figures (READ_ONLY)")
    except (duckdb.Error, UnicodeError) as error:
        connection.close()
        raise _refused(path, error) from error
    return connection


def quoted(path: Path) -> str:
    """A path inside an SQL string; whole, for DuckDB takes `md:x` or `sqlite:x` for something else than a file."""
    return os.path.abspath(path).replace("'", "''")


def state(path: Path) -> State | None:
    """What the file at `path` says it is; None where there is none.

    Raises Problem for anything that is not ours, is newer than this program, or can't be read.
    """
    match files.kind(path):
        case "missing":
            return None
        case "folder":
            raise files.folder(path)
        case "duckdb":
            pass
        case _:
            raise files.foreign(path)
    connection = attach(path)
    try:
        return read_state(connection, path)
    finally:
        connection.close()


def read_state(connection: duckdb.DuckDBPyConnection, path: Path) -> State:
    """What the figures attached to a connection say they are; raises Problem where they aren't ours."""
    try:
        tables = _columns(connection)
        if "vuotbac" in tables:
            found = connection.sql("SELECT application, format, fingerprint, build, entries FROM figures.vuotbac")
            application, number, print_id, build_id, entries = found.fetchall()[0]
            if application != APPLICATION:
                raise files.foreign(path)
            if number > FORMAT:
                raise files.newer(path, number, FORMAT)
            return State(number, print_id, build_id, entries)
        if tables.get("state") == {"fingerprint", "changes"} and {"figure", "batch", "entered_score"} <= set(
            tables
        ):
            print_id, changes = connection.sql("SELECT fingerprint, changes FROM figures.state").fetchall()[0]
            return State(1, print_id, f"{print_id}-{changes}", None)
    except (duckdb.Error, IndexError) as error:
        raise files.damaged(path, error) from error
    raise files.foreign(path)


def build(path: Path, entries: str) -> State:
    """Write the figures anew to `path`, in place of what is there; call it inside `files.writing`.

    `entries` is the identity of the part with what people entered, so that its loss is noticed. Raises Problem
    where a table of the project breaks its rules, or the disk refuses.
    """
    # Late: a store that is up to date needs neither, and they are slow to import.
    from data import compiled

    made = State(FORMAT, fingerprint(), uuid.uuid4().hex, entries)
    tables = compiled.tables()
    try:
        with files.replacing(path) as fresh, _fresh(fresh) as connection:
            for name, frame in tables.items():
                _fill(connection, name, frame)
            said = {"application": APPLICATION, "format": FORMAT, "fingerprint": made.fingerprint}
            _fill(connection, "vuotbac", pl.DataFrame([said | {"build": made.build, "entries": entries}]))
    except OSError as error:
        raise files.explained(error, path) from error
    except duckdb.Error as error:
        raise _refused(path, error) from error
    return made


@contextmanager
def _fresh(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = memory()
    try:
        connection.execute(f"ATTACH '{quoted(path)}' AS figures (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE figures")
        yield connection
        connection.execute("CHECKPOINT figures")
    finally:
        connection.close()


def _fill(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    # Enums are checked on the way in and kept as text, so that tables with different ones can be joined.
    connection.register("incoming", frame.with_columns(cs.enum().cast(pl.String)))
    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'figures' AND NOT internal"
    for table, column in connection.sql(sql).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _refused(path: Path, error: BaseException) -> Problem:
    """Why DuckDB would not have a file, in a sentence: held by another, no room, newer, or damaged."""
    said = str(error)
    if isinstance(error, UnicodeError):
        return files.explained(error, path)
    if "set lock on file" in said or "being used by another process" in said:
        return files.busy(path)
    if "No space left" in said or "File too large" in said:
        return files.explained(OSError(28, said), path)
    if "Permission denied" in said or "Read-only file system" in said:
        return files.explained(PermissionError(13, said), path)
    if "newer version" in said or "storage version" in said.lower():
        return files.newer(path, FORMAT + 1, FORMAT)
    return files.damaged(path, said)
