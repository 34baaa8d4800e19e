"""The engines that can keep the entries: SQLite always, PostgreSQL where one is at hand."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.store.entries import Entries

# The address of a server on which databases may be made, as `.ci/run` starts one.
SERVER = "VUOTBAC_TEST_POSTGRES"


@pytest.fixture(params=["sqlite", "postgresql"])
def entries_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """A place for entries that nobody else writes to: a file, or a database of its own on a server."""
    if request.param == "sqlite":
        yield tmp_path / "entries.sqlite"
        return
    address = os.environ.get(SERVER)
    if not address:
        pytest.skip(f"no PostgreSQL: {SERVER} names none (.ci/run starts one)")
    name = f"vuotbac_{uuid.uuid4().hex[:12]}"
    server = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield sa.engine.make_url(address).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def entries(entries_place: Path | str) -> Iterator[Entries]:
    """Entries with nothing in them yet."""
    made = Entries(entries_place)
    made.create()
    yield made
    made.close()
