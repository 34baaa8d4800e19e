"""Differences that are no more than luck, and how far luck moves ranks."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.path.odds import fitted
from analytics.standing.noise_band import NOISE_BAND_COLUMNS, noise_band
from analytics.weights.robustness import robustness
from data.frames import Frames
from data.text import Problem
from tests import sample


def test_equals_differ_by_more_in_one_case_in_ten() -> None:
    index = sample.index({"a": 1.0}, years=tuple(range(1990, 2020)), units=100, target=25)
    random = np.random.default_rng(sample.SEED)
    level = random.normal(60, 3, 100)
    values = {
        (year, unit): {"overall": float(level[place] + random.normal(0, 2))}
        for year in index.years
        for place, unit in enumerate(sample.unit_codes(100))
    }
    figures = noise_band(sample.frames(index, sample.score_rows(values)), "toy", 2019).figures
    assert figures["deviation"] == pytest.approx(2, rel=0.1)
    apart = np.abs(random.normal(0, 2, 100_000) - random.normal(0, 2, 100_000))
    assert (apart > figures["difference"]).mean() == pytest.approx(0.1, abs=0.03)
    # The luck of two editions of one width is that of two units in one.
    assert figures["change"] == pytest.approx(figures["difference"], rel=0.1)


def test_of_pci_2023_two_points_and_twenty_places_are_luck(frames: Frames) -> None:
    answer = noise_band(frames, "pci", 2023)
    assert answer.rows.columns == list(NOISE_BAND_COLUMNS)
    assert answer.figures["difference"] == pytest.approx(2.1, abs=0.05)
    assert answer.figures["width"] == pytest.approx(21, abs=0.5)
    other = robustness(frames, "pci", 2023, draws=500).rows
    assert answer.figures["width"] > 2 * (other["high"] - other["low"]).mean()
    assert "upper bound" in answer.note("noise_band").en


def test_bands_hold_the_rank_and_their_ends_are_ranks(frames: Frames) -> None:
    rows = noise_band(frames, "pci", 2019).rows
    assert (rows["low"] >= 1).all()
    assert (rows["high"] <= 63).all()
    assert (rows["low"] <= rows["high"]).all()
    assert ((rows["low"] <= rows["rank"]) & (rows["rank"] <= rows["high"])).mean() > 0.95
    assert rows["p_target"].sum() == pytest.approx(15, abs=1e-3)


def test_bands_are_those_of_brute_force(frames: Frames) -> None:
    model = fitted(frames, frames.index("pci"), 2023)
    answer = noise_band(frames, "pci", 2023)
    random = np.random.default_rng(sample.SEED)
    drawn = model.points + random.normal(0, answer.figures["deviation"], (20_000, 63))
    ranks = 1 + np.argsort(np.argsort(-drawn, axis=1), axis=1)
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0)
    found = {row["unit"]: row for row in answer.rows.iter_rows(named=True)}
    for place, unit in enumerate(model.units):
        assert found[unit]["low"] == pytest.approx(low[place], abs=1)
        assert found[unit]["high"] == pytest.approx(high[place], abs=1)


@pytest.mark.parametrize(("year", "known"), [(2018, True), (2022, False), (2013, False), (2019, True)])
def test_a_change_is_judged_within_one_method_alone(frames: Frames, year: int, known: bool) -> None:
    assert (noise_band(frames, "pci", year).figures["change"] is not None) is known


@pytest.mark.parametrize(("index", "year", "top"), [("par", 2023, None), ("pci", 2006, None), ("pci", 2023, 64)])
def test_where_nothing_can_be_said_it_is_a_problem(frames: Frames, index: str, year: int, top: int | None) -> None:
    with pytest.raises(Problem):
        noise_band(frames, index, year, top)
