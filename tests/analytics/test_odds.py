"""Chances for the next edition, and how good they would have been."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.path.backtest import backtest, verdict
from analytics.path.base_rate import adding_up, base_rates
from analytics.path.odds import all_odds, fitted, next_chances, odds, odds_of
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


@pytest.mark.parametrize(("index", "year", "top"), [("pci", 2019, 15), ("pci", 2023, 5), ("papi", 2020, 20)])
def test_chances_are_half_of_brute_force_and_half_the_base_rate(
    frames: Frames, index: str, year: int, top: int
) -> None:
    definition = frames.index(index)
    made = fitted(frames, definition, year)
    random = np.random.default_rng(sample.SEED)
    mean, sd = made.level.ahead(1)
    draws = np.concatenate([random.normal(mean, sd, (50_000, len(mean))) for _ in range(8)])
    line = np.partition(draws, len(mean) - top, axis=1)[:, len(mean) - top]
    by_level = (draws >= line[:, None]).mean(axis=0)
    rate = adding_up(base_rates(made.panel.ranks, top).of(made.ranks), top)
    found = all_odds(made, top)
    chances = np.array([found[unit].chance() for unit in made.units])
    assert np.abs(chances - (by_level + rate) / 2).max() < 0.005
    assert next_chances(made, [top])[top] == pytest.approx(chances, abs=1e-4)
    assert chances.sum() == pytest.approx(top, abs=1e-4)


@pytest.mark.parametrize("unit", ["63-36", "63-22", "63-04"])
def test_chances_within_some_editions_are_those_of_brute_force(frames: Frames, unit: str) -> None:
    made = fitted(frames, frames.index("pci"), 2016)
    found = odds_of(made, unit, 15, 4)
    level, place = made.level, made.units.index(unit)
    random = np.random.default_rng(sample.SEED)
    inside = np.zeros(60_000, dtype=bool)
    at = random.normal(level.mean, level.variance**0.5, (len(inside), len(level.mean)))
    for ahead, rates in enumerate(found.rates):
        score = at + random.normal(0, level.luck**0.5, at.shape)
        inside |= (score > score[:, [place]]).sum(axis=1) < 15
        rate = found.rate if ahead == 0 else rates.of(np.array([found.rank]))[0]
        # What the others do is taken as independent from edition to edition: that costs up to a per cent.
        assert found.within()[ahead] == pytest.approx((inside.mean() + rate) / 2, abs=0.01)
        at = level.persistence * at + random.normal(0, level.drift**0.5, at.shape)
    assert list(found.within()) == sorted(found.within())
    assert found.within()[0] == found.chance()
    assert all(more >= less for more, less in zip(found.within(3.0), found.within(), strict=True))


def test_no_plan_lowers_the_chance_and_more_gain_never_does(frames: Frames) -> None:
    made = fitted(frames, frames.index("pci"), 2019)
    gains = np.linspace(-5, 25, 61)
    for one in all_odds(made, 15).values():
        found = one.chances(gains)
        assert (np.diff(found) >= -1e-12).all()
        assert found[0] == pytest.approx(one.chance())
        assert found[-1] > 0.85
        assert ((found >= 0) & (found <= 1)).all()


def test_a_group_of_all_is_certain(toy: Frames) -> None:
    assert odds(toy, "63-03", "toy", 2019, 15).figures["within"] == pytest.approx([1, 1, 1, 1])


def test_two_equals_share_the_chance(toy: Frames) -> None:
    twins = toy.score.with_columns(
        score=pl.when(pl.col("unit") == "63-02")
        .then(pl.col("score").filter(pl.col("unit") == "63-01").first().over("year", "component"))
        .otherwise("score")
    )
    one, other = (odds(replace(toy, score=twins), unit, "toy", 2019, 5).figures for unit in ("63-01", "63-02"))
    assert one["without"] == pytest.approx(other["without"])


def test_a_unit_unknown_in_one_year_still_has_a_chance(toy: Frames) -> None:
    lost = toy.score.filter(~((pl.col("year") == 2015) & (pl.col("unit") == "63-03")))
    definition = replace(
        TOY,
        editions=tuple(replace(item, units=14) if item.year == 2015 else item for item in TOY.editions),
    )
    asked = replace(toy, score=lost, indices={"toy": definition})
    figures = odds(asked, "63-03", "toy", 2019).figures
    assert figures["moves"] == 9 * 15 - 2  # none into 2015 nor out of it
    assert 0 < figures["without"] < 1


def test_what_came_later_changes_nothing(toy: Frames) -> None:
    later = toy.score.with_columns(
        score=pl.when(pl.col("year") > 2018).then(100 - pl.col("score")).otherwise("score")
    )
    for unit in sample.unit_codes(15)[::4]:
        before, after = (odds(asked, unit, "toy", 2018) for asked in (toy, replace(toy, score=later)))
        assert before.figures == after.figures


def test_a_rise_that_all_units_share_changes_no_chance(toy: Frames) -> None:
    higher = toy.score.with_columns(score=pl.col("score") + pl.when(pl.col("year") >= 2018).then(4).otherwise(0))
    for unit in sample.unit_codes(15)[::4]:
        one, other = (odds(asked, unit, "toy", 2019) for asked in (toy, replace(toy, score=higher)))
        assert one.figures["without"] == pytest.approx(other.figures["without"])
        assert one.figures["within"] == pytest.approx(other.figures["within"])
        assert other.figures["rise"] == pytest.approx(one.figures["rise"] + 4 / 9)


def test_a_wider_edition_changes_no_chance(toy: Frames) -> None:
    wider = toy.score.with_columns(
        score=pl.when(pl.col("year") < 2015).then(3 * pl.col("score")).otherwise("score")
    )
    one, other = (odds(asked, "63-04", "toy", 2019) for asked in (toy, replace(toy, score=wider)))
    assert one.figures["without"] == pytest.approx(other.figures["without"])


def test_across_a_change_of_method_standing_counts_and_the_rise_does_not(toy: Frames) -> None:
    broken = replace(TOY, series_breaks=(SeriesBreak(2015, sample.word("Another method.")),))
    old = Regime("old", 2010, ("a", "b"), last=2014, weights={"a": 0.5, "b": 0.5}, weight_status="published")
    new = Regime("new", 2015, ("a", "b"), weights={"a": 0.6, "b": 0.4}, weight_status="published")
    plain = odds(toy, "63-01", "toy", 2019).figures
    totals = toy.score.filter(component="overall")
    means = {year: totals.filter(year=year)["score"].to_numpy().mean() for year in YEARS}
    rises = {year: means[year] - means[year - 1] for year in YEARS[1:]}
    assert plain["rise"] == pytest.approx(sum(rises.values()) / 9)
    for definition in (broken, replace(TOY, regimes=(old, new))):
        found = odds(replace(toy, indices={"toy": definition}), "63-01", "toy", 2019).figures
        assert (found["moves"], found["editions"]) == (plain["moves"], list(YEARS[1:]))
        assert found["without"] == pytest.approx(plain["without"])
        assert found["rise"] == pytest.approx(sum(rise for year, rise in rises.items() if year != 2015) / 8)


def test_too_early_an_edition_is_a_problem(toy: Frames) -> None:
    # 15 moves an edition: 120 have ended by 2018.
    assert odds(toy, "63-01", "toy", 2018).figures["moves"] == 120
    with pytest.raises(Problem, match="mới có 105 bước thay đổi"):
        odds(toy, "63-01", "toy", 2017)


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
        backtest(merged(), "toy", 2)


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
    answer = target(frames, unit, index, year)
    said = [note.text.en for note in answer.notes if "no longer scores it as such" in note.text.en]
    assert (answer.figures["threshold"] is not None, bool(said)) == (True, not has)
    if not has:
        assert answer.figures["odds"] is None
        with pytest.raises(Problem, match="không còn chấm"):
            odds(frames, unit, index, year)


def test_an_edition_before_one_of_the_34_has_no_odds(frames: Frames) -> None:
    with pytest.raises(Problem, match=r"kế tiếp \(2025\) không còn chấm"):
        odds(frames, "63-31", "pci", 2024)


@pytest.mark.parametrize(("year", "changes"), [(2020, False), (2021, True), (2022, False)])
def test_a_next_edition_by_another_method_is_said_plainly(frames: Frames, year: int, changes: bool) -> None:
    said = " ".join(note.text.en for note in odds(frames, "63-36", "pci", year).notes)
    assert (f"The next edition ({year + 1}) is scored by another method" in said) is changes
    assert "do not read it as an exact forecast" in said


def steady() -> Frames:
    """Twelve units that keep their distances for ever: nothing to get wrong."""
    definition = sample.index({"a": 1.0}, years=tuple(range(2005, 2020)), units=12, target=4)
    values = {
        (year, unit): {"overall": 90.0 - 5 * place + (year - 2005)}
        for year in definition.years
        for place, unit in enumerate(sample.unit_codes(12))
    }
    return sample.frames(definition, sample.score_rows(values))


def test_where_nothing_changes_every_forecast_is_nearly_right() -> None:
    answer = backtest(steady(), "toy")
    # 12 moves an edition: 120 after ten steps, so 2015 is the first to be asked about, 2018 the last.
    assert [item["year"] for item in answer.figures["editions"]] == [2015, 2016, 2017, 2018]
    assert answer.figures["forecasts"] == 4 * 12
    # Some luck is always thought possible; the base rates, which never saw any, are perfect.
    assert 0 < answer.figures["brier"] < 0.01
    assert (answer.figures["brier_base"], answer.figures["skill"]) == (0, None)
    assert "no better and no worse" in answer.note("tested").en


def test_scores_and_skill_by_hand() -> None:
    # After ten editions without a change the two units at the edge trade places.
    asked = steady()
    traded = asked.score.with_columns(
        score=pl.when((pl.col("year") == 2016) & (pl.col("unit") == "63-05"))
        .then(90.0 - 15 + 11 + 0.5)
        .otherwise("score")
    ).filter(pl.col("year") <= 2016)
    traded = replace(asked, score=traded)
    answer = backtest(traded, "toy")
    assert [item["year"] for item in answer.figures["editions"]] == [2015]
    # Of 12 base rates two are wrong by 1 (ranks 3 and 4 are one band, 5 and 6 the next, and none had ever moved).
    assert answer.figures["brier_base"] == pytest.approx(2 / 12)
    chances = all_odds(fitted(traded, traded.index("toy"), 2015), 4)
    came = ["63-01", "63-02", "63-03", "63-05"]
    errors = [chances[unit].chance() - (unit in came) for unit in sample.unit_codes(12)]
    assert answer.figures["brier"] == pytest.approx(np.mean(np.square(errors)), abs=1e-6)
    assert answer.figures["skill"] == pytest.approx(1 - answer.figures["brier"] * 6)
    # One edition alone says nothing of how much the next would differ.
    assert (answer.figures["skill_low"], answer.figures["skill_high"]) == (None, None)
    assert "no better and no worse" in answer.note("tested").en


def test_in_pure_noise_nothing_is_foreseen() -> None:
    index = sample.index({"a": 1.0}, years=tuple(range(2000, 2020)), units=40, target=10)
    skills = []
    for seed in range(3):
        random = np.random.default_rng(seed)
        values = {
            (year, unit): {"overall": float(random.normal(50, 5))}
            for year in index.years
            for unit in sample.unit_codes(40)
        }
        figures = backtest(sample.frames(index, sample.score_rows(values)), "toy").figures
        # Against the size of the group alone, which is all that can be known here.
        assert 1 - figures["brier"] / (10 / 40 * 30 / 40) <= 0
        skills.append(figures["skill"])
    # The rates of starting bands are misled by past noise as well, and twice as far.
    assert 0 <= np.mean(skills) < 0.02


def test_forecasts_of_the_past_do_not_know_what_came(toy: Frames) -> None:
    later = toy.score.with_columns(
        score=pl.when(pl.col("year") == 2019).then(100 - pl.col("score")).otherwise("score")
    )
    (one,), (other,) = (backtest(asked, "toy").figures["editions"] for asked in (toy, replace(toy, score=later)))
    assert one["year"] == 2018
    for name in ("predicted", "base"):
        assert one[name] == other[name]
    assert one["brier"] != other["brier"]


@pytest.mark.parametrize(("index", "better"), [("pci", (0.03, 0.05)), ("papi", (0.04, 0.07))])
def test_the_odds_beat_the_base_rates_of_the_published_indices(
    frames: Frames, index: str, better: tuple[float, float]
) -> None:
    figures = backtest(frames, index).figures
    assert better[0] < figures["skill"] < better[1]
    assert 0 < figures["skill_low"] < figures["skill"] < figures["skill_high"]
    assert figures["log_skill"] == pytest.approx(1 - figures["log_score"] / figures["log_base"])
    assert figures["log_skill"] > 0
    groups = {item["top"]: item for item in figures["groups"]}
    assert list(groups) == [5, 8, 10, 15, 20, 30]
    assert groups[15]["brier"] == figures["brier"]
    assert "better than the base rates" in backtest(frames, index).note("tested").en


def test_a_unit_far_behind_is_not_told_one_in_ten(frames: Frames) -> None:
    # Bạc Liêu was 51st in 2019 and came 63rd: it was once told 9.8 %.
    unit = frames.unit.filter(name_en="Bac Lieu")["unit"][0]
    assert odds(frames, unit, "pci", 2019).figures["without"] < 0.04


def test_the_back_test_of_pci_counts_every_edition_and_says_what_it_shows(frames: Frames) -> None:
    answer = backtest(frames, "pci")
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
    assert f"kept the weights, the case that the chances claim to cover: skill +{decimal(kept, 1, 'en')} %" in (
        answer.note("tested").en
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.01, 0.03, "better"),
        (-0.01, 0.03, "alike"),
        (-0.03, -0.01, "worse"),
        (None, None, "alike"),
        (0, 0.1, "alike"),
    ],
)
def test_only_an_interval_without_0_is_a_verdict(low: float | None, high: float | None, said: str) -> None:
    assert verdict({"skill_low": low, "skill_high": high}) == said


@pytest.mark.parametrize(("index", "top"), [("par", None), ("pci", 0), ("pci", 64)])
def test_what_cannot_be_back_tested_is_a_problem(frames: Frames, index: str, top: int | None) -> None:
    with pytest.raises(Problem):
        backtest(frames, index, top)
