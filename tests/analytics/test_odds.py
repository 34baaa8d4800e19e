"""Chances for the next edition, and how good they would have been."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analytics.path.odds
from analytics.core.ranking import scored
from analytics.path.backtest import backtest
from analytics.path.odds import Model, all_chances, chances, fitted, odds, simulated_residuals
from analytics.path.target import target
from data.definition import Edition, Regime, SeriesBreak
from data.frames import Frames
from data.number import decimal
from data.text import Problem
from tests import sample

YEARS = tuple(range(2010, 2020))
TOY = sample.index({"a": 0.6, "b": 0.4}, years=YEARS, units=15, target=5)


@pytest.fixture(scope="module")
def toy() -> Frames:
    return sample.frames(TOY, sample.random_scores(TOY))


def model(levels: list[float], residuals: list[list[float]], pull: float = 0.0, rise: float = 0.0) -> Model:
    at = np.array(levels)
    return Model(
        units=tuple(sample.unit_codes(len(levels))),
        levels=at,
        expected=rise + pull * (at - at.mean()),
        residuals=np.array(residuals),
        rise=rise,
        pull=pull,
        editions=tuple(range(2000, 2000 + len(residuals))),
        moves=100,
    )


def test_rise_pull_and_residuals_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analytics.path.odds, "FEWEST_MOVES", 1)
    # From 0, 10, 20 to 7, 12, 17: the mean rises by 2, and each closes half of its distance to it.
    definition = sample.index({"a": 1.0}, years=(2018, 2019), units=3)
    values = {
        (2018, "63-01"): {"overall": 0.0},
        (2018, "63-02"): {"overall": 10.0},
        (2018, "63-03"): {"overall": 20.0},
        (2019, "63-01"): {"overall": 7.0},
        (2019, "63-02"): {"overall": 12.0},
        (2019, "63-03"): {"overall": 17.0},
    }
    frames = sample.frames(definition, sample.score_rows(values))
    found = fitted(scored(frames, definition), definition, 2019)
    assert (found.rise, found.pull) == pytest.approx((2.0, -0.5))
    assert found.residuals == pytest.approx(np.zeros((1, 3)))
    # 7, 12, 17 each move by 2 and half of their distance to 12 back.
    assert found.expected == pytest.approx([4.5, 2.0, -0.5])
    answer = odds(frames, "63-03", "toy", 2019, 1, {"stand still": -20.0, "keep up": -0.5})
    # Nothing ever strayed from the line, so nothing is left to chance.
    assert answer.figures["without"] == 1
    assert answer.figures["with"] == {"stand still": 0, "keep up": 1}
    assert answer.rows.rows() == [(None, pytest.approx(-0.5), 1), ("stand still", -20, 0), ("keep up", -0.5, 1)]


def test_two_equals_share_the_chance() -> None:
    twins = model([50.0, 50.0, 10.0], [[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]])
    found = all_chances(twins, 1, 20_000)
    assert found[:2] == pytest.approx([0.5, 0.5], abs=0.02)
    assert found[2] == 0


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=12),
    st.integers(1, 4),
    st.integers(1, 12),
    st.integers(0, 2**31),
)
@settings(max_examples=60, deadline=None)
def test_chances_are_shares_and_add_up_to_the_places(
    levels: list[float], editions: int, top: int, seed: int
) -> None:
    residuals = np.random.default_rng(seed).normal(0, 2, (editions, len(levels))).tolist()
    made = model(levels, residuals, pull=-0.3, rise=0.5)
    top = min(top, len(levels))
    found = all_chances(made, top, 300, seed)
    assert ((found >= 0) & (found <= 1)).all()
    if len(set(levels)) == len(levels) and len(levels) > 1:
        # Every draw has exactly `top` units inside, as long as no two are equal.
        assert found.sum() == pytest.approx(top, abs=0.05)
    for place, unit in enumerate(made.units):
        assert chances(made, unit, top, {}, 300, seed)[""] == pytest.approx(found[place])


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=6, unique=True))
@settings(max_examples=40, deadline=None)
def test_a_larger_gain_never_lowers_the_chance(gains: list[float]) -> None:
    made = model([60.0, 58.0, 55.0, 52.0], [[1.0, -2.0, 0.5, 0.5], [-1.0, 1.0, 2.0, -2.0]])
    found = chances(made, "63-03", 2, {str(gain): gain for gain in gains} | {"all": 1e3, "none": -1e3}, 500)
    ordered = [found[str(gain)] for gain in sorted(gains)]
    assert ordered == sorted(ordered)
    assert (found["all"], found["none"]) == (1, 0)


def test_noise_keeps_the_size_of_the_residuals_and_their_ties_between_units() -> None:
    random = np.random.default_rng(5)
    shared = random.normal(0, 1, (12, 1))
    residuals = np.hstack([shared, shared, random.normal(0, 1, (12, 38))])
    made = model([0.0] * 40, residuals.tolist())
    shocks = simulated_residuals(made, 20_000, 3)
    assert shocks.std() == pytest.approx(residuals.std(), rel=0.05)
    together = np.corrcoef(shocks.T)
    # Two units that always moved as one still do so more than any two others.
    assert together[0, 1] > 0.4
    assert together[0, 1] > 1.5 * np.abs(together[0, 2:]).mean()


def test_a_unit_unknown_in_one_year_borrows_the_shock_of_another(toy: Frames) -> None:
    lost = toy.score.filter(~((pl.col("year") == 2015) & (pl.col("unit") == "63-03")))
    definition = replace(
        TOY,
        editions=tuple(replace(item, units=14) if item.year == 2015 else item for item in TOY.editions),
    )
    asked = replace(toy, score=lost, indices={"toy": definition})
    found = fitted(scored(asked, definition).filter(component="overall"), definition, 2019)
    assert np.isnan(found.residuals).sum() == 2  # into 2015 and out of it
    assert not np.isnan(simulated_residuals(found, 500, 1)).any()
    assert 0 < odds(asked, "63-03", "toy", 2019).figures["without"] < 1


def test_the_same_seed_gives_the_same_chance_and_another_nearly(toy: Frames) -> None:
    one, again, other = (odds(toy, "63-04", "toy", 2019, seed=seed).figures["without"] for seed in (1, 1, 2))
    assert one == again
    assert one == pytest.approx(other, abs=0.03)


def test_what_came_later_changes_nothing(toy: Frames) -> None:
    later = toy.score.with_columns(
        score=pl.when(pl.col("year") > 2017).then(100 - pl.col("score")).otherwise("score")
    )
    for unit in sample.unit_codes(15)[::4]:
        before, after = (odds(asked, unit, "toy", 2017) for asked in (toy, replace(toy, score=later)))
        assert before.figures == after.figures


def test_a_rise_that_all_units_share_changes_no_chance(toy: Frames) -> None:
    higher = toy.score.with_columns(score=pl.col("score") + pl.when(pl.col("year") >= 2018).then(4).otherwise(0))
    for unit in sample.unit_codes(15)[::4]:
        one, other = (odds(asked, unit, "toy", 2019) for asked in (toy, replace(toy, score=higher)))
        assert one.figures["without"] == pytest.approx(other.figures["without"], abs=0.002)
        assert one.figures["pull"] == pytest.approx(other.figures["pull"])
        assert other.figures["rise"] == pytest.approx(one.figures["rise"] + 4 / 9)


def test_moves_across_a_change_of_weights_are_left_out(toy: Frames) -> None:
    old = Regime("old", 2010, ("a", "b"), last=2014, weights={"a": 0.5, "b": 0.5}, weight_status="published")
    new = Regime("new", 2015, ("a", "b"), weights={"a": 0.6, "b": 0.4}, weight_status="published")
    definition = replace(TOY, regimes=(old, new))
    found = odds(replace(toy, indices={"toy": definition}), "63-01", "toy", 2019).figures
    assert found["editions"] == [2011, 2012, 2013, 2014, 2016, 2017, 2018, 2019]
    assert found["moves"] == 8 * 15


def test_across_a_series_break_deviations_count_and_the_rise_does_not(toy: Frames) -> None:
    broken = replace(TOY, series_breaks=(SeriesBreak(2015, sample.word("Another method.")),))
    found = odds(replace(toy, indices={"toy": broken}), "63-01", "toy", 2019).figures
    plain = odds(toy, "63-01", "toy", 2019).figures
    assert (found["moves"], found["pull"]) == (plain["moves"], pytest.approx(plain["pull"]))
    totals = toy.score.filter(component="overall")
    means = {year: totals.filter(year=year)["score"].to_numpy().mean() for year in YEARS}
    rises = {year: means[year] - means[year - 1] for year in YEARS[1:]}
    assert plain["rise"] == pytest.approx(sum(rises.values()) / 9)
    assert found["rise"] == pytest.approx(sum(rise for year, rise in rises.items() if year != 2015) / 8)


@pytest.mark.parametrize(
    ("year", "simulations", "seed"), [(2019, 0, 1), (2019, -5, 1), (2019, 10, -1), (2011, 10, 1)]
)
def test_bad_questions_are_problems(toy: Frames, year: int, simulations: int, seed: int) -> None:
    with pytest.raises(Problem):
        odds(toy, "63-01", "toy", year, simulations=simulations, seed=seed)


def test_a_partial_edition_has_no_odds_and_says_which_have(frames: Frames) -> None:
    unit = frames.score.filter(index="par", year=2023, component="overall").drop_nulls("score")["unit"][0]
    with pytest.raises(Problem, match=r"không tính được xác suất.* Những năm đủ tổng điểm: chưa có"):
        odds(frames, unit, "par", 2023)


def merged() -> Frames:
    """Ten editions of fifteen units, then two of five others that took their place."""
    later = tuple(Edition(year, "34", 5, "all") for year in (2020, 2021))
    definition = replace(TOY, editions=(*TOY.editions, *later))
    values = {
        (year, f"34-0{place}"): {"overall": 40.0 + 3 * place + (year - 2020) * (place % 2)}
        for year in (2020, 2021)
        for place in range(1, 6)
    }
    return sample.frames(definition, pl.concat([sample.random_scores(TOY), sample.score_rows(values)]))


def test_moves_of_other_units_before_a_merger_are_not_pooled() -> None:
    asked = merged()
    with pytest.raises(Problem, match="mới có 5 bước thay đổi"):
        odds(asked, "34-01", "toy", 2021, 2)
    figures = target(asked, "34-01", "toy", 2021, 2).figures
    # 55 and 52 are first and second after 2021's point for the odd ones: 56 and 52.
    assert (figures["odds"], figures["threshold"], figures["gap"]) == (None, 52, 8)
    assert odds(asked, "63-01", "toy", 2018).figures["moves"] == 8 * 15


def test_the_back_test_is_of_one_unit_set() -> None:
    # A pair of the 34 is complete, so that the last outcome known is theirs, and they have too few moves.
    with pytest.raises(Problem, match="kiểm nghiệm lùi"):
        backtest(merged(), "toy", 2, simulations=50)


@pytest.mark.parametrize(
    ("unit", "index", "year", "has"),
    [
        ("63-36", "pci", 2023, True),  # 2024 scored the 63 again
        ("63-36", "papi", 2023, True),
        ("63-36", "papi", 2024, False),  # no edition of 2025 is known, and the 63 ended in it
        ("63-28", "pci", 2007, True),  # Hà Tây was scored once more
        ("63-28", "pci", 2008, False),
    ],
)
def test_a_unit_without_a_next_edition_has_no_odds(
    frames: Frames, unit: str, index: str, year: int, has: bool
) -> None:
    answer = target(frames, unit, index, year, simulations=50)
    said = [note.text.en for note in answer.notes if "no longer scores it as such" in note.text.en]
    assert (answer.figures["threshold"] is not None, bool(said)) == (True, not has)
    if not has:
        assert answer.figures["odds"] is None
        with pytest.raises(Problem, match="không còn chấm"):
            odds(frames, unit, index, year, simulations=50)


def test_an_edition_before_one_of_the_34_has_no_odds(frames: Frames) -> None:
    with pytest.raises(Problem, match=r"kế tiếp \(2025\) không còn chấm"):
        odds(frames, "63-31", "pci", 2024, simulations=50)


@pytest.mark.parametrize(("year", "changes"), [(2020, False), (2021, True), (2022, False)])
def test_a_next_edition_by_another_method_is_said_plainly(frames: Frames, year: int, changes: bool) -> None:
    said = " ".join(note.text.en for note in odds(frames, "63-36", "pci", year, simulations=50).notes)
    assert (f"The next edition ({year + 1}) is scored by another method" in said) is changes
    assert "do not read them as an exact forecast" in said


def steady() -> Frames:
    """Twelve units that keep their distances for ever: nothing to get wrong."""
    definition = sample.index({"a": 1.0}, years=tuple(range(2005, 2020)), units=12, target=4)
    values = {
        (year, unit): {"overall": 90.0 - 5 * place + (year - 2005)}
        for year in definition.years
        for place, unit in enumerate(sample.unit_codes(12))
    }
    return sample.frames(definition, sample.score_rows(values))


def test_where_nothing_changes_every_forecast_is_right() -> None:
    answer = backtest(steady(), "toy", simulations=200)
    # 12 moves an edition: a hundred after nine editions, so 2014 is the first to be asked about, 2018 the last.
    assert [item["year"] for item in answer.figures["editions"]] == [2014, 2015, 2016, 2017, 2018]
    assert (answer.figures["forecasts"], answer.figures["brier"]) == (5 * 12, 0)
    assert (answer.figures["brier_base"], answer.figures["skill"]) == (0, None)
    filled = answer.rows.filter(pl.col("forecasts") > 0)
    assert filled.select("low", "forecasts", "predicted", "observed").rows() == [
        (0.0, 40, 0.0, 0.0),
        (0.9, 20, 1.0, 1.0),
    ]


def test_brier_base_rate_and_skill_by_hand() -> None:
    # After nine editions without a change the two units at the edge trade places: of 12 forecasts two are wrong
    # by 1, for model and base rate alike (ranks 3 and 4 are one band, 5 and 6 the next, and none had ever moved).
    asked = steady()
    traded = asked.score.with_columns(
        score=pl.when((pl.col("year") == 2015) & (pl.col("unit") == "63-05"))
        .then(90.0 - 15 + 10 + 0.5)
        .otherwise("score")
    ).filter(pl.col("year") <= 2015)
    answer = backtest(replace(asked, score=traded), "toy", simulations=200)
    assert [item["year"] for item in answer.figures["editions"]] == [2014]
    assert answer.figures["brier"] == pytest.approx(2 / 12)
    assert answer.figures["brier_base"] == pytest.approx(2 / 12)
    assert answer.figures["skill"] == pytest.approx(0)
    assert "no better and no worse" in answer.note("tested").en


def test_forecasts_of_the_past_do_not_know_what_came(toy: Frames) -> None:
    later = toy.score.with_columns(
        score=pl.when(pl.col("year") == 2019).then(100 - pl.col("score")).otherwise("score")
    )
    one, other = (backtest(asked, "toy", simulations=300) for asked in (toy, replace(toy, score=later)))
    before, after = ({item["year"]: item for item in answer.figures["editions"]} for answer in (one, other))
    assert set(before) == set(after) == {2017, 2018}
    assert before[2017] == after[2017]
    for name in ("predicted", "base"):
        assert before[2018][name] == after[2018][name]
    assert before[2018]["brier"] != after[2018]["brier"]


def test_the_back_test_of_pci_counts_every_edition_and_says_what_it_shows(frames: Frames) -> None:
    answer = backtest(frames, "pci", simulations=1000)
    figures = answer.figures
    assert [item["year"] for item in figures["editions"]] == list(range(2008, 2023))
    assert [item["year"] for item in figures["editions"] if item["changed"]] == [2008, 2012, 2021]
    assert figures["forecasts"] == answer.rows["forecasts"].sum() == 15 * 63
    assert figures["same_weights"]["forecasts"] + figures["changed_weights"]["forecasts"] == 15 * 63
    # The first half of the fifteen, the rest of them, and as many again outside: ranks 1–7, 8–15, 16–22.
    assert [item["forecasts"] for item in figures["bands"]][:3] == [15 * 7, 15 * 8, 15 * 7]
    parts = [(item["forecasts"], item["brier"]) for item in figures["bands"]]
    assert sum(count * brier for count, brier in parts) / (15 * 63) == pytest.approx(figures["brier"])
    # To know nothing but the size of the group would cost 15/63 · 48/63.
    assert figures["brier"] < 15 / 63 * 48 / 63
    rows = answer.rows.drop_nulls()
    assert (rows["predicted"] >= rows["low"]).all()
    assert (rows["predicted"] <= rows["high"]).all()
    kept = 100 * figures["same_weights"]["skill"]
    assert f"kept the weights, the case that the chances claim to cover: skill {decimal(kept, 1, 'en')} %" in (
        answer.note("tested").en
    )
    good, bad = "better than the base rates", "worse than the base rates"
    said = answer.note("tested").en
    assert (f": {good}" in said) is (figures["skill"] > 0.02)
    assert (f": {bad}" in said) is (figures["skill"] < -0.02)


@pytest.mark.parametrize(("index", "top"), [("par", None), ("pci", 0), ("pci", 64)])
def test_what_cannot_be_back_tested_is_a_problem(frames: Frames, index: str, top: int | None) -> None:
    with pytest.raises(Problem):
        backtest(frames, index, top)
