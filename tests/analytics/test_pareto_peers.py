"""Who does better with no more: by hand, by brute force, and on the real figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.standing.pareto_peers import PARETO_COLUMNS, pareto_peers
from data.frames import Frames
from data.text import Problem
from tests import sample

YEAR = 2019
Scores = dict[str, dict[str, float | None]]


def asked(scores: Scores, income: dict[tuple[int, str], float], years: tuple[int, ...] = (YEAR,)) -> Frames:
    toy = sample.index({"a": 0.5, "b": 0.3, "c": 0.2}, years=years, units=len(scores))
    table = sample.score_rows({(YEAR, unit): row for unit, row in scores.items()}, total=toy)
    context = {("grdp_per_capita", year, unit): value for (year, unit), value in income.items()}
    return sample.outcome_frames(toy, table, context)


FIVE: Scores = {
    "63-01": {"a": 2.0, "b": 2.0, "c": 9.0},
    "63-02": {"a": 5.0, "b": 6.0, "c": 1.0},
    "63-03": {"a": 4.0, "b": 5.0, "c": 9.0},
    "63-04": {"a": 9.0, "b": 2.0, "c": 5.0},
    "63-05": {"a": 8.0, "b": 8.0, "c": 5.0},
}
INCOMES = {(YEAR, f"63-0{place}"): income for place, income in enumerate((10.0, 10.9, 11.0, 5.0, 11.1), start=1)}


def test_five_by_hand() -> None:
    """01 is below the median on a (2 of 5) and b (2 of 5), above on c; 04 only ties on b, 05 is 11 % richer."""
    answer = pareto_peers(asked(FIVE, INCOMES), "63-01", "toy", YEAR)
    assert answer.rows.columns == list(PARETO_COLUMNS)
    assert answer.figures["weak"] == ["a", "b"]
    assert answer.rows["unit"].to_list() == ["63-02", "63-03"]
    # A point of a is worth 5 points of the total, of b 3: 3·5 + 4·3 and 2·5 + 3·3.
    assert answer.rows["lead"].to_list() == pytest.approx([27, 19])
    assert answer.rows["furthest"].to_list() == ["a", "a"]
    assert answer.rows["furthest_lead"].to_list() == pytest.approx([3, 2])
    # 02 is poorer than 03 and better on both.
    assert answer.rows["efficient"].to_list() == [True, False]
    figures = answer.figures
    assert (figures["no_richer"], figures["richer"], figures["own"]) == (3, 1, 10.0)
    assert answer.note("nobody") is None
    richer = pareto_peers(asked(FIVE, INCOMES), "63-01", "toy", YEAR, margin=0.111)
    assert richer.rows["unit"].to_list() == ["63-05", "63-02", "63-03"]


def test_who_is_poorest_and_who_is_nowhere_weak() -> None:
    poorest = pareto_peers(asked(FIVE, INCOMES), "63-04", "toy", YEAR)
    assert poorest.rows.is_empty()
    assert poorest.figures["closest"] is None
    assert "No unit" in poorest.note("nobody").en
    none = pareto_peers(asked(FIVE, INCOMES), "63-05", "toy", YEAR)
    assert (none.figures["weak"], none.rows.height, none.figures["richer"]) == ([], 0, 0)
    assert none.note("not_weak") is not None


@given(st.integers(0, 10_000), st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_they_are_whom_a_plain_search_finds(seed: int, margin: float) -> None:
    draw = np.random.default_rng(seed)
    units = sample.unit_codes(12)
    scores: Scores = {unit: {code: float(draw.integers(0, 8)) for code in "abc"} for unit in units}
    income = {(YEAR, unit): float(draw.integers(5, 20)) for unit in units}
    answer = pareto_peers(asked(scores, income), units[0], "toy", YEAR, margin)
    own = scores[units[0]]
    weak = [code for code in "abc" if own[code] < np.median([scores[unit][code] for unit in units])]
    expected = {
        unit
        for unit in units[1:]
        if weak
        and income[YEAR, unit] <= income[YEAR, units[0]] * (1 + margin)
        and all(scores[unit][code] > own[code] for code in weak)
    }
    assert answer.figures["weak"] == weak
    assert set(answer.rows["unit"]) == expected
    for unit, efficient in answer.rows.select("unit", "efficient").iter_rows():
        better = [
            other
            for other in expected - {unit}
            if income[YEAR, other] <= income[YEAR, unit]
            and all(scores[other][code] >= scores[unit][code] for code in weak)
            and (
                income[YEAR, other] < income[YEAR, unit]
                or any(scores[other][code] > scores[unit][code] for code in weak)
            )
        ]
        assert efficient == (not better)


def test_income_is_the_last_up_to_the_edition_and_later_only_where_there_is_none() -> None:
    later = {(YEAR + 1, unit): 100.0 * value for (_, unit), value in INCOMES.items()}
    answer = pareto_peers(asked(FIVE, INCOMES | later), "63-01", "toy", YEAR)
    assert (answer.figures["data_year"], answer.figures["own"]) == (YEAR, 10.0)
    only = pareto_peers(asked(FIVE, later), "63-01", "toy", YEAR)
    assert (only.figures["data_year"], only.figures["own"]) == (YEAR + 1, 1000.0)
    assert "2020" in only.note("data_year").vi
    # One province's income says nothing of who is richer.
    with pytest.raises(Problem):
        pareto_peers(asked(FIVE, {(YEAR, "63-01"): 10.0}), "63-01", "toy", YEAR)


def test_nothing_after_the_edition_changes_the_answer(frames: Frames) -> None:
    rest = pl.col("year") <= YEAR
    before = replace(
        frames, score=frames.score.filter(rest), context_value=frames.context_value.filter(rest), version="before"
    )
    for unit in ("63-36", "63-60"):
        whole, cut = (pareto_peers(given, unit, "pci", YEAR) for given in (frames, before))
        assert whole.rows.equals(cut.rows)
        assert whole.figures == cut.figures


def test_nam_dinh_could_learn_from_ben_tre(frames: Frames) -> None:
    answer = pareto_peers(frames, "63-36", "pci", YEAR)
    assert answer.rows["unit"].to_list() == ["63-83"]
    assert (len(answer.figures["weak"]), answer.figures["data_year"]) == (6, 2019)


@pytest.mark.parametrize("margin", [-0.1, 1.1])
def test_a_margin_that_is_none_is_refused(frames: Frames, margin: float) -> None:
    with pytest.raises(Problem):
        pareto_peers(frames, "63-36", "pci", YEAR, margin)


@pytest.mark.parametrize(("unit", "year"), [("63-36", 2024), ("34-37", 2019), ("63-28", 2007)])
def test_what_is_not_known_is_refused(frames: Frames, unit: str, year: int) -> None:
    with pytest.raises(Problem):
        pareto_peers(frames, unit, "pci", year)
