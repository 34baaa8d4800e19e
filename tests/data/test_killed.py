"""kill -9 at random moments of each act, on either engine: the store then holds before or after, never between.

`VUOTBAC_KILLS=100` for a long run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from data.store import backup as backup_module
from data.store.backup import _read as read_backup
from data.store.backup import backup
from data.store.entries import Entries
from tests.data import killing
from tests.serving import ROOT

# Seconds in which the kill comes: some times what one act takes. From the first act that stands, but for the slow
# ones, where each would wait for a whole act more.
SPANS = {
    "import": 0.05,
    "note": 0.03,
    "undo": 0.05,
    "register": 0.05,
    "rebuild": 2.0,
    "backup": 0.08,
    "restore": 2.0,
}
SLOW = {"rebuild", "restore"}


class Acting:
    """The process that forks: `killed` has it begin an act and kills what it forked."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.data.killing"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def killed(self, asked: dict[str, str], pause: float) -> int:
        """The highest number that it said stands; killed `pause` seconds after it began, or after the first."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        said = [self._process.stdout.readline()]
        assert said[0].startswith("pid ")
        if asked["act"] not in SLOW:
            said.append(self._process.stdout.readline())
        time.sleep(pause)
        os.kill(int(said[0].split()[1]), signal.SIGKILL)
        while said[-1] != "ended\n":
            said.append(self._process.stdout.readline())
        done = [int(line.split()[1]) for line in said if line.startswith("done ")]
        assert done or asked["act"] in SLOW, "it ended before anything stood"
        return max(done, default=0)

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def acting() -> Iterator[Acting]:
    made = Acting()
    yield made
    made.close()


def whole(store: Store) -> dict[str, int]:
    """How many of each act stand; fails where a half of one does."""
    with store.entries.read() as reading:  # of one moment: a server may still be ending what a dead process sent
        batch, score, note, target, history = (
            reading.table(name) for name in ("batch", "entered_score", "note", "target", "history")
        )
    acts = {act: history.filter(act=act).height for act in ("import", "undo", "note", "restore", "register")}
    assert batch["batch"].to_list() == list(range(1, batch.height + 1))
    assert score.group_by("batch").len()["len"].to_list() == [2] * batch.height
    assert score.group_by("batch").n_unique()["score"].to_list() == [1] * batch.height
    assert note["note"].to_list() == list(range(1, note.height + 1))
    assert batch["undone_at"].is_null().equals(batch["undone_by"].is_null())
    undone = batch["undone_at"].count()
    newest = history.filter(act="register").tail(1)
    assert target.select("target", "entry").rows() == [(acts["register"], entry) for entry in newest["entry"]] * 2
    assert (acts["import"], acts["undo"], acts["note"]) == (batch.height, undone, note.height)
    return acts


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("act", killing.ACTS)
def test_killed_at_any_moment_an_act_is_whole_or_nothing(
    act: str, acting: Acting, entries: Entries, store_path: Path, tmp_path: Path
) -> None:
    times = int(os.environ.get("VUOTBAC_KILLS", "1"))
    chance = random.Random(f"{act}-2026")
    path = tmp_path / "own.duckdb"
    path.write_bytes(store_path.read_bytes())
    saved = tmp_path / "saved.zip"
    store = Store(path, entries)
    asked = {"figures": str(path), "entries": str(entries.place), "saved": str(saved)}
    for before in ("note", "undo", "register"):
        acting.killed(asked | {"act": before}, 0.05)
    standing = whole(store)
    backup(store, saved)
    for number in range(1, times + 1):
        told = acting.killed(asked | {"act": act}, chance.random() * SPANS[act])
        now = whole(store)
        if act in SLOW or number % 10 == 0:  # the others don't touch the figures
            with Store.open(path, entries.place) as opened:
                assert opened.query("SELECT count(*) FROM figure").item() > 19000
        match act:
            case "import" | "note" | "undo" | "register":
                assert now[act] >= max(told if act != "undo" else 0, standing[act] + 1)
                standing = now
            case "rebuild":
                assert now == standing
            case "backup":
                tables, summary = read_backup(saved)
                assert summary.rows["history"] == told == tables["history"].height
            case "restore":
                assert now["restore"] <= 1
                assert now == standing | {"restore": now["restore"]}
    if act in SLOW:
        store.build()
    if act == "restore":
        backup_module.restore(path, saved, entries.place)
        now = whole(store)
    for item in tmp_path.glob("saved.zip.*.new"):
        os.utime(item, (0, 0))
    backup(store, saved)
    assert not list(tmp_path.glob("*.new*"))
    assert whole(store) == now
