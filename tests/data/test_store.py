from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import polars as pl
import pytest

from data import compiled, schema, store
from data.fingerprint import MODULES, fingerprint
from data.frames import load
from data.intake import enter, understand, undo
from data.store import Store, build
from data.text import Problem

TABLE = "Tỉnh;Điểm;Hạng\nNam Định;80,25;40\nHà Nội;91,43;3\n"


@pytest.fixture
def path(store_path: Path, tmp_path: Path) -> Path:
    """A store of its own for a test that writes."""
    return Path(shutil.copyfile(store_path, tmp_path / "own.duckdb"))


def import_table(path: Path, text: str = TABLE, year: int = 2020) -> int:
    with Store.open(path) as opened:
        intake = understand("par.csv", text.encode(), load(opened), "par", year)
    return enter(path, intake)


def test_a_store_is_built_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "vuotbac.duckdb"
    with Store.open(path) as opened:
        assert opened.query("SELECT count(*) FROM score").item() == 19210
        assert set(schema.COMPILED) | set(schema.ENTERED) <= set(
            opened.query("SELECT table_name FROM information_schema.tables")["table_name"]
        )
    assert [item.name for item in path.parent.iterdir() if item.suffix not in (".duckdb", ".lock")] == []


def test_the_environment_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(tmp_path / "here.duckdb"))
    assert store.default_path() == tmp_path / "here.duckdb"
    monkeypatch.delenv("VUOTBAC_STORE")
    assert store.default_path().name == "vuotbac.duckdb"


def test_the_file_can_be_read_by_the_older_duckdb(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
        tags = connection.sql("SELECT tags FROM duckdb_databases() WHERE database_name = 'store'").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.5.0")


def test_an_open_store_is_not_built_again(path: Path) -> None:
    with Store.open(path) as first:
        version = first.version
    before = path.stat().st_mtime_ns
    with Store.open(path) as second:
        assert second.version == version
    assert path.stat().st_mtime_ns == before


def test_changed_figures_mean_a_new_store_and_entries_survive(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_table(path)
    with Store.open(path) as old:
        version, entered = old.version, old.table("entered_score")
    monkeypatch.setattr(store, "fingerprint", lambda: "changed")
    with Store.open(path) as new:
        assert new.version != version
        assert new.version.startswith("changed-")
        assert new.table("entered_score").equals(entered)
        assert new.table("batch")["file"].to_list() == ["par.csv"]
        row = new.query(
            "SELECT score FROM score WHERE index='par' AND year=2020 AND unit='63-36' AND component='overall'"
        )
        assert row.item() == 80.25


def test_the_fingerprint_follows_every_file_a_store_is_built_from(tmp_path: Path) -> None:
    for part in ("figures", "geography", "context", "definitions"):
        shutil.copytree(compiled.FOLDER / part, tmp_path / part)
    seen = {fingerprint(tmp_path)}
    for name in ("figures/pci/score.csv", "geography/alias.csv", "context/agency.csv", "definitions/par.toml"):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        seen.add(fingerprint(tmp_path))
    assert len(seen) == 5


def test_the_fingerprint_follows_every_module_that_tables_come_from() -> None:
    found, wanted = set[str](), {"compiled", "store"}
    while wanted - found:
        name = (wanted - found).pop()
        found.add(name)
        for node in ast.walk(ast.parse((compiled.FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "data":
                wanted |= {item.name for item in node.names}
            elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("data."):
                wanted.add(str(node.module).removeprefix("data."))
    assert {"definition", "status"} <= found
    assert found == set(MODULES)


def test_a_build_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = path.read_bytes()

    def broken(*_: object) -> dict[str, pl.DataFrame]:
        raise Problem("hỏng", "broken")

    monkeypatch.setattr(compiled, "tables", broken)
    with pytest.raises(Problem):
        build(path)
    assert path.read_bytes() == content
    assert {item.name for item in path.parent.iterdir()} <= {path.name, f"{path.name}.lock"}


def test_a_write_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    content = path.read_bytes()

    def change(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("DELETE FROM figure")
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        store.write(path, change)
    assert path.read_bytes() == content
    assert {item.name for item in path.parent.iterdir()} <= {path.name, f"{path.name}.lock"}


def test_a_file_that_is_no_store_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.duckdb"
    path.write_text("somebody's work")
    with pytest.raises(Problem) as caught:
        Store.open(path)
    assert "mine.duckdb" in caught.value.text.vi
    assert path.read_text() == "somebody's work"


def test_many_threads_read_one_store(path: Path) -> None:
    with Store.open(path) as opened:

        def ask(year: int) -> tuple[int, int]:
            sql = "SELECT count(*) FROM score WHERE index = 'pci' AND component = 'overall' AND year = ?"
            return year, opened.query(sql, [year]).item()

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(ask, [*range(2005, 2024)] * 20))
    expected = {2005: 42, 2006: 64, 2007: 64, 2008: 64}
    assert all(count == expected.get(year, 63) for year, count in answers)


def test_readers_stay_whole_beside_a_writer(path: Path) -> None:
    """Readers ask and refresh without pause while batches come and go: always all of a batch or nothing."""
    stop = threading.Event()
    seen: set[int] = set()

    def read() -> None:
        with Store.open(path) as opened:
            while not stop.is_set():
                opened.refresh()
                seen.add(opened.query("SELECT count(*) FROM entered_score").item())

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for year in (2018, 2019, 2020):
                undo(path, import_table(path, year=year))
        finally:
            stop.set()
        for reader in readers:
            reader.result()
    assert seen <= {0, 2, 4, 6}


def test_an_open_reader_sees_a_write_after_refresh(path: Path) -> None:
    with Store.open(path) as opened:
        version = opened.version
        assert not opened.refresh()
        import_table(path)
        assert opened.version == version
        assert opened.refresh()
        assert opened.version != version
        assert opened.query("SELECT count(*) FROM entered_score").item() == 2


def test_another_process_reads_while_this_one_holds_the_store_open(path: Path) -> None:
    script = "from data.store import Store; print(Store.open().query('SELECT count(*) FROM score').item())"
    with Store.open(path):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"VUOTBAC_STORE": str(path)},
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.strip() == "19210"


def test_two_writers_take_turns(path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda year: import_table(path, year=year), [2017, 2018, 2019, 2020]))
    assert sorted(batches) == [1, 2, 3, 4]
    with Store.open(path) as opened:
        assert opened.query("SELECT count(*) FROM entered_score").item() == 8


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Problem, match="VUOTBAC_STORE"):
        Store.open(blocked / "vuotbac.duckdb")
