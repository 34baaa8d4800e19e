"""Entries of an older format are brought to the present one with everything in them, on either engine."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from data import schema
from data.frames import load
from data.schema import PLANS
from data.store import Person, Store
from data.store.connecting import APPLICATION, engine
from data.store.entries import FORMAT, PARTS, Entries
from tests.stores import copied

AT = datetime.fromisoformat("2026-12-01T02:00")
BATCH = {"batch": 1, "entered_at": AT, "file": "par.csv", "index": "par", "year": 2020, "rows": 1}
WHO = {"status": "provincial", "source": "Sở Nội vụ", "author": "Lan", "undone_at": None, "undone_by": None}
FIGURE = {"batch": 1, "index": "par", "year": 2020, "unit": "63-36", "component": "overall"}


# What each format added: tables, and the part of the entries that they belong to.
ADDED = {
    2: (("reading_plan",), None),
    3: (("entered_weight",), None),
    4: (tuple(PLANS), "plans"),
    5: (("definition",), None),
}
# The columns that each added to the scores.
COLUMNS = {2: "scale", 5: "maximum"}


def make_old(place: Path | str, number: int = 1) -> None:
    """Take away what was added after a format, once a batch was entered."""
    schema_of = "" if isinstance(place, Path) else f"{APPLICATION}."
    with closing(Entries(place)) as entries, entries.write("scores", Person("Lan")) as writing:
        writing.append("batch", pl.DataFrame([BATCH | WHO], infer_schema_length=None))
        writing.append(
            "entered_score",
            pl.DataFrame([FIGURE | {"score": 80.25, "published_rank": 40, "scale": None, "maximum": None}]),
        )
    made = engine(place)
    with made.begin() as connection:
        for added, (names, part) in ADDED.items():
            if added > number:
                for name in names:
                    connection.exec_driver_sql(f"DROP TABLE {schema_of}{name}")
                if part is not None:
                    connection.exec_driver_sql(f"DELETE FROM {schema_of}version WHERE part = '{part}'")
        for added, column in COLUMNS.items():
            if added > number:
                connection.exec_driver_sql(f"ALTER TABLE {schema_of}entered_score DROP COLUMN {column}")
        connection.exec_driver_sql(f"UPDATE {schema_of}about SET value = '{number}' WHERE key = 'format'")
        if isinstance(place, Path):
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    made.dispose()


@pytest.fixture(params=range(1, FORMAT))
def old(request: pytest.FixtureRequest, entries_place: Path | str) -> Path | str:
    with closing(Entries(entries_place)) as entries:
        entries.create()
    make_old(entries_place, request.param)
    return entries_place


def test_everything_stands_and_what_was_added_is_there(old: Path | str) -> None:
    with closing(Entries(old)) as entries:
        assert entries.exists()
        identity, versions = entries.identity, entries.versions()
        with (
            pytest.raises(Exception, match=r"no such table: definition|vuotbac\.definition"),
            entries.read() as reading,
        ):
            reading.table("definition")
        for _ in range(2):  # a second time nothing is left to do
            entries.upgrade()
        now = entries.versions()
        assert (entries.identity, now | versions) == (identity, now)
        assert set(now) == set(PARTS)
        with entries.read() as reading:
            assert reading.table("entered_score").rows() == [(*FIGURE.values(), 80.25, 40, None, None)]
            assert reading.table("reading_plan").is_empty()
            for name, stated in schema.ENTERED.items():
                assert stated.is_valid(reading.table(name)), name
        for part in PARTS:  # each has a version to be replaced by what is written
            with entries.write(part, Person("Lan")):
                pass
        assert all(version != now[part] for part, version in entries.versions().items())


@pytest.mark.parametrize("number", range(1, FORMAT))
def test_a_store_with_older_entries_opens_and_reads_them(store_path: Path, tmp_path: Path, number: int) -> None:
    path = copied(store_path, tmp_path / "old.duckdb")
    place = path.with_suffix(".entries.sqlite")
    make_old(place, number)
    with Store.open(path) as store:
        row = (
            load(store).score.filter(index="par", year=2020, unit="63-36", component="overall").row(0, named=True)
        )
        assert (row["score"], row["scale"], row["published_rank"]) == (80.25, "points", 40)
    with sa.create_engine(f"sqlite:///{place}").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == FORMAT
