"""What people enter, on SQLite and on PostgreSQL alike: whole, in order, in somebody's name, never lost."""

from __future__ import annotations

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from data import schema
from data.store import Forbidden, Person, Store
from data.store.connecting import place_of
from data.store.entries import PARTS, Entries, Writing
from data.store.tables import TABLES
from data.store.turns import Turns
from data.text import Problem

LAN = Person("Lan")


def written(writing: Writing, number: int, cause: str = "x") -> pl.DataFrame:
    """A note as a row."""
    row = {
        "note": number,
        "written_at": writing.at,
        "author": "Lan",
        "unit": "63-36",
        "index": "pci",
        "year": 2019,
    }
    texts = {"cause": cause, "remedy": "", "responsible": "", "deadline": ""}
    return pl.DataFrame([row | {"year": 2019, "component": "overall"} | texts])


def test_tables_are_as_the_schema_states_them(entries: Entries) -> None:
    assert set(TABLES) == set(schema.ENTERED)
    with entries.read() as reading:
        for name, stated in schema.ENTERED.items():
            assert stated.is_valid(reading.table(name)), name
            assert [column.name for column in TABLES[name].columns] == stated.column_names()


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        (Person("r", "reader"), ()),
        (Person("p", "planner", frozenset({"63-36"})), ("notes", "plans")),
        (Person("k"), PARTS),
    ],
)
def test_a_role_writes_to_its_parts_alone(entries: Entries, person: Person, allowed: tuple[str, ...]) -> None:
    for part in PARTS:
        before = entries.versions()
        with (
            nullcontext() if part in allowed else pytest.raises(Forbidden),
            entries.write(part, person) as writing,
        ):
            writing.record("note", "x", None, None)
        assert (entries.versions() != before) is (part in allowed)


def test_making_them_again_changes_nothing(entries: Entries) -> None:
    identity = entries.identity
    with entries.write("notes", LAN) as writing:
        writing.append("note", written(writing, 1))
    entries.create()
    assert entries.exists()
    assert entries.identity == identity
    with entries.read() as reading:
        assert reading.table("note").height == 1


def test_any_text_goes_in_and_out_whole(entries: Entries) -> None:
    texts = [
        "Đổi mới — “thủ tục”; 50 % 🙂",
        "a\tb\nc",
        "\u202engược",
        "<b>&amp;",
        "ậ" * 5000,
        "'; DROP TABLE note; --",
    ]
    for number, text in enumerate(texts, start=1):
        with entries.write("notes", LAN) as writing:
            writing.append("note", written(writing, number, text))
    with entries.read() as reading:
        assert reading.table("note")["cause"].to_list() == texts


def test_rows_against_the_rules_are_refused_and_nothing_stands(entries: Entries) -> None:
    def two() -> None:
        with entries.write("notes", LAN) as writing:
            writing.append("note", written(writing, 1))
            writing.append("note", written(writing, 2, "ậ" * 5001))

    with pytest.raises(Exception, match="short_enough"):
        two()
    with entries.read() as reading:
        assert reading.table("note").is_empty()


def test_each_part_has_a_version_of_its_own(entries: Entries) -> None:
    before = entries.versions()
    with entries.write("notes", LAN) as writing:
        writing.record("note", "x", None, None)
    after = entries.versions()
    assert after["scores"] == before["scores"]
    assert after["notes"] != before["notes"]


def test_a_file_that_nobody_touched_is_not_opened_for_its_versions(tmp_path: Path) -> None:
    path = tmp_path / "entries.sqlite"
    opened: list[sa.Connection] = []
    noted, moment = opened.append, time.time() + 60
    entries, other = Entries(path), Entries(path)
    entries.create()
    sa.event.listen(sa.Engine, "engine_connect", noted)
    try:
        for turn in range(20):
            # Written by another program, now and then long after the last write, else within the same moment.
            if turn % 3 == 0:
                os.utime(path, (turn, turn))
                before = entries.versions()
                opened.clear()
                assert entries.versions() == before
                assert not opened
            with other.write("notes", LAN) as writing:
                writing.record("note", "x", None, None)
            # As where clocks are so coarse that all of these writes fall into one moment.
            os.utime(path, (moment, moment))
            with other.read() as reading:
                now = reading.versions
            assert entries.versions() == now
    finally:
        sa.event.remove(sa.Engine, "engine_connect", noted)


