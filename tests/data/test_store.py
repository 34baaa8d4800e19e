"""The store as readers and writers meet it: figures built once, entries in milliseconds, nothing mixed."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from data import compiled, schema
from data.fingerprint import MODULES, fingerprint
from data.frames import load
from data.intake import enter, understand, undo
from data.notes import Words, note
from data.store import Forbidden, Person, Store, default_path, figures, files
from data.store.entries import Entries
from data.text import Problem
from tests.stores import copied

TABLE = "Tỉnh;Điểm;Hạng\nNam Định;80,25;40\nHà Nội;91,43;3\n"


@pytest.fixture
def path(store_path: Path, tmp_path: Path) -> Path:
    """A store of its own for a test that writes."""
    return copied(store_path, tmp_path / "own.duckdb")


def import_table(store: Store, text: str = TABLE, year: int = 2020, by: Person | None = None) -> int:
    intake = understand("par.csv", text.encode(), load(store), "par", year)
    return enter(store, intake, by=by)


def total(store: Store, unit: str = "63-36", year: int = 2020) -> float | None:
    rows = load(store).score.filter(index="par", year=year, unit=unit, component="overall")
    return float(rows["score"].item()) if rows.height and rows["score"].item() is not None else None


def test_a_store_is_built_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "vuotbac.duckdb"
    with Store.open(path) as opened:
        assert opened.query("SELECT count(*) FROM score").item() == 19224
        assert set(schema.COMPILED) <= set(opened.query("SELECT table_name FROM duckdb_tables()")["table_name"])
        assert all(opened.entered(name).is_empty() for name in schema.ENTERED)
    left = {item.name for item in path.parent.iterdir()}
    assert left == {"vuotbac.duckdb", "vuotbac.duckdb.lock", "vuotbac.entries.sqlite"}


def test_the_environment_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(tmp_path / "here.duckdb"))
    monkeypatch.setenv("VUOTBAC_ENTRIES", str(tmp_path / "there.sqlite"))
    assert default_path() == tmp_path / "here.duckdb"
    with Store.open() as opened:
        assert opened.entries.file == tmp_path / "there.sqlite"
    assert (tmp_path / "there.sqlite").exists()
    monkeypatch.delenv("VUOTBAC_STORE")
    assert default_path().name == "vuotbac.duckdb"


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
    with Store.open(path) as old:
        import_table(old)
        version, entered = old.version, old.entered("entered_score")
    monkeypatch.setattr("data.store.store.fingerprint", lambda: "changed")
    monkeypatch.setattr("data.store.figures.fingerprint", lambda: "changed")
    with Store.open(path) as new:
        assert new.version != version
        assert figures.state(path).fingerprint == "changed"  # type: ignore[union-attr]
        assert new.entered("entered_score").equals(entered)
        assert new.entered("batch")["file"].to_list() == ["par.csv"]
        assert total(new) == 80.25


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
    found, wanted = set[str](), {"compiled", "store.figures"}
    while wanted - found:
        name = (wanted - found).pop()
        found.add(name)
        path = compiled.FOLDER / name.replace(".", "/")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in ("data", "data.store"):
                place = "store." if node.module == "data.store" else ""
                wanted |= {f"{place}{item.name}" for item in node.names}
            elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("data."):
                wanted.add(str(node.module).removeprefix("data."))
    assert {"definition", "status"} <= found
    assert found == {name.removesuffix(".__init__") for name in MODULES}


def test_a_build_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = path.read_bytes()

    def broken(*_: object) -> dict[str, pl.DataFrame]:
        raise Problem("hỏng", "broken")

    with Store.open(path) as opened:
        monkeypatch.setattr(compiled, "tables", broken)
        with pytest.raises(Problem):
            opened.build()
    assert path.read_bytes() == content
    assert not list(path.parent.glob("*.new"))


def test_an_entry_that_fails_leaves_nothing_of_itself(path: Path) -> None:
    with Store.open(path) as opened:
        version = opened.version
        with pytest.raises(RuntimeError):
            _cut_off(opened)
        assert opened.version == version
        assert opened.entered("history").is_empty()


def _cut_off(store: Store) -> None:
    with store.write("scores") as writing:
        writing.record("import", "half", None, {})
        raise RuntimeError("cut off")


def test_what_somebody_enters_says_who_when_before_and_after(path: Path) -> None:
    with Store.open(path) as opened:
        frames, by = load(opened), Person("Lan")
        note(opened, frames, "63-36", "pci", 2019, "overall", Words(cause="một"), by=by)
        note(opened, frames, "63-36", "pci", 2019, "overall", Words(cause="hai"), by=Person("Hùng"))
        undo(opened, import_table(opened, by=by), by=by)
        rows = opened.entered("history")
    assert rows["author"].to_list() == ["Lan", "Hùng", "Lan", "Lan"]
    assert rows["act"].to_list() == ["note", "note", "import", "undo"]
    assert '"một"' in rows["before"][1]
    assert '"hai"' in rows["after"][1]
    assert rows["at"].is_sorted()


def test_a_note_empties_no_answer_that_depends_on_scores(path: Path) -> None:
    with Store.open(path) as opened:
        before, notes = opened.snapshot(), opened.part("notes")
        note(opened, load(opened), "63-36", "pci", 2019, "overall", Words(cause="một"))
        assert opened.snapshot() is before
        assert opened.part("notes") != notes
        import_table(opened)
        assert opened.snapshot() is not before


def test_a_store_that_was_copied_back_never_has_a_version_seen_before(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as opened:
        seen = {opened.version}
        kept = copied(path, tmp_path / "kept.duckdb")
        for year in (2018, 2019):
            import_table(opened, year=year)
            seen.add(opened.version)
    copied(kept, path)
    with Store.open(path) as opened:
        seen.discard(opened.version)  # the very same data again
        import_table(opened, year=2017)
        assert opened.version not in seen
    assert len(seen) == 2


def test_many_threads_read_one_store(path: Path) -> None:
    with Store.open(path) as opened:

        def ask(year: int) -> tuple[int, int]:
            sql = "SELECT count(*) FROM score WHERE index = 'pci' AND component = 'overall' AND year = ?"
            return year, opened.query(sql, [year]).item()

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(ask, [*range(2005, 2024)] * 20))
    expected = {2005: 42, 2006: 64, 2007: 64, 2008: 64}
    assert all(count == expected.get(year, 63) for year, count in answers)


@pytest.mark.timeout(600)
def test_writers_and_readers_never_meet(path: Path, entries: Entries) -> None:
    """Thirty write and thirty read at once: no error, and nobody ever sees a half of two versions.

    Each writer imports the same two figures as one batch, equal to each other; a reader who saw two batches mixed
    would find them different. `VUOTBAC_STRESS_SECONDS=60` for a long run.
    """
    seconds = float(os.environ.get("VUOTBAC_STRESS_SECONDS", "2"))
    started = threading.Barrier(60)
    with Store.open(path, entries.place) as opened:
        frames = load(opened)
        table = understand("par.csv", "Tỉnh;Điểm\nNam Định;81\nHà Nội;81\n".encode(), frames, "par", 2013)
        until = time.monotonic() + seconds

        def write(number: int) -> int:
            started.wait()
            done = 0
            while time.monotonic() < until:
                rows = table.rows.with_columns(score=pl.lit(60 + number + done % 7 / 10))
                enter(opened, replace(table, rows=rows), by=Person(f"w{number}"))
                note(opened, frames, "63-36", "pci", 2019, "overall", Words(cause=f"{number} {done}"))
                done += 1
            return done

        def read(_: int) -> int:
            started.wait()
            done = 0
            while time.monotonic() < until:
                now = opened.snapshot()
                mine = now.query(
                    "SELECT count(DISTINCT score) AS scores, count(DISTINCT batch) AS batches FROM score "
                    "WHERE index = 'par' AND year = 2013 AND component = 'overall' AND batch IS NOT NULL"
                ).row(0)
                assert mine in ((0, 0), (1, 1))
                sizes = now.query("SELECT count(*), count(DISTINCT batch) FROM entered_score").row(0)
                assert sizes[0] == 2 * sizes[1]
                done += 1
            return done

        with ThreadPoolExecutor(60) as pool:
            writers = [pool.submit(write, number) for number in range(30)]
            readers = [pool.submit(read, number) for number in range(30)]
            written = sum(item.result() for item in writers)
            read_ = sum(item.result() for item in readers)
        sys.stdout.write(f"{opened.entries}: {written} imports and notes, {read_} readings in {seconds:.0f} s\n")
        assert opened.entered("note").height == written > 0
        assert opened.entered("batch")["batch"].to_list() == list(range(1, written + 1))
        assert read_ > 0


def test_who_began_with_a_version_keeps_it(path: Path) -> None:
    with Store.open(path) as opened:
        begun = opened.snapshot()
        before = begun.query("SELECT count(*) FROM score WHERE batch IS NOT NULL").item()
        import_table(opened)
        opened.build()
        assert begun.query("SELECT count(*) FROM score WHERE batch IS NOT NULL").item() == before == 0
        assert opened.query("SELECT count(*) FROM score WHERE batch IS NOT NULL").item() == 2


def test_a_store_is_read_without_what_would_take_longer_to_import(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from data.frames import load; from data.store import Store\n"
        "assert load(Store.open(Path(sys.argv[1]))).entered_score.is_empty()\n"
        "print(*{'pandas', 'pyarrow.dataset'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_another_process_reads_while_this_one_holds_the_store_open(path: Path) -> None:
    script = "from data.store import Store; print(Store.open().query('SELECT count(*) FROM score').item())"
    with Store.open(path) as opened:
        opened.snapshot()
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"VUOTBAC_STORE": str(path)},
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.strip() == "19224"


@pytest.mark.parametrize("content", ["customers", "sqlite", "text", "empty", "folder"])
def test_nothing_that_is_not_ours_is_touched(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.duckdb"
    match content:
        case "customers":
            with duckdb.connect(path) as connection:
                connection.execute("CREATE TABLE customer AS SELECT 1 AS id")
        case "sqlite":
            import sqlite3

            with sqlite3.connect(path) as other:
                other.execute("CREATE TABLE customer (id)")
            other.close()
        case "text":
            path.write_text("somebody's work")
        case "empty":
            path.touch()
        case "folder":
            path.mkdir()
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Problem) as caught:
        Store.open(path)
    assert "mine.duckdb" in caught.value.text.vi
    assert "mine.duckdb" in caught.value.text.en
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [item.name for item in tmp_path.iterdir()] == ["mine.duckdb"]


def test_entries_of_another_program_are_not_touched(path: Path) -> None:
    import sqlite3

    entries = path.with_name("own.entries.sqlite")
    entries.unlink()
    with sqlite3.connect(entries) as other:
        other.execute("CREATE TABLE batch (id)")
    other.close()
    before = entries.read_bytes()
    with pytest.raises(Problem, match=r"own\.entries\.sqlite"):
        Store.open(path)
    assert entries.read_bytes() == before


def test_a_newer_store_is_refused_and_kept(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE vuotbac SET format = 99")
        connection.execute("CREATE TABLE later AS SELECT 1 AS id")
    before = path.read_bytes()
    with pytest.raises(Problem, match="99"):
        Store.open(path)
    assert path.read_bytes() == before


def test_entries_that_are_gone_are_said_and_never_begun_anew_in_silence(path: Path) -> None:
    with Store.open(path) as opened:
        import_table(opened)
        entries = path.with_name("own.entries.sqlite")
        entries.rename(path.with_name("moved"))
        with pytest.raises(Problem, match="restore"):
            import_table(opened)
        assert not entries.exists()
    with pytest.raises(Problem, match="restore"):
        Store.open(path)
    path.with_name("moved").rename(entries)
    with Store.open(path) as opened:
        assert total(opened) == 80.25


def test_figures_that_are_deleted_while_serving_are_built_again(path: Path) -> None:
    with Store.open(path) as opened:
        import_table(opened)
        path.unlink()
        assert total(opened) == 80.25


@pytest.mark.parametrize("fault", ["truncated", "scribbled", "folder"])
def test_a_damaged_file_gets_a_sentence_whose_remedy_costs_nothing(path: Path, fault: str) -> None:
    with Store.open(path) as opened:
        import_table(opened)
        match fault:
            case "truncated":
                os.truncate(path, 8192)
            case "scribbled":
                with path.open("r+b") as file:
                    file.seek(4096)
                    file.write(os.urandom(200_000))
            case "folder":
                path.unlink()
                path.mkdir()
        opened.close()
        with pytest.raises(Problem) as caught:
            load(opened)
    assert "own.duckdb" in caught.value.text.vi
    for word in ("Xóa", "xóa", "delete", "remove"):
        assert word not in f"{caught.value.text.vi} {caught.value.text.en}"
    assert Store(path, opened.entries).entered("batch").height == 1


def test_another_program_that_holds_the_file_is_said(path: Path) -> None:
    script = (
        "import duckdb, sys\n"
        "connection = duckdb.connect(sys.argv[1])\n"
        "connection.execute('CREATE TABLE later AS SELECT 1 AS id')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(Problem) as caught:
            Store.open(path)
        if sys.platform == "linux":  # elsewhere the system does not tell who
            assert f"(số tiến trình {holder.pid})" in caught.value.text.vi
            assert f"(process {holder.pid})" in caught.value.text.en
        assert "Đóng chương trình ấy" in caught.value.text.vi
        assert "nothing was changed" in caught.value.text.en
    finally:
        holder.communicate("")


def test_a_lock_held_too_long_names_the_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.2)
    with files.writing(path), pytest.raises(Problem) as caught, files.writing(path, patience=0.2):
        raise AssertionError("two at once")
    assert f"số tiến trình {os.getpid()}" in caught.value.text.vi
    assert f"process {os.getpid()}" in caught.value.text.en


def test_links_and_modes_are_kept(path: Path) -> None:
    real = path.with_name("real.duckdb")
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o640)
    with Store.open(path) as opened:
        opened.build()
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert not list(path.parent.glob("*.new"))


def test_what_a_killed_build_left_is_swept(path: Path) -> None:
    left = path.with_name("own.duckdb.0a1b2c3d.new")
    left.write_bytes(b"half")
    mine = path.with_name("own.duckdb.my-notes.new")
    mine.write_bytes(b"somebody's")
    with Store.open(path) as opened:
        opened.build()
    assert not left.exists()
    assert mine.exists()


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".duckdb", os.fsdecode(b"\xff\xfe.duckdb"), "a\0b.duckdb"], ids=["long", "bytes", "nul"]
)
def test_paths_that_cannot_be_are_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem) as caught:
        Store.open(tmp_path / name)
    caught.value.text.vi.encode()
    assert "VUOTBAC_STORE" in caught.value.text.vi
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Problem, match="VUOTBAC_STORE"):
        Store.open(blocked / "vuotbac.duckdb")


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        (Person("r", "reader"), ()),
        (Person("p", "planner", frozenset({"63-36"})), ("write",)),
        (Person("q", "planner", frozenset({"63-01"})), ()),
        (Person("k"), ("import", "undo", "write")),
    ],
    ids=["reader", "planner", "another", "keeper"],
)
def test_the_store_itself_refuses_what_a_role_does_not_allow(
    path: Path, person: Person, allowed: tuple[str, ...]
) -> None:
    with Store.open(path) as opened:
        number, frames = import_table(opened), load(opened)
        acts = {
            "import": lambda: import_table(opened, year=2019, by=person),
            "write": lambda: note(opened, frames, "63-36", "pci", 2019, "overall", Words(cause="x"), by=person),
            "undo": lambda: undo(opened, number, by=person),
        }
        for name, act in acts.items():
            before = opened.entered("history").height
            if name in allowed:
                act()
                assert opened.entered("history").height == before + 1
            else:
                with pytest.raises(Forbidden):
                    act()
                assert opened.entered("history").height == before
