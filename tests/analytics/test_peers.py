"""Who is near whom, by income, size and urbanisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import e

import pytest

from analytics.standing.peers import merged_with, peers, region_of
from data.frames import Frames
from data.text import Problem
from tests import sample


def toy(panel: Mapping[int, Mapping[str, tuple[float, float, float]]]) -> Frames:
    """Frames with GRDP per head, population and urban share by year and unit."""
    units = sorted({unit for year in panel.values() for unit in year})
    definition = sample.index({"a": 1.0}, years=(2019,), units=len(units))
    rows = sample.score_rows({(2019, unit): {"a": 5.0, "overall": 50.0} for unit in units})
    context = [
        {"year": year, "unit": unit, "variable": name, "value": value}
        for year, values in panel.items()
        for unit, figures in values.items()
        for name, value in zip(("grdp_per_capita", "population_avg", "urban_share"), figures, strict=True)
    ]
    frames = sample.frames(definition, rows, sample.unit_rows(units, {"63-03": "south"}))
    return replace(frames, context_value=sample.table("context_value", context))


# Alike in income and size, with urban shares of 10, 20 and 40 per cent.
THREE = {"63-01": (50.0, 900.0, 10.0), "63-02": (50.0, 900.0, 20.0), "63-03": (50.0, 900.0, 40.0)}


def test_three_units_by_hand() -> None:
    answer = peers(toy({2019: THREE}), "63-01", 2019, count=2)
    # Mean 23.33, squared deviations 177.78, 11.11, 277.78: standard deviation √155.56 = 12.472.
    assert answer.rows["unit"].to_list() == ["63-02", "63-03"]
    assert answer.rows["distance"].to_list() == pytest.approx([10 / 12.472191, 30 / 12.472191], abs=1e-6)
    assert answer.rows["same_region"].to_list() == [True, False]
    assert answer.figures["own"] == {
        "unit": "63-01",
        "grdp_per_capita": 50.0,
        "population_avg": 900.0,
        "urban_share": 10.0,
    }


def test_mahalanobis_does_not_count_twice_what_two_variables_share() -> None:
    # Income and size rise together, by e and by e²: as logarithms both are 0, 1, 2.
    panel = {f"63-0{step + 1}": (10 * e**step, 100 * e**step, 30.0) for step in range(3)}
    straight = peers(toy({2019: panel}), "63-01", 2019, 1, "euclid").rows["distance"].item()
    shared = peers(toy({2019: panel}), "63-01", 2019, 1, "mahalanobis").rows["distance"].item()
    # One step is 1/√(2/3) standard deviations in each of the two.
    assert shared == pytest.approx((3 / 2) ** 0.5)
    assert straight == pytest.approx(2**0.5 * (3 / 2) ** 0.5)


@pytest.mark.parametrize(("asked", "used"), [(2014, 2014), (2015, 2014), (2017, 2014), (2030, 2018), (1990, 2014)])
def test_the_last_year_up_to_it_that_has_all_three(asked: int, used: int) -> None:
    # 2016 lies nearer to 2015 and 2017 but knows too few: of two units out of three one is ours.
    frames = toy({2014: THREE, 2016: {"63-01": THREE["63-01"]}, 2018: THREE})
    answer = peers(frames, "63-01", asked, 1)
    assert answer.figures["data_year"] == used
    assert any(str(used) in note.text.vi for note in answer.notes) is (asked != used)


def test_a_later_year_serves_only_where_there_is_none_before() -> None:
    assert peers(toy({2014: THREE, 2016: THREE}), "63-01", 2015, 1).figures["data_year"] == 2014
    assert peers(toy({2016: THREE, 2018: THREE}), "63-01", 2015, 1).figures["data_year"] == 2016


def test_an_outlier_has_no_near_peer() -> None:
    panel = {unit: (50.0, 900.0, float(place)) for place, unit in enumerate(sample.unit_codes(30))}
    panel["63-31"] = (50.0, 900.0, 95.0)
    frames = toy({2019: panel})
    assert peers(frames, "63-31", 2019).figures["no_near_peer"] is True
    assert peers(frames, "63-15", 2019).figures["no_near_peer"] is False


@pytest.mark.parametrize("count", [0, 3])
def test_how_many_peers_can_be_chosen(count: int) -> None:
    with pytest.raises(Problem, match="1 đến 2"):
        peers(toy({2019: THREE}), "63-01", 2019, count)


def test_distances_are_the_same_both_ways(frames: Frames) -> None:
    for kind in ("euclid", "mahalanobis"):
        there = peers(frames, "63-36", 2019, 62, kind).rows.filter(unit="63-48")["distance"].item()
        back = peers(frames, "63-48", 2019, 62, kind).rows.filter(unit="63-36")["distance"].item()
        assert there == pytest.approx(back)


def test_real_groups(frames: Frames) -> None:
    # Nam Định, Hà Nam and Ninh Bình became one province.
    assert merged_with(frames, "63-36") == ["63-35", "63-37"]
    assert merged_with(frames, "34-37") == ["63-35", "63-36", "63-37"]
    # Hà Tây lay in the Red River delta until it was merged in 2008.
    assert "63-28" in region_of(frames, "63-36", 2007)
    assert "63-28" not in region_of(frames, "63-36", 2009)
    answer = peers(frames, "63-36", 2010)
    # GRDP per head is known from 2018.
    assert answer.figures["data_year"] == 2018
    assert answer.coverage.complete
    assert peers(frames, "63-79", 2019).figures["no_near_peer"] is True


def test_units_without_figures_are_refused(frames: Frames) -> None:
    with pytest.raises(Problem, match="34-37"):
        peers(frames, "34-37")
