"""The most favourable weights: by hand, against a fine grid of weights, and on the real figures."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.core.ranking import ranking
from analytics.weights.benefit_of_doubt import BENEFIT_COLUMNS, benefit_of_doubt, favourable
from data.frames import Frames
from data.text import Problem
from tests import sample

YEAR = 2019


def asked(scores: dict[str, dict[str, float | None]], weights: dict[str, float] | None = None) -> Frames:
    toy = sample.index(weights or {"a": 0.5, "b": 0.5}, years=(YEAR,), units=len(scores))
    values = {(YEAR, unit): figures for unit, figures in scores.items()}
    return sample.frames(toy, sample.score_rows(values, total=toy))


THREE: dict[str, dict[str, float | None]] = {
    "63-01": {"a": 8.0, "b": 2.0},
    "63-02": {"a": 2.0, "b": 9.0},
    "63-03": {"a": 6.0, "b": 3.0},
}


def test_three_by_hand() -> None:
    """03 is best off where the two ahead of it are level: 80x + 20(1 − x) = 20x + 90(1 − x), x = 7/13."""
    answer = benefit_of_doubt(asked(THREE), "63-03", "toy", YEAR, (0.5, 1.5))
    assert answer.rows.columns == list(BENEFIT_COLUMNS)
    assert answer.rows["favourable"].to_list() == pytest.approx([7 / 13, 6 / 13])
    assert answer.figures["ratio_favourable"] == pytest.approx(600 / 680)
    assert answer.figures["ratio"] == pytest.approx(45 / 55)
    assert (answer.figures["rank"], answer.figures["rank_favourable"]) == (3, 3)


def test_the_grid_agrees_by_hand() -> None:
    points = np.array([[80.0, 20.0], [20.0, 90.0], [60.0, 30.0]])
    best = max(
        (60 * w + 30 * (1 - w)) / max(80 * w + 20 * (1 - w), 20 * w + 90 * (1 - w)) for w in grid(0.25, 0.75)
    )
    found = favourable(points, 2, [0.25, 0.25], [0.75, 0.75])
    assert points[2] @ found / (points @ found).max() == pytest.approx(best, abs=1e-3)


def grid(low: float, high: float) -> list[float]:
    return np.linspace(low, high, 1001).tolist()


@given(st.integers(0, 10_000), st.integers(2, 8))
@settings(max_examples=30, deadline=None)
def test_no_weights_within_bounds_are_more_favourable(seed: int, units: int) -> None:
    draw = np.random.default_rng(seed)
    points, own = draw.uniform(0, 100, (units, 3)), draw.dirichlet(np.ones(3))
    low, high = 0.5 * own, 2 * own
    found = favourable(points, 0, low, high)
    assert found.sum() == pytest.approx(1)
    assert (found >= low - 1e-7).all()
    assert (found <= high + 1e-7).all()
    reached = points[0] @ found / (points @ found).max()
    steps = [np.linspace(low[place], high[place], 60) for place in (0, 1)]
    sets = np.array([(one, two, 1 - one - two) for one, two in product(*steps)])
    sets = sets[(sets[:, 2] >= low[2]) & (sets[:, 2] <= high[2])]
    totals = sets @ points.T
    best = (totals[:, 0] / totals.max(axis=1)).max() if len(sets) else 0.0
    assert reached >= best - 1e-6
    # The grid is fine enough to come close.
    assert reached <= best + 0.05 or len(sets) < 50


def test_the_best_stays_first_and_bounds_of_one_leave_the_weights_alone() -> None:
    first = benefit_of_doubt(asked(THREE), "63-02", "toy", YEAR)
    assert (first.figures["rank_favourable"], first.figures["ratio_favourable"]) == (1, pytest.approx(1))
    fixed = benefit_of_doubt(asked(THREE), "63-03", "toy", YEAR, (1.0, 1.0))
    assert fixed.rows["favourable"].to_list() == pytest.approx([0.5, 0.5])
    assert fixed.figures["rank_favourable"] == fixed.figures["rank"] == 3


def test_equal_totals_are_not_ahead() -> None:
    same: dict[str, dict[str, float | None]] = {f"63-0{place}": {"a": 4.0, "b": 7.0} for place in (1, 2, 3)}
    answer = benefit_of_doubt(asked(same), "63-02", "toy", YEAR)
    assert (answer.figures["rank_favourable"], answer.figures["ahead"]) == (1, [])


@pytest.mark.parametrize("year", [2019, 2023])
def test_on_the_real_figures_they_never_do_worse_than_the_index_itself(frames: Frames, year: int) -> None:
    ranks = dict(ranking(frames, "pci", year).rows.select("unit", "rank").iter_rows())
    for unit in ("63-36", "63-01", "63-22", "63-95"):
        answer = benefit_of_doubt(frames, unit, "pci", year)
        figures, rows = answer.figures, answer.rows
        assert figures["rank"] == ranks[unit]
        assert figures["ratio_favourable"] >= figures["ratio"] - 1e-9
        assert rows["favourable"].sum() == pytest.approx(1)
        assert (rows["favourable"] / rows["weight"]).is_between(0.5 - 1e-6, 2 + 1e-6).all()
        assert len(figures["ahead"]) == figures["rank_favourable"] - 1


def test_nam_dinh_even_under_its_best_weights(frames: Frames) -> None:
    figures = benefit_of_doubt(frames, "63-36", "pci", 2019).figures
    assert (figures["rank"], figures["rank_favourable"], figures["ahead"][0]) == (33, 27, "63-22")


@pytest.mark.parametrize("bounds", [(-0.1, 2.0), (1.1, 2.0), (0.5, 0.9), (0.5, float("inf"))])
def test_bounds_that_leave_no_weights_are_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(Problem):
        benefit_of_doubt(asked(THREE), "63-01", "toy", YEAR, bounds)


@pytest.mark.parametrize(("unit", "year"), [("63-36", 2021), ("63-36", 2024), ("34-37", 2023), ("63-99", 2019)])
def test_what_is_not_known_whole_is_refused(frames: Frames, unit: str, year: int) -> None:
    with pytest.raises(Problem):
        benefit_of_doubt(frames, unit, "pci", year)
