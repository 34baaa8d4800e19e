"""The history of entries names a plan's: whose, what was done, and each cell before and after."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dashboard.views.data import history
from data.frames import load
from data.names import Names
from data.plan import PlanKey, enter
from data.store import Store
from tests.stores import copied


def test_an_entry_of_a_plan_says_what_was_done_to_whose(store_path: Path, tmp_path: Path) -> None:
    key = PlanKey("63-36", "pci", 2018)
    with Store.open(copied(store_path, tmp_path / "own.duckdb")) as store:
        enter(store, key, "start", {"plan": [{"towards": 2019, "score": 64.0}]}, fresh=True)
        for target in (6.0, 6.5):
            enter(store, key, "register", {"target": [{"item": "transparency", "target": target}]})
        frames, rows = load(store), store.entered("history")
    told = history.file(rows, frames, Names.of(frames), "vi").decode("utf-8-sig")
    newest = next(iter(list(csv.reader(io.StringIO(told), delimiter=";"))[1:]))
    assert "Kế hoạch của Nam Định, PCI 2018: đăng ký mục tiêu" in newest
    assert "transparency, mục tiêu đăng ký: 6.0" in newest
    assert "transparency, mục tiêu đăng ký: 6.5" in newest
