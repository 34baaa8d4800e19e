"""A store of format 1, which kept entries beside the figures, moves over once and loses nothing."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import polars.selectors as cs
import pytest

from data import compiled
from data.frames import load
from data.notes import notes
from data.store import Store, figures
from data.store.entries import Entries
from data.store.moving import BEFORE
from data.text import Problem

AT = datetime.fromisoformat("2026-03-01T08:30")
CELL = {"index": "par", "year": 2020}
BATCH = CELL | {"entered_at": AT, "file": "par.csv", "rows": 1, "status": "provincial", "source": "Sở Nội vụ"}
SCORE = CELL | {"unit": "63-36", "component": "overall", "published_rank": 40}
NOTE = {"written_at": AT, "unit": "63-36", "index": "pci", "year": 2019, "component": "overall"}
TEXTS = {"cause": "Thủ tục chậm", "remedy": "", "responsible": "Sở KH&ĐT", "deadline": "31/12"}
ENTERED = {
    "batch": pl.DataFrame([{"batch": 1} | BATCH | {"undone_at": AT}, {"batch": 2} | BATCH | {"undone_at": None}]),
    "entered_score": pl.DataFrame([{"batch": 1, "score": 79.0} | SCORE, {"batch": 2, "score": 80.25} | SCORE]),
    "note": pl.DataFrame([{"note": 1} | NOTE | TEXTS]),
}


@pytest.fixture(scope="module")
def old_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as the program wrote it before figures and entries were parted."""
    path = tmp_path_factory.mktemp("old") / "old.duckdb"
    connection = duckdb.connect(path)
    tables = (
        compiled.tables()
        | ENTERED
        | {"state": pl.DataFrame({"fingerprint": ["0123456789abcdef"], "changes": [7]})}
    )
    for name, frame in tables.items():
        connection.register("incoming", frame.with_columns(cs.enum().cast(pl.String)))
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')
        connection.unregister("incoming")
    connection.close()
    return path


@pytest.fixture
def path(old_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(old_store, tmp_path / "old.duckdb"))


def test_everything_entered_stands_in_the_new_place(path: Path) -> None:
    with Store.open(path) as opened:
        for name, before in ENTERED.items():
            now = opened.entered(name).select(before.columns)
            assert now.cast(dict(before.schema)).equals(before), name
        assert opened.entered("batch")["author"].unique().to_list() == [BEFORE.name]
        assert opened.entered("batch")["undone_by"].to_list() == [BEFORE.name, None]
        assert opened.entered("history")["act"].to_list() == ["move", "move"]
        frames = load(opened)
        row = frames.score.filter(index="par", year=2020, unit="63-36", component="overall")
        assert row["score"].item() == 80.25
        assert notes(opened.entered("note"), frames.index("pci"), "63-36", 2019)["overall"].cause == "Thủ tục chậm"
    found = figures.state(path)
    assert found is not None
    assert found.format == figures.FORMAT


def test_a_move_that_was_cut_off_is_done_again_without_doubling(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(figures, "build", cut_off)
        with pytest.raises(KeyboardInterrupt):
            Store.open(path)
    assert path.read_bytes() == before  # the old file goes only when all of it stands elsewhere
    with Store.open(path) as opened:
        assert opened.entered("batch").height == 2
        assert opened.entered("entered_score").height == 2
        assert opened.entered("note").height == 1


def test_an_old_file_copied_back_over_the_new_one_doubles_nothing(path: Path, old_store: Path) -> None:
    Store.open(path).close()
    shutil.copyfile(old_store, path)
    with Store.open(path) as opened:
        assert opened.entered("batch").height == 2


def test_an_old_file_that_says_otherwise_is_refused(path: Path, old_store: Path) -> None:
    Store.open(path).close()
    shutil.copyfile(old_store, path)
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE note SET cause = 'khác'")
    before = path.read_bytes()
    with pytest.raises(Problem, match=r"old\.duckdb"):
        Store.open(path)
    assert path.read_bytes() == before
    with Entries(path.with_name("old.entries.sqlite")).read() as reading:
        assert reading.table("note")["cause"].to_list() == ["Thủ tục chậm"]


def test_a_store_from_before_notes_were_kept_moves_too(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("DROP TABLE note")
    with Store.open(path) as opened:
        assert opened.entered("batch").height == 2
        assert opened.entered("note").is_empty()
