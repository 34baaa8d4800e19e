"""The engines that can keep the entries: SQLite always, PostgreSQL where one is at hand."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.store.entries import Entries

# The address of a server on which databases may be made, as `.ci/run` starts one.
SERVER = "VUOTBAC_TEST_POSTGRES"


@pytest.fixture
def own_database() -> Iterator[Callable[[], str]]:
    """Makes a database of its own on the server, and gives its address; all are dropped at the end."""
    address = os.environ.get(SERVER)
    if not address:
        pytest.skip(f"no PostgreSQL: {SERVER} names none (.ci/run starts one)")
    server = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make() -> str:
        made.append(f"vuotbac_{uuid.uuid4().hex[:12]}")
        with server.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {made[-1]}"))
        return sa.engine.make_url(address).set(database=made[-1]).render_as_string(hide_password=False)

    yield make
    with server.connect() as connection:
        for name in made:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def entries_place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A place for entries that nobody else writes to: a file, or a database of its own on a server."""
    if request.param == "sqlite":
        return tmp_path / "entries.sqlite"
    make: Callable[[], str] = request.getfixturevalue("own_database")
    return make()


@pytest.fixture
def entries(entries_place: Path | str) -> Iterator[Entries]:
    """Entries with nothing in them yet."""
    made = Entries(entries_place)
    made.create()
    yield made
    made.close()
