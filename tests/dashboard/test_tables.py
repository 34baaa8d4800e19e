"""The ranking as HTML and CSV: what is shown, what is marked, and that nothing of the data becomes markup."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import polars as pl
import pytest

from analytics.core.coverage import unlisted
from analytics.core.ranking import ranking
from analytics.core.search import matching
from dashboard.html import cells, highlight
from dashboard.html import ranking as ranking_html
from dashboard.html.cells import Setting
from dashboard.html.ranking import Layout
from dashboard.html.strip_plot import Strip
from dashboard.views.rankings.download import as_csv
from data.frames import Frames
from data.names import Names
from data.text import Language, Text

VI = Setting("vi", 2, {"delta": Text("Đồng bằng", "Delta")}, lambda unit: f"?province={unit}")
EN = Setting("en", 2, VI.regions, VI.link)

SCHEMA = {
    "unit": pl.String, "name": pl.String, "name_en": pl.String, "region": pl.String,
    "score": pl.Float64, "score_status": pl.String, "score_low": pl.Float64, "score_high": pl.Float64,
    "scale": pl.String, "out_of": pl.Float64, "order": pl.Int16, "published_score": pl.Float64,
    "rank": pl.Int64, "published_rank": pl.Int16, "rank_status": pl.String, "rank_in_region": pl.Int64,
    "change_score": pl.Float64, "change_rank": pl.Int64, "note_vi": pl.String, "note_en": pl.String,
}  # fmt: skip


def rows(*given: dict[str, Any]) -> pl.DataFrame:
    base = {"region": "delta", "scale": "points", "out_of": 100.0}
    filled = [
        {"unit": f"63-{place:02}", "name": f"Tỉnh {place}", "name_en": f"Province {place}"} | base | row
        for place, row in enumerate(given, start=1)
    ]
    return pl.DataFrame(filled, schema=SCHEMA)


PUBLISHED = rows(
    {"score": 70.125, "score_status": "published", "rank": 1, "published_rank": 1, "rank_status": "published",
     "change_score": 1.5, "change_rank": 3},
    {"score": 60.0, "score_status": "published", "rank": 2, "published_rank": 2, "rank_status": "published",
     "change_score": -0.25, "change_rank": 0},
)  # fmt: skip
MIXED = rows(
    {"score": 70.0, "score_status": "derived", "rank": 1, "published_rank": 1, "rank_status": "provincial"},
    {"score": 60.0, "score_status": "derived", "rank": 2},
)
PARTIAL = rows(
    {"published_rank": 4, "rank_status": "provincial"},
    {"score": 60.0, "score_status": "provincial", "note_vi": "Đọc ở báo.", "note_en": "Read in the press."},
)
ORDERED = rows(
    {"score": 8.7, "score_status": "provincial", "order": 1},
    {"score_status": "range", "score_low": 8.58, "score_high": 8.594, "order": 2},
    {"score_status": "range", "score_low": 8.001, "score_high": 8.002, "order": 3},
)


class Outline(HTMLParser):
    """Which tags were opened and closed, and the words in between."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def outline(body: str) -> Outline:
    parser = Outline()
    parser.feed(body)
    assert not parser.open
    return parser


def table(frame: pl.DataFrame, setting: Setting = VI) -> Outline:
    return outline(ranking_html.ranking_table(frame, Layout.of(frame), setting, "Bảng"))


@pytest.mark.parametrize(
    "frame", [PUBLISHED, MIXED, PARTIAL, ORDERED], ids=["published", "mixed", "partial", "order"]
)
@pytest.mark.parametrize("setting", [VI, EN], ids=["vi", "en"])
def test_every_row_has_a_cell_for_every_heading(frame: pl.DataFrame, setting: Setting) -> None:
    shown = table(frame, setting)
    heads = [attrs for tag, attrs in shown.tags if tag == "th" and attrs["scope"] == "col"]
    cells = [tag for tag, attrs in shown.tags if tag == "td" or attrs.get("scope") == "row"]
    assert len(cells) == len(heads) * frame.height
    assert shown.tags[2][0] == "caption"