def test_entries_behind_a_link_are_seen_when_another_program_writes(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "entries.sqlite", tmp_path / "link.sqlite"
    link.symlink_to(real)
    entries, other = Entries(link), Entries(link)
    entries.create()
    # As long as somebody has it open, what is written stays in the log beside the file.
    with sqlite3.connect(real) as open_elsewhere:
        open_elsewhere.execute("SELECT * FROM about").fetchall()
        with other.write("notes", LAN) as writing:
            writing.record("note", "x", None, None)
        for path in (real, real.with_name(f"{real.name}-wal")):
            os.utime(path, (1, 1))
        before = entries.versions()
        with other.write("notes", LAN) as writing:
            writing.record("note", "y", None, None)
        assert entries.versions() != before
    open_elsewhere.close()


def test_what_a_killed_writer_left_behind_a_link_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.sqlite"
    link.symlink_to(tmp_path / "real" / "entries.sqlite")
    (tmp_path / "real" / "entries.sqlite-wal").write_bytes(b"what was not yet in the file")
    Entries(link).create()
    (left,) = (tmp_path / "real").glob("*.left-wal")
    assert left.read_bytes() == b"what was not yet in the file"


def test_a_reader_sees_one_moment(entries: Entries) -> None:
    with entries.read() as reading:
        assert reading.table("note").is_empty()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_one, entries).result()
        assert reading.table("note").is_empty()
    with entries.read() as reading:
        assert reading.table("note").height == 1


def _one(entries: Entries) -> int:
    with entries.write("notes", LAN) as writing:
        number = writing.next("note")
        writing.append("note", written(writing, number))
    return number


def test_writers_take_turns_and_numbers_follow_each_other(entries: Entries) -> None:
    with ThreadPoolExecutor(16) as pool:
        numbers = list(pool.map(lambda _: _one(entries), range(64)))
    assert sorted(numbers) == list(range(1, 65))


def test_a_store_works_on_either(store_path: Path, entries: Entries, tmp_path: Path) -> None:
    path = tmp_path / "figures.duckdb"
    with Store.open(path, entries.place) as first:
        assert first.query("SELECT count(*) FROM score").item() == 19224
        with first.write("scores", LAN) as writing:
            writing.record("import", "x", None, None)
        version = first.version
    with Store.open(path, entries.place) as second:
        assert second.version == version


def test_who_came_first_writes_first_and_nobody_waits_in_vain() -> None:
    turns, order = Turns(), list[int]()

    def write(number: int) -> None:
        with turns.turn(patience=60):
            order.append(number)

    with turns.turn(patience=60), pytest.raises(TimeoutError), turns.turn(patience=0.05):
        raise AssertionError("two at once")
    with ThreadPoolExecutor(8) as pool, turns.turn(patience=60):
        for number in range(8):
            pool.submit(write, number)
            while len(turns._waiting) <= number:
                time.sleep(0.001)
    assert order == list(range(8))


def test_the_address_is_shown_without_its_password() -> None:
    assert "secret" not in str(Entries("postgresql+psycopg://lan:secret@127.0.0.1:1/none"))


def test_a_server_that_does_not_answer_is_said() -> None:
    away = Entries("postgresql+psycopg://lan:secret@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(Problem) as caught:
        away.exists()
    assert "VUOTBAC_ENTRIES" in caught.value.text.vi
    assert "secret" not in f"{caught.value.text.vi}{caught.value.text.en}"


def test_other_tables_of_the_same_names_are_left_alone(entries: Entries) -> None:
    if entries.file is not None:
        # A file is ours alone; see the store's tests for files of others.
        assert entries.file.read_bytes()[68:72] == b"VBac"
        return
    engine = sa.create_engine(str(entries.place))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE public.batch (customer text)"))
        connection.execute(sa.text("INSERT INTO public.batch VALUES ('kept')"))
    _one(entries)
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT customer FROM public.batch")).scalar_one() == "kept"
    engine.dispose()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("", "own.entries.sqlite"),
        ("there.sqlite", "there.sqlite"),
        ("postgresql://lan@db/tinh", "postgresql+psycopg://lan@db/tinh"),
    ],
)
def test_where_entries_are(monkeypatch: pytest.MonkeyPatch, chosen: str, found: str) -> None:
    monkeypatch.setenv("VUOTBAC_ENTRIES", chosen)
    assert str(place_of(Path("own.duckdb"))) == found


@pytest.mark.parametrize(
    "chosen", ["mysql://lan@db/tinh", "http://x", "://", "postgresql://lan:word@db:port/tinh"]
)
def test_another_kind_of_server_is_refused(monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    monkeypatch.setenv("VUOTBAC_ENTRIES", chosen)
    with pytest.raises(Problem, match="postgresql://"):
        place_of(Path("own.duckdb"))
