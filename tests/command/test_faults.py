"""A store that can't be used is one sentence in the reader's language, and whoever follows it loses nothing."""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from data.frames import Frames
from data.intake import enter, understand
from data.store import Store
from data.store.backup import backup
from tests.command.conftest import Run
from tests.stores import copied

TABLE = "Tỉnh;Điểm\nNam Định;80,25\n".encode()


@pytest.fixture(scope="module")
def filled(store_path: Path, tmp_path_factory: pytest.TempPathFactory, frames: Frames) -> Path:
    """A folder with a store with one batch, a backup of it, and the table that was entered."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "kept").mkdir()
    path = copied(store_path, folder / "kept" / "own.duckdb")
    with Store.open(path) as store:
        enter(store, understand("par.csv", TABLE, frames, "par", 2020))
        backup(store, folder / "saved.zip")
    (folder / "par.csv").write_bytes(TABLE)
    return folder


@pytest.fixture
def own(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """The same store for one test to spoil."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "kept" / "own.duckdb"
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    return path


def _truncated(path: Path) -> None:
    os.truncate(path, 8192)


def _emptied(path: Path) -> None:
    os.truncate(path, 0)


def _scribbled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(30_000))


def _overwritten(path: Path) -> None:
    path.write_bytes(b"somebody's text" * 1000)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _deleted(path: Path) -> None:
    path.unlink()


def _duckdb(path: Path) -> None:
    path.unlink()
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE customer AS SELECT 1 AS id")