def test_decimals_follow_the_language() -> None:
    assert "70,13" in table(PUBLISHED, VI).words
    assert "70.13" in table(PUBLISHED, EN).words


def test_a_change_has_arrow_sign_and_colour_and_zero_has_none() -> None:
    assert cells.change(1.5, 2, "vi") == '<span class="vb-better"><span aria-hidden="true">▲</span> +1,50</span>'
    assert cells.change(-3, 0, "en") == '<span class="vb-worse"><span aria-hidden="true">▼</span> −3</span>'
    for nothing in (0, 0.001, -0.001):
        assert "▲" not in cells.change(nothing, 2, "vi") + cells.change(nothing, 2, "en")
        assert "0,00" in cells.change(nothing, 2, "vi")
        assert "−" not in cells.change(nothing, 2, "vi")
    assert "–" in cells.change(None, 2, "vi")


def test_a_published_figure_carries_no_sign() -> None:
    body = ranking_html.ranking_table(PUBLISHED, Layout.of(PUBLISHED), VI, "Bảng")
    assert not re.search("vb-sign|vb-computed|vb-hollow", body)
    assert ranking_html.legend(Layout.of(PUBLISHED), VI) == ""


def test_what_was_not_published_is_marked_and_explained() -> None:
    layout = Layout.of(MIXED)
    body = ranking_html.ranking_table(MIXED, layout, VI, "Bảng")
    assert body.count("◇") == 2
    assert body.count("○") == 1
    assert re.search(r'class="vb-computed"[^>]*>2<', body)
    explained = ranking_html.legend(layout, VI)
    assert all(sign in explained for sign in ("◇", "○", "vb-computed"))
    assert "(suy ra)" in body  # also for those who cannot see the sign


def test_a_partial_edition_ranks_nobody_else() -> None:
    layout = Layout.of(PARTIAL)
    assert not layout.computed
    body = ranking_html.ranking_table(PARTIAL, layout, VI, "Bảng")
    assert "vb-computed" not in body
    assert "Biết điểm, chưa biết hạng" in body
    assert "<sup>1</sup>" in body
    assert "Đọc ở báo." in ranking_html.footnotes(PARTIAL, VI)


def test_an_order_is_no_rank_and_a_range_no_score() -> None:
    shown = table(ORDERED)
    assert "Thứ tự" in shown.words
    assert "Hạng" not in shown.words
    assert "8,58–8,59" in shown.words
    assert "8,00" in shown.words  # both ends alike once rounded


def test_scores_on_different_scales_say_which() -> None:
    frame = rows(
        {"score": 100.0, "score_status": "provincial", "scale": "percent"},
        {"score": 9.44, "score_status": "provincial", "out_of": 9.5},
    )
    layout = Layout.of(frame)
    assert layout.strip is None
    words = "".join(table(frame).words)
    assert "100,00 %" in words
    assert "9,44/9,5" in words


def test_a_row_says_whose_it_is_and_a_style_beside_the_table_brings_one_out() -> None:
    rows_shown = [attrs for tag, attrs in table(PUBLISHED).tags if tag == "tr"][1:]
    assert rows_shown == [{"data-unit": "63-01"}, {"data-unit": "63-02"}]
    rules = highlight.style("63-02")
    assert 'tr[data-unit="63-02"] > *' in rules
    assert "63-01" not in rules
    assert not re.search("CHOSEN|PEERS", rules + highlight.style("63-02", ["63-01"]))
    assert ':is(tr[data-unit="63-01"],tr[data-unit="63-03"]) > th' in highlight.style("63-02", ["63-01", "63-03"])


