"""HTML as values: what is put into an element is escaped, and nothing makes HTML in another way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from streamlit.testing.v1 import AppTest

from dashboard.html import cards, index_card, neighbours, parts
from dashboard.html.agency import agency
from dashboard.html.cells import change, marked, share
from dashboard.html.markup import fill, fragment, items, link, paragraphs, script, style, tag, visually_hidden
from dashboard.html.table import Column, table

DASHBOARD = Path(__file__).parents[2] / "dashboard"
MAKER = DASHBOARD / "html" / "markup.py"
TABLE = DASHBOARD / "html" / "table.py"
MODULES = sorted(DASHBOARD.rglob("*.py"))
# Documents are XML that their own libraries read, charts pictures drawn of numbers.
ELSEWHERE = {*(DASHBOARD / "documents").rglob("*.py"), *(DASHBOARD / "charts").rglob("*.py")}

BAD = "<script>alert('x')</script> & \"quoted\""


def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def calls(path: Path, name: str) -> list[ast.Call]:
    """Where a module calls a function by its name."""
    found = (node for node in nodes(path) if isinstance(node, ast.Call))
    return [node for node in found if isinstance(node.func, ast.Name) and node.func.id == name]


def test_an_element_escapes_its_content_and_its_attributes() -> None:
    made = tag("p.vb-a.vb-b", "1 < 2", tag("b", "&"), lang="vi", aria_label='"', title=None)
    assert made == '<p class="vb-a vb-b" lang="vi" aria-label="&#34;">1 &lt; 2<b>&amp;</b></p>'
    assert tag("br") == "<br>"
    # Whatever stands in an attribute is text, even if it says that it is HTML.
    assert tag("i", title=Markup("<b>")) == '<i title="&lt;b&gt;"></i>'


@pytest.mark.parametrize("selector", ["p class=x", "p.", "p><script", "p.a b", 'p."'])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match=re.escape(selector)):
        tag(selector)


@given(st.text(), st.text())
def test_no_text_becomes_an_element(one: str, other: str) -> None:
    made = fragment(
        tag("p", one, title=other),
        link(one, other),
        paragraphs([one, other]),
        items([other]),
        visually_hidden(one),
        fill(one, value=tag("b", other)),
    )
    opened = re.findall("<([a-z]+)", made)
    assert set(opened) <= {"p", "a", "li", "span", "b"}
    assert len(opened) == 1 + 1 + 2 + 1 + 1 + one.count("{value}")


def test_html_takes_the_place_that_a_text_leaves_open() -> None:
    assert fill("a < {value}", value=tag("b", "1")) == "a &lt; <b>1</b>"
    # Braces of the data are nobody's place.
    assert fill("{name} {} {value.real}", value=Markup("<i></i>")) == "{name} {} {value.real}"


def _page() -> None:
    import streamlit as st

    from dashboard.html.markup import tag

    st.html(tag("pre", "a\n  \n b"))


def test_a_page_sends_html_as_it_was_made() -> None:
    assert AppTest.from_function(_page).run().main[0].proto.body == "<pre>a\n  \n b</pre>"


@pytest.mark.parametrize("made", [style, script])
def test_a_style_or_a_script_cannot_end_itself(made: type[object]) -> None:
    with pytest.raises(ValueError, match="</"):
        made("x</script></style>")


def test_every_cell_is_escaped_unless_it_is_html_already() -> None:
    columns: list[Column[str]] = [
        Column("<h>", lambda row: row, "name"),
        Column("n", lambda row: tag("b", row), "number", "wide", "vb-soft"),
        Column("x", lambda _: "", shown=False),
        Column("d", lambda row: row, drawn=True),
    ]
    made = table(columns, ["<i>"], "<c>", "vi", attributes=lambda row: {"data-unit": row}, groups=[("<g>", ["j"])])
    assert made.startswith('<table class="vb-table" lang="vi"><caption class="vb-hidden">&lt;c&gt;</caption>')
    assert '<th scope="col">&lt;h&gt;</th><th class="vb-number vb-wide" scope="col">n</th>' in made
    assert '<tr data-unit="&lt;i&gt;"><th scope="row">&lt;i&gt;</th>' in made
    assert '<td class="vb-number vb-wide vb-soft"><b>&lt;i&gt;</b></td>' in made
    assert '<td aria-hidden="true">&lt;i&gt;</td>' in made
    assert '<tr><th class="vb-group" colspan="3" scope="rowgroup">&lt;g&gt;</th></tr>' in made
    assert made.count("<tbody>") == 2


def test_no_word_of_the_data_becomes_markup_in_any_piece_of_a_page() -> None:
    pieces = [
        cards.heading(BAD, BAD, "vi"),
        cards.section(BAD, BAD, "vi"),
        cards.notices([BAD], "vi"),
        cards.unknown(BAD, BAD, "vi"),
        cards.empty(BAD, [BAD], BAD, [(BAD, BAD)], (BAD, BAD), "vi", BAD),
        cards.examples(BAD, [(BAD, BAD)], "vi"),
        cards.panel(BAD, [BAD], tag("p"), "vi"),
        cards.notes(BAD, [BAD], "vi"),
        cards.folded(BAD, BAD, "vi"),
        cards.missing(BAD, [BAD], "vi"),
        cards.source(BAD, "vi"),
        cards.figure(BAD, "vi"),
        neighbours.unknown(BAD, "vi"),
        neighbours.crowding(BAD, BAD, "vi"),
        neighbours.onward(BAD, [(BAD, BAD)], "vi"),
        parts.part(BAD, BAD, lang="vi"),
        parts.bare(BAD, "vi"),
        parts.facts([(BAD, BAD)], "vi"),
        parts.sentences([BAD], "vi"),
        index_card.empty(BAD, BAD, "vi"),
        marked(BAD, BAD),
    ]
    for piece in pieces:
        assert isinstance(piece, Markup)
        assert "<script" not in piece
        assert '"quoted"' not in piece
        assert "&lt;script&gt;" in piece


def test_what_is_not_known_is_a_dash_and_not_an_error() -> None:
    assert "–" in agency(None, "vi")
    assert "–" in change(None, 2, "vi")
    assert "width:0.0%" in share(0, 0, "vi")
    assert paragraphs([]) == items([]) == ""


def test_nothing_escapes_by_hand() -> None:
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Import):
                assert "html" not in {item.name for item in node.names}, path
            if isinstance(node, ast.ImportFrom):
                assert node.module != "html", path
                assert (
                    node.module != "markupsafe"
                    or path == MAKER
                    or [item.name for item in node.names] == ["Markup"]
                )


def test_html_is_made_of_elements_alone() -> None:
    """Whatever is put together of strings could be forgotten to be escaped."""
    for path in MODULES:
        if path == MAKER:
            continue
        for call in calls(path, "Markup"):
            assert isinstance(call.args[0], ast.Constant), f"{path}: {ast.unparse(call)}"
        if path in ELSEWHERE:
            continue
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr):
                written = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
                assert not re.search(r"</?[a-z][a-z0-9]*[ >]", written), f"{path}: {written}"


def test_no_text_is_sent_to_a_page_as_html() -> None:
    """`st.html` takes any string; what it is given has been made with `tag`."""
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "html":
                sent = node.args[0]
                assert not isinstance(sent, ast.Constant | ast.JoinedStr), f"{path}: {ast.unparse(node)}"
                said = isinstance(sent, ast.Call) and ast.unparse(sent.func).rpartition(".")[2] in ("say", "in_")
                assert not said, f"{path}: {ast.unparse(node)}"


def test_tables_are_written_in_one_place() -> None:
    written = []
    for path in sorted({*MODULES} - ELSEWHERE):
        tags = [ast.unparse(call.args[0]) for call in calls(path, "tag")]
        literals = (str(node.value) for node in nodes(path) if isinstance(node, ast.Constant))
        if any(re.match("f?['\"]table", selector) for selector in tags) or any(
            "<table" in item for item in literals
        ):
            written.append(path)
    assert written == [TABLE]