def _sqlite(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE customer (id)")
    other.close()


FAULTS: list[Callable[[Path], None]] = [
    _truncated,
    _emptied,
    _scribbled,
    _overwritten,
    _folder,
    _pipe,
    _deleted,
    _duckdb,
    _sqlite,
]


def one_sentence(answer: tuple[int, str, str]) -> str:
    status, out, err = answer
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    return err


def follow(said: str, saved: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Do what a sentence says, to the letter, as somebody would who knows nothing else."""
    aside = saved.parent / "another folder"
    moved = re.search(r"[Mm]ove (\S+?),? (?:and the files .*?, )?to another folder", said)
    if cannot := re.match(r"(\S+) cannot be read .*Move it, and the files of its name", said):
        moved = cannot
    if moved:
        aside.mkdir(exist_ok=True)
        for ending in ("", "-wal", "-shm") if "-wal" in said else ("",):
            if os.path.lexists(moved[1] + ending):
                shutil.move(moved[1] + ending, aside)
    if found := re.search(r"Set (\w+) to a file, such as (\S+)\.", said):
        monkeypatch.setenv(found[1], found[2])
    if found := re.search(r"Set (\w+) to another file", said):
        monkeypatch.setenv(found[1], str(aside.with_name("new file")))
    if "vuotbac restore BACKUP" in said:
        assert run("restore", str(saved))[0] == 0


@pytest.mark.parametrize("part", ["own.duckdb", "own.entries.sqlite"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_who_follows_the_remedy_loses_nothing(
    fault: Callable[[Path], None],
    part: str,
    own: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault(own.with_name(part))
    told = list[str]()
    for _ in range(4):
        answer = run("batches", "--json", "--lang", "en")
        if answer[0] == 0:
            break
        vietnamese = one_sentence(run("batches", "--json", "--lang", "vi"))
        said = one_sentence(answer)
        assert told or (part in said and part in vietnamese)
        assert said != vietnamese
        told.append(said)
        follow(said, tmp_path / "saved.zip", monkeypatch, run)
    assert answer[0] == 0, told
    assert [row["file"] for row in json.loads(answer[1])["rows"]] == ["par.csv"], told


@contextmanager
def full(most: int) -> Iterator[None]:
    """No file may grow beyond `most` bytes, as on a disk or in a quota that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing may be made in `folder`, whoever we are: the superuser gives up its right to overlook modes."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    before, without = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, before) == 0
    ctypes.memmove(without, before, ctypes.sizeof(before))
    without[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, of those in effect
    folder.chmod(0o555)
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0
        folder.chmod(0o755)


COMMANDS = {
    "batches": ("batches",),
    "import": ("import", "TABLE", "-i", "par", "-y", "2019"),
    "undo": ("undo", "1"),
    "build": ("build",),
    "backup": ("backup", "HERE"),
    "restore": ("restore", "SAVED"),
}


def arguments(command: str, own: Path, lang: str) -> list[str]:
    above = own.parents[1]
    files = {"TABLE": above / "par.csv", "SAVED": above / "saved.zip", "HERE": own.parent / "b.zip"}
    return [str(files.get(item, item)) for item in COMMANDS[command]] + ["--lang", lang]


def everything(path: Path) -> dict[str, bytes]:
    """What the store's two files hold, and any other that should not be there."""
    passing = (".lock", ".writer", "-wal", "-shm")
    return {item.name: item.read_bytes() for item in path.parent.iterdir() if not item.name.endswith(passing)}


@pytest.mark.parametrize(("command", "lang"), [*zip(COMMANDS, ("vi", "en") * 3, strict=True)])
def test_a_read_only_folder_is_one_sentence(command: str, lang: str, own: Path, run: Run) -> None:
    before = everything(own)
    with read_only(own.parent):
        said = one_sentence(run(*arguments(command, own, lang)))
    assert {"vi": "chỉ đọc", "en": "read-only"}[lang] in said
    assert everything(own) == before


def test_who_copies_a_read_only_folder_has_everything(
    own: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with read_only(own.parent):
        said = one_sentence(run("import", str(tmp_path / "par.csv"), "-i", "par", "-y", "2019", "--lang", "en"))
        assert "copy the whole folder" in said
        copy = Path(shutil.copytree(own.parent, tmp_path / "copy"))
        copy.chmod(0o755)
        setting = re.search(r"set (\w+) to the file in that copy", said)
        assert setting is not None
        monkeypatch.setenv(setting[1], str(copy / re.match(r"(\S+) ", said)[1].split("/")[-1]))  # type: ignore[index]
        assert run("import", str(tmp_path / "par.csv"), "-i", "par", "-y", "2019")[0] == 0
        assert len(json.loads(run("batches", "--json")[1])["rows"]) == 2


@pytest.mark.parametrize(
    ("command", "lang"), [("import", "vi"), ("undo", "en"), ("build", "vi"), ("backup", "en")]
)
def test_a_full_disk_is_one_sentence(command: str, lang: str, own: Path, run: Run) -> None:
    before = everything(own)
    reading = sqlite3.connect(own.with_name("own.entries.sqlite"))
    if command in (
        "build",
        "backup",
    ):  # what SQLite needs beside its file is there, what is to be written has no room
        reading.execute("SELECT count(*) FROM batch").fetchall()
    with full(300):
        answer = run(*arguments(command, own, lang))
    reading.close()
    said = one_sentence(answer)
    if command in ("build", "backup"):  # SQLite does not tell a limit of size from a broken disk
        assert {"vi": "đã đầy", "en": "is full"}[lang] in said
    assert everything(own) == before


def test_output_that_cannot_be_written_is_one_sentence(
    own: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.command._stop_output", lambda: None)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sys.stdout.write", refuse)
    assert "No space left" in one_sentence(run("batches", "--csv"))


@pytest.mark.parametrize("name", [b"x" * 300, b"\xff\xfe.duckdb"], ids=["long", "no letters"])
@pytest.mark.parametrize("setting", ["VUOTBAC_STORE", "VUOTBAC_ENTRIES"])
def test_paths_that_cannot_be_are_one_sentence(
    name: bytes, setting: str, own: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(own)
    monkeypatch.setenv(setting, os.fsdecode(os.fsencode(own.parent) + b"/" + name))
    for lang in ("vi", "en"):
        assert setting in one_sentence(run("batches", "--lang", lang))
    assert everything(own) == before


@pytest.mark.parametrize("name", [b"x" * 300 + b".csv", b"\xff\xfe.csv"], ids=["long", "no letters"])
def test_a_table_by_any_name_goes_in_or_is_one_sentence(name: bytes, own: Path, run: Run, tmp_path: Path) -> None:
    file = os.fsdecode(os.fsencode(tmp_path) + b"/" + name)
    asked = ("import", file, "-i", "par", "-y", "2019")
    one_sentence(run(*asked))
    if len(name) < 255:
        Path(file).write_bytes(TABLE)
        assert run(*asked)[0] == 0
        assert run("batches")[0] == 0


def test_one_file_for_both_parts_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in ("VUOTBAC_STORE", "VUOTBAC_ENTRIES"):
        monkeypatch.setenv(setting, str(tmp_path / "same"))
    assert "VUOTBAC_ENTRIES" in one_sentence(run("batches"))
    assert not list(tmp_path.iterdir())
