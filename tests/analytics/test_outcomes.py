"""Which years carry an outcome, and the panel made of them: by hand on small frames, known facts on real ones."""

from __future__ import annotations

from math import log

import polars as pl
import pytest

from analytics.drivers.outcomes import OUTCOME_COLUMNS, OUTCOMES, outcome_of, outcomes
from analytics.drivers.panel import panel
from data.definition import Index, Regime, SeriesBreak
from data.frames import Frames
from data.text import Problem
from tests import sample

UNITS = sample.unit_codes(30)
YEARS = (2018, 2019, 2020)


def toy_index(**more: object) -> Index:
    return sample.index({"a": 0.6, "b": 0.4}, years=YEARS, units=len(UNITS), **more)  # type: ignore[arg-type]


def context(skip: set[tuple[str, int]] = frozenset(), zero: set[tuple[str, int]] = frozenset()) -> dict:  # type: ignore[assignment, type-arg]
    """New firms and population one year after each edition; `skip` and `zero` are (unit, year)."""
    cells = {}
    for place, unit in enumerate(UNITS):
        for year in (2019, 2020, 2021):
            cells["population_avg", year, unit] = 500.0
            if (unit, year) not in skip:
                firms = 1000.0 + 10 * place + year - 2019
                cells["enterprises_new", year, unit] = 0.0 if (unit, year) in zero else firms
    return cells


def scores_without(toy: Index, *cells: tuple[str, int, str]) -> pl.DataFrame:
    scores = sample.random_scores(toy)
    for unit, year, component in cells:
        scores = scores.filter(
            ~((pl.col("unit") == unit) & (pl.col("year") == year) & (pl.col("component") == component))
        )
    return scores


def test_an_outcome_is_the_log_of_what_it_says_and_held_against_the_edition_before() -> None:
    toy = toy_index()
    found = panel(sample.outcome_frames(toy, sample.random_scores(toy), context()), toy, OUTCOMES[0])
    row = found.rows.filter(unit="63-03", year=2020).row(0, named=True)
    # 1,021 firms of 500 thousand people; the year before 1,020.
    assert row["y"] == pytest.approx(log(1021 / 500))
    assert row["last"] == pytest.approx(log(1020 / 500))
    assert found.rows.filter(year=2019)["last"].is_null().all()
    scores = sample.random_scores(toy).filter(year=2019, component="a")["score"]
    own = sample.random_scores(toy).filter(year=2019, component="a", unit="63-03")["score"].item()
    assert row["a"] == pytest.approx((own - scores.mean()) / scores.std(ddof=0))
    assert (found.years, found.units, found.expected) == ((2019, 2020, 2021), 30, 90)


def test_what_falls_out_is_named_with_its_reason() -> None:
    toy = toy_index()
    scores = scores_without(toy, ("63-03", 2018, "b"))
    cells = context(skip={("63-01", 2019), ("63-04", 2019), ("63-04", 2021)}, zero={("63-02", 2020)})
    found = panel(sample.outcome_frames(toy, scores, cells), toy, OUTCOMES[0])
    assert found.missing.rows() == [
        ("63-01", 2019, "outcome"),
        ("63-02", 2020, "not_positive"),
        ("63-03", 2019, "components"),
        ("63-04", 2019, "outcome"),
        ("63-04", 2020, "single"),
        ("63-04", 2021, "outcome"),
    ]
    assert found.rows.height + found.missing.height == found.expected == 90
    assert found.units == 29


def test_a_year_of_which_less_than_two_thirds_are_known_is_left_out_and_said() -> None:
    toy = toy_index()
    # 20 of 30 are two thirds, 19 are not.
    thin = [(unit, 2019, "a") for unit in UNITS[:11]]
    enough = [(unit, 2018, "a") for unit in UNITS[:10]]
    frames = sample.outcome_frames(toy, scores_without(toy, *thin, *enough), context())
    rows = outcomes(frames, "toy").rows.filter(outcome="new_firms")
    assert rows.columns == list(OUTCOME_COLUMNS)
    assert rows.select("year", "edition", "with_outcome", "both", "of", "used").rows() == [
        (2019, 2018, 30, 20, 30, True),
        (2020, 2019, 30, 19, 30, False),
        (2021, 2020, 30, 30, 30, True),
    ]
    found = panel(frames, toy, OUTCOMES[0])
    assert found.years == (2019, 2021)
    assert [(row["year"], row["both"]) for row in found.left_out] == [(2020, 19)]


