"""The method page: every question has its formula, its constants are the code's, its sources the docstrings'."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from analytics import question
from analytics.path import moves
from dashboard.text import LANGUAGES, method, say, texts
from dashboard.text.method import Method, methods, words
from dashboard.text.weights import share
from dashboard.views.method import tables as method_tables
from data.definition_file import indices
from data.text import Language
from tests.dashboard.opening import body, opened

ANALYTICS = Path(__file__).parents[2] / "analytics"
PARTS = ("title", "what", "symbols", "caveat")
KEYS = [item.key for item in methods()]


def by_key(key: str) -> Method:
    return next(item for item in methods() if item.key == key)


def answering() -> list[str]:
    """The modules that answer a question: a public function of theirs returns an Answer."""
    found = []
    for path in sorted(ANALYTICS.glob("*.py")):
        functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
        if any(
            not node.name.startswith("_") and ast.unparse(node.returns or node) == "Answer" for node in functions
        ):
            found.append(path.stem)
    return found


def docstrings(item: Method) -> str:
    return "\n".join(question(module).__doc__ or "" for module in item.modules)


def test_every_question_has_its_method() -> None:
    covered = {module for item in methods() for module in item.modules}
    assert not {*answering()} - covered
    assert len(KEYS) == len({*KEYS})


@pytest.mark.parametrize("key", KEYS)
def test_the_modules_are_there_and_say_what_they_do(key: str) -> None:
    for module in by_key(key).modules:
        assert question(module).__doc__


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_constant_is_named_and_used(key: str, lang: Language) -> None:
    item = by_key(key)
    raw = " ".join(texts(lang)[f"method.{key}.{part}"] for part in PARTS) + " ".join(item.formulas)
    for name in item.values or {}:
        assert f"{{{name}}}" in raw or f"«{name}»" in raw, name
    said = " ".join((*(words(item, part, lang) for part in PARTS), *method.formulas(item, lang)))
    assert "«" not in said
    assert not {*item.shares, *item.percentiles} - {*(item.values or {})}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_no_number_of_our_choice_is_typed(key: str, lang: Language) -> None:
    prose = " ".join(texts(lang)[f"method.{key}.{part}"] for part in PARTS)
    bare = re.sub(r"\$[^$]*\$|\{\w+\}", "", prose)
    # The two sets of units, and an outcome or a skill of nought or one, are no choices.
    assert {*re.findall(r"\d+", bare)} <= {"34", "63", "0", "1"}
    formulas = re.sub(r"«\w+»", "", " ".join(by_key(key).formulas))
    assert {*re.findall(r"\d+", formulas)} <= {"0", "1", "2", "3"}


def test_a_changed_constant_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "100" in words(by_key("target"), "what", "vi")
    monkeypatch.setattr(moves, "SIMILAR_STARTS", 12_345)
    monkeypatch.setattr(moves, "FEASIBLE_PERCENTILE", 87)
    assert "12.345" in words(by_key("target"), "what", "vi")
    assert "12,345" in words(by_key("target"), "what", "en")
    assert "P_{87}" in method.formulas(by_key("target"), "vi")[1]


def test_a_constant_that_is_gone_fails() -> None:
    with pytest.raises(AttributeError):
        method.constant("moves.NO_SUCH")


def test_numbers_follow_the_language() -> None:
    robust = by_key("robustness")
    assert "U(0{,}75;\\ 1{,}25)" in method.formulas(robust, "vi")[0]
    assert "U(0{.}75;\\ 1{.}25)" in method.formulas(robust, "en")[0]
    assert method.figures(robust, "vi") == {
        "draws": "10.000", "low": "0,75", "high": "1,25", "from": "5", "to": "95"
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_the_sources_are_those_of_the_docstrings(key: str) -> None:
    item, said = by_key(key), docstrings(by_key(key))
    for source in item.sources:
        authors = source.split(", *")[0]
        surnames = re.findall(r"OECD|[A-Z][a-z]\w+", authors)
        assert all(name in said for name in surnames), source
        year = re.search(r"\d{4}$", source)
        assert year is None or year.group() in said, source
    # A year beside a title in a docstring is a citation, and the page must have it.
    cited = {
        found.group()
        for found in re.finditer(r"\b(18|19|20)\d\d\b", said)
        if re.search(r"\*[A-Z][^*]{8,}\*", said[max(0, found.start() - 130) : found.end() + 60])
    }
    listed = " ".join(item.sources)
    assert all(year in listed for year in cited), cited


@pytest.mark.parametrize("code", ["pci", "par", "sipas", "papi"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_weights_are_those_of_the_definitions(code: str, lang: Language) -> None:
    index = indices()[code]
    shown = method_tables.weights(index, {}, lang)
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', shown)
    for component, (name, cells) in zip(
        [item for item in index.components if any(item.code in regime.components for regime in index.regimes)],
        rows,
        strict=True,
    ):
        assert name == component.name.in_(lang)
        written = re.findall(r"<td[^>]*>(.*?)</td>", cells)
        assert len(written) == len(index.regimes)
        for regime, cell in zip(index.regimes[::-1], written, strict=True):
            weight = index.weight(component.code, regime.first) if component.code in regime.components else None
            if weight is not None:
                assert cell == share(weight, lang)
            else:
                assert "%" not in cell
    for regime in index.regimes:
        if rows:
            assert say(lang, f"method.table.status_{regime.weight_status}") in shown
        assert regime.note is None or method_tables.years(regime, lang) in shown


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_every_question_and_every_index(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    app = opened("method", lang=lang)
    shown = body(app)
    assert shown.count("<h1") == 1
    for key in KEYS:
        assert f'id="method-{key}"' in shown
        assert f'href="#method-{key}"' in shown
        assert say(other, f"method.{key}.title") not in shown
    assert [item.value for item in app.markdown] == [method.markdown(item, lang) for item in methods()]
    assert (
        shown.count("<table") == shown.count("<caption") == 6
    )  # SIPAS is a total alone; PCI and PAPI have a table of coherence
    for text in ("W_123DOCZ", "Weights recovered from the figures themselves"):
        assert text not in shown
    assert say(lang, "method.table.own") in shown
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
