"""Gaps and indicators as charts: they draw the rows given, their titles are true, their specs are as before."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.weakness.disagreement import disagreement
from analytics.weakness.indicators import indicators, on_scale
from analytics.weakness.weakness import weakness
from dashboard.charts.caption import Caption
from dashboard.charts.export.files import as_png
from dashboard.charts.figure import Figure, themed
from dashboard.charts.gaps import gaps_chart
from dashboard.charts.indicator_strip import indicator_strip
from dashboard.charts.row_names import folded
from dashboard.text import LANGUAGES, agency
from dashboard.text import indicators as indicator_words
from dashboard.text import weaknesses as words
from dashboard.text.indicators import Measured
from dashboard.text.weaknesses import WeaknessWording
from data.frames import Frames
from data.number import parse
from data.text import Language
from tests.dashboard.snapshots import matches


def wording_of(frames: Frames, index: str, year: int, lang: Language, reference: str = "mốc") -> WeaknessWording:
    return WeaknessWording(frames.index(index), year, "Nam Định", lang, reference)


def caption(lang: Language) -> Caption:
    return Caption("Tiêu đề", "Đơn vị", "Nguồn: VCCI", "alt", lang, "light")


def gaps(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi") -> Figure:
    rows = weakness(frames, unit, index, year).rows
    wording = wording_of(frames, index, year, lang)
    names = {code: wording.component(code) for code in rows["component"]}
    written = {
        code: words.beside(gap, wording) for code, gap in rows.select("component", "weighted_gap").iter_rows()
    }
    return gaps_chart(rows, names, written, "Điểm tổng", "Điểm", True, caption(lang))


def strip(frames: Frames, unit: str, year: int, part: str) -> Figure:
    placed = on_scale(indicators(frames, unit, "pci", year, part).rows)
    keys = ("name", "narrow", "worst", "best", "own", "said")
    labels = {code: {key: f"{code} {key}" for key in keys} for code in placed["indicator"]}
    return indicator_strip(placed, labels, ("kém", "tốt"), pl.DataFrame(), caption("vi"))


def test_a_bar_for_each_component_behind_to_the_left_and_furthest_on_top(frames: Frames) -> None:
    figure = gaps(frames, "63-36", "pci", 2019)
    answer = weakness(frames, "63-36", "pci", 2019).rows
    assert figure.rows["ahead"].to_list() == [-gap for gap in answer["weighted_gap"]]
    assert figure.rows["ahead"].is_sorted()
    assert figure.rows["label"][0] == "kém 0,91"
    assert figure.rows["label"][-1] == "hơn 0,50"
    assert figure.rows["printed"].all()
    assert figure.table.height == 10


def test_what_is_not_known_is_not_drawn_but_taken_away_as_empty(frames: Frames) -> None:
    figure = gaps(frames, "63-49", "par", 2023)
    assert figure.rows.is_empty()
    assert figure.table.height == 8


def test_scores_that_nobody_printed_are_hollow(frames: Frames) -> None:
    assert not gaps(frames, "63-36", "papi", 2023).rows["printed"].any()


def test_a_strip_for_each_indicator_with_worst_left_and_best_right(frames: Frames) -> None:
    figure = strip(frames, "63-36", 2019, "legal_institutions")
    assert figure.rows.height == 17
    assert figure.rows["place"].is_between(0, 1).all()
    assert figure.rows["behind"].to_list() == sorted(figure.rows["behind"], reverse=True)
    assert figure.rows["row"].to_list() == list(range(17))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["63-36", "63-22", "63-04", "63-48"])
def test_the_title_of_the_gaps_says_what_the_rows_say(frames: Frames, unit: str, lang: Language) -> None:
    rows = weakness(frames, unit, "pci", 2019, "median").rows
    wording = wording_of(frames, "pci", 2019, lang, "R")
    title = words.gaps_title(rows, wording)
    edge = rows.sort("weighted_gap", descending=True).row(0, named=True)
    behind = rows.filter(pl.col("weighted_gap") > 0).height
    assert wording.component(edge["component"]) in title
    numbers = [parse(word.rstrip(",:")) for word in title.split() if word[0].isdigit()]
    assert round(edge["weighted_gap"], 2) in numbers
    assert behind in numbers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_unit_that_is_behind_nowhere_is_told_so(frames: Frames, lang: Language) -> None:
    rows = weakness(frames, "63-36", "pci", 2019).rows.with_columns(weighted_gap=-pl.col("weighted_gap").abs() - 1)
    title = words.gaps_title(rows, wording_of(frames, "pci", 2019, lang, "R"))
    assert ("không kém R ở chỉ số thành phần nào" if lang == "vi" else "not behind R on any sub-index") in title
    assert ("1,91" if lang == "vi" else "1.91") in title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_of_an_indicator_are_written_alike(lang: Language) -> None:
    def row(measure: str, *values: float) -> dict[str, object]:
        names = ("value", "median", "best", "worst", "lowest", "highest")
        return {"measure": measure, **dict(zip(names, values, strict=True))}

    share = Measured.of(row("share (0-1)", 0.268293, 0.3451, 0.57, 0.24, 0.24, 0.57), lang)
    assert share.write(0.268293) == ("26,8 %" if lang == "vi" else "26.8 %")
    assert share.change(-0.0162) == ("−1,6 điểm %" if lang == "vi" else "−1.6 pp")
    assert share.is_nothing(0.0004)
    assert not share.is_nothing(0.0006)
    days = Measured.of(row("days", 30, 30, 15, 52, 15, 52), lang)
    assert days.write(30.0) == "30"
    assert days.change(-14.0) == "−14"
    ratio = Measured.of(row("ratio", 1.5, 1.25, 2, 1, 1, 2), lang)
    assert ratio.write(1.5) == ("1,50" if lang == "vi" else "1.50")
    assert ratio.write(None) == "–"


def test_long_names_are_cut_between_words() -> None:
    assert indicator_words.short("Tỷ lệ DN hài lòng (%)") == "Tỷ lệ DN hài lòng"
    cut = indicator_words.short("một hai ba " * 20, letters=30)
    assert cut.endswith("…")
    assert len(cut) <= 31
    assert not cut[:-1].endswith(" ")


def test_agencies_are_written_in_both_languages(frames: Frames) -> None:
    rows = frames.agency
    for name in {*rows["lead_before"], *rows["lead_after"]}:
        assert agency.name(name, "en") != name
        assert agency.name(name, "vi").replace("–", "-") == name
    assert agency.name("Sở Du lịch", "en") == "Sở Du lịch"
    assert agency.name("Thanh tra tỉnh", "vi", city=True) == "Thanh tra thành phố"


def test_a_finding_names_what_is_weak_in_every_list(frames: Frames) -> None:
    found = disagreement(frames, "63-22", "pci", 2023)
    title = words.finding(found, wording_of(frames, "pci", 2023, "vi"))
    assert title.endswith("yếu ở Cạnh tranh bình đẳng và Tiếp cận đất đai")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_can_be_taken_away(frames: Frames, lang: Language) -> None:
    for figure in (gaps(frames, "63-36", "pci", 2019, lang), strip(frames, "63-36", 2019, "land_access")):
        assert as_png(figure, lang, 1.0).startswith(b"\x89PNG")


def test_decimals_follow_the_language(frames: Frames) -> None:
    spec = gaps(frames, "63-36", "pci", 2019).spec
    assert themed(spec, "vi", "light")["config"]["locale"]["number"]["decimal"] == ","
    assert themed(spec, "en", "light")["config"]["locale"]["number"]["decimal"] == "."


def test_the_specifications_are_as_last_looked_at(frames: Frames) -> None:
    assert matches("gaps", gaps(frames, "63-36", "pci", 2019).spec)
    assert matches("indicators", strip(frames, "63-36", 2019, "land_access").spec)


@pytest.mark.parametrize("index", ["pci", "par", "papi"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_folding_breaks_no_word(frames: Frames, index: str, lang: Language) -> None:
    for component in frames.index(index).components:
        name = component.name.in_(lang)
        assert folded(name).split() == name.split()


def test_on_scales_of_different_length_no_score_is_called_the_lowest(frames: Frames) -> None:
    found = disagreement(frames, "63-49", "par", 2022)
    said = words.why(found, wording_of(frames, "par", 2022, "vi"))
    assert said is not None
    assert "tỷ lệ điểm đạt được thấp nhất (10,92/15)" in said
