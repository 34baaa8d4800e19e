"""Exact chances to be among the first: against brute force, and as chances must be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.path.base_rate import BANDS, adding_up, band, base_rates
from analytics.path.chance import competition, counts_above, grid_of, rank_distribution
from tests.sample import SEED


def chances(mean: np.ndarray, sd: np.ndarray, top: int) -> np.ndarray:
    found = competition(grid_of(mean, sd), mean, sd, top)
    return np.array([found.chance(place, mean[place], sd[place]).item() for place in range(len(mean))])


@pytest.mark.parametrize("top", [1, 5, 15, 40])
def test_they_are_those_of_brute_force(top: int) -> None:
    random = np.random.default_rng(SEED)
    mean, sd = random.normal(0, 0.9, 63), random.uniform(0.3, 0.9, 63)
    draws = np.concatenate([random.normal(mean, sd, (50_000, 63)) for _ in range(8)])
    line = np.partition(draws, 63 - top, axis=1)[:, 63 - top]
    assert np.abs(chances(mean, sd, top) - (draws >= line[:, None]).mean(axis=0)).max() < 0.005


@given(
    st.lists(st.floats(-3, 3), min_size=2, max_size=12),
    st.integers(1, 12),
    st.floats(0.15, 1.5),
    st.integers(0, 1000),
)
@settings(max_examples=50, deadline=None)
def test_they_add_up_to_the_places(levels: list[float], top: int, narrowest: float, seed: int) -> None:
    mean = np.array(levels)
    sd = np.random.default_rng(seed).uniform(narrowest, 1.6, len(mean))
    top = min(top, len(mean))
    found = chances(mean, sd, top)
    assert found.sum() == pytest.approx(top, abs=1e-3)
    assert rank_distribution(mean, sd)[:, top - 1] == pytest.approx(found, abs=1e-3)


def test_counts_of_the_others_are_a_distribution_even_where_all_is_nearly_certain() -> None:
    above = np.array([[0.0, 1e-12, 0.5], [1.0, 1 - 1e-12, 0.5], [0.3, 0.5, 0.5], [1.0, 0.9999, 0.5]])
    found = counts_above(above)
    assert found.sum(axis=0) == pytest.approx(np.ones((4, 3)))
    assert (found > -1e-9).all()
    # Of the first unit's others two are surely above, and the third with 0.3.
    assert found[:, 0, 0] == pytest.approx([0, 0, 0.7, 0.3])


def test_a_better_mean_never_lowers_a_chance() -> None:
    mean, sd = np.linspace(-1, 1, 9), np.full(9, 0.4)
    found = competition(grid_of(mean, sd), mean, sd, 3)
    rising = found.chance(2, mean[2] + np.linspace(0, 8, 60), 0.4)
    assert (np.diff(rising) >= -1e-12).all()
    assert rising[-1] == pytest.approx(1)


def test_base_rates_count_those_that_got_in_by_the_band_they_started_in() -> None:
    # Of four units the first two are the group: bands are ranks 1, 2, 3, 4 and none.
    ranks = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 3.0, 2.0, 4.0], [3.0, 1.0, 2.0, np.nan]])
    assert (band(np.array([1, 2, 3, 4]), 2) == [0, 1, 2, 3]).all()
    found = base_rates(ranks, 2)
    # Firsts: stayed, fell. Seconds: fell, stayed. Thirds: rose, rose. Fourths: stayed out; then unknown.
    assert found.share[:4] == pytest.approx([0.5, 0.5, 1.0, 0.0])
    assert np.isnan(found.share[4])
    assert len(found.share) == len(BANDS) + 1
    assert found.of(np.array([9.0]))[0] == pytest.approx(2 / 3)
    # Within two editions: inside in either; the fourth could not be followed.
    assert base_rates(ranks, 2, 2).share[:3] == pytest.approx([1.0, 1.0, 1.0])
    # Better ranks never count for less, though thirds did better than firsts here.
    lifts = found.lift(3.0, np.array([3.0, 2.0, 1.0]))
    assert lifts[0] == 0
    assert (np.diff(lifts) >= 0).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(1, 20))
def test_rates_of_all_add_up_to_the_places_and_stay_rates(rates: list[float], top: int) -> None:
    found = adding_up(np.array(rates), top)
    assert ((found >= 0) & (found <= 1 + 1e-12)).all()
    assert found.sum() == pytest.approx(min(top, len(rates)))
