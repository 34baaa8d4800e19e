"""The charts of the overview: they draw the rows given, write numbers in the language, draw doubt as doubt."""

from __future__ import annotations

import re

import polars as pl
import pytest

from analytics.core.history import Point, history, rank_points
from analytics.core.ranking import ranking
from analytics.standing.profile import orders, profile
from analytics.standing.standing import distance
from dashboard.charts import distance as distance_of
from dashboard.charts import orders as orders_of
from dashboard.charts import profile as profile_of
from dashboard.charts import sparkline
from dashboard.charts.export.files import as_csv, as_png
from dashboard.charts.figure import themed
from dashboard.text import LANGUAGES
from dashboard.text import overview as words
from data.frames import Frames
from data.number import parse
from data.text import Language

HEADINGS = ("name", "score", "shown_rank", "component", "value", "median", "lowest", "highest", "gap", "known")
MORE = ("order", "scaled", "score_low", "score_high")


def distance_words(title: str = "t") -> distance_of.Words:
    keys = {key: key for key in HEADINGS}
    return distance_of.Words(title, "s", "Nguồn", "alt", "Điểm", "Đơn vị cuối nhóm 15", "Nam Định 65,65", keys)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_distance_draws_every_known_unit_once(frames: Frames, lang: Language) -> None:
    rows = ranking(frames, "pci", 2023).rows
    figure = distance_of.distance_chart(rows, "63-36", (68.8, 68.8), 0.3, distance_words(), lang, "light")
    dots = figure.rows.filter(pl.col("kind").is_in(["unit", "own"]))
    assert dots.height == 63
    assert dots.filter(kind="own")["name"].to_list() == ["Nam Định" if lang == "vi" else "Nam Dinh"]
    assert not dots["printed"].any()  # every total of 2023 is derived: hollow
    assert figure.table.height == 63
    assert dots.filter(kind="own")["level"].item() == 0


def test_no_two_dots_of_the_distance_touch(frames: Frames) -> None:
    rows = ranking(frames, "pci", 2019).rows
    figure = distance_of.distance_chart(rows, "63-36", (1.0, 1.0), 0.3, distance_words(), "vi", "light")
    dots = figure.rows.filter(pl.col("kind").is_in(["unit", "own"])).select("score", "level").rows()
    assert len(set(dots)) == 63
    wide = 0.02 * (max(dots)[0] - min(dots)[0])
    for place, (score, level) in enumerate(dots):
        for other, beside in dots[place + 1 :]:
            assert level != beside or abs(score - other) >= wide


def test_a_bracket_is_an_area_and_an_exact_edge_a_line(frames: Frames) -> None:
    rows = ranking(frames, "par", 2023).rows

    def kinds(edge: tuple[float | None, float | None]) -> set[str]:
        drawn = distance_of.distance_chart(rows, "63-36", edge, None, distance_words(), "vi", "light").rows
        return {*drawn["kind"]}

    assert {"bracket", "group"} <= kinds((88.38, 88.6))
    assert "edge" not in kinds((88.38, 88.6))
    assert "bracket" not in kinds((88.5, 88.5))
    assert {"edge", "group"} <= kinds((88.5, 88.5))
    assert kinds((None, None)) == {"unit", "own", "own_label"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("index", "year", "unit"), [("pci", 2019, "63-36"), ("pci", 2023, "63-22")])
def test_the_title_of_the_distance_says_the_figures(
    frames: Frames, lang: Language, index: str, year: int, unit: str
) -> None:
    found = distance(frames, index, year, unit)
    assert found is not None
    title = words.distance_title(found, "X", 2, lang)
    assert title is not None
    numbers = [parse(text) for text in re.findall(r"\d+(?:[.,]\d+)?", title)]
    assert sorted(numbers) == sorted([float(found.top), round(found.points or 0, 2), float(found.places or 0)])
    assert ("," if lang == "vi" else ".") in title


def test_the_profile_draws_the_components_in_the_order_asked_for(frames: Frames) -> None:
    answer = profile(frames, "pci", 2023, "63-36")
    index = frames.index("pci")
    written = profile_of.Words(
        title="t",
        subtitle="s",
        source="Nguồn",
        alt="alt",
        axis="Điểm",
        median="Trung vị",
        labels={item.code: item.name.vi for item in index.components_of(2023)},
        values=words.profile_values(answer.rows, "points", "vi"),
        headings={key: key for key in HEADINGS},
    )
    published = profile_of.profile_chart(answer.rows, "publisher", written, "light")
    assert published.rows["label"].to_list() == [item.name.vi for item in index.components_of(2023)]
    by_gap = profile_of.profile_chart(answer.rows, "gap", written, "light")
    assert by_gap.rows["gap"].is_sorted()
    assert by_gap.rows["label"][0] == "Cạnh tranh bình đẳng"
    assert by_gap.rows["written"][0] == "4,17 (−1,59)"
    assert published.table.height == answer.rows.height
    assert max(len(line) for label in published.rows["folded"] for line in label.split("\n")) <= 22


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["63-36", "63-22", "63-04", "63-48"])
def test_the_title_of_the_profile_counts_what_is_above_the_median(
    frames: Frames, unit: str, lang: Language
) -> None:
    index = frames.index("pci")
    rows = profile(frames, "pci", 2019, unit).rows
    title = words.profile_title(index, rows, "X", 2019, 10, lang)
    assert [int(found) for found in re.findall(r"\d+", title)] == [(rows["gap"] > 0).sum(), 10]
    assert index.component(rows.sort("gap")["component"][0]).name.in_(lang) in title


