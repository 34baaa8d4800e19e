"""Components beside the median: known, partly known, of different scales, and known by order only."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.standing.profile import orders, profile, profile_year
from data.frames import Frames
from data.text import Problem
from tests import sample

TOY = sample.index({"a": 0.5, "b": 0.5}, years=(2018, 2019), units=3)
VALUES: dict[tuple[int, str], dict[str, float | None]] = {
    (2019, "63-01"): {"a": 4.0, "b": 9.0},
    (2019, "63-02"): {"a": 6.0, "b": 5.0},
    (2019, "63-03"): {"a": 7.0, "b": None},
    (2018, "63-03"): {"b": 8.0},
}


def toy() -> Frames:
    return sample.frames(TOY, sample.score_rows(VALUES), sample.unit_rows(sample.unit_codes(3)))


def row(frames: Frames, component: str, unit: str = "63-01") -> dict[str, object]:
    return profile(frames, "toy", 2019, unit).rows.row(by_predicate=pl.col("component") == component, named=True)


def test_the_median_includes_the_unit_and_the_gap_is_positive_above_it() -> None:
    assert row(toy(), "a") | {"value": 4.0, "median": 6.0, "lowest": 4.0, "highest": 7.0, "gap": -2.0} == row(
        toy(), "a"
    )


def test_two_of_three_are_enough_for_a_median_and_one_is_not() -> None:
    assert row(toy(), "b")["median"] == 7.0
    lonely = toy().score.filter((pl.col("unit") == "63-01") | (pl.col("component") == "a"))
    found = row(sample.frames(TOY, lonely, toy().unit), "b")
    assert (found["median"], found["gap"], found["lowest"]) == (None, None, 9.0)


def test_another_scale_is_met_in_per_cent_of_the_highest_score_possible() -> None:
    percent = (pl.col("unit") == "63-02") & (pl.col("component") == "a")
    score = toy().score.with_columns(
        scale=pl.when(percent).then(pl.lit("percent")).otherwise(pl.lit("points")),
        score=pl.when(percent).then(60.0).otherwise("score"),
    )
    answer = profile(sample.frames(TOY, score, toy().unit), "toy", 2019, "63-01")
    assert answer.figures["measure"] == "percent"
    assert answer.rows["value"].to_list() == [40.0, 90.0]
    assert answer.rows["median"].to_list() == [60.0, 70.0]


def test_the_newest_edition_stands_in_for_one_without_components() -> None:
    frames = toy()
    assert profile_year(frames, "toy", 2018, "63-01") == 2019
    assert profile_year(frames, "toy", 2018, "63-03") == 2018
    assert profile_year(frames, "toy", 2019, "63-09") is None


def test_an_edition_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(Problem):
        profile(toy(), "toy", 2001, "63-01")


def test_every_component_of_a_complete_edition_lies_in_its_range(frames: Frames) -> None:
    for unit in frames.unit.filter(unit_set="63")["unit"].head(63):
        answer = profile(frames, "pci", 2019, unit)
        if answer.rows.is_empty():
            continue  # Hà Tây, gone by then
        assert answer.rows["component"].to_list() == list(frames.index("pci").regime(2019).components)
        assert answer.rows.select(
            ((pl.col("lowest") <= pl.col("value")) & (pl.col("value") <= pl.col("highest"))).all()
        ).item()


def test_the_orders_of_the_34_are_permutations_that_follow_the_rescaled_score(frames: Frames) -> None:
    rows = orders(frames, "pci", 2025)
    assert rows["component"].n_unique() == 9
    for _, part in rows.group_by("component"):
        assert sorted(part["unit"]) == sorted(frames.unit.filter(unit_set="34")["unit"])
        ordered = part.sort("order")
        assert (ordered["scaled"].diff().drop_nulls() <= 0).all()
        assert (ordered["scaled"][0], ordered["scaled"][-1]) == (10.0, 0.0)
        assert ordered["order"][0] == 1
        assert ordered["order"][-1] <= 34
