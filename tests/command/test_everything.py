"""What holds for every command: typed text gives neither orders nor formulas, and no number is too long."""

from __future__ import annotations

import csv
import dataclasses
import io
import unicodedata
from pathlib import Path

import polars as pl
import pytest

import data.frames
from data import plan as plans
from data.csv_file import FORMULA_STARTS
from data.frames import Frames
from data.intake import enter, understand
from data.plan import PlanKey
from data.store import Person, Store
from tests.command.conftest import Run
from tests.command.everything import QUESTIONS, commands
from tests.stores import copied

EVIL = "=cmd|' /C calc'!A0 \x1b]0;mine\x07\u202e\x9b31m"
FILES = {"FILE": "=par \x1b[31m.csv", "TARGETS": "targets.csv"}
FILES |= {"MEASURES": "measures.csv", "YEARLY": "yearly.csv"}
# What can be done once.
ONCE = ("undo", "plan start", "plan undo")
LONG = ["9" * 18, "9" * 20, "9" * 4000, "9" * 5000]
NUMBERS = (
    ("ranking", "-y"),
    ("peers", "--count"),
    ("weakness", "--top"),
    ("target", "--top"),
    ("target", "--margin"),
    ("precedent", "--gain"),
    ("precedent", "--within"),
    ("precedent", "--near"),
    ("whatif", "--set"),
    ("robustness", "--draws"),
    ("robustness", "--seed"),
    ("robustness", "--top"),
    ("merger", "-y"),
    ("doctor", "--port"),
    ("plan start", "--top"),
    ("plan start", "--score"),
    ("undo", "1"),
)


@pytest.fixture
def own(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, frames: Frames) -> Path:
    """A store into which somebody entered a table with a hostile name and source."""
    path = copied(store_path, tmp_path / "own.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    table = "Tỉnh;Điểm\nNam Định;80,25\n".encode()
    (tmp_path / "=par \x1b[31m.csv").write_bytes(table)
    with Store.open(path) as store:
        enter(store, understand(f"{EVIL}.csv", table, frames, "par", 2020), source=EVIL)
        key = PlanKey("63-36", "pci", 2019)
        head = {"towards": 2020, "score": 66.0}
        led = {"item": "transparency", "lead": EVIL, "evidence": "entered"}
        plans.enter(store, key, "start", {"plan": [head], "assignment": [led]}, by=Person(EVIL), fresh=True)
        row = {"item": "transparency", "component": "transparency", "target": 6.5}
        plans.enter(store, PlanKey("63-36", "pci", 2017), "start", {"plan": [head], "target": [row]}, fresh=True)
        criterion = {"item": "criterion:1.1", "component": "leadership", "name": EVIL, "maximum": 2.0}
        of_par = {"plan": [head], "criterion": [criterion | {"reason": EVIL, "appraised_score": 1.5}]}
        plans.enter(store, PlanKey("63-36", "par", 2019), "start", of_par, fresh=True)
    (tmp_path / "targets.csv").write_text("component,target\ntransparency,7\n")
    (tmp_path / "measures.csv").write_text(f'task,lead\n"{EVIL}",Sở A\n', encoding="utf-8")
    (tmp_path / "yearly.csv").write_text(f'name,target,lead\n"{EVIL}",60,Sở A\n', encoding="utf-8")
    return path


def asked(command: str, folder: Path) -> list[str]:
    return [
        str(folder / FILES[item]) if item in FILES else item for item in (*command.split(), *QUESTIONS[command])
    ]


def test_every_command_with_a_table_is_asked_here() -> None:
    assert {name for name, options in commands().items() if "--csv" in options} == set(QUESTIONS)


@pytest.mark.parametrize("command", QUESTIONS)
def test_no_text_gives_orders_or_runs_as_a_formula(
    command: str, own: Path, run: Run, frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the provinces' own names were hostile, in a table and in both kinds of CSV."""
    load = data.frames.load

    def hostile(store: Store) -> Frames:
        found = load(store) if command in ("batches", "undo") else frames
        names = [pl.concat_str(pl.lit(EVIL), pl.col(name)).alias(name) for name in ("name_vi", "name_en")]
        return dataclasses.replace(found, unit=found.unit.with_columns(names))

    monkeypatch.setattr("data.frames.load", hostile)
    for options in ((), ("--csv",), ("--csv", "--lang", "vi")):
        if command in ONCE and options != ("--csv",):
            continue
        status, out, err = run(*asked(command, own.parent), *options)
        assert (status, err) == (0, "")
        bad = {sign for sign in out.lstrip("\ufeff") if unicodedata.category(sign) in ("Cc", "Cf")} - {"\n", "\r"}
        assert not bad
        if "--csv" in options:
            rows = csv.reader(io.StringIO(out.lstrip("\ufeff")), delimiter=";" if "vi" in options else ",")
            cells = [cell for row in rows for cell in row]
            assert len(cells) > 1
            assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not is_number(cell)]


def is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("command", "option"), NUMBERS, ids=lambda item: item)
def test_no_number_is_too_long(
    command: str, option: str, own: Path, run: Run, frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.frames.load", lambda _: frames)
    for digits in LONG:
        arguments = asked(command, own.parent)
        if option == "1":
            arguments[-1] = digits
        else:
            value = f"transparency={digits}" if option == "--set" else digits
            if option in arguments:
                arguments[arguments.index(option) + 1] = value
            else:
                arguments += [option, value]
        status, _, err = run(*arguments)
        # 1 would be something unforeseen; the doctor finds that there is no such port.
        assert status in ((1, 2) if command == "doctor" else (0, 2)), err
        assert len(err.strip().splitlines()) == (status == 2)
        assert len(err) < 600
