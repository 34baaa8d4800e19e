"""The next score: shrunken, with an interval that covers as often as it says, or the reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.core.ranking import scored
from analytics.forecast import shrinkage
from analytics.forecast.forecast import FORECAST_COLUMNS, forecast
from analytics.forecast.forecast_backtest import FORECAST_BACKTEST_COLUMNS, forecast_backtest
from analytics.forecast.shrinkage import Step
from data.definition import Index, Regime, SeriesBreak
from data.frames import Frames
from data.text import Problem
from tests import sample

UNITS = 30
YEARS = tuple(range(2010, 2016))


def toy(years: tuple[int, ...] = YEARS, units: int = UNITS, **more: object) -> Index:
    return sample.index({"a": 1.0}, years=years, units=units, **more)


def halves(gaps: list[float], means: list[float], units: int = UNITS) -> dict[tuple[int, str], dict[str, float]]:
    """Half of the units so far above each edition's mean, half below."""
    return {
        (2010 + edition, unit): {"overall": mean + (gap if place % 2 == 0 else -gap)}
        for edition, (mean, gap) in enumerate(zip(means, gaps, strict=True))
        for place, unit in enumerate(sample.unit_codes(units))
    }


def framed(index: Index, values: dict[tuple[int, str], dict[str, float]]) -> Frames:
    return sample.frames(index, sample.score_rows(values))


# Every edition halves the distance to its mean, which stays at 50.
HALVING = framed(toy(), halves([32, 16, 8, 4, 2, 1], [50] * 6))


def test_what_is_kept_by_hand() -> None:
    answer = forecast(HALVING, "63-01", "toy")
    row = answer.rows.row(0, named=True)
    assert answer.rows.columns == list(FORECAST_COLUMNS)
    assert answer.figures["kept"] == pytest.approx(0.5)
    assert answer.figures["shrinkage"] == pytest.approx(0.5)
    # From 51 halfway back to 50; such forecasts have never missed, so the interval is a point.
    assert (row["year"], row["score"], row["last"]) == (2016, pytest.approx(50.5), 51)
    assert (row["low"], row["high"]) == (pytest.approx(50.5), pytest.approx(50.5))
    assert (row["score_status"], row["actual"]) == ("estimated", None)
    assert answer.figures["tested"] == [2012, 2013, 2014, 2015]
    assert answer.figures["learned"] == [2011, 2012, 2013, 2014, 2015]
    assert answer.figures["moves"] == 5 * UNITS
    # The last value missed by 8, 4, 2 and 1 points.
    assert answer.figures["error_shrunken"] == pytest.approx(0)
    assert answer.figures["error_last"] == pytest.approx(15 / 4)
    assert answer.figures["skill"] == pytest.approx(1)


def test_a_rise_of_all_is_not_foreseen_and_widens_the_interval() -> None:
    # All keep their distances; the mean moves by +2, −2, +2, −2: the forecast is the last value, and misses by 2.
    frames = framed(toy((2010, 2011, 2012, 2013, 2014)), halves([5] * 5, [50, 52, 50, 52, 50]))
    answer = forecast(frames, "63-02", "toy")
    assert answer.figures["kept"] == pytest.approx(1)
    assert answer.rows["score"].item() == pytest.approx(45)
    # Three tested editions, no difference within them: t with 3 degrees of freedom at 0.9 is 1.638.
    assert answer.figures["freedom"] == pytest.approx(3)
    assert answer.figures["half_width"] == pytest.approx(1.6377 * 2, abs=1e-3)
    assert answer.figures["better"] is None
    assert answer.figures["p_value"] is None


def test_the_split_of_errors_by_hand() -> None:
    # Means 1, −1, 1 and within each ± 3: mean squares 1 and 9, with 3 and 3 · (4 − 1) degrees of freedom.
    errors = [np.array([mean + 3, mean - 3, mean + 3, mean - 3]) for mean in (1.0, -1.0, 1.0)]
    found = shrinkage.spread(errors)
    assert found is not None
    assert found.freedom == pytest.approx(100 / (1 / 3 + 81 / 9))
    from scipy.stats import t

    assert found.half == pytest.approx(t.ppf(0.9, found.freedom) * 10**0.5)
    assert shrinkage.spread(errors[:2]) is None


