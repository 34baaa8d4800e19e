"""The parts of the way into the target group: charts, titles, the address of the simulator, the tables."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.path.backtest import backtest
from analytics.path.simulation import Control, controls
from analytics.path.target import target
from analytics.standing.gap_history import THRESHOLD, gap_history
from analytics.standing.trend import bands
from dashboard.charts.caption import Caption
from dashboard.charts.export.files import as_csv, as_png
from dashboard.charts.figure import Figure, themed
from dashboard.charts.gap_history import Scene, gap_history_chart
from dashboard.charts.reliability import reliability_chart
from dashboard.charts.theme import Mode
from dashboard.text import LANGUAGES
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from dashboard.views.target import routes, setup, tested
from data.frames import Frames
from data.number import parse
from data.text import Language, Text
from tests.dashboard.snapshots import matches

NAM_DINH = "63-36"
# 20th in 2019: routes lead straight into the first fifteen.
HUE = "63-46"


def wording_of(frames: Frames, lang: Language, year: int = 2019, index: str = "pci") -> TargetWording:
    return TargetWording(frames.index(index), year, "Nam Định", lang, 15)


def numbers(text: str) -> list[float]:
    return [parse(found) for found in re.findall(r"\d+(?:[.,]\d+)?", text)]


def caption(lang: Language, mode: Mode = "light") -> Caption:
    return Caption("Tiêu đề", "phụ đề", "Nguồn: VCCI", "alt", lang, mode)


def chart(
    frames: Frames, lang: Language, index: str = "pci", unit: str | None = NAM_DINH, mode: Mode = "light"
) -> Figure:
    rows = gap_history(frames, index, 2019, 15, unit)
    found = frames.index(index)
    years = [item.year for item in found.editions if item.unit_set == "63"]
    names = {THRESHOLD: "Ngưỡng", NAM_DINH: "Nam Định"}
    scene = Scene(years[0], years[-1], bands(found, "63"), 2019, names, "1,96 điểm")
    return gap_history_chart(rows, scene, 2, caption(lang, mode))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_threshold_is_drawn_edition_by_edition_and_hollow_where_derived(
    frames: Frames, lang: Language
) -> None:
    figure = chart(frames, lang)
    drawn = figure.rows.filter(pl.col("kind") == "line", ~pl.col("dashed"))
    line = drawn.filter(role="target")
    assert line["year"].sort().to_list() == list(range(2005, 2024))
    assert line.filter("hollow")["year"].to_list() == [2023]
    assert line.filter(year=2019)["written"].item() == ("67,05" if lang == "vi" else "67.05")
    assert figure.rows.filter(kind="bar")["year"].to_list() == [2024]
    assert figure.rows.filter(kind="gap").height == 1
    assert figure.rows.filter(kind="label").height == 2
    assert themed(figure.spec, lang, "light")["config"]["locale"]["number"]["decimal"] == (
        "," if lang == "vi" else "."
    )
    assert figure.table.height == 19 + 19 + 1


def test_without_a_unit_or_with_bounds_alone_the_chart_stands(frames: Frames) -> None:
    alone = chart(frames, "vi", unit=None)
    assert set(alone.rows["role"].drop_nulls()) == {"target"}
    assert alone.rows.filter(kind="gap").is_empty()
    par = chart(frames, "vi", "par")
    assert par.rows.filter(kind="bar").height == 10
    assert as_csv(par, "vi").startswith(b"\xef\xbb\xbf")


def test_the_specifications_are_those_last_looked_at(frames: Frames) -> None:
    assert matches("approach", chart(frames, "vi").spec)
    rows = backtest(frames, "pci").rows
    assert matches("reliability", reliability_chart(rows, caption("vi")).spec)


def test_the_pictures_to_take_away_are_drawn(frames: Frames) -> None:
    rows = backtest(frames, "pci").rows
    for figure in (chart(frames, "vi", mode="dark"), reliability_chart(rows, caption("vi"))):
        assert as_png(figure, "vi", 1).startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_the_chart_says_the_gaps(frames: Frames, lang: Language) -> None:
    rows = gap_history(frames, "pci", 2019, 15, NAM_DINH)
    title = words.chart_title(rows, NAM_DINH, wording_of(frames, lang))
    assert numbers(title) == ([15, 1.96, 2019, 2018, 1.49] if lang == "vi" else [1.96, 15, 2019, 1.49, 2018])
    # 2017 broke the series, 2022 brought another method: nothing is compared across them.
    for year, gap in ((2017, 3.02), (2022, 2.59)):
        assert gap in numbers(words.chart_title(rows, NAM_DINH, wording_of(frames, lang, year)))
        assert year - 1 not in numbers(words.chart_title(rows, NAM_DINH, wording_of(frames, lang, year)))


def test_a_title_says_on_which_side_of_the_threshold(frames: Frames) -> None:
    rows = gap_history(frames, "pci", 2023, 15, "63-22")
    assert "trên ngưỡng" in words.chart_title(rows, "63-22", wording_of(frames, "vi", 2023))
    bounds = gap_history(frames, "par", 2023, 15, NAM_DINH)
    title = words.chart_title(bounds, NAM_DINH, wording_of(frames, "vi", 2023, "par"))
    assert numbers(title) == [2023, 15, 88.38, 88.6, 87.32]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_the_routes_says_the_figures(frames: Frames, lang: Language) -> None:
    answer = target(frames, HUE, "pci", 2019, with_odds=False)
    found = routes.distinct(answer.rows)
    facts = {names[0]: answer.figures["routes"][names[0]] for names in found}
    title = words.routes_title(facts, answer.figures["need"], wording_of(frames, lang))
    assert numbers(title) == [2, 0.73, 1, 5]


def test_routes_of_the_same_steps_are_one(frames: Frames) -> None:
    answer = target(frames, NAM_DINH, "pci", 2019, 18, with_odds=False)
    assert list(routes.distinct(answer.rows)) == [("least_effort", "fewest_components"), ("most_precedented",)]


def test_shares_of_a_route_add_up_to_the_whole(frames: Frames) -> None:
    answer = target(frames, HUE, "pci", 2019, with_odds=False)
    found = routes.distinct(answer.rows)
    nobody = routes.Agencies({}, city=False)
    written = routes.cards(found, answer.figures["routes"], nobody, wording_of(frames, "vi"), lambda code: code)
    for card in written.split("<article")[1:]:
        widths = [float(width) for width in re.findall(r"width:([\d.]+)%", card)]
        assert sum(widths) == pytest.approx(100, abs=0.1 * len(widths))


def test_names_are_text_and_never_markup(frames: Frames) -> None:
    answer = target(frames, HUE, "pci", 2019, with_odds=False)
    odd = TargetWording(frames.index("pci"), 2019, "<i>x</i>", "vi", 15)
    found, nobody = routes.distinct(answer.rows), routes.Agencies({}, city=False)
    written = routes.cards(found, answer.figures["routes"], nobody, odd, lambda code: f'?"{code}')
    assert '?"' not in written


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]+(\.[a-z_0-9]+)?", fullmatch=True), st.floats(-1000, 1000).map(lambda x: round(x, 4))
    )
)
def test_the_address_keeps_what_is_set(values: dict[str, float]) -> None:
    assert setup.read(setup.write(values)) == pytest.approx(values)


@pytest.mark.parametrize("written", ["", ":", "a", "a:x", "a:nan", "a:inf,:3", ",,"])
def test_what_cannot_be_read_sets_nothing(written: str) -> None:
    assert setup.read(written) == {}


@given(st.floats(0, 10), st.floats(0, 10))
def test_a_step_is_rounded_away_from_its_start_and_by_less_than_a_hundredth(start: float, end: float) -> None:
    found = setup.rounded(start, end, 0, 10)
    assert 0 <= found <= 10
    assert abs(found - end) < 0.01 + 1e-6
    assert found >= end - 1e-6 if end > start else found <= end + 1e-6


def control(what: str, component: str, now: float = 5) -> Control:
    return Control(what, component, Text(what, what), now, 0, 10, 1)


def test_a_component_and_its_indicators_are_not_set_both() -> None:
    board = (control("a", "a"), control("b", "b"), control("a.x", "a"))
    assert setup.kept({"a.x": 3, "b": 4}, board) == ({"b": 4, "a.x": 3}, [])
    assert setup.kept({"a": 6, "a.x": 3}, board) == ({"a": 6}, ["a.x"])
    assert setup.kept({"a": 5, "b": 11, "c": 1}, board) == ({}, ["b", "c"])


def test_sliders_write_shares_in_per_cent_and_step_a_hundredth_of_the_way(frames: Frames) -> None:
    component = setup.slider(controls(frames, NAM_DINH, "pci", 2019)[0], 8, "l", "n", "")
    assert (component.step, component.places, component.factor) == (0.1, 2, 1)
    share = Control("i", "c", Text("i", "i"), 0.4, 0.2, 0.7, 1, "share (0-1)")
    drawn = setup.slider(share, 0.5, "l", "n", " %")
    assert (drawn.factor, drawn.places) == (100, 1)
    assert drawn.step == pytest.approx(0.005)
    (total,) = controls(frames, NAM_DINH, "par", 2023)
    whole = setup.slider(total, 87.32, "l", "n", "")
    assert (whole.low, whole.high) == pytest.approx((77.32, 97.32))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_back_test_is_told_as_it_is(frames: Frames, lang: Language) -> None:
    answer = backtest(frames, "pci")
    written = wording_of(frames, lang)
    assert {3.9, 1.2, 6.3} <= set(numbers(words.trust(answer, written)))
    assert tested.groups(answer, written).count("<tr>") == 1 + 6
    table = tested.bands(answer, written)
    assert [int(found) for found in re.findall(r'<th scope="row">(\d+)–', table)] == [1, 8, 16, 23]
    assert table.count("<tr>") == 1 + 5 + 2
    assert tested.reliability(answer, written).count("<tr>") == 1 + 10
