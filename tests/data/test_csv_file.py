"""CSV in the dialect of a language: read back as that language's spreadsheets read it, and nothing in it runs."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.csv_file import FORMULA_STARTS, csv_file
from data.text import Language

SEPARATOR = {"vi": ";", "en": ","}


def cells(content: bytes, lang: Language) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=SEPARATOR[lang]))


def test_each_language_has_its_separator_and_its_decimal_mark() -> None:
    rows = pl.DataFrame({"Tỉnh": ["Nam Định", None], "Điểm": [63.25, -1.5], "Hạng": [35, None]})
    assert csv_file(rows, "vi").decode("utf-8-sig") == "Tỉnh;Điểm;Hạng\nNam Định;63,25;35\n;-1,5;\n"
    assert csv_file(rows, "en").decode("utf-8-sig") == "Tỉnh,Điểm,Hạng\nNam Định,63.25,35\n,-1.5,\n"


@pytest.mark.parametrize("text", ["-1,5", "+2", "-20 %", "- 3", "−4", "+1.234,5%", "Nam Định", "", "5-3"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert cells(csv_file(pl.DataFrame({"a": [text], "b": [1]}), "vi"), "vi")[1][0] == text


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_would_run_is_a_text_in_cells_and_headings(start: str) -> None:
    typed = f"{start}cmd|' /C calc'!A0"
    heading, row = cells(csv_file(pl.DataFrame({typed: [typed]}), "en"), "en")
    assert heading == row == [f"'{typed}"]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1),
    st.sampled_from(["vi", "en"]),
)
def test_every_text_comes_back_and_none_runs(texts: list[str], lang: Language) -> None:
    _, *rows = cells(csv_file(pl.DataFrame({"text": texts, "place": range(len(texts))}), lang), lang)
    assert [int(place) for _, place in rows] == list(range(len(texts)))
    for (found, _), text in zip(rows, texts, strict=True):
        assert found in (text, f"'{text}")
        assert not found.startswith(("=", "@", "\t", "\r", "\n"))
        assert not found.startswith(("+", "-")) or found[1:].strip()[:1].isdecimal()
