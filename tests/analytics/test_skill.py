"""Skill on held-out provinces and years: none in noise, the right amount where there is some."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.drivers.skill import forward, grouped
from tests.sample import SEED, outcome_panel

DRAWS = 12
TERMS = ["x0", "x1", "x2", "x3"]


def test_noise_cannot_be_foretold() -> None:
    """Outcomes that have nothing to do with the terms: on average no skill, and intervals that say so.

    Skill lies wholly above 0 by its 90 % interval once in twenty draws at most; of twelve draws three or more
    would be that once in fifty (binomial).
    """
    draw = np.random.default_rng(SEED)
    skills, ahead, sure = [], [], 0
    for _ in range(DRAWS):
        rows = outcome_panel(draw, [0.0] * 4, units=40, years=3)
        found, _ = grouped(rows, TERMS, folds=5, shuffles=1)
        later = forward(rows, TERMS)
        assert later is not None
        skills.append(found["skill"])
        ahead.append(later["skill"])
        sure += found["low"] > 0
    assert np.mean(skills) <= 0
    assert np.mean(ahead) <= 0
    assert sure <= 2


def test_what_can_be_foretold_is_and_by_as_much_as_there_is() -> None:
    draw = np.random.default_rng(SEED)
    rows = outcome_panel(draw, [0.0, 0.0], units=60, years=4)
    # y is the first term and noise of half its variance: at best 1 − 1/3 of the spread can be foretold.
    rows = rows.with_columns(x0=pl.Series(draw.normal(size=rows.height))).with_columns(
        y=2**0.5 * pl.col("x0") + pl.Series(draw.normal(size=rows.height)) + pl.col("year"),
    )
    found, importance = grouped(rows, ["x0", "x1"])
    assert found["skill"] == pytest.approx(2 / 3, abs=0.06)
    assert found["low"] < 2 / 3 < found["high"]
    assert found["rmse"] == pytest.approx(1, abs=0.1)
    by_term = dict(importance.select("term", "importance").iter_rows())
    # Shuffling the term costs twice its part of the spread, 2 · 2/3, and shuffling the other one nothing.
    assert by_term["x0"] == pytest.approx(4 / 3, abs=0.15)
    assert by_term["x1"] == pytest.approx(0, abs=0.02)
    assert (importance["importance_spread"] > 0).all()


def test_a_change_to_come_is_foretold_from_earlier_years_only() -> None:
    draw = np.random.default_rng(SEED)
    rows = outcome_panel(draw, [0.0], units=50, years=4)
    rows = rows.with_columns(y=pl.col("last") + pl.col("x0") + 3)
    found = forward(rows, ["x0"])
    assert found is not None
    assert [item["year"] for item in found["years"]] == [2017, 2018, 2019]
    assert found["skill"] > 0.99
    # What happened in the last year changes nothing about the years before.
    later = rows.with_columns(y=pl.when(pl.col("year") == 2019).then(-pl.col("y")).otherwise("y"))
    again = forward(later, ["x0"])
    assert again is not None
    assert again["years"][:2] == found["years"][:2]
    assert again["years"][2] != found["years"][2]


def test_the_common_trend_is_the_naive_guess_and_not_a_skill() -> None:
    """All units grow alike: better than the last value, no better than the last value with the trend."""
    draw = np.random.default_rng(SEED)
    rows = outcome_panel(draw, [0.0], units=50, years=4)
    rows = rows.with_columns(y=pl.col("last") + 1 + 0.1 * pl.Series(draw.normal(size=rows.height)))
    found = forward(rows, ["x0"])
    assert found is not None
    assert found["skill_last"] > 0.95
    assert found["skill"] == pytest.approx(0, abs=0.02)


def test_provinces_held_out_are_held_out_whole() -> None:
    """A term that is a unit's own mark tells everything about its other years, and nothing about other units."""
    draw = np.random.default_rng(SEED)
    rows = outcome_panel(draw, [0.0], units=30, years=5)
    marks = [f"mark{place}" for place in range(30)]
    dummies = rows.select("unit").to_dummies()
    dummies.columns = marks
    found, _ = grouped(rows.hstack(dummies), marks, shuffles=1)
    assert found["skill"] <= 0.01


def test_one_year_has_no_years_to_come() -> None:
    rows = outcome_panel(np.random.default_rng(SEED), [0.0], units=30, years=2)
    assert forward(rows.filter(year=2016), ["x0"]) is None
    assert forward(rows.with_columns(last=None), ["x0"]) is None


def test_the_same_question_gets_the_same_answer() -> None:
    rows = outcome_panel(np.random.default_rng(SEED), [0.3], units=30, years=3)
    first, importance = grouped(rows, ["x0"], folds=5, shuffles=3)
    second, again = grouped(rows, ["x0"], folds=5, shuffles=3)
    assert first == second
    assert importance.equals(again)


def test_an_outcome_that_is_the_same_for_all_has_no_skill_to_speak_of() -> None:
    rows = outcome_panel(np.random.default_rng(SEED), [0.3], units=30, years=3).with_columns(y=pl.lit(1.0))
    found, importance = grouped(rows, ["x0"], folds=5, shuffles=1)
    assert (found["skill"], found["low"], found["high"]) == (None, None, None)
    assert importance["importance"].to_list() == [0.0]
