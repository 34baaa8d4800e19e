"""Notes of a province: kept over a rebuild, the newest stands, nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.frames import load
from data.notes import LONGEST, Words, note, notes, versions
from data.store import Store, build
from data.text import Problem

FIRST = Words("Chi phí **cao**", "Cắt giảm thủ tục", "Sở Tài chính", "quý III/2026")
SECOND = Words("Nguyên nhân khác", "", "Sở Nội vụ", "")


@pytest.fixture
def copy(store_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(store_path, tmp_path / "store.duckdb"))


def write(path: Path, component: str, words: Words, unit: str = "63-36", year: int = 2019) -> None:
    with Store(path) as store:
        note(path, load(store), unit, "pci", year, component, words)


def read(path: Path, year: int = 2019) -> dict[str, Words]:
    with Store(path) as store:
        return notes(load(store), "63-36", "pci", year)


def test_the_newest_note_stands_and_the_older_stay_on_record(copy: Path) -> None:
    write(copy, "transparency", FIRST)
    write(copy, "entry_costs", SECOND)
    write(copy, "transparency", SECOND)
    # In the order of the definition, whatever the order of writing.
    assert list(read(copy).items()) == [("entry_costs", SECOND), ("transparency", SECOND)]
    assert read(copy, 2018) == {}
    with Store(copy) as store:
        assert store.table("note")["cause"].sort().to_list() == sorted([FIRST.cause, SECOND.cause, SECOND.cause])


def test_every_version_is_kept_newest_first(copy: Path) -> None:
    for words in (FIRST, SECOND, Words()):
        write(copy, "transparency", words)
    with Store(copy) as store:
        found = versions(load(store), "63-36", "pci", 2019, "transparency")
        assert versions(load(store), "63-36", "pci", 2019, "entry_costs") == []
    assert [item.words for item in found] == [Words(), SECOND, FIRST]
    assert sorted((item.number for item in found), reverse=True) == [item.number for item in found]
    assert found[0].written_at >= found[-1].written_at


def test_empty_words_take_a_note_back(copy: Path) -> None:
    write(copy, "transparency", FIRST)
    write(copy, "transparency", Words("  "))
    assert read(copy) == {}


def test_notes_survive_a_rebuild(copy: Path) -> None:
    write(copy, "transparency", FIRST)
    build(copy)
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
    before = copy.read_bytes()
    with pytest.raises(Problem):
        write(copy, component, words, unit, year)
    assert copy.read_bytes() == before
