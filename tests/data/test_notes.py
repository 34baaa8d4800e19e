"""Notes of a province: kept over a rebuild, the newest stands, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data.frames import load
from data.notes import LONGEST, LONGEST_LINE, Overtaken, Version, Words, note, notes, versions
from data.store import Person, Store
from data.store.entries import Writing
from data.text import Problem
from tests.stores import copied

FIRST = Words("Chi phí **cao**", "Cắt giảm thủ tục", "Sở Tài chính", "quý III/2026")
SECOND = Words("Nguyên nhân khác", "", "Sở Nội vụ", "")


@pytest.fixture
def copy(store_path: Path, tmp_path: Path) -> Path:
    return copied(store_path, tmp_path / "store.duckdb")


def write(
    path: Path,
    component: str,
    words: Words,
    unit: str = "63-36",
    year: int = 2019,
    by: Person | None = None,
    seen: int | None = None,
) -> int:
    with Store.open(path) as store:
        return note(store, load(store), unit, "pci", year, component, words, by=by, seen=seen)


def read(path: Path, year: int = 2019) -> dict[str, Words]:
    with Store.open(path) as store:
        return notes(store.entered("note"), load(store).index("pci"), "63-36", year)


def record(path: Path, component: str) -> list[Version]:
    with Store.open(path) as store:
        return versions(store.entered("note"), "63-36", "pci", 2019, component)


def test_the_newest_note_stands_and_the_older_stay_on_record(copy: Path) -> None:
    write(copy, "transparency", FIRST)
    write(copy, "entry_costs", SECOND)
    write(copy, "transparency", SECOND)
    # In the order of the definition, whatever the order of writing.
    assert list(read(copy).items()) == [("entry_costs", SECOND), ("transparency", SECOND)]
    assert read(copy, 2018) == {}
    with Store.open(copy) as store:
        kept = store.entered("note")["cause"].sort().to_list()
    assert kept == sorted([FIRST.cause, SECOND.cause, SECOND.cause])


def test_a_writer_reads_its_own_component_alone(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for component in ("transparency", "entry_costs", "transparency"):
        write(copy, component, FIRST)
    read_rows: list[int] = []
    table = Writing.table

    def counted(self: Writing, name: str, **where: object) -> pl.DataFrame:
        found = table(self, name, **where)
        read_rows.append(found.height)
        return found

    monkeypatch.setattr(Writing, "table", counted)
    write(copy, "transparency", SECOND)
    write(copy, "land_access", SECOND)
    assert read_rows == [2, 0]


def test_every_version_is_kept_newest_first(copy: Path) -> None:
    for words in (FIRST, SECOND, Words()):
        write(copy, "transparency", words)
    found = record(copy, "transparency")
    assert record(copy, "entry_costs") == []
    assert [item.words for item in found] == [Words(), SECOND, FIRST]
    assert sorted((item.number for item in found), reverse=True) == [item.number for item in found]
    assert found[0].written_at >= found[-1].written_at


def test_empty_words_take_a_note_back(copy: Path) -> None:
    write(copy, "transparency", FIRST)
    write(copy, "transparency", Words("  "))
    assert read(copy) == {}


def test_notes_survive_a_rebuild(copy: Path) -> None:
    write(copy, "transparency", FIRST)
    with Store.open(copy) as store:
        store.build()
    assert read(copy) == {"transparency": FIRST}


@pytest.mark.parametrize(
    ("component", "unit", "year", "words"),
    [
        ("nothing", "63-36", 2019, FIRST),
        ("transparency", "63-99", 2019, FIRST),
        ("transparency", "63-36", 1990, FIRST),
        ("transparency", "63-36", 2019, Words("x" * (LONGEST + 1))),
    ],
)
def test_what_does_not_fit_is_refused_and_writes_nothing(
    copy: Path, component: str, unit: str, year: int, words: Words
) -> None:
    with pytest.raises(Problem):
        write(copy, component, words, unit, year)
    with Store.open(copy) as store:
        assert store.entered("note").is_empty()
        assert store.entered("history").is_empty()


def test_a_note_may_have_all_the_letters_it_was_promised(copy: Path) -> None:
    long = Words("ậ" * LONGEST, "đ" * LONGEST, "Sở" * 150, "ế" * LONGEST_LINE)
    write(copy, "transparency", long)
    assert read(copy) == {"transparency": long}


def test_who_comes_second_is_told_what_the_first_wrote_and_chooses(copy: Path) -> None:
    seen = write(copy, "transparency", FIRST, by=Person("Lan"))
    theirs = write(copy, "transparency", SECOND, by=Person("Hùng"), seen=seen)
    mine = Words("Ý kiến của tôi")
    with pytest.raises(Overtaken, match="Hùng") as caught:
        write(copy, "transparency", mine, by=Person("Lan"), seen=seen)
    assert caught.value.other.words == SECOND
    assert read(copy) == {"transparency": SECOND}
    write(copy, "transparency", mine, by=Person("Lan"), seen=theirs)
    assert read(copy) == {"transparency": mine}
    assert [item.author for item in record(copy, "transparency")] == ["Lan", "Hùng", "Lan"]


def test_the_same_words_twice_are_no_conflict(copy: Path) -> None:
    seen = write(copy, "transparency", FIRST)
    write(copy, "transparency", SECOND, seen=seen)
    write(copy, "transparency", SECOND, seen=seen)


def test_signs_that_no_database_keeps_are_left_out(copy: Path) -> None:
    write(copy, "transparency", Words("a\x00b \ud83d c"))
    assert read(copy)["transparency"].cause == "ab  c"
