"""What people type in Markdown: bold, italics and lists are read, everything else stays the words they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents.content.prose import Paragraph, Run, paragraphs


def test_bold_and_italics_become_looks() -> None:
    (found,) = paragraphs("Hồ sơ **chậm** và *thiếu*, ***cả hai***.")
    assert found.runs == (
        Run("Hồ sơ "),
        Run("chậm", bold=True),
        Run(" và "),
        Run("thiếu", italic=True),
        Run(", "),
        Run("cả hai", bold=True, italic=True),
        Run("."),
    )


def test_lists_keep_their_marks_and_their_depth() -> None:
    found = paragraphs("- một\n- hai\n  - trong\n\n3. ba\n4. bốn")
    assert [(item.mark, item.depth, item.text) for item in found] == [
        ("-", 1, "một"),
        ("-", 1, "hai"),
        ("-", 2, "trong"),
        ("3.", 1, "ba"),
        ("4.", 1, "bốn"),
    ]


def test_a_second_paragraph_of_an_item_has_no_mark() -> None:
    assert [item.mark for item in paragraphs("- một\n\n  tiếp\n- hai")] == ["-", "", "-"]


def test_other_markup_stays_words() -> None:
    text = "=SUM(A1) <b>x</b> <script>alert(1)</script> 2 * 3 * 4 @ai a_b_c"
    assert paragraphs(text) == [Paragraph((Run(text),))]
    assert [item.text for item in paragraphs("<div>\n\n+1\n\n    = 1")] == ["<div>", "+1", "= 1"]


def test_a_heading_is_bold_and_a_line_stays_a_line() -> None:
    assert paragraphs("# Đầu\nmột\nhai") == [
        Paragraph((Run("Đầu", bold=True),)),
        Paragraph((Run("một\nhai"),)),
    ]


def test_a_link_says_where_it_leads() -> None:
    assert paragraphs("[quy chế](https://a.vn)")[0].text == "quy chế (https://a.vn)"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for item in paragraphs(text):
        assert item.runs
        assert all(run.text for run in item.runs)
