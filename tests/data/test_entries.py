"""What people enter, on SQLite and on PostgreSQL alike: whole, in order, in somebody's name, never lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from data import schema
from data.store import Forbidden, Person, Store
from data.store.entries import PARTS, TABLES, Entries, Writing, place_of
from data.text import Problem

LAN = Person("Lan")

# Writes notes in pairs until it is killed; prints each pair once it is told that it stands.
WRITER = """
import sys
import polars as pl
from data.store import Person
from data.store.entries import Entries

place = sys.argv[1]
entries = Entries(place if "://" in place else __import__("pathlib").Path(place))
print("ready", flush=True)
while True:
    with entries.write("notes", Person("Lan")) as writing:
        for side in (1, 2):
            number = writing.next("note")
            row = {"note": number, "written_at": writing.at, "author": "Lan", "unit": "63-36", "index": "pci",
                   "year": 2019, "component": "overall", "cause": str(side), "remedy": "", "responsible": "",
                   "deadline": ""}
            writing.append("note", pl.DataFrame([row]))
        writing.record("note", str(number), None, None)
    print(number, flush=True)
"""


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
        (Person("p", "planner", frozenset({"63-36"})), ("notes",)),
        (Person("k"), ("scores", "notes")),
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
        assert first.query("SELECT count(*) FROM score").item() == 19210
        with first.write("scores", LAN) as writing:
            writing.record("import", "x", None, None)
        version = first.version
    with Store.open(path, entries.place) as second:
        assert second.version == version


@pytest.mark.timeout(280)
def test_killed_at_any_moment_an_entry_is_there_whole_or_not_at_all(entries: Entries) -> None:
    """kill -9 while pairs are written: what was told stands, in pairs, and the next writer goes on."""
    times = int(os.environ.get("VUOTBAC_KILLS", "5"))
    pause = random.Random(2026)
    told = 0
    for _ in range(times):
        command = [sys.executable, "-c", WRITER, str(entries.place)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline().strip() == "ready"
            first = writer.stdout.readline()
            time.sleep(pause.random() / 20)
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read().split()
        told = max(told, *(int(number) for number in [first, *rest] if number.strip()))
        with entries.read() as reading:
            rows = reading.table("note")
            entered = reading.table("history").height
        assert rows["note"].to_list() == list(range(1, rows.height + 1))
        assert rows["cause"].to_list() == ["1", "2"] * (rows.height // 2)
        assert entered == rows.height // 2
        assert rows.height >= told
    assert told > 0


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


@pytest.mark.parametrize("chosen", ["mysql://lan@db/tinh", "http://x", "://"])
def test_another_kind_of_server_is_refused(monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    monkeypatch.setenv("VUOTBAC_ENTRIES", chosen)
    with pytest.raises(Problem, match="postgresql://"):
        place_of(Path("own.duckdb"))
