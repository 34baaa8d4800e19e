"""Backup and restore: while in use, on either engine, nothing lost on the way and nothing by a bad file."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.frames import load
from data.intake import enter, understand, undo
from data.notes import Words, note
from data.plan import PlanKey
from data.plan import enter as enter_plan
from data.store import Store
from data.store import backup as backups
from data.store.backup import backup, restore
from data.store.entries import Entries
from data.store.tables import TABLES
from data.text import Problem


@pytest.fixture
def filled(entries: Entries, store_path: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with a batch, one that was undone, notes and a plan."""
    shutil.copyfile(store_path, tmp_path / "own.duckdb")
    store = Store.open(tmp_path / "own.duckdb", entries.place)
    frames = load(store)
    for year in (2019, 2020):
        table = "Tỉnh;Điểm;Hạng\nNam Định;80,25;40\nHà Nội;91,43;3\n"
        enter(store, understand("par.csv", table.encode(), frames, "par", year))
    undo(store, 1)
    note(store, frames, "63-36", "pci", 2019, "overall", Words(cause="Một\nhai 🙂", deadline="31/12"))
    head = {"towards": 2020, "score": 66.0, "register_by": date(2020, 8, 1)}
    asked = [{"item": f"criterion:{number}", "component": "overall"} for number in range(150)]
    asked += [
        {"item": "overall", "component": "overall", "target": 66.25}
    ]  # after rows without: a type that is late
    key = PlanKey("63-36", "pci", 2019)
    enter_plan(store, key, "start", {"plan": [head], "target": asked}, fresh=True)
    yield store
    store.close()


def everything(store: Store) -> dict[str, list[dict[str, object]]]:
    return {name: store.entered(name).to_dicts() for name in TABLES if name != "history"}


def test_what_was_backed_up_comes_back(filled: Store, tmp_path: Path) -> None:
    before, version = everything(filled), filled.version
    summary = backup(filled, tmp_path / "saved.zip")
    some = {"batch": 2, "entered_score": 4, "reading_plan": 2, "note": 1, "plan": 1, "target": 151, "history": 5}
    assert summary.rows == dict.fromkeys(TABLES, 0) | some
    undo(filled, 2)
    note(filled, load(filled), "63-36", "pci", 2019, "overall", Words(cause="khác"))
    assert restore(filled.path, tmp_path / "saved.zip", filled.entries.place).rows == summary.rows
    assert everything(filled) == before
    assert filled.version != version
    assert filled.entered("history")["act"].to_list()[-1] == "restore"


def test_what_was_there_before_a_restore_is_kept(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "saved.zip")
    note(filled, load(filled), "63-36", "pci", 2019, "overall", Words(cause="sau"))
    later = everything(filled)
    restore(filled.path, tmp_path / "saved.zip", filled.entries.place)
    assert everything(filled) != later
    (kept,) = tmp_path.glob("*.before-restore-*")
    restore(filled.path, kept, filled.entries.place)
    assert everything(filled) == later
    assert len(list(tmp_path.glob("*.before-restore-*"))) == 2


