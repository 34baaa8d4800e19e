"""Figures are built in one place, and a document shows the one that its page shows."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.core.asker import PlainAsker
from dashboard.charts.figure import Figure
from dashboard.documents.content.figures import figures
from dashboard.documents.content.specification import Section, Specification
from dashboard.session.address import Reading, Selection
from dashboard.session.context import Context
from dashboard.session.resources import Resources
from dashboard.views.change import page as change
from dashboard.views.overview import page as overview
from dashboard.views.overview import successor
from dashboard.views.rankings import pictures
from dashboard.views.rankings.parameters import RankingParameters
from dashboard.views.target import page as target
from dashboard.views.target.subject import Aim
from dashboard.views.trends import page as trends
from dashboard.views.weaknesses import page as weaknesses
from dashboard.views.weaknesses import part
from data.frames import Frames
from data.names import Names
from data.store import Store
from data.text import Language

DASHBOARD = Path(__file__).parent.parent.parent / "dashboard"
CHARTS = DASHBOARD / "charts"

# --- One caller -------------------------------------------------------------------------------------------------


def charts() -> set[str]:
    """The functions that draw, by module and name: those of `charts` that give a figure and do not take one."""
    found = set()
    for path in CHARTS.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                gives = ast.unparse(node.returns) == "Figure" if node.returns else False
                takes = any(
                    item.annotation and ast.unparse(item.annotation) == "Figure" for item in node.args.args
                )
                if gives and not takes:
                    found.add(f"dashboard.charts.{path.stem}.{node.name}")
    return found


def called(path: Path) -> Iterator[str]:
    """What a module calls, by the names that its imports give them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {item.asname or item.name: f"{node.module}.{item.name}" for item in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            head, dot, rest = ast.unparse(node.func).partition(".")
            yield names.get(head, head) + dot + rest


def test_every_chart_is_drawn_by_one_module_and_that_builds_figures() -> None:
    drawn = charts()
    assert len(drawn) > 15
    callers = defaultdict(set)
    for path in DASHBOARD.rglob("*.py"):
        if CHARTS not in path.parents:
            for name in set(called(path)) & drawn:
                callers[name].add(path)
    assert set(callers) == drawn, "nobody draws it"
    for name, paths in callers.items():
        assert len(paths) == 1, (name, paths)
        assert {path.parent.name for path in paths} == {"figures"}, (name, paths)


# --- One figure -------------------------------------------------------------------------------------------------

# A leader, the middle, one of which little is known, one of the 34. What goes through the editions is held against
# the page in the newest edition: a document ends with its own.
EDITION = [("63-22", "pci", 2019), ("63-36", "pci", 2023), ("63-36", "par", 2023), ("34-37", "pci", 2025)]
COURSE = [("63-22", "papi", 2024), ("63-36", "pci", 2024), ("63-36", "par", 2024)]
THROUGH = {"rank", "score", "components", "threshold"}
# Which component's indicators a page shows is the reader's choice.
DRILL = "indicators"


def on_pages(at: Context) -> dict[str, Figure]:
    """The figures that the pages show before a reader has chosen anything but the province and the edition."""
    top = at.subject().group_size
    region = ((), "region")
    slope = replace(pictures.subject_of(at), behind=RankingParameters().behind)
    found = [
        overview._distance(at),
        overview._components(at, "publisher"),
        successor.figures.orders(at.subject()),
        change._contributions(at),
        change._rank_parts(at),
        weaknesses._gaps_chart(at, "target"),
        *(part._chart(at, "target", code) for code in at.subject().largest_gaps),
        target._threshold(at, Aim(top)),
        trends._chart(at, *region, "rank"),
        trends._chart(at, *region, "score"),
        trends._components(at, *region, "score"),
        pictures._map(at, ""),
        pictures.figures.slope(slope),
    ]
    shown = [figure for figure in found if isinstance(figure, Figure)]
    drills = zip(at.subject().largest_gaps, (item for item in shown if item.name == DRILL), strict=False)
    return {item.name: item for item in shown if item.name != DRILL} | {
        f"{DRILL}-{code}": it for code, it in drills
    }


def in_documents(frames: Frames, unit: str, index: str, year: int, lang: Language) -> dict[str, Figure]:
    (subject,) = Specification(unit, (index,), year, lang=lang).subjects(PlainAsker.of(frames))
    return {figure.name: figure for section in Section for figure in figures(subject, section)}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", [*EDITION, *COURSE], ids=str)
def test_page_and_document_show_the_same_figure(
    frames: Frames, store_path: Path, case: tuple[str, str, int], lang: Language
) -> None:
    unit, index, year = case
    reading = Reading(Selection(lang, index, year, province=unit))
    pages = on_pages(Context(Resources("test", Store.open(store_path), frames, Names.of(frames)), reading))
    documents = in_documents(frames, unit, index, year, lang)
    assert documents
    for name, figure in documents.items():
        if name in THROUGH and case not in COURSE:
            continue
        page = pages[name]
        for words in ("title", "subtitle", "source", "alt"):
            assert getattr(page, words) == getattr(figure, words), name
        assert page.rows.equals(figure.rows), name
        assert page.table.equals(figure.table), name
        assert page.spec == figure.spec, name


def test_every_figure_of_a_document_was_held_against_its_page(frames: Frames) -> None:
    met = {name for case in EDITION for name in in_documents(frames, *case, "vi")} - THROUGH
    met |= {name for case in COURSE for name in in_documents(frames, *case, "vi")} & THROUGH
    assert {name.partition("-")[0] for name in met} == {
        *("distance", "rank", "score", "profile", "components", "change", "gaps", "indicators"),
        *("map", "slope", "threshold", "orders"),
    }
