"""The DuckDB store: one file, built from the project's own tables in seconds, kept beside what people entered.

Readers open the file read-only and share nothing but it; a writer never touches it, but works on a copy and
puts that in its place in one step. So readers always see a whole store, and a cut-off write leaves no trace.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TypeVar

import duckdb
import polars as pl
import polars.selectors as cs
from filelock import FileLock
from platformdirs import user_data_path

from data.fingerprint import fingerprint
from data.text import Problem

T = TypeVar("T")

# Readable by DuckDB 1.5 and 2.0 alike.
STORAGE_VERSION = "v1.5.0"

# The scores that questions are asked of: the compiled figure, with what the newest standing batch says of the
# same cell laid over it, score and rank each for itself.
_SCORE_VIEW = """
CREATE VIEW score AS
WITH entered AS (
    SELECT entered_score.*, batch.status, batch.source, batch.file
    FROM entered_score JOIN batch USING (batch)
    WHERE batch.undone_at IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY entered_score.index, entered_score.year, unit, component ORDER BY batch DESC
    ) = 1
)
SELECT
    index, year, unit, component,
    coalesce(entered.score, figure.score) AS score,
    CASE WHEN entered.score IS NULL THEN figure.score_status ELSE entered.status END AS score_status,
    CASE WHEN entered.score IS NULL THEN figure.score_low END AS score_low,
    CASE WHEN entered.score IS NULL THEN figure.score_high END AS score_high,
    figure."order",
    figure.scaled,
    CASE WHEN entered.score IS NULL THEN figure.published_score END AS published_score,
    coalesce(entered.published_rank, figure.published_rank) AS published_rank,
    CASE WHEN entered.published_rank IS NULL THEN figure.rank_status ELSE entered.status END AS rank_status,
    figure.tier,
    CASE WHEN entered.score IS NULL THEN figure.scale ELSE 'points' END AS scale,
    CASE WHEN entered.score IS NULL THEN figure.maximum END AS maximum,
    concat_ws(';', 'batch:' || entered.batch, figure.source) AS source,
    CASE WHEN entered.score IS NULL THEN figure.note_vi END AS note_vi,
    CASE WHEN entered.score IS NULL THEN figure.note_en END AS note_en,
    entered.batch
FROM figure FULL JOIN entered USING (index, year, unit, component)
"""


def default_path() -> Path:
    """Where the store is kept: `VUOTBAC_STORE`, else the user's data folder."""
    chosen = os.environ.get("VUOTBAC_STORE")
    return Path(chosen) if chosen else user_data_path("vuotbac", appauthor=False) / "vuotbac.duckdb"


class Store:
    """The store, opened for reading. Any number of threads and processes may read at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._identity = _identity(path)
        self._connection = _reader(path)
        self._known: tuple[str, int] | None = None

    @classmethod
    def open(cls, path: Path | None = None) -> Store:
        """The store at `path` (default: `default_path()`), built first where it is missing or out of date."""
        path = default_path() if path is None else path
        found = _readable(path)
        if found is not None and found.fingerprint == fingerprint():
            return found
        if found is not None:
            found.close()
        build(path, force=False)
        return cls(path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def query(self, sql: str, params: list[object] | None = None) -> pl.DataFrame:
        """The answer to a query as a frame; a cursor of its own for each call, so threads may share a store."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            cursor.execute("USE store")
            answer: pl.DataFrame = cursor.sql(sql, params=params).pl()
            return answer
        finally:
            cursor.close()

    def table(self, name: str) -> pl.DataFrame:
        """A whole table or view, with the columns of its class in `data.schema`."""
        return self.query(f'SELECT * FROM "{name}"')

    @property
    def fingerprint(self) -> str:
        """What the store was built from."""
        return self._now()[0]

    def _now(self) -> tuple[str, int]:
        """Read once, until something is written."""
        if self._known is None:
            found, changes = self.query("SELECT fingerprint, changes FROM state").row(0)
            self._known = str(found), int(changes)
        return self._known

    @property
    def version(self) -> str:
        """Names the data as they are: changes with every build, import and undo. A key for caches."""
        return "-".join(map(str, self._now()))

    def refresh(self) -> bool:
        """See what was written since this store was opened; true where that was anything."""
        identity = _identity(self.path)
        with self._lock:
            if identity == self._identity:
                return False
            self._connection.close()
            self._connection = _reader(self.path)
            self._identity = identity
            self._known = None
        return True