def test_nothing_written_while_a_restore_runs_is_lost(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves a note between the copy of what there is and its replacement: it stands in one of the two."""
    backup(filled, tmp_path / "saved.zip")
    frames, begun = load(filled), threading.Event()

    def late() -> None:
        begun.wait()
        note(filled, frames, "63-36", "pci", 2018, "overall", Words(cause="đang khôi phục"))

    other = threading.Thread(target=late)
    saved = backups._saved

    def slowly(*args: Any) -> Any:
        summary = saved(*args)
        begun.set()
        time.sleep(0.3)  # long enough for a note that nothing keeps waiting
        return summary

    monkeypatch.setattr(backups, "_saved", slowly)
    other.start()
    restore(filled.path, tmp_path / "saved.zip", filled.entries.place)
    other.join()
    (kept,) = tmp_path.glob("*.before-restore-*")
    found = backups._read(kept)[0]["note"]["cause"].to_list() + filled.entered("note")["cause"].to_list()
    assert "đang khôi phục" in found


def test_after_a_restore_people_go_on_writing(filled: Store, entries_place: Path | str, tmp_path: Path) -> None:
    """Also in a new database, whose own counters know nothing of the numbers that came with the backup."""
    backup(filled, tmp_path / "saved.zip")
    filled.close()
    with filled.entries._connected(writes=True) as connection, connection.begin():
        for table in reversed(TABLES.values()):
            table.drop(connection)
        for table in TABLES.values():
            table.create(connection)
    restore(filled.path, tmp_path / "saved.zip", entries_place)
    note(filled, load(filled), "63-36", "pci", 2018, "overall", Words(cause="sau"))
    assert filled.entered("history")["entry"].to_list() == [1, 2, 3, 4, 5, 6, 7]


def test_a_backup_knows_nothing_of_the_engine_that_kept_the_entries(filled: Store, tmp_path: Path) -> None:
    """Text alone, so that any version of DuckDB, SQLite or PostgreSQL can take it in."""
    backup(filled, tmp_path / "saved.zip")
    with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
        assert set(archive.namelist()) == {"about.json", *(f"{name}.jsonl" for name in TABLES)}
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            rows = [json.loads(text)] if name == "about.json" else [json.loads(line) for line in text.splitlines()]
            assert all(isinstance(row, dict) for row in rows)
            assert not any(engine in text.lower() for engine in ("duck", "sqlite", "postgres"))


def test_a_backup_keeps_link_and_mode_and_sweeps_what_a_killed_one_left(filled: Store, tmp_path: Path) -> None:
    real, link = tmp_path / "real.zip", tmp_path / "link.zip"
    real.touch(0o640)
    link.symlink_to(real)
    left, other = tmp_path / "real.zip.0a1b2c3d.new", tmp_path / "real.zip.1a1b2c3d.new"
    left.touch()
    os.utime(left, (0, 0))
    other.touch()  # somebody's who is writing at this moment
    backup(filled, link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert (left.exists(), other.exists()) == (False, True)


def test_a_backup_moves_to_another_machine(filled: Store, tmp_path: Path) -> None:
    backup(filled, tmp_path / "saved.zip")
    other = tmp_path / "other" / "fresh.duckdb"
    restore(other, tmp_path / "saved.zip")
    with Store.open(other) as opened:
        assert everything(opened) == everything(filled)
        assert (
            load(opened).score.filter(index="par", year=2020, unit="63-36", component="overall")["score"].item()
            == 80.25
        )


def test_a_backup_moves_to_another_engine(filled: Store, tmp_path: Path, own_database: Callable[[], str]) -> None:
    backup(filled, tmp_path / "saved.zip")
    place: Path | str = tmp_path / "other.sqlite" if filled.entries.file is None else own_database()
    other = tmp_path / "other.duckdb"
    restore(other, tmp_path / "saved.zip", place)
    with Store.open(other, place) as opened:
        assert everything(opened) == everything(filled)
        # What is entered afterwards is numbered on from there.
        note(opened, load(opened), "63-36", "pci", 2019, "overall", Words(cause="sau"))
        numbers = opened.entered("history")["entry"].to_list()
        assert numbers == sorted(set(numbers))
        assert opened.entered("history")["act"].to_list()[-2:] == ["restore", "note"]


def test_a_backup_of_a_busy_store_is_one_moment(filled: Store, tmp_path: Path) -> None:
    stop, frames = threading.Event(), load(filled)

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            note(filled, frames, "63-36", "pci", 2019, "overall", Words(cause=str(number)))

    busy = threading.Thread(target=write)
    busy.start()
    try:
        for number in range(5):
            rows = backup(filled, tmp_path / f"{number}.zip").rows
            assert rows["history"] == rows["note"] + 4
    finally:
        stop.set()
        busy.join()


def spoiled(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _restated(parts: dict[str, bytes], name: str, content: bytes) -> None:
    """Other rows, with a sum that agrees."""
    about = json.loads(parts["about.json"])
    about["tables"][name]["sha256"] = hashlib.sha256(content).hexdigest()
    parts |= {f"{name}.jsonl": content, "about.json": json.dumps(about).encode()}


def _newer(parts: dict[str, bytes]) -> None:
    parts["about.json"] = json.dumps(json.loads(parts["about.json"]) | {"format": 99}).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.update({"note.jsonl": parts["note.jsonl"].replace(b"hai", b"ba ")}),
        lambda parts: parts.pop("batch.jsonl"),
        lambda parts: parts.pop("about.json"),
        lambda parts: parts.update({"about.json": b"[]"}),
        lambda parts: parts.update(
            {"about.json": parts["about.json"].replace(b'"tables": {', b'"tables": 1, "x": {')}
        ),
        lambda parts: parts.update({"about.json": b"[" * 100_000}),
        lambda parts: _restated(parts, "note", parts["note.jsonl"] * 2),
        lambda parts: _restated(parts, "note", b"[1]\n"),
        _newer,
    ],
    ids=["changed", "short", "no summary", "odd summary", "odd sums", "deep", "doubled", "odd rows", "newer"],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    filled: Store, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    saved = tmp_path / "saved.zip"
    backup(filled, saved)
    spoiled(saved, change)
    before, version = everything(filled), filled.version
    with pytest.raises(Problem, match=r"saved\.zip"):
        restore(filled.path, saved, filled.entries.place)
    assert everything(filled) == before
    assert filled.version == version


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + b"\0" * 50])
def test_a_file_of_another_kind_is_no_backup(filled: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "saved.zip").write_bytes(content)
    with pytest.raises(Problem, match=r"saved\.zip"):
        restore(filled.path, tmp_path / "saved.zip", filled.entries.place)


def test_no_fault_of_a_backup_surprises(filled: Store, tmp_path: Path) -> None:
    saved = tmp_path / "saved.zip"
    backup(filled, saved)
    whole, chance = saved.read_bytes(), random.Random(13)
    for _ in range(200):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] = chance.randrange(256)
        saved.write_bytes(spoilt)
        with suppress(Problem):
            backups._read(saved)


def test_a_backup_is_nobody_elses_to_read_and_replaces_no_other_file(filled: Store, tmp_path: Path) -> None:
    saved = tmp_path / "saved.zip"
    backup(filled, saved)
    assert saved.stat().st_mode & 0o777 == 0o600
    assert backup(filled, saved).rows["batch"] == 2
    with Store.open(tmp_path / "another.duckdb", tmp_path / "another.entries.sqlite"):
        pass
    book, old = tmp_path / "book.xlsx", tmp_path / "old.zip"
    book.write_bytes(b"somebody's table")
    with zipfile.ZipFile(old, "w") as archive:
        archive.writestr("letter.txt", "somebody's")
    for target in (book, old, tmp_path / "another.duckdb", tmp_path / "another.entries.sqlite"):
        before = target.read_bytes()
        with pytest.raises(Problem, match=target.name):
            backup(filled, target)
        assert target.read_bytes() == before


def test_the_store_itself_is_never_written_over(filled: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    targets = [
        filled.path,
        tmp_path,
        tmp_path / "none" / "saved.zip",
        pipe,
        Path("/dev/null"),
        tmp_path / ("x" * 300),
    ]
    if filled.entries.file is not None:
        targets += [filled.entries.file, Path(f"{filled.entries.file}-wal")]
    for target in targets:
        with pytest.raises(Problem) as caught:
            backup(filled, target)
        assert "VUOTBAC_STORE" not in str(caught.value)  # an empty store would be backed up
    assert pipe.is_fifo()
    assert Path("/dev/null").is_char_device()
    assert everything(filled)
    assert not list(tmp_path.glob("*.new"))