def test_another_scale_in_one_edition_changes_nothing() -> None:
    """The point of standardising within an edition: 3 + 0.4 · score is the same standing."""
    toy = toy_index(breaks=[SeriesBreak(2020, sample.word("b was redefined."), ("b",))])
    scores = sample.random_scores(toy)
    part = (pl.col("component") == "b") & (pl.col("year") == 2020)
    rescaled = scores.with_columns(score=pl.when(part).then(3 + 0.4 * pl.col("score")).otherwise("score"))
    before, after = (
        panel(sample.outcome_frames(toy, one, context()), toy, OUTCOMES[0]) for one in (scores, rescaled)
    )
    for name in ("a", "b"):
        assert after.rows[name].to_list() == pytest.approx(before.rows[name].to_list())
    assert [edition for edition, _ in after.breaks] == [2020]
    assert after.unbroken == (2019, 2020)


def test_only_components_of_every_edition_are_terms() -> None:
    regimes = [
        Regime("one", 2018, ("a", "b"), last=2019, weights={"a": 0.6, "b": 0.4}, weight_status="published"),
        Regime("two", 2020, ("a",), weights={"a": 1.0}, weight_status="published"),
    ]
    toy = toy_index(regimes=regimes)
    found = panel(sample.outcome_frames(toy, sample.random_scores(toy), context()), toy, OUTCOMES[0])
    assert (found.terms, found.dropped) == (("a",), ("b",))
    assert found.breaks[0][0] == 2020
    assert found.unbroken == (2019, 2020)


def test_a_component_in_which_all_are_alike_puts_all_at_the_mean() -> None:
    toy = toy_index()
    alike = sample.random_scores(toy).with_columns(
        score=pl.when(pl.col("component") == "b").then(5.0).otherwise("score")
    )
    found = panel(sample.outcome_frames(toy, alike, context()), toy, OUTCOMES[0])
    assert set(found.rows["b"]) == {0.0}
    assert found.spread["b"] == 0


@pytest.mark.parametrize("code", ["overall", "a", "toy", " Overall "])
def test_the_index_is_no_outcome_of_itself(code: str) -> None:
    with pytest.raises(Problem) as refused:
        outcome_of(toy_index(), code)
    for words in (refused.value.text.vi, refused.value.text.en):
        assert "vuotbac drivers --index toy --shares --year" in words


def test_an_outcome_is_known_by_its_variable_too_and_others_are_refused() -> None:
    assert outcome_of(toy_index(), "grdp_per_capita").code == "grdp_per_head"
    with pytest.raises(Problem, match="new_firms, private_investment, grdp_per_head, fdi"):
        outcome_of(toy_index(), "happiness")


def test_too_few_years_or_units_are_refused() -> None:
    toy = sample.index({"a": 0.6, "b": 0.4}, years=(2018,), units=30)
    with pytest.raises(Problem, match="2019: 30/30"):
        panel(sample.outcome_frames(toy, sample.random_scores(toy), context()), toy, OUTCOMES[0])
    small = sample.index({"a": 0.6, "b": 0.4}, years=YEARS, units=1)
    cells = {key: value for key, value in context().items() if key[2] == "63-01"}
    with pytest.raises(Problem, match="20"):
        panel(sample.outcome_frames(small, sample.random_scores(small), cells), small, OUTCOMES[0])
    full = toy_index()
    with pytest.raises(Problem, match="--year"):
        panel(sample.outcome_frames(full, sample.random_scores(full), context()), full, OUTCOMES[0], 2020)


def test_the_real_panels_are_as_the_checks_say(frames: Frames) -> None:
    """Components are complete in 2015–2019 and 2023; enterprises 2016–2022, investment 2016–2021, GRDP 2018–2025.

    `data/context/CHECKS.md`: private investment was left out for Vĩnh Long 2019 and Gia Lai 2021. FDI capital of
    2024: no figure for seven provinces, a negative one for Cần Thơ.
    """
    years = outcomes(frames, "pci").figures["years"]
    assert years == {
        "new_firms": [2016, 2017, 2018, 2019, 2020],
        "private_investment": [2016, 2017, 2018, 2019, 2020],
        "grdp_per_head": [2018, 2019, 2020, 2024],
        "fdi": [2008, 2011, 2016, 2024],
    }
    index = frames.index("pci")
    firms, investment, income, fdi = (panel(frames, index, item) for item in OUTCOMES)
    assert (firms.rows.height, investment.rows.height, income.rows.height, fdi.rows.height) == (315, 314, 252, 55)
    assert investment.missing.rows() == [("63-86", 2019, "outcome")]
    assert fdi.missing.filter(why="not_positive")["unit"].to_list() == ["63-92"]
    assert fdi.missing.filter(why="outcome").height == 7
    assert [edition for edition, _ in firms.breaks] == [2017]
    assert (firms.unbroken, income.unbroken) == ((2018, 2019, 2020), (2018, 2019, 2020))
    with pytest.raises(Problem, match="2008"):
        panel(frames, index, OUTCOMES[3], 2020)
    with pytest.raises(Problem, match="PAR INDEX"):
        panel(frames, frames.index("par"), OUTCOMES[0])
