"""The guide's code is run as it is printed: in a notebook, and added to a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
import typer

from analytics.core.answer import Answer
from analytics.plan.roll_up import roll_up
from dashboard.command import app
from data.frames import Frames
from data.plan import plan_of
from data.store import Store
from tests.stores import copied

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "analytics" / "README.md").read_text(encoding="utf-8")
FLOORS = ("analytics", "dashboard", "data")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}

# What may be touched at most to add each of them, by the heading in the guide.
PROMISED = {
    "A column of the rankings": 3,
    "A page, with its question and its figure": 5,
    "A command": 1,
    "A format of the pack": 3,
    "A kind of file in a chart's menu": 1,
}


@dataclass(frozen=True)
class Snippet:
    """A file as the guide prints it: whole, or the lines to change in it."""

    file: str
    kind: str
    text: str

    def add_to(self, project: Path) -> None:
        """Write the file, or change it; each change must fit exactly one place."""
        path = project / self.file
        if self.kind != "diff":
            assert not path.exists(), self.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        written = "\n" + path.read_text(encoding="utf-8")
        for change in self.text.split("@@\n"):
            before, after = side(change, "-"), side(change, "+")
            assert written.count(before) == 1, f"{self.file} has {written.count(before)} places for:{before}"
            written = written.replace(before, after)
        path.write_text(written.removeprefix("\n"), encoding="utf-8")


def side(change: str, sign: str) -> str:
    """The lines of a change before (`-`) or after it (`+`), the line break above them included."""
    lines = [line for line in change.splitlines() if line[:1] in ("", " ", sign)]
    return "\n" + "".join(f"{line[1:]}\n" for line in lines)


def section(title: str) -> tuple[str, list[Snippet]]:
    """The rest of a section's heading, and its snippets: each below a line that begins with its file's name."""
    found = re.search(rf"^### {re.escape(title)}([^\n]*)\n(.*?)(?=^##|\Z)", GUIDE, re.DOTALL | re.MULTILINE)
    assert found is not None, title
    fenced = re.findall(
        r"^`([^`\n]+)`(?:[^\n]|\n(?!\n))*:\n\n```(\w+)\n(.*?)^```", found[2], re.DOTALL | re.MULTILINE
    )
    assert len(fenced) == found[2].count("\n```") / 2, title
    return found[1], [Snippet(*item) for item in fenced]


def modules(project: Path) -> dict[str, bytes]:
    """The content of every module, by its name."""
    paths = (path for floor in FLOORS for path in (project / floor).rglob("*.py"))
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


class Grown(NamedTuple):
    """A copy of the project with all that the guide adds, and the modules that each addition touched."""

    project: Path
    touched: dict[str, list[str]]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """One copy for all tests of this file."""
    project = tmp_path_factory.mktemp("project")
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, project / floor)
    for file in ("pyproject.toml", "tests/dashboard/opening.py"):
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, project / file)
    touched = {}
    for title in PROMISED:
        before = modules(project)
        for snippet in section(title)[1]:
            snippet.add_to(project)
        after = modules(project)
        touched[title] = sorted(name for name, content in after.items() if before.get(name) != content)
    return Grown(project, touched)


@pytest.fixture
def run(grown: Grown, store_path: Path) -> Callable[..., str]:
    """Runs Python in the copy, with the arguments given; what it printed."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=grown.project,
            env=os.environ | {"PYTHONPATH": str(grown.project), "VUOTBAC_STORE": str(store_path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    return run


def test_the_notebook_runs(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    found = re.search(r"In a notebook:\n\n```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    scope: dict[str, object] = {}
    exec(found.group(1), scope)
    answer = scope["answer"]
    assert isinstance(answer, Answer)
    assert answer.rows.height == 63


def test_the_drivers_are_as_the_guide_says(frames: Frames) -> None:
    found = re.search(r"<!-- drivers -->\n```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    scope: dict[str, object] = {"frames": frames}
    exec(found.group(1), scope)
    answer, parts = scope["answer"], scope["parts"]
    assert isinstance(answer, Answer)
    assert isinstance(parts, Answer)
    skill = answer.figures["skill"]
    assert skill["grouped"]["low"] > 0 >= skill["forward"]["skill"]
    called = answer.rows.filter(pl.col("q_value") <= 0.05)
    assert called["term"].to_list() == ["business_support"]
    assert (called["estimate_unbroken"].abs() < 2 * called["error_unbroken"]).all()
    assert abs(parts.rows["spread_share"].sum() - 1) < 1e-9


def test_the_plan_is_as_the_guide_says(frames: Frames, store_path: Path, tmp_path: Path) -> None:
    found = re.search(r"<!-- plan -->\n```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    with Store.open(copied(store_path, tmp_path / "own.duckdb")) as store:
        scope: dict[str, Any] = {"frames": frames, "store": store}
        exec(found.group(1), scope)
        again = roll_up(frames, plan_of(store, scope["key"]))
    planned = scope["planned"]
    assert planned.figures["missing"] == 0
    assert again.figures == planned.figures
    assert scope["registered"].figures["missing"] == pytest.approx(2 * (5.890775 - 5.6))
    said = {name: round(planned.figures["chance"][name], 2) for name in ("top", "without", "with", "usual")}
    assert said == {"top": 26, "without": 0.29, "with": 0.54, "usual": 0.37}
    (moved,) = planned.rows.drop_nulls("asked").select("points", "delivered").rows()
    assert [round(value, 2) for value in moved] == [0.95, 0.40]
    assert scope["agencies"]["items"].sum() == scope["followed"].rows.height == 1


def test_the_table_names_the_modules_there_are() -> None:
    listed = re.findall(r"^\| (?:`(\w+)/`)? ?\| ((?:`\w+`(?:, )?)+) \|", GUIDE, re.MULTILINE)
    folder, named = "", set()
    for opened, names in listed:
        folder = opened or folder
        for name in re.findall(r"\w+", names):
            assert (ROOT / "analytics" / folder / f"{name}.py").is_file(), f"{folder}/{name}"
        named.add(folder)
    assert named == {path.parent.name for path in (ROOT / "analytics").glob("*/__init__.py")}


def test_the_readme_names_every_command_and_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands
    assert commands
    assert [name for name in commands if not re.search(rf"`vuotbac {name}\b", readme)] == []
    rooms = [path.parent.name for path in (ROOT / "dashboard").glob("*/__init__.py")]
    assert rooms
    assert [room for room in rooms if f"`{room}/" not in readme] == []


# --- What the guide adds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", PROMISED)
def test_as_many_modules_are_touched_as_the_guide_says(grown: Grown, title: str) -> None:
    said = re.match(r": (\w+) modules?\b|: (\w+) module beside", section(title)[0])
    assert said is not None, title
    touched = grown.touched[title]
    assert len(touched) == NUMBERS[said[1] or said[2]] <= PROMISED[title], touched


def test_every_addition_of_the_guide_is_promised() -> None:
    added = GUIDE.partition("## How to add something")[2]
    assert [title.partition(":")[0] for title in re.findall(r"^### (.*)$", added, re.MULTILINE)] == [*PROMISED]


def test_what_the_guide_prints_is_tidy(grown: Grown, run: Callable[..., str]) -> None:
    files = {file for touched in grown.touched.values() for file in touched}
    run("-m", "ruff", "check", "--no-cache", *files)
    run("-m", "ruff", "format", "--no-cache", "--check", *files)


def test_the_column_is_in_the_table_and_in_its_file(run: Callable[..., str]) -> None:
    table, file = run(
        "-c",
        """
from dashboard.session.address import Selection
from dashboard.views.rankings import list as ranking_list
from data.frames import load
from data.store import Store

with Store.open() as store:
    frames = load(store)
chosen = Selection(lang="en", index="pci", year=2019, component="overall", province=None, region=None)
shown = ranking_list.listing(frames, chosen, None)
print(ranking_list.ranking_html.ranking_table(shown.rows, shown.layout, shown.setting, "").replace("\\n", ""))
print(ranking_list.as_csv(shown.rows, shown.setting).decode())
""",
    ).split("\n", 1)
    assert "Behind the first" in table
    assert "Behind the first" in file
    # PCI 2019: Quảng Ninh 73.3964, Lai Châu 59.9521.
    (lowest,) = re.findall(r'<tr data-unit="63-12">.*?</tr>', table)
    assert ">13.44<" in lowest
    assert re.search(r"^63-12,.*,13\.444", file, re.MULTILINE)


def test_the_page_opens_at_its_address_in_both_languages(run: Callable[..., str]) -> None:
    opened = """
from tests.dashboard.opening import body, opened

for lang in ("vi", "en"):
    for year in ("2019", "2022"):
        app = opened("spread", index="pci", year=year, lang=lang)
        print(len(app.get("vega_lite_chart")), body(app).replace("\\n", " "))
"""
    # Of 2022 no components are known.
    vi, vi_unknown, en, en_unknown = run("-c", opened).splitlines()
    assert vi.startswith("1 ")
    assert "Quảng Ninh hơn Lai Châu nhiều nhất" in vi
    assert vi_unknown.startswith("0 ")
    assert "Chưa biết đủ điểm" in vi_unknown
    assert en.startswith("1 ")
    assert "Quang Ninh is ahead of Lai Chau most" in en
    assert en_unknown.startswith("0 ")
    assert "Too few scores" in en_unknown


def test_the_command_answers(run: Callable[..., str]) -> None:
    rows = run("-m", "dashboard.command", "spread", "--index", "pci", "--year", "2019", "--csv").splitlines()
    assert rows[0] == "component,score_first,score_last,points"
    assert abs(sum(float(row.split(",")[3]) for row in rows[1:]) - (73.3964 - 59.9521)) < 0.01


def test_a_pack_has_the_format(grown: Grown, run: Callable[..., str], tmp_path: Path) -> None:
    order = ("--province", "63-36", "--index", "pci", "--year", "2019", "--format", "markdown", "--lang", "en")
    run("-m", "dashboard.command", "pack", *order, "--out", str(tmp_path))
    (file,) = tmp_path.iterdir()
    assert file.name == "pci-2019-63-36-text.md"
    written = file.read_text(encoding="utf-8")
    assert "## PCI 2019" in written
    assert re.search(r"^\| --- \|.*\n\| .*\d", written, re.MULTILINE)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_menu_of_a_chart_has_the_kind(run: Callable[..., str], lang: str) -> None:
    printed = run(
        "-c",
        """
import sys
import polars as pl
from dashboard.charts.export.files import KINDS
from dashboard.charts.figure import Figure
from dashboard.text import say

figure = Figure("f", "", "", "", "", {}, pl.DataFrame(), pl.DataFrame({"score": [6.5]}))
print(say(sys.argv[1], f"chart_card.{KINDS[-1].key}"), KINDS[-1].made(figure, sys.argv[1]).decode())
""",
        lang,
    )
    assert "JSON" in printed
    assert '[{"score":6.5}]' in printed