def test_a_band_of_ranks_stands_in_the_place_of_the_scores_strip_plot() -> None:
    banded = PUBLISHED.with_columns(rank_low=pl.Series([1, 2]), rank_high=pl.Series([1, 5]))
    layout = replace(Layout.of(PUBLISHED), bands=Strip(63, 1))
    shown = outline(ranking_html.ranking_table(banded, layout, VI, "Bảng"))
    assert {"1", "2–5", "63"} <= set(shown.words)
    bars = [attrs for _, attrs in shown.tags if attrs.get("class") == "vb-band"]
    # The first at the right, as the highest score is; from the 5th to the 2nd of 63.
    assert [attrs["style"] for attrs in bars] == ["left:100.0%;width:0.0%", "left:93.5%;width:4.8%"]
    dots = [attrs for _, attrs in shown.tags if attrs.get("class") == "vb-dot"]
    assert [attrs["style"] for attrs in dots] == ["left:100.0%", "left:98.4%"]


def test_what_is_only_known_to_lie_below_a_cut_is_drawn_up_to_it() -> None:
    frame = rows(
        {"score": 70.0, "score_status": "published"},
        {"score": 60.0, "score_status": "published"},
        {"score_status": "censored", "score_high": 65.0},
    )
    body = ranking_html.ranking_table(frame, Layout.of(frame), VI, "Bảng")
    assert "&lt;\u00a065,00" in body
    assert 'class="vb-span" style="left:0.0%;width:50.0%"' in body


def test_nothing_of_the_data_becomes_markup() -> None:
    bad = "<script>alert('x')</script>&\""
    frame = rows(
        {"name": bad, "name_en": bad, "score": 1.0, "score_status": "derived", "note_vi": bad, "note_en": bad}
    )
    setting = Setting("vi", 2, {"delta": Text(bad, bad)}, lambda unit: f'?a="><b>{unit}')
    body = ranking_html.ranking_table(frame, Layout.of(frame), setting, bad)
    body += ranking_html.footnotes(frame, setting)
    assert "script" not in {tag for tag, _ in outline(body).tags}
    assert "<script" not in body
    assert '"><b>' not in body


@pytest.mark.parametrize(
    ("written", "found"),
    [("nam dinh", {"63-36"}), ("NAM ĐỊNH", {"63-36"}), ("63-36", {"63-36"}), ("brvt", {"63-77"}), ("zzz", set())],
)
def test_search_ignores_accents_case_and_knows_other_spellings(
    frames: Frames, written: str, found: set[str]
) -> None:
    whole = ranking(frames, "pci", 2019).rows
    assert set(matching(whole, Names.of(frames), written, "63")["unit"]) == found


@pytest.mark.parametrize("written", ["", "  ", "?!"])
def test_a_search_for_nothing_finds_everything(frames: Frames, written: str) -> None:
    whole = ranking(frames, "pci", 2019).rows
    assert matching(whole, Names.of(frames), written, "63").equals(whole)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_csv_file_gives_the_figures_back(frames: Frames, lang: Language) -> None:
    whole = ranking(frames, "pci", 2023).rows
    content = as_csv(whole, Setting(lang, 2, {}, str))
    assert content.startswith(b"\xef\xbb\xbf")
    read = pl.read_csv(io.BytesIO(content), separator=";" if lang == "vi" else ",", decimal_comma=lang == "vi")
    assert read.height == whole.height
    heading = {"vi": "Điểm", "en": "Score"}[lang]
    assert read[heading].to_list() == pytest.approx(whole["score"].to_list())


def test_units_without_figures_are_those_that_were_scored(frames: Frames) -> None:
    units = frames.unit.filter(unit_set="63")
    partial = ranking(frames, "par", 2023).rows
    lost = unlisted(units, partial, 2023, 63)
    assert sorted([*lost, *partial["unit"]]) == sorted(units.filter(pl.col("unit") != "63-28")["unit"])
    # The pilot edition scored 42, and who was left out is not ours to guess.
    assert unlisted(units, ranking(frames, "pci", 2005).rows, 2005, 42) == []
