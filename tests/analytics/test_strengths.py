"""What carries and what holds back: the ends of the weaknesses, in the nearest edition, nothing on both sides."""

from __future__ import annotations

import pytest

from analytics.weakness.strengths import LEVEL, strengths
from analytics.weakness.weakness import weakness
from data.frames import Frames
from tests import sample


@pytest.mark.parametrize("unit", ["63-22", "63-36", "63-04", "63-48"])
@pytest.mark.parametrize("year", [2019, 2023])
def test_they_are_the_ends_of_the_list_by_gap(frames: Frames, unit: str, year: int) -> None:
    found = strengths(frames, unit, "pci", year)
    assert found is not None
    assert (found.year, found.by, found.known, found.of) == (year, "gap", 10, 10)
    gaps = sorted(weakness(frames, unit, "pci", year).rows["weighted_gap"].to_list())
    assert [row["weighted_gap"] for row in found.weak] == [gap for gap in reversed(gaps[-3:]) if gap >= LEVEL]
    assert [row["weighted_gap"] for row in found.strong] == gaps[:3]
    assert not {row["component"] for row in found.weak} & {row["component"] for row in found.strong}


def test_level_with_the_leading_group_holds_nothing_back(frames: Frames) -> None:
    found = strengths(frames, "63-22", "pci", 2019)
    assert found is not None
    assert [row["component"] for row in found.weak] == ["land_access", "entry_costs"]


def test_the_order_places_what_has_no_score(frames: Frames) -> None:
    found = strengths(frames, "34-37", "pci", 2025)
    assert found is not None
    assert found.by == "rank"
    assert [row["order"] for row in found.weak] == [32, 27, 23]
    assert [row["order"] for row in found.strong] == [1, 2, 8]


def test_another_edition_stands_in_and_nothing_known_gives_nothing(frames: Frames) -> None:
    found = strengths(frames, "63-04", "pci", 2021)
    assert found is not None
    assert found.year == 2023
    assert strengths(frames, "63-36", "par", 2023) is None
    assert strengths(frames, "63-36", "sipas", 2021) is None


def test_of_few_known_components_none_stands_on_both_sides() -> None:
    toy = sample.index({"a": 0.5, "b": 0.3, "c": 0.2}, years=(2019,), units=3)
    found = strengths(sample.frames(toy, sample.random_scores(toy)), "63-01", "toy", 2019)
    assert found is not None
    codes = [row["component"] for row in (*found.weak, *found.strong)]
    assert len(codes) == len(set(codes)) <= 3


def test_a_group_larger_than_the_edition_gives_nothing() -> None:
    toy = sample.index({"a": 0.5, "b": 0.5}, years=(2019,), units=3, target=5)
    assert strengths(sample.frames(toy, sample.random_scores(toy)), "63-01", "toy", 2019) is None