def build(path: Path | None = None, *, force: bool = True) -> Path:
    """Build the store anew from the project's tables; what people entered is carried over.

    Without `force`, a store that another process has built in the meantime is left as it is.
    """
    # Late: a store that is up to date needs neither, and they are slow to import.
    from data import compiled, schema

    path = default_path() if path is None else path
    _make_room(path)
    with _writing(path):
        print_id = fingerprint()
        if not force and _state(path) == print_id:
            return path
        entered, changes = _entered(path)
        frames = compiled.tables()
        with _replacing(path) as fresh, _attached(fresh) as connection:
            for name, frame in frames.items():
                _fill(connection, name, frame)
            for name, table in schema.ENTERED.items():
                _fill(connection, name, entered.get(name, table.create_empty()))
            connection.execute(_SCORE_VIEW)
            state = pl.DataFrame({"fingerprint": [print_id], "changes": [changes + 1]})
            _fill(connection, "state", state)
    return path


def write(path: Path, change: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
    """Run `change` on the store as one step, all of it or nothing, and return what it returns.

    `change` gets a connection on which the tables go by their names; `append` adds checked rows to them.
    """
    with _writing(path), _replacing(path) as fresh:
        shutil.copyfile(path, fresh)
        with _attached(fresh) as connection:
            answer = change(connection)
            connection.execute("UPDATE state SET changes = changes + 1")
        return answer


def append(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Add rows to a table that people fill, checked against `schema.ENTERED`."""
    from data import schema

    checked = schema.ENTERED[name].validate(frame, cast=True)
    connection.register("incoming", checked.with_columns(cs.enum().cast(pl.String)))
    connection.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM incoming')
    connection.unregister("incoming")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """One writer at a time, over all processes."""
    with FileLock(f"{path}.lock", timeout=120):
        yield


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when all went well and is gone when not."""
    fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        yield fresh
        os.replace(fresh, path)
    except PermissionError as error:
        raise Problem(
            f"Không thay được {path}: tệp đang mở ở chương trình khác. Đóng bảng điều khiển rồi chạy lại.",
            f"{path} cannot be replaced: another program has it open. Close the dashboard and run again.",
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
        fresh.with_name(fresh.name + ".wal").unlink(missing_ok=True)


def _reader(path: Path) -> duckdb.DuckDBPyConnection:
    # Attached to a database in memory: connections opened on the file itself share one instance per process,
    # and a new one would go on seeing a file that has been replaced as long as an old one lives.
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{_quoted(path)}' AS store (READ_ONLY)")
    return connection


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@contextmanager
def _attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH '{_quoted(path)}' AS store (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE store")
        yield connection
        connection.execute("CHECKPOINT store")
    finally:
        connection.close()


def _fill(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    # Enums are checked on the way in and kept as text, so that tables with different ones can be joined.
    connection.register("incoming", frame.with_columns(cs.enum().cast(pl.String)))
    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
    connection.unregister("incoming")


def _readable(path: Path) -> Store | None:
    """The store at `path`; None where there is none that can be read."""
    if not path.exists():
        return None
    try:
        store = Store(path)
    except duckdb.Error:
        return None
    try:
        store.fingerprint  # noqa: B018  (is it a store at all?)
    except duckdb.Error:
        store.close()
        return None
    return store


def _state(path: Path) -> str | None:
    """The fingerprint of the store at `path`; None where there is none that can be read."""
    store = _readable(path)
    if store is None:
        return None
    with store:
        return store.fingerprint


def _entered(path: Path) -> tuple[dict[str, pl.DataFrame], int]:
    """What people entered in the store at `path`, as the tables are now, and its count of changes.

    A file that is there but is no store, or whose entries the tables no longer fit, stops the build: it may
    hold somebody's work.
    """
    from data import schema

    if not path.exists():
        return {}, 0
    try:
        with Store(path) as old:
            present = set(old.query("SELECT table_name FROM information_schema.tables")["table_name"])
            entered: dict[str, pl.DataFrame] = {
                name: table.validate(old.table(name).select(table.column_names()), cast=True)
                for name, table in schema.ENTERED.items()
                if name in present
            }
            changes = int(old.query("SELECT changes FROM state").item()) if "state" in present else 0
    except (duckdb.Error, pl.exceptions.PolarsError) as error:
        raise Problem(
            f"Không đọc được kho dữ liệu cũ {path} ({error}). Đổi tên hoặc chuyển tệp ấy đi rồi chạy lại.",
            f"The store at {path} cannot be read ({error}). Rename or move that file and run again.",
        ) from error
    return entered, changes


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=120):
            pass
    except OSError as error:
        raise Problem(
            f"Không ghi được vào {path.parent} ({error.strerror}). Đặt VUOTBAC_STORE đến nơi ghi được.",
            f"{path.parent} cannot be written to ({error.strerror}). Set VUOTBAC_STORE to a place that can.",
        ) from error


def _identity(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