def test_the_test_against_the_last_value_is_a_t_test_over_editions() -> None:
    from scipy.stats import ttest_1samp

    random = np.random.default_rng(4)
    step = Step(2010, 2011, 0, 50.0, np.zeros(20), np.zeros(20))
    known = [
        shrinkage.Tested(step, shrinkage.Fit(1, (), 0), random.normal(0, 1, 20), random.normal(0, 1.2, 20))
        for _ in range(6)
    ]
    gains = [np.abs(item.last_errors).mean() - np.abs(item.errors).mean() for item in known]
    assert shrinkage.diebold_mariano(known) == pytest.approx(ttest_1samp(gains, 0, alternative="greater").pvalue)
    assert shrinkage.diebold_mariano(known[:1]) is None


def test_the_slope_is_that_of_scipy() -> None:
    from scipy.stats import linregress

    random = np.random.default_rng(3)
    start = random.normal(60, 4, 50)
    end = 20 + 0.6 * start + random.normal(0, 2, 50)
    found = shrinkage.fit([Step(2010, 2011, 0, 60.0, start, end)])
    assert found is not None
    assert found.kept == pytest.approx(linregress(start, end).slope)


@given(
    st.lists(st.lists(st.floats(0, 100), min_size=UNITS, max_size=UNITS), min_size=2, max_size=5),
    st.floats(0, 100),
)
@settings(max_examples=60)
def test_a_forecast_lies_between_the_mean_and_the_last_value(levels: list[list[float]], last: float) -> None:
    known = [
        Step(2010 + n, 2011 + n, 0, float(np.mean(before)), np.array(before), np.array(after))
        for n, (before, after) in enumerate(pairwise(levels))
    ]
    found = shrinkage.fit(known)
    assert found is not None
    assert 0 <= found.kept <= 1
    ahead = float(found.ahead(50.0, np.array([last]))[0])
    assert min(50.0, last) - 1e-9 <= ahead <= max(50.0, last) + 1e-9


@given(st.lists(st.lists(st.floats(-5, 5), min_size=1, max_size=8), min_size=3, max_size=6), st.floats(0.1, 0.95))
@settings(max_examples=60)
def test_a_surer_interval_is_wider(errors: list[list[float]], level: float) -> None:
    arrays = [np.array(one) for one in errors]
    narrow, wide = shrinkage.spread(arrays, level), shrinkage.spread(arrays, (1 + level) / 2)
    assert narrow is not None
    assert wide is not None
    assert 0 <= narrow.half <= wide.half
    # However they split, two sums of squares are worth at least the smaller of their degrees of freedom.
    within = sum(len(one) - 1 for one in errors)
    assert narrow.freedom >= min(len(errors), within or len(errors)) - 1e-6


def test_all_alike_and_few_units_are_no_trouble() -> None:
    alike = forecast(framed(toy(), halves([0] * 6, [50] * 6)), "63-03", "toy")
    assert alike.rows["score"].item() == 50
    assert alike.figures["skill"] is None
    # Thirty moves are needed: of three units, ten steps.
    few = framed(toy(units=3), halves([4, 2, 4, 2, 4, 2], [50] * 6, units=3))
    assert forecast(few, "63-01", "toy").figures["reason"] == "few_editions"
    assert forecast_backtest(few, "toy").rows.is_empty()


def panel(
    random: np.random.Generator, kept: float, shared: float, own: float, editions: int = 8, units: int = 63
) -> list[Step]:
    """Steps of one simulated regime: deviations decay by `kept`, all share a shock, each has its own."""
    start = 60 + random.normal(0, own / max(1 - kept**2, 0.05) ** 0.5, units)
    found = []
    for year in range(2010, 2010 + editions - 1):
        end = start.mean() + kept * (start - start.mean()) + random.normal(0, shared)
        end = end + random.normal(0, own, units)
        found.append(Step(year, year + 1, 0, float(start.mean()), start, end))
        start = end
    return found


