"""Where the entries are, and what connects to them: an SQLite file, or a PostgreSQL database by its address."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from data.text import Problem

APPLICATION = "vuotbac"

# Seconds that a writer waits for another; each takes milliseconds.
PATIENCE = 20


def place_of(figures: Path) -> Path | str:
    """Where the entries of a store are: `VUOTBAC_ENTRIES`, a file or the address of a database; else beside it."""
    chosen = os.environ.get("VUOTBAC_ENTRIES")
    if not chosen:
        return figures.parent / f"{figures.stem}.entries.sqlite"
    if "://" not in chosen:
        return Path(chosen)
    try:
        driver = sa.engine.make_url(chosen).drivername
    except (sa.exc.ArgumentError, ValueError):  # a port that is no number
        driver = ""
    if driver.split("+")[0] not in ("postgresql", "postgres"):
        raise Problem(
            "VUOTBAC_ENTRIES phải là một tệp hoặc địa chỉ postgresql://người:mật_khẩu@máy/cơ_sở_dữ_liệu.",
            "VUOTBAC_ENTRIES must be a file or an address postgresql://user:password@host/database.",
        )
    return sa.engine.make_url(chosen).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def engine(place: Path | str) -> sa.Engine:
    """What connects to the entries; nothing is opened or made yet. Raises Problem where a library is missing."""
    return _postgresql(place) if isinstance(place, str) else _sqlite(place)


def _postgresql(place: str) -> sa.Engine:
    # In a schema of our own: no table of another program's is touched, whatever its name.
    try:
        address = sa.engine.make_url(place)
        # Said to the server, and how long it may take to answer, where the address does not say otherwise.
        said = {"application_name": APPLICATION, "connect_timeout": "10"} | dict(address.query)
        made = sa.create_engine(address.set(query=said), pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise Problem(
            "Thiếu thư viện psycopg để dùng PostgreSQL. Cài: pip install -c constraints.txt '.[postgresql]'",
            "PostgreSQL needs the library psycopg. Run: pip install -c constraints.txt '.[postgresql]'",
        ) from error
    return made.execution_options(schema_translate_map={None: APPLICATION})


def _sqlite(path: Path) -> sa.Engine:
    def connect() -> sqlite3.Connection:
        # Never made here: a file that has gone is noticed, not replaced by an empty one.
        address = f"{path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
                connection.close()
                raise
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    # A connection for each call: one that was kept would go on writing to a file that has been moved away.
    made = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(made, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("vuotbac_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def shown(address: str) -> str:
    """An address without its password."""
    return sa.engine.make_url(address).render_as_string(hide_password=True)


def first_line(error: Exception) -> str:
    """What a database said, without what follows on further lines."""
    original = getattr(error, "orig", None) or error
    return next(iter(str(original).strip().splitlines()), type(original).__name__)
