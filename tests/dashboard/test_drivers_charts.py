"""The charts of the drivers page: they draw the rows given, and their titles say the figures."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import polars as pl
import pytest
from analytics.answer import Answer, Coverage
from analytics.forecast_backtest import forecast_backtest
from analytics.robustness import robustness
from analytics.sensitivity import left_out, overlapping
from analytics.shares import REMAINDER, shares

from analytics.drivers import DRIVER_COLUMNS
from dashboard.charts import scales
from dashboard.charts.export.files import as_csv, as_png
from dashboard.charts.figure import Figure, themed
from dashboard.figures import drivers as drivers_charts
from dashboard.figures import forecast as forecast_figures
from dashboard.figures import robustness as robustness_figures
from dashboard.figures import shares as shares_figures
from dashboard.subject import Subject
from dashboard.text import LANGUAGES, say
from dashboard.text import drivers as words
from dashboard.text.drivers import DriversWording
from dashboard.text.forecast import chart_title, errors_title
from dashboard.text.robustness import RobustnessWording, left_out_title
from dashboard.text.robustness import title as robustness_title
from dashboard.text.shares import title as shares_title
from data import number
from data.definition_file import indices
from data.frames import Frames
from data.text import Language
from tests.dashboard.snapshots import matches
from tests.dashboard.subjects import subject

PCI = indices()["pci"]
TERMS = ("entry_costs", "transparency", "labour_training")


def skill(value: float | None, low: float | None, high: float | None, **more: Any) -> dict[str, Any]:
    return {"skill": value, "low": low, "high": high, "folds": 10, "observations": 315} | more


def made(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


def study(
    estimates: Mapping[str, tuple[float | None, float, float | None]],
    lang: Language = "vi",
    *,
    grouped: tuple[float, float, float] = (0.4, 0.2, 0.5),
    forward: tuple[float, float, float] | None = (0.0, -0.1, 0.1),
    section: bool = False,
) -> DriversWording:
    """An answer with {component: (estimate, q, q on the years without a break)}, intervals of ± 0.02."""
    rows = pl.DataFrame(
        [
            {
                "term": term,
                "estimate": estimate,
                "error": 0.01,
                "low": None if estimate is None else estimate - 0.02,
                "high": None if estimate is None else estimate + 0.02,
                "p_value": q,
                "q_value": None if estimate is None else q,
                "detectable": 0.03,
                "reliability": 0.5,
                "estimate_plain": None,
                "q_plain": None,
                "estimate_ppml": None,
                "error_ppml": None,
                "q_ppml": None,
                "estimate_unbroken": None if again is None else 0.01,
                "error_unbroken": 0.01,
                "q_unbroken": again,
                "importance": 0.1 * place,
                "importance_spread": 0.05,
                "deviation": 0.5,
            }
            for place, (term, (estimate, q, again)) in enumerate(estimates.items())
        ]
    ).select(DRIVER_COLUMNS)
    years = [{"year": year} for year in (2018, 2019)]
    to_come = None if forward is None else skill(*forward, skill_last=-0.5, years=years)
    figures = {
        "outcome": "fdi" if section else "new_firms",
        "method": "cross_section" if section else "two_way_fixed_effects",
        "units": 63,
        "observations": 315,
        "years": [2016, 2017, 2018, 2019, 2020],
        "editions": [2015, 2016, 2017, 2018, 2019],
        "unbroken_years": None if section else [2018, 2019, 2020],
        "significant": [term for term, (value, q, _) in estimates.items() if value is not None and q <= 0.05],
        "skill": {"grouped": skill(*grouped), "forward": to_come},
    }
    answer = Answer("drivers", "pci", None, None, rows, Coverage(315, 315), figures)
    return DriversWording(PCI, 2019, "", lang, answer)


def drawn(frames: Frames, make: Callable[[Subject, Answer], Figure], wording: DriversWording) -> Figure:
    return make(subject(frames, "", "pci", 2019, wording.lang), wording.answer)


NULLS = {"entry_costs": (0.01, 0.9, 0.8), "transparency": (None, 1.0, None), "labour_training": (-0.03, 0.2, 0.7)}
FOUND = NULLS | {"labour_training": (0.03, 0.01, 0.02)}


@cache
def study_of(found: bool, lang: Language) -> DriversWording:
    return study(FOUND if found else NULLS, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nulls_are_drawn_hollow_and_what_cannot_be_told_has_no_dot(frames: Frames, lang: Language) -> None:
    figure = drawn(frames, drivers_charts.effects, study_of(False, lang))
    assert figure.rows["label"].to_list() == [PCI.component(term).name.in_(lang) for term in TERMS]
    assert not figure.rows["strong"].any()
    assert figure.rows["value"].to_list() == [0.01, None, -0.03]
    assert say(lang, "drivers.effects.inseparable").replace("|", "\n") == figure.rows["written"][1]
    written = figure.rows["written"][2].split(" %")[0]
    assert number.parse(written) == pytest.approx(100 * math.expm1(-0.03), abs=0.051)
    assert ("," in written) == (lang == "vi")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_subtitle_says_how_many_and_the_caveat_is_on_the_chart(frames: Frames, lang: Language) -> None:
    figure = drawn(frames, drivers_charts.effects, study_of(False, lang))
    for said in ("315", "63", "2016–2020", "2015–2019", "2018–2020", "95 %"):
        assert said in figure.subtitle
    caveat = {"vi": "Liên hệ, không phải nguyên nhân", "en": "Association, not causation"}[lang]
    assert figure.spec["title"]["text"] == caveat
    assert caveat in figure.alt
    section = drawn(frames, drivers_charts.effects, study(NULLS, lang, section=True, forward=None))
    assert {"vi": "Lát cắt", "en": "Cross-section"}[lang] in section.spec["title"]["text"]


def test_titles_say_what_was_found() -> None:
    assert words.effects_title(study(NULLS)).startswith("Không chỉ số thành phần nào trong 3 có liên hệ rõ")
    assert words.effects_title(study(FOUND)) == (
        "Đào tạo lao động cao hơn một độ lệch chuẩn đi cùng số doanh nghiệp mới trên 1.000 dân một năm sau "
        "cao hơn 3,0 %"
    )
    lost = FOUND | {"labour_training": (-0.03, 0.01, 0.4)}
    assert words.effects_title(study(lost)).endswith("thấp hơn 3,0 %; bỏ những năm đổi cách đo thì không còn rõ")
    many = FOUND | {"entry_costs": (0.02, 0.04, None)}
    assert "Gia nhập thị trường (+2,0 %) và Đào tạo lao động (+3,0 %)" in words.effects_title(study(many))
    assert "gấp 5,0 lần" in words.effects_title(study({"entry_costs": (math.log(5), 0.01, None)}))
    nothing = dict.fromkeys(TERMS, (None, 1.0, None))
    assert words.effects_title(study(nothing)).startswith("Không ước lượng được")


@pytest.mark.parametrize(
    ("grouped", "forward", "said"),
    [
        ((0.4, 0.2, 0.5), (0.0, -0.1, 0.1), ("chưa gặp tốt hơn", "năm sau không hơn")),
        ((0.0, -0.1, 0.1), (0.2, 0.1, 0.3), ("chưa gặp không hơn", "năm sau tốt hơn")),
        ((-0.2, -0.3, -0.1), (-0.2, -0.3, -0.1), ("chưa gặp kém hơn", "năm sau kém hơn")),
        ((0.4, 0.2, 0.5), None, ("chưa gặp tốt hơn",)),
    ],
)
def test_the_plain_sentence_on_skill(frames: Frames, grouped: Any, forward: Any, said: tuple[str, ...]) -> None:
    found = study(NULLS, grouped=grouped, forward=forward)
    title = words.skill_title(found)
    assert all(part in title for part in said)
    figure = drawn(frames, drivers_charts.skill, found)
    assert figure.rows.height == (1 if forward is None else 3)
    assert figure.rows["value"][0] == pytest.approx(100 * grouped[0])
    assert figure.rows["strong"][0] == (grouped[1] > 0)
    if forward is None:
        assert "không thử được năm sau" in figure.subtitle


def test_importance_names_the_first_only_where_guesses_are_any_good(frames: Frames) -> None:
    good, bad = study(NULLS), study(NULLS, grouped=(0.0, -0.1, 0.1))
    assert words.importance_title(good).startswith(PCI.component("labour_training").name.vi)
    assert drawn(frames, drivers_charts.importance, good).rows["strong"].to_list() == [True, False, False]
    assert "không chỉ số thành phần nào là quan trọng" in words.importance_title(bad)
    assert not drawn(frames, drivers_charts.importance, bad).rows["strong"].any()


@pytest.mark.parametrize("ends", [(-0.05, 0.08), (-0.004, 0.003), (-2.0, 2.5), (0.0, 0.3)])
def test_axes_are_labelled_in_per_cent_and_keep_the_line_of_none(ends: tuple[float, float]) -> None:
    rows = pl.DataFrame({"value": [sum(ends) / 2], "low": [ends[0]], "high": [ends[1]], "second": [None]})
    scale = scales.of_logarithms(rows, "x", "vi")
    assert scale.low < min(0, ends[0])
    assert scale.high > max(0, ends[1])
    assert (0.0, "0") in scale.ticks
    assert len(scale.ticks) >= 2
    for place, label in scale.ticks:
        assert number.parse(label.removesuffix(" %")) == pytest.approx(100 * math.expm1(place), abs=0.05)


@pytest.fixture
def trial(frames: Frames) -> RobustnessWording:
    found = robustness_figures.wording_of(subject(frames, "63-36", "pci", 2019))
    assert found is not None
    return found


def test_the_bands_are_those_around_the_province(frames: Frames, trial: RobustnessWording) -> None:
    figure = made(robustness_figures.bands(subject(frames, "63-36", "pci", 2019)))
    assert figure.rows.height == 11
    assert figure.rows.filter("own")["label"].to_list() == ["Nam Định"]
    own = trial.own
    assert own is not None
    low, high = own["low"], own["high"]
    assert robustness_title(trial) == (
        f"Nam Định, PCI 2019: thứ {own['rank']}/63, từ thứ {low} đến thứ {high} nếu trọng số khác đi"
    )
    assert str(overlapping(trial.answer.rows, "63-36")) in figure.title
    assert figure.spec["title"]["text"] == "Thử trọng số, không phải sai số khảo sát"


def test_without_a_province_the_edge_of_the_group_is_drawn(frames: Frames) -> None:
    answer = robustness(frames, "pci", 2023)
    figure = made(robustness_figures.bands(subject(frames, "", "pci", 2023, "en")))
    assert [int(found) for found in re.findall(r"\d+", figure.title)][:2] == [answer.figures["sure"], 15]
    assert f"{answer.figures['contested']} in or out" in figure.title
    assert {15, 16} <= {*figure.rows["rank"]}
    shares_of_draws = figure.rows["written"].str.contains("%")
    assert shares_of_draws.all()
    # Hardly ever is not never.
    for row, share in zip(
        figure.rows["written"],
        answer.rows.join(figure.rows, left_on="name_en", right_on="label")["p_target"],
        strict=True,
    ):
        assert ("<" in row) == (0 < share < 0.01)
        assert (">" in row) == (0.99 < share < 1)


def test_every_component_is_left_out_once(frames: Frames, trial: RobustnessWording) -> None:
    rows = left_out(frames, "63-36", "pci", 2019)
    figure = made(robustness_figures.left_out(subject(frames, "63-36", "pci", 2019)))
    assert figure.rows.height == 1 + rows.height
    best, worst = rows.row(0, named=True), rows.row(-1, named=True)
    assert left_out_title(trial, rows) == (
        f"Bỏ {PCI.component(best['component']).name.vi}, Nam Định lên thứ {best['rank']}; "
        f"bỏ {PCI.component(worst['component']).name.vi}, xuống thứ {worst['rank']}"
    )
    own = trial.own
    assert own is not None
    for rank, written in figure.rows.select("rank", "written").iter_rows():
        shown, change = re.fullmatch(r"(\d+) \(([+−]?\d+)\)", written).groups()  # type: ignore[union-attr]
        assert (int(shown), number.parse(change)) == (rank, own["rank"] - rank)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shares_add_up_and_the_title_names_the_largest(frames: Frames, lang: Language) -> None:
    answer = shares(frames, "pci", 2019)
    found = shares_figures.wording_of(subject(frames, "", "pci", 2019, lang))
    assert found is not None
    figure = made(shares_figures.spread_shares(subject(frames, "", "pci", 2019, lang)))
    assert figure.rows.height == 10  # a remainder of rounding is not drawn
    assert figure.rows["share"].sum() == pytest.approx(100, abs=0.05)
    top = answer.rows.filter(pl.col("component") != REMAINDER).head(2)
    assert number.decimal(100 * top["spread_share"].sum(), 0, lang) + " %" in shares_title(found)
    assert figure.rows.filter("strong")["label"].to_list() == [found.component(code) for code in top["component"]]
    assert all(("," in written) == (lang == "vi") for written in figure.rows["written"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_came_is_held_against_the_forecast(frames: Frames, lang: Language) -> None:
    asked = subject(frames, "63-36", "pci", 2019, lang)
    outlook = forecast_figures.wording_of(asked)
    figure = made(forecast_figures.next_score(asked))
    row = outlook.answer.rows.row(0, named=True)
    came = figure.rows.filter(kind="came").row(0, named=True)
    assert came["value"] == row["actual"]
    assert came["under"] <= row["low"]
    assert number.decimal(row["actual"], 2, lang) in chart_title(outlook)
    assert ("trong khoảng" if lang == "vi" else "inside") in figure.title
    assert figure.spec["title"]["text"] == say(lang, "drivers.caveat_forecast")


def test_without_a_forecast_only_what_is_known_is_drawn(frames: Frames) -> None:
    figure = made(forecast_figures.next_score(subject(frames, "63-36", "pci", 2023)))
    assert {*figure.rows["kind"]} == {"known"}
    assert figure.title == "Nam Định: 65,65 điểm năm 2023, chưa có dự báo"
    assert "title" not in figure.spec


def test_the_record_says_how_much_closer(frames: Frames) -> None:
    for index in ("pci", "papi"):
        tested = forecast_backtest(frames, index)
        title = errors_title(tested, "vi")
        assert f"{tested.figures['closer_in']}/{tested.figures['editions']}" in title
        assert number.decimal(100 * tested.figures["skill"], 0, "vi") in title


def figures(frames: Frames) -> dict[str, Figure]:
    found, asked = study(FOUND), subject(frames, "63-36", "pci", 2019)
    return {
        "drivers-effects": drawn(frames, drivers_charts.effects, found),
        "drivers-skill": drawn(frames, drivers_charts.skill, found),
        "drivers-bands": made(robustness_figures.bands(asked)),
        "drivers-left-out": made(robustness_figures.left_out(asked)),
        "drivers-shares": made(shares_figures.spread_shares(asked)),
        "drivers-outlook": made(forecast_figures.next_score(asked)),
        "drivers-errors": made(forecast_figures.errors(asked)),
    }


def test_specifications_are_those_that_were_looked_at(frames: Frames) -> None:
    for name, figure in figures(frames).items():
        assert matches(name, themed(figure.spec, "vi", "light")), name


def test_pictures_and_tables_can_be_taken_away(frames: Frames) -> None:
    for name, figure in figures(frames).items():
        assert as_png(figure, "vi", 0.5).startswith(b"\x89PNG"), name
        assert len(as_csv(figure, "vi").decode("utf-8-sig").splitlines()) == 1 + figure.table.height, name