PANELS = 1500
# Three standard errors of a share counted over that many panels.
TOLERANCE = 3 * (0.8 * 0.2 / PANELS) ** 0.5


@pytest.mark.parametrize(
    ("shared", "own", "editions"), [(0.0, 1.0, 6), (1.0, 1.0, 6), (1.0, 1.0, 9), (2.0, 0.5, 6)], ids=str
)
def test_the_interval_covers_as_often_as_it_says(shared: float, own: float, editions: int) -> None:
    random = np.random.default_rng(sample.SEED)
    inside = 0
    for _ in range(PANELS):
        *past, last = panel(random, 0.7, shared, own, editions)
        learned = shrinkage.fit(past)
        assert learned is not None
        wide = shrinkage.spread([item.errors for item in shrinkage.tested(past)])
        assert wide is not None
        # One unit of each panel, so that panels are independent draws.
        inside += abs(last.end[0] - learned.ahead(last.mean, last.start[:1])[0]) <= wide.half
    assert abs(inside / PANELS - shrinkage.LEVEL) < TOLERANCE


def verdicts(kept: float, panels: int = 400) -> tuple[float, float, float]:
    """Mean skill, and how often forecasts are called better and worse than the last value."""
    random = np.random.default_rng(sample.SEED)
    skills, better, worse = [], 0, 0
    for _ in range(panels):
        known = shrinkage.tested(panel(random, kept, 0.5, 1.0))
        shrunken = np.abs(np.concatenate([item.errors for item in known])).mean()
        last = np.abs(np.concatenate([item.last_errors for item in known])).mean()
        p = shrinkage.diebold_mariano(known)
        skills.append(1 - shrunken / last)
        # Where all is kept the forecast is the last value, and there is nothing to tell apart.
        better += p is not None and p < shrinkage.DOUBT
        worse += p is not None and p > 1 - shrinkage.DOUBT
    return float(np.mean(skills)), better / panels, worse / panels


def test_where_nothing_falls_back_shrinking_does_not_win() -> None:
    skill, better, _ = verdicts(kept=1.0)
    assert skill < 0.001
    # Called better at most as often as one in twenty, plus three standard errors.
    assert better < 0.05 + 3 * (0.05 * 0.95 / 400) ** 0.5


def test_where_scores_are_luck_shrinking_wins() -> None:
    # Two draws differ by √2 of what one differs from the mean; the shared shock of 0.5 is in both errors.
    expected = 1 - (1.25 / 2.25) ** 0.5
    skill, better, worse = verdicts(kept=0.0)
    assert skill == pytest.approx(expected, abs=0.03)
    assert better > 0.95
    assert worse == 0


def test_later_editions_change_no_earlier_forecast(frames: Frames) -> None:
    """What is learned is learned before the origin: cut off the figures after it and nothing changes."""
    for year in (2018, 2019, 2020):
        cut = replace(frames, score=frames.score.filter(pl.col("year") <= year))
        for unit in ("63-36", "63-22"):
            whole, early = forecast(frames, unit, "pci", year), forecast(cut, unit, "pci", year)
            columns = ["score", "low", "high", "last"]
            assert whole.rows.select(columns).row(0) == early.rows.select(columns).row(0)
            assert early.rows["actual"].item() is None


