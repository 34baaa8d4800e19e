"""The waterfall: steps that lead from one figure to the other, each where it belongs, and true titles."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.change.change import REMAINDER
from dashboard.charts.caption import Caption
from dashboard.charts.export.files import as_png
from dashboard.charts.figure import Figure, themed
from dashboard.charts.waterfall import waterfall
from dashboard.figures import change as figures
from dashboard.text import LANGUAGES
from dashboard.text.change import ChangeWording, crossed_title, parts_title, places_title, title
from data import number
from data.frames import Frames
from data.text import Language
from tests.dashboard.snapshots import matches
from tests.dashboard.subjects import subject

NAM_DINH = ("63-36", "pci", 2019)


def wording(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi") -> ChangeWording:
    found = subject(frames, unit, index, year, lang).change_wording
    assert found is not None
    return found


def contributions(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi") -> Figure:
    figure = figures.contributions(subject(frames, unit, index, year, lang))
    assert figure is not None
    return figure


def rank_parts(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi") -> Figure:
    figure = figures.rank_parts(subject(frames, unit, index, year, lang))
    assert figure is not None
    return figure


def drawn(steps: list[tuple[str, str, float | None, bool]], base: float) -> pl.DataFrame:
    kinds = {"label": pl.String, "kind": pl.String, "value": pl.Float64, "printed": pl.Boolean}
    frame = pl.DataFrame(steps, schema=kinds, orient="row").with_columns(written=pl.col("label"))
    return waterfall("toy", frame, base, "axis", False, Caption("t", "s", "q", "a", "vi", "light")).rows


def test_every_step_begins_where_the_one_before_it_ended() -> None:
    rows = drawn(
        [
            ("before", "start", 10.0, True),
            ("gain", "part", 4.0, True),
            ("unknown", "part", None, True),
            ("loss", "part", -6.0, False),
            ("rest", "rest", 0.5, True),
            ("after", "end", 8.5, True),
        ],
        10.0,
    )
    assert rows["low"].to_list() == [10.0, 10.0, None, 8.0, 8.0, 8.5]
    assert rows["high"].to_list() == [10.0, 14.0, None, 14.0, 8.5, 8.5]
    assert rows["at"].to_list() == [10.0, 14.0, 14.0, 8.0, 8.5, 8.5]
    assert rows["role"].to_list() == ["start", "better", "unknown", "worse", "rest", "end"]
    assert rows["leftward"].to_list()[3]
    assert rows["printed"].to_list() == [True, True, True, False, True, True]


def test_a_sum_is_drawn_from_where_the_steps_began() -> None:
    rows = drawn([("own", "part", 3.0, True), ("others", "part", -17.0, True), ("sum", "sum", -14.0, True)], 0.0)
    assert rows.row(2, named=True)["low"] == -14.0
    assert rows.row(2, named=True)["high"] == 0.0
    assert rows["leftward"].to_list() == [False, True, True]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("asked", [NAM_DINH, ("63-22", "pci", 2019), ("63-36", "papi", 2023)])
def test_the_parts_lead_from_total_to_total(frames: Frames, asked: tuple[str, str, int], lang: Language) -> None:
    found = wording(frames, *asked, lang)
    figure = contributions(frames, *asked, lang)
    # The remainder is rounding alone: it has no bar, as it has no row in a table.
    assert figure.rows.height == found.parts.height + 2
    assert figure.rows.filter(role="rest").is_empty()
    assert figure.rows["at"][-2] == pytest.approx(found.figures["score_after"], abs=0.0051)
    written = [number.parse(text) for text in figure.rows["written"]]
    shown = [*found.parts["contribution"]]
    assert written[1:-1] == pytest.approx(shown, abs=0.0051)
    assert (written[0], written[-1]) == pytest.approx(
        (found.figures["score_before"], found.figures["score_after"]), abs=0.0051
    )
    assert ("," in figure.rows["written"][0]) == (lang == "vi")


def test_what_is_not_printed_is_hollow_and_what_is_not_known_has_no_bar(frames: Frames) -> None:
    figure = contributions(frames, "63-49", "par", 2023)
    unknown = figure.rows.filter(role="unknown")
    assert unknown["written"].to_list() == ["chưa biết"]
    assert unknown["low"].null_count() == 1
    assert not figure.rows.filter(role="better")["printed"].any()
    assert "rỗng" in figure.subtitle
    assert figure.rows.filter(role="rest")["label"].item() == "Phần chưa biết"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_places_add_up_and_carry_their_sign(frames: Frames, lang: Language) -> None:
    found = wording(frames, *NAM_DINH, lang)
    figure = rank_parts(frames, *NAM_DINH, lang)
    own, others, whole = (number.parse(text) for text in figure.rows["written"])
    assert (own, others, whole) == (24.5, -22.5, 2)
    assert own + others == whole == found.figures["rank_change"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_name_the_largest_of_the_frame(frames: Frames, lang: Language) -> None:
    found = wording(frames, *NAM_DINH, lang)
    rows = found.parts.sort("contribution")
    said = parts_title(found)
    for place in (0, -1):
        row = rows.row(place, named=True)
        assert found.component(row["component"]) in said
        assert number.decimal(row["contribution"], 2, lang, signed=True) in said
    assert ("24,5" if lang == "vi" else "24.5") in places_title(found)
    assert title(found) == {
        "vi": "Nam Định, PCI 2019: vì sao lên 2 bậc",
        "en": "Nam Dinh, PCI 2019: why it moved up 2 places",
    }.get(lang)


def test_the_crossing_counts_every_component_once(frames: Frames) -> None:
    found = wording(frames, *NAM_DINH)
    counts = {way: len(codes) for way, codes in found.figures["crossed"].items()}
    assert crossed_title(found) == (
        f"Trong 10 chỉ số thành phần biết cả điểm và hạng: {counts['up/up']} tăng cả điểm và hạng, "
        f"{counts['up/down']} tăng điểm mà tụt hạng, {counts['down/down']} giảm cả điểm và hạng"
    )
    assert sum(counts.values()) == found.parts.height
    assert "biết hạng" in (crossed_title(wording(frames, "63-36", "pci", 2013)) or "")
    assert crossed_title(wording(frames, "63-04", "pci", 2023)) is None


def test_the_remainder_closes_the_drawing(frames: Frames) -> None:
    found = wording(frames, "63-36", "pci", 2011)
    rest = found.answer.rows.filter(component=REMAINDER)["contribution"].item()
    assert abs(rest) > 0.1  # the totals of 2011 exceed their parts
    assert contributions(frames, "63-36", "pci", 2011).rows.filter(role="rest")[
        "written"
    ].item() == number.decimal(rest, 2, "vi", signed=True)


def test_the_specifications_are_those_that_were_looked_at(frames: Frames) -> None:
    for name, figure in (
        ("change-parts", contributions(frames, *NAM_DINH)),
        ("change-places", rank_parts(frames, *NAM_DINH)),
    ):
        assert matches(name, themed(figure.spec, "vi", "light"))


def test_the_picture_to_take_away_is_drawn(frames: Frames) -> None:
    figure = figures.contributions(subject(frames, *NAM_DINH, mode="dark"))
    assert figure is not None
    assert as_png(figure, "vi").startswith(b"\x89PNG")
