"""Commands for whoever keeps the server, and what a command does when things go wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard.command import main
from data.frames import load
from data.intake import enter, understand
from data.store import Store
from tests.command.conftest import Run
from tests.stores import copied

EVIL = "\x1b]0;mine\x07=cmd|' /C calc'!A0"


@pytest.fixture
def own(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A store that a command may write to."""
    path = copied(store_path, tmp_path / "own.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    return path


def entered(path: Path, source: str = "Sở Nội vụ") -> None:
    with Store.open(path) as store:
        table = "Tỉnh;Điểm\nNam Định;80,25\n".encode()
        enter(store, understand("par.csv", table, load(store), "par", 2020), source=source)


def test_a_backup_restores(own: Path, run: Run, tmp_path: Path) -> None:
    entered(own)
    assert run("backup", str(tmp_path / "b.zip"))[0] == 0
    assert run("undo", "1")[0] == 0
    status, out, _ = run("restore", str(tmp_path / "b.zip"))
    assert status == 0
    assert "1 lô nhập" in out
    with Store.open(own) as store:
        assert store.entered("batch")["undone_at"].to_list() == [None]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_backup_that_cannot_be_is_one_sentence(own: Path, run: Run, tmp_path: Path, command: str) -> None:
    status, out, err = run(command, str(tmp_path / "none" / "b.zip"))
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_the_doctor_finds_a_healthy_server_healthy(own: Path, run: Run) -> None:
    status, out, _ = run("doctor", "--port", "0", "--json")
    rows = json.loads(out)["rows"]
    assert status == 0, rows
    assert [row["check"] for row in rows] == [
        "versions", "store", "entries", "disk", "port", "fonts", "clock", "sign_in",
    ]  # fmt: skip
    assert all(row["good"] for row in rows)


def test_the_doctor_says_what_to_do(own: Path, run: Run) -> None:
    own.with_name("own.entries.sqlite").unlink()
    status, out, _ = run("doctor", "--port", "0")
    assert status == 1
    (line,) = [line for line in out.replace("\n ", " ").splitlines() if line.startswith("✗")]
    assert "Những gì đã nhập" in line
    assert "restore" in out


@pytest.mark.parametrize(
    ("secret", "good"),
    [("short", False), ("a long random text, the same on every server", False), ("k8J-" * 12, True)],
)
def test_the_doctor_refuses_a_secret_that_can_be_guessed(
    own: Path, run: Run, monkeypatch: pytest.MonkeyPatch, secret: str, good: bool
) -> None:
    monkeypatch.setattr("dashboard.session.person.sign_in_is_set_up", lambda: True)
    monkeypatch.setattr("streamlit.secrets", {"auth": {"cookie_secret": secret}})
    status, out, _ = run("doctor", "--port", "0", "--json")
    (row,) = [row for row in json.loads(out)["rows"] if row["check"] == "sign_in"]
    assert row["good"] is good
    assert (status == 0) is good
    assert good or "token_urlsafe" in str(row)


def test_entries_that_are_gone_can_be_begun_again_on_purpose(own: Path, run: Run) -> None:
    own.with_name("own.entries.sqlite").unlink()
    assert run("ranking", "-i", "pci", "-y", "2019")[0] == 2
    assert run("build")[0] == 2
    assert run("build", "--without-entries")[0] == 0
    assert run("ranking", "-i", "pci", "-y", "2019")[0] == 0


@pytest.mark.parametrize("options", [(), ("--csv",), ("--csv", "--lang", "vi")])
def test_what_was_entered_gives_neither_orders_nor_formulas(own: Path, run: Run, options: tuple[str, ...]) -> None:
    entered(own, EVIL)
    status, out, _ = run("batches", *options)
    assert status == 0
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "mine" in out
    assert not any(cell.lstrip('"').startswith("=") for line in out.splitlines() for cell in line.split(","))


def test_something_unforeseen_gets_a_number_that_is_in_the_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("data.unforeseen.user_log_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr("analytics.core.ranking.ranking", broken)
    status, out, err = run("ranking", "-i", "pci", "-y", "2019")
    assert (status, out) == (1, "")
    assert "Traceback" not in err
    number = err.split("mã ")[1].split(")")[0]
    log = (tmp_path / "unforeseen.log").read_text(encoding="utf-8")
    assert number in log
    assert "nobody thought of this" in log


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("ask", [signal.SIGTERM, signal.SIGHUP])
def test_an_end_that_is_asked_for_leaves_nothing_half_made(tmp_path: Path, ask: signal.Signals) -> None:
    script = (
        "import sys, time\n"
        "from data import compiled\n"
        "from dashboard.command import main\n"
        "tables = compiled.tables\n"
        "def slow(*_):\n"
        "    print('building', flush=True)\n"
        "    time.sleep(30)\n"
        "    return tables()\n"
        "compiled.tables = slow\n"
        "main(['build'])\n"
    )
    path = tmp_path / "own.duckdb"
    environment = os.environ | {"VUOTBAC_STORE": str(path)}
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as building:
        assert building.stdout is not None
        assert building.stdout.readline().strip() == "building"
        begun = time.monotonic()
        building.send_signal(ask)
        assert building.wait() == 128 + ask
    assert time.monotonic() - begun < 20
    assert {item.name for item in tmp_path.iterdir()} <= {"own.duckdb.lock", "own.entries.sqlite"}


def test_a_parameter_of_five_thousand_digits_is_a_sentence(run: Run) -> None:
    status, _, err = run("ranking", "-i", "pci", "-y", "9" * 5000)
    assert status == 2
    assert len(err) < 400


def test_main_can_be_called_in_another_thread() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool, pytest.raises(SystemExit):
        pool.submit(main, ["--help"]).result()


@pytest.mark.parametrize("place", ["/", ".", ".."])
def test_a_place_without_a_name_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VUOTBAC_STORE", place)
    status, out, err = run("batches")
    assert (status, out) == (2, "")
    assert "là thư mục" in err


@pytest.mark.parametrize("name", [":memory:", "md:kho", "sqlite:kho"])
def test_a_name_that_means_something_to_duckdb_is_a_file(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VUOTBAC_STORE", name)
    assert run("batches")[0] == 0
    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("command", [["serve", "--no-browser"], ["doctor"]])
@pytest.mark.parametrize("host", ["a..b", "a" * 70])
def test_a_host_that_can_be_none_is_a_sentence(own: Path, run: Run, command: list[str], host: str) -> None:
    status, out, err = run(*command, "--host", host)
    assert status == (2 if command[0] == "serve" else 1)
    assert host[:9] in out + err
    assert "ngoài dự kiến" not in out + err


def test_a_folder_is_no_backup(own: Path, run: Run, tmp_path: Path) -> None:
    status, _, err = run("restore", str(tmp_path))
    assert status == 2
    assert "VUOTBAC_STORE" not in err  # it is the file that was named which must be another