def test_the_back_test_is_the_forecasts_that_would_have_been_made(frames: Frames) -> None:
    answer = forecast_backtest(frames, "papi")
    assert answer.rows.columns == list(FORECAST_BACKTEST_COLUMNS)
    row = answer.rows.filter(year=2023).row(0, named=True)
    units = scored(frames, frames.index("papi")).filter(year=2022, component="overall").drop_nulls("score")["unit"]
    made = [forecast(frames, unit, "papi", 2022).rows.row(0, named=True) for unit in units]
    known = [item for item in made if item["actual"] is not None]
    assert len(known) == row["forecasts"] == 59
    misses = np.array([item["actual"] - item["score"] for item in known])
    assert row["error_shrunken"] == pytest.approx(np.abs(misses).mean())
    assert row["bias"] == pytest.approx(misses.mean())
    assert row["error_last"] == pytest.approx(np.mean([abs(item["actual"] - item["last"]) for item in known]))
    inside = np.mean([item["low"] <= item["actual"] <= item["high"] for item in known])
    assert row["covered"] == pytest.approx(inside)


def test_last_values_error_from_the_published_scores(frames: Frames) -> None:
    """Errors of the last value need no model: the mean absolute change of the published totals."""
    rows = forecast_backtest(frames, "pci").rows
    wide = (
        frames.score.filter(index="pci", component="overall")
        .filter(pl.col("year").is_in([2018, 2019]))
        .pivot("year", index="unit", values="score")
    )
    moved = (wide["2019"] - wide["2018"]).abs().mean()
    assert rows.filter(year=2019)["error_last"].item() == pytest.approx(moved)
    # In 2019 every province rose: nobody's forecast, between the mean and its last value, could follow.
    assert rows.filter(year=2019)["bias"].item() == pytest.approx(moved)
    assert (rows["year"].to_list(), rows["series_break"].to_list().count(True)) == (
        [2008, 2011, 2012, *range(2015, 2022)],
        2,
    )


def test_the_verdict_is_what_the_figures_say(frames: Frames) -> None:
    answer = forecast_backtest(frames, "pci")
    newest = answer.figures["regimes"][-1]
    assert newest["regime"] == "2013"
    # 2013–2021 the gain is one per cent and lies in the noise: the notes must say so.
    assert newest["better"] is None
    assert 0 < newest["skill"] < 0.03
    assert any("too little to say that this is better" in note.text.en for note in answer.notes)
    assert any("chưa đủ chắc" in note.text.vi for note in answer.notes)
    papi = forecast_backtest(frames, "papi")
    assert papi.figures["better"] is True
    assert papi.figures["closer_in"] == 9
    # Four editions of some sixty units, in which whole editions move: between two thirds and all.
    assert 2 / 3 < papi.figures["covered"] < 1


@pytest.mark.parametrize(
    ("unit", "index", "year", "component", "reason", "target"),
    [
        ("63-36", "pci", None, "overall", "few_editions", 2024),
        ("63-01", "pci", None, "overall", "other_units", 2025),
        ("63-36", "pci", 2021, "overall", "new_method", 2022),
        ("63-36", "pci", 2012, "transparency", "new_method", 2013),
        ("63-36", "papi", None, "overall", "other_units", 2025),
        ("63-28", "pci", None, "overall", "other_units", 2009),
        ("34-37", "pci", None, "overall", "few_editions", 2026),
        ("63-36", "par", None, "overall", "few_editions", 2024),
        ("63-26", "papi", 2023, "overall", None, 2024),
        ("63-27", "papi", 2022, "overall", "unknown", 2023),
    ],
)
def test_why_there_is_no_forecast(
    frames: Frames, unit: str, index: str, year: int | None, component: str, reason: str | None, target: int
) -> None:
    answer = forecast(frames, unit, index, year, component)
    row = answer.rows.row(0, named=True)
    assert (answer.figures["reason"], row["year"]) == (reason, target)
    assert (row["score"] is None) == (row["low"] is None) == (row["high"] is None) == (reason is not None)
    said = answer.note("reason")
    assert (said is None) is (reason is None)
    if reason == "other_units":
        assert ("63" if unit == "63-28" else "34") in said.vi
    if reason in ("few_editions", "new_method"):
        assert said.vi.startswith("Chưa đủ kỳ")
        assert said.en.startswith("Not enough editions yet")


