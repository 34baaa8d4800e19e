"""The guide's code is run as it is printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest
import typer
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from analytics.core.answer import Answer
from analytics.core.ranking import ranking
from dashboard.html import ranking as table_of_rankings
from dashboard.html.cells import Setting
from data.frames import Frames

GUIDE = (Path(__file__).parents[2] / "analytics" / "README.md").read_text(encoding="utf-8")

COMMAND_IMPORTS = """
import typer
from dashboard.command.common import AsCsv, AsJson, Index, load_frames, show
app = typer.Typer()
"""
PAGE_IMPORTS = """
import streamlit as st
from dashboard.html import cards
from dashboard.session.context import context
"""


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_notebook_runs(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    found = re.search(r"In a notebook:\n\n```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    scope: dict[str, object] = {}
    exec(found.group(1), scope)
    assert scope["answer"].rows.height == 63


def test_the_drivers_are_as_the_guide_says(frames: Frames) -> None:
    scope: dict[str, object] = {"frames": frames}
    exec(block("drivers"), scope)
    answer, parts = scope["answer"], scope["parts"]
    assert isinstance(answer, Answer)
    assert isinstance(parts, Answer)
    skill = answer.figures["skill"]
    assert skill["grouped"]["low"] > 0 >= skill["forward"]["skill"]
    called = answer.rows.filter(pl.col("q_value") <= 0.05)
    assert called["term"].to_list() == ["business_support"]
    assert (called["estimate_unbroken"].abs() < 2 * called["error_unbroken"]).all()
    assert abs(parts.rows["spread_share"].sum() - 1) < 1e-9


def test_the_question_is_answered(frames: Frames) -> None:
    scope: dict[str, object] = {}
    exec(block("question"), scope)
    rows = scope["spread"](frames, "pci").rows
    # PCI 2019: Quảng Ninh 73.3964, Lai Châu 59.9521.
    row = rows.filter(year=2019).row(0, named=True)
    assert (round(row["best"], 2), round(row["worst"], 2), round(row["spread"], 2)) == (73.40, 59.95, 13.44)
    assert rows["year"].to_list() == list(range(2005, 2024))


def test_the_command_runs(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    scope: dict[str, object] = {}
    exec(COMMAND_IMPORTS + block("question") + block("command"), scope)
    app = scope["app"]
    assert isinstance(app, typer.Typer)
    app.command("other")(lambda: None)  # a single command would lose its name
    done = CliRunner().invoke(app, ["spread", "--index", "pci", "--csv"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("year,best,worst,spread\n2005,")


def test_the_page_opens(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    at = AppTest.from_string(
        block("question") + PAGE_IMPORTS + block("page") + "\npage()\n", default_timeout=60
    ).run()
    assert not at.exception
    assert "PCI" in "".join(item.proto.body for item in at.get("html"))


def test_the_column_stands_in_the_rankings(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(table_of_rankings.__file__).read_text(encoding="utf-8")
    before = '        Column(say("column.region"),'
    assert source.count(before) == 1
    made = ModuleType("made")
    monkeypatch.setitem(sys.modules, made.__name__, made)  # where its classes look for their names
    exec(source.replace(before, f"        {block('column').strip()},\n{before}"), made.__dict__)
    whole = ranking(frames, "pci", 2019).rows
    shown = made.ranking_table(whole, made.Layout.of(whole), Setting("vi", 2, {}, str), "PCI 2019")
    assert '<th class="vb-number vb-wide" scope="col">Bách phân vị</th>' in shown
    assert shown.count('<td class="vb-number vb-wide">100,0</td>') == 1  # the first of 63


def test_the_new_question_takes_about_twenty_lines() -> None:
    code = [line for name in ("question", "command", "page") for line in block(name).splitlines() if line.strip()]
    assert len(code) <= 24
