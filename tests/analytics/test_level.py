"""Level and luck: panels made of known ones give them back, and nothing later is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.path.level import LEAST_SHARE, estimated, filtered, in_spreads
from tests.sample import SEED


def drawn(persistence: float, luck: float, editions: int, units: int, seed: int = SEED) -> np.ndarray:
    """Scores in spreads of units whose levels drift, with luck beside."""
    random = np.random.default_rng(seed)
    level = random.normal(0, (1 - luck) ** 0.5, units)
    rows = []
    for _ in range(editions):
        rows.append(level + random.normal(0, luck**0.5, units))
        level = persistence * level + random.normal(0, ((1 - luck) * (1 - persistence**2)) ** 0.5, units)
    return np.stack(rows)


@pytest.mark.parametrize(("persistence", "luck"), [(0.95, 0.1), (0.9, 0.3), (0.7, 0.5)])
def test_the_parameters_of_a_simulated_panel_are_found_again(persistence: float, luck: float) -> None:
    found = estimated(drawn(persistence, luck, 40, 400))
    assert found.persistence == pytest.approx(persistence, abs=0.03)
    assert found.luck == pytest.approx(luck, abs=0.05)


def test_pure_noise_has_next_to_no_level() -> None:
    found = estimated(np.random.default_rng(SEED).normal(size=(15, 63)))
    # What is left of a unit's standing an edition later, at most: near nothing.
    assert found.persistence * (1 - found.luck) < 0.1


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_nine_in_ten_next_scores_lie_where_they_should(missing: float) -> None:
    inside = []
    for seed in range(20):
        panel = drawn(0.9, 0.2, 13, 63, seed)
        known = panel[:-1].copy()
        known[np.random.default_rng(seed).random(known.shape) < missing] = np.nan
        mean, sd = estimated(known).ahead(1)
        inside.append(np.abs(panel[-1] - mean) <= 1.645 * sd)
    assert np.mean(inside) == pytest.approx(0.9, abs=0.02)


def test_the_likelihood_is_that_of_the_joint_normal_distribution() -> None:
    from scipy.stats import multivariate_normal

    persistence, luck = 0.8, 0.3
    panel = drawn(persistence, luck, 4, 3)
    lag = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    covariance = (1 - luck) * persistence**lag + luck * np.eye(4)
    # All but the first edition: that is only where levels start from.
    whole = multivariate_normal(np.zeros(4), covariance).logpdf(panel.T).sum()
    first = multivariate_normal(0.0, 1.0).logpdf(panel[0]).sum()
    constant = 0.5 * np.log(2 * np.pi) * panel[1:].size
    assert filtered(panel, persistence, luck)[0] - constant == pytest.approx(whole - first)


def test_a_unit_that_was_not_seen_is_as_unsure_as_can_be() -> None:
    panel = drawn(0.9, 0.2, 6, 5)
    panel[:, 2] = np.nan
    _, level, variance = filtered(panel, 0.9, 0.2)
    assert level[2] == 0
    assert variance[2] == pytest.approx(0.8)
    assert (variance[[0, 1, 3, 4]] < 0.8).all()


def test_spreads_have_no_mean_and_a_width_of_one() -> None:
    points = np.array([[1.0, 2.0, np.nan, 6.0], [5.0, 5.0, 5.0, 5.0]])
    found = in_spreads(points)
    assert np.nanmean(found[0]) == pytest.approx(0)
    assert np.nanstd(found[0]) == pytest.approx(1)
    assert np.isnan(found[0, 2])
    assert (found[1] == 0).all()


def test_neither_level_nor_luck_is_ever_all() -> None:
    still = np.tile(np.linspace(-2, 2, 20), (8, 1))
    found = estimated(still)
    assert LEAST_SHARE <= found.luck < 0.05
    assert found.persistence <= 1 - LEAST_SHARE