def test_after_2024_the_34_are_scored_and_it_is_said(frames: Frames) -> None:
    for component in ("overall", "transparency"):
        notes = forecast(frames, "63-36", "pci", 2023, component).notes
        assert any("PCI 2025" in note.text.vi and "34 tỉnh" in note.text.vi for note in notes)


def test_a_component_learns_across_weights_but_not_across_its_definition(frames: Frames) -> None:
    answer = forecast(frames, "63-36", "pci", 2023, "transparency")
    assert answer.figures["learned"] == list(range(2014, 2020))
    assert answer.figures["mean"] == pytest.approx(
        frames.score.filter(index="pci", year=2023, component="transparency")["score"].mean()
    )
    assert any("2021" in note.text.en and "no longer hold" in note.text.en for note in answer.notes)


def test_an_edition_known_in_part_has_no_mean() -> None:
    values = halves([32, 16, 8, 4, 2, 1], [50] * 6)
    del values[2015, "63-09"]
    answer = forecast(framed(toy(), values), "63-01", "toy")
    # The step into the broken edition is lost as well; three tested ones are left, so only the mean is missing.
    assert answer.figures["reason"] == "partial"
    assert answer.figures["tested"] == [2012, 2013, 2014]
    assert forecast(framed(toy(), values), "63-09", "toy").rows["year"].item() == 2015


def test_lower_is_better_is_turned_and_turned_back() -> None:
    def down(index: Index) -> Index:
        total = replace(index.component("overall"), direction="lower_better")
        return replace(index, components=(total, *index.components[1:]))

    random = np.random.default_rng(8)
    values = {
        (year, unit): {"overall": float(random.uniform(20, 80))}
        for year in YEARS
        for unit in sample.unit_codes(UNITS)
    }
    up = forecast(framed(toy(), values), "63-05", "toy").rows.row(0, named=True)
    turned = forecast(framed(down(toy()), values), "63-05", "toy").rows.row(0, named=True)
    for name in ("score", "low", "high"):
        assert turned[name] == pytest.approx(up[name])
    assert turned["low"] < turned["score"] < turned["high"]


def test_the_interval_stays_on_the_scale() -> None:
    wild = halves([5, 45, 5, 45, 5, 45], [50] * 6)
    row = forecast(framed(toy(), wild), "63-01", "toy").rows.row(0, named=True)
    assert 0 <= row["low"] <= row["score"] <= row["high"] <= 100


def test_a_break_of_the_regime_starts_anew() -> None:
    regimes = [
        Regime("old", 2010, ("a",), 2014, weights={"a": 1.0}, weight_status="published"),
        Regime("new", 2015, ("a",), weights={"a": 1.0}, weight_status="published"),
    ]
    index = toy(regimes=regimes, breaks=[SeriesBreak(2012, sample.word("Break."))])
    frames = framed(index, halves([32, 16, 8, 4, 2, 1], [50] * 6))
    assert forecast(frames, "63-01", "toy").figures["reason"] == "few_editions"
    assert forecast(frames, "63-01", "toy", 2014).figures["reason"] == "new_method"
    rows = forecast_backtest(frames, "toy").rows
    assert rows.select("year", "series_break").rows() == [(2012, True), (2013, False), (2014, False)]
    assert forecast(frames, "63-01", "toy", 2013).figures["reason"] == "few_editions"


def test_questions_that_have_no_answer(frames: Frames) -> None:
    for arguments in (
        ("63-99", "pci"),
        ("34-37", "papi"),
        ("63-36", "pci", 1999),
        ("63-36", "pci", 2025),
        ("63-36", "gdp"),
        ("63-36", "pci", 2019, "luck"),
        ("63-36", "pci", 2019, "soe_bias"),
        ("34-37", "pci", None, "proactivity"),
    ):
        with pytest.raises(Problem):
            forecast(frames, *arguments)
    with pytest.raises(Problem):
        forecast_backtest(frames, "pci", "luck")
