"""Whose is it: the answers of a subject, and what the overview says of them, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.change.change import change
from analytics.core.asker import PlainAsker
from analytics.core.ranking import ranking
from analytics.path.odds import OddsByGain
from dashboard.figures.overview import distance
from dashboard.session.resources import Resources
from dashboard.subject import Subject
from dashboard.text import LANGUAGES
from dashboard.text import summary as words
from dashboard.text.target import trust
from dashboard.views.overview import panels
from data.frames import Frames
from data.names import Names
from data.store import Store
from data.text import Language, Text
from tests.dashboard.snapshots import matches
from tests.documents.reading import numbers, sizes, unmatched, values


@pytest.fixture(scope="module")
def asker(frames: Frames) -> PlainAsker:
    return PlainAsker.of(frames)


def subject(asker: PlainAsker, unit: str, index: str, year: int, lang: Language = "vi") -> Subject:
    return Subject(asker, unit, asker.frames.index(index), year, lang)


@pytest.mark.parametrize("unit", ["63-22", "63-36", "63-04", "63-48"])
@pytest.mark.parametrize("year", [2019, 2022, 2023])
def test_why_the_rank_moved_holds_only_numbers_of_the_answer(frames: Frames, unit: str, year: int) -> None:
    index = frames.index("pci")
    answer = change(frames, unit, "pci", year)
    vi, en = (words.why(index, "X", year, answer, lang) for lang in LANGUAGES)
    known = values(answer.figures, answer.rows) | {len(index.components_of(year)), answer.coverage.known}
    assert not unmatched(vi, known)
    assert sizes(vi) == sizes(en)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_the_rank_moved_is_said_to_be_unknown(asker: PlainAsker, lang: Language) -> None:
    for index, year, named in (("pci", 2005, {2005}), ("par", 2020, {2019, 2020})):
        found = subject(asker, "63-36", index, year, lang)
        said = words.why(found.index, found.name, year, found.change, lang)
        assert {value for value in numbers(said) if value > 1900} == named
    # The change of rank is known, not what it comes from.
    found = subject(asker, "63-36", "par", 2023, lang)
    assert ("tăng 5 bậc" if lang == "vi" else "moved up 5 places") in words.why(
        found.index, found.name, 2023, found.change, lang
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_distance_is_short_and_the_same_as_in_the_title(asker: PlainAsker, lang: Language) -> None:
    for unit, index, year in (("63-36", "pci", 2023), ("63-22", "pci", 2019), ("63-36", "par", 2023)):
        found = subject(asker, unit, index, year, lang)
        figure = distance(found)
        assert figure is not None
        assert found.distance is not None
        short = words.short_distance(found.distance, found.index.score_decimals, lang)
        assert sizes(short) == sizes(figure.title)
        assert len(short) <= 45
    unknown = subject(asker, "63-22", "par", 2024, lang).distance
    assert unknown is not None
    assert sizes(words.short_distance(unknown, 2, lang)) == [12, 15]


def test_the_odds_are_told_or_refused(asker: PlainAsker) -> None:
    told = subject(asker, "63-36", "pci", 2023)
    wording = told.target_wording
    assert not isinstance(told.chance, Text)
    title, refused = words.odds(told.chance, told.distance, wording)
    assert numbers(title) == [15, round(100 * told.chance)]
    assert refused == ""
    assert "+3,9 % [1,2; 6,3]" in trust(told.backtest(), wording)
    none = subject(asker, "63-36", "papi", 2024)
    title, refused = words.odds(none.chance, none.distance, wording)
    assert title == "Không có xác suất cho kỳ kế tiếp"
    assert "không còn chấm đơn vị này" in refused
    assert subject(asker, "63-36", "par", 2023).backtest() is None


def test_the_odds_are_of_the_group_chosen(asker: PlainAsker) -> None:
    told = subject(asker, "63-36", "pci", 2023)
    fewer = replace(told, top=5)
    assert isinstance(told.chance, float)
    assert isinstance(fewer.chance, float)
    assert fewer.chance < told.chance
    for found in (told, fewer):
        tested = found.backtest()
        assert tested is not None
        assert tested.figures["top"] == found.group_size
        assert isinstance(found.odds_by_gain, OddsByGain)
        assert found.odds_by_gain.chance() == pytest.approx(found.chance, abs=0.001)


def test_the_nearest_edition_stands_in(asker: PlainAsker) -> None:
    found = subject(asker, "63-04", "par", 2022).nearest()
    assert found.year == 2024  # not 2015, the last one known before
    assert subject(asker, "63-36", "pci", 2019).nearest().year == 2019
    newest = found.on(asker.frames.index("pci"))
    assert newest.year == max(newest.totals["year"])
    assert found.on(found.index) is found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_panels_say_more_than_colour_does_and_escape(asker: PlainAsker, lang: Language) -> None:
    found = subject(asker, "63-36", "pci", 2023, lang)
    assert found.strengths is not None
    more = ("more <b>", "weaknesses?a=1&b=2")
    shown = panels.strengths(found.strengths, found.index, found.agencies, found.city, more, lang)
    assert shown.count("<li>") == 6
    assert shown.count('class="vb-worse">−') == 3
    assert shown.count('class="vb-better">+') == 3
    assert shown.count("vb-inferred") == 1
    assert "more &lt;b&gt;" in shown
    assert "?a=1&amp;b=2" in shown
    assert "&lt;i&gt;" in panels.why("t", "<i>", None, lang)
    assert 'style="width:5.0%"' in panels.odds("t", 0.05, ["s"], None, lang)
    assert "vb-track" not in panels.odds("t", None, ["s"], None, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_distance_chart_is_the_one_that_was_looked_at(asker: PlainAsker, lang: Language) -> None:
    figure = distance(subject(asker, "63-36", "pci", 2023, lang))
    assert figure is not None
    assert matches(f"distance-{lang}", figure.spec)


def test_the_subtitle_names_what_is_there(asker: PlainAsker) -> None:
    alone = distance(subject(asker, "63-22", "pci", 2019))
    crowded = distance(subject(asker, "63-36", "pci", 2023))
    assert alone is not None
    assert crowded is not None
    assert "không có đơn vị nào khác" in alone.subtitle
    assert "chấm rỗng" not in alone.subtitle
    assert "có 8 đơn vị khác" in crowded.subtitle
    assert "chấm rỗng" in crowded.subtitle


def test_what_is_at_hand_is_known(frames: Frames, store_path: Path) -> None:
    found = Resources("test", Store.open(store_path), frames, Names.of(frames))
    assert not found.known(ranking, "pci", 2019)
    found.ask(ranking, "pci", 2019)
    assert found.known(ranking, "pci", 2019)
    assert not found.known(ranking, "pci", 2018)