@pytest.mark.parametrize(
    ("unit", "end", "said"),
    [
        ("63-62", 0, {"vi": "không hơn trung vị", "en": "not above the median on any"}),
        ("63-42", -1, {"vi": "không kém trung vị", "en": "not below the median on any"}),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_profile_on_one_side_of_the_median_is_told_so(
    frames: Frames, unit: str, end: int, said: dict[Language, str], lang: Language
) -> None:
    index = frames.index("papi")
    rows = profile(frames, "papi", 2023, unit).rows.sort("gap")
    title = words.profile_title(index, rows, "X", 2023, 8, lang)
    assert said[lang] in title
    assert index.component(rows["component"][end]).name.in_(lang) in title


def test_an_unknown_median_is_said_and_no_distance_to_it_written(frames: Frames) -> None:
    rows = profile(frames, "pci", 2022, "63-22").rows
    title = words.profile_title(frames.index("pci"), rows, "Quảng Ninh", 2022, 10, "vi")
    assert title == "PCI 2022: đã biết 8 trong 10 chỉ số thành phần của Quảng Ninh"
    values = words.profile_values(rows, "points", "vi")
    assert len(values) == 8
    assert not any("(" in value for value in values)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_orders_draw_the_34_on_nine_components(frames: Frames, lang: Language) -> None:
    index = frames.index("pci")
    rows = orders(frames, "pci", 2025)
    own = rows.filter(unit="34-37")
    labels = {item.code: item.name.in_(lang) for item in index.components_of(2025)}
    written = orders_of.Words(
        title=words.orders_title(index, own, "X", lang),
        subtitle="s",
        source="q",
        alt="alt",
        axis="Điểm",
        labels=labels,
        places={code: str(place) for code, place in own.select("component", "order").iter_rows()},
        headings={key: key for key in HEADINGS + MORE},
    )
    figure = orders_of.orders_chart(rows, "34-37", written, lang, "light")
    assert figure.rows.height == 34 * 9
    assert figure.rows.filter("own")["written"].null_count() == 0
    assert figure.rows.filter(~pl.col("own"))["written"].drop_nulls().is_empty()
    assert labels["informal_charges"] in figure.title
    assert labels["entry_costs"] in figure.title
    assert as_csv(figure, "vi").startswith(b"\xef\xbb\xbf")


def test_the_picture_to_take_away_is_drawn(frames: Frames) -> None:
    rows = ranking(frames, "pci", 2019).rows
    figure = distance_of.distance_chart(rows, "63-36", (66.0, 66.0), 0.3, distance_words(), "vi", "dark")
    assert as_png(figure, "vi", 1).startswith(b"\x89PNG")
    assert themed(figure.spec, "vi", "dark")["config"]["locale"]["number"]["decimal"] == ","


def points(frames: Frames, unit: str, index: str) -> list[Point]:
    return rank_points(history(frames, unit, index, "overall").rows, frames.index(index))


def test_the_sparkline_never_joins_regimes_or_gaps_and_dashes_series_breaks(frames: Frames) -> None:
    step = {point.year: point.step for point in points(frames, "63-36", "pci")}
    for first in (2005, 2006, 2009, 2013, 2022):  # the first year of each regime
        assert step[first] is None
    assert step[2017] == "dashed"
    assert step[2021] == "dashed"
    assert step[2010] == step[2014] == step[2019] == "joined"
    par = {point.year: point.step for point in points(frames, "63-36", "par")}
    assert par[2020] is None  # 2019 is not known


def test_the_sparkline_draws_computed_and_second_hand_ranks_hollow(frames: Frames) -> None:
    shown = points(frames, "63-36", "pci")
    assert {point.year for point in shown if not point.printed} >= {2023}
    svg = sparkline.sparkline(shown, range(2005, 2025), 2023, 15, "light").svg
    assert svg.count("<circle") == len(shown)
    assert svg.count("<line") == sum(point.step is not None for point in shown)
    assert svg.count("stroke-dasharray") == sum(point.step == "dashed" for point in shown)
    assert svg.count('fill="#FFFFFF"') == sum(not point.printed for point in shown)


def test_rank_1_is_on_top(frames: Frames) -> None:
    shown = points(frames, "63-48", "pci")
    svg = sparkline.sparkline(shown, range(2005, 2025), 2019, 15, "light").svg
    heights = [float(found) for found in re.findall(r'cy="([\d.]+)"', svg)]
    assert [point.rank for point in shown][heights.index(min(heights))] == 1
