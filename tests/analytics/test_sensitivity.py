"""One unit under other weights, and which editions a question can be asked of."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.core.answerable import answerable_editions
from analytics.drivers.shares import shares
from analytics.forecast.forecast import forecast, forecast_origins
from analytics.weights.robustness import robustness
from analytics.weights.sensitivity import around, around_threshold, left_out, overlapping
from data.frames import Frames
from data.text import Problem
from tests import sample

UNITS = sample.unit_codes(4)


@pytest.fixture
def toy() -> Frames:
    """Four units: the first leads by `a` alone, the second by `b` alone."""
    index = sample.index({"a": 0.6, "b": 0.4}, years=(2019,), units=4)
    values = {"63-01": (9.0, 1.0), "63-02": (2.0, 9.0), "63-03": (5.0, 4.0), "63-04": (1.0, 1.0)}
    rows = {(2019, unit): {"a": a, "b": b} for unit, (a, b) in values.items()}
    return sample.frames(index, sample.score_rows(rows, total=index))


def test_a_component_left_out_takes_its_ranks_with_it(toy: Frames) -> None:
    found = {row["component"]: row for row in left_out(toy, "63-01", "toy", 2019).iter_rows(named=True)}
    assert (found["a"]["rank"], found["b"]["rank"]) == (3, 1)
    own = robustness(toy, "toy", 2019).rows.filter(unit="63-01")["rank"].item()
    assert found["a"]["change"] == own - 3
    assert found["b"]["change"] == own - 1


def test_the_largest_rise_comes_first(toy: Frames) -> None:
    changes = left_out(toy, "63-02", "toy", 2019)["change"].to_list()
    assert changes == sorted(changes, reverse=True)
    assert left_out(toy, "63-99", "toy", 2019).is_empty()


def test_the_best_and_worst_agree_with_robustness(frames: Frames) -> None:
    row = robustness(frames, "pci", 2019).rows.filter(unit="63-36").row(0, named=True)
    found = left_out(frames, "63-36", "pci", 2019)
    assert found["rank"].min() == min(row["rank_best_without"], found["rank"].min())
    assert found.filter(component=row["best_without"])["rank"].item() == row["rank_best_without"]
    assert found.filter(component=row["worst_without"])["rank"].item() == row["rank_worst_without"]
    assert found.height == 10


@pytest.mark.parametrize("place", [0, 1, 30, 62])
def test_around_keeps_its_size_at_both_ends(frames: Frames, place: int) -> None:
    rows = robustness(frames, "pci", 2019).rows
    unit = rows["unit"][place]
    found = around(rows, unit)
    assert found.height == 11
    assert unit in found["unit"]
    assert found["rank"].is_sorted()
    assert around(rows, "34-01").is_empty()
    assert around_threshold(rows, 15)["unit"].to_list() == around(rows, rows["unit"][14])["unit"].to_list()


def test_overlapping_bands_share_a_rank() -> None:
    rows = pl.DataFrame({"unit": ["a", "b", "c", "d"], "low": [1, 2, 4, 5], "high": [2, 3, 4, 6]})
    assert [overlapping(rows, unit) for unit in "abcd"] == [1, 1, 0, 0]


def test_editions_are_those_that_answer(frames: Frames) -> None:
    assert answerable_editions(frames, shares, "pci") == (2023, 2019, 2018, 2017)
    assert answerable_editions(frames, shares, "sipas") == ()
    for year in answerable_editions(frames, shares, "pci", 99):
        shares(frames, "pci", year)
    with pytest.raises(Problem):
        shares(frames, "pci", 2022)


def test_starts_are_those_that_have_a_forecast(frames: Frames) -> None:
    found = forecast_origins(frames, "63-36", "pci")
    assert found[:2] == (2020, 2019)
    assert all(forecast(frames, "63-36", "pci", year).figures["reason"] is None for year in found)
    assert forecast_origins(frames, "34-37", "pci") == ()
    assert len(forecast_origins(frames, "63-36", "pci", most=1)) == 1
