"""Why the lists of weaknesses differ: each reason is given only where the figures bear it out."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from analytics.core.ranking import ranking
from analytics.weakness.disagreement import disagreement
from analytics.weakness.weakness import LISTS, weakness
from data.frames import Frames
from tests import sample

UNITS = ("63-36", "63-22", "63-04", "63-48", "63-01")


def toy(weights: Mapping[str, float], *scores: Mapping[str, float | None]) -> Frames:
    definition = sample.index(weights, years=(2019,), units=len(scores), target=2)
    units = sample.unit_codes(len(scores))
    known = {(2019, unit): row for unit, row in zip(units, scores, strict=True)}
    rows = sample.score_rows(known, total=definition)
    return sample.frames(definition, rows, sample.unit_rows(units))


def test_a_score_that_is_low_everywhere_is_not_the_worst_rank_and_a_light_component_not_the_largest_gap() -> None:
    # `a` is low for all, `b` ranks last for us and weighs little, `c` weighs most.
    asked = toy(
        {"a": 0.2, "b": 0.1, "c": 0.7},
        {"a": 3, "b": 5, "c": 6},
        {"a": 2, "b": 8, "c": 5},
        {"a": 2.5, "b": 9, "c": 9},
    )
    found = disagreement(asked, "63-01", "toy", 2019, "best")
    assert {name: first.component for name, first in found.first.items()} == {
        "score": "a",
        "rank": "b",
        "gap": "c",
    }
    assert found.why_rank == "low_everywhere"
    assert found.why_gap == "weight"  # 3 points of `c` against 4 of `b`
    assert found.first["rank"].rank == 3
    assert found.first["score"].median == 2.5
    assert found.weakest == ("c", "b", "a")


def test_where_units_lie_close_together_a_smaller_distance_costs_more_places() -> None:
    others = [{"a": value, "b": 5.0} for value in (1, 6, 7, 8)]
    asked = toy({"a": 0.5, "b": 0.5}, {"a": 4, "b": 4.9}, *others)
    found = disagreement(asked, "63-01", "toy", 2019, "best")
    # 4th on `a`, 2 below its median; last on `b`, a tenth below it.
    assert (found.first["score"].component, found.first["rank"].component) == ("a", "b")
    assert found.why_rank == "close_together"


@pytest.mark.parametrize(("weight", "reason"), [(0.5, "wider"), (0.6, "both"), (0.4, "wider")])
def test_a_wider_gap_may_weigh_more_too(weight: float, reason: str) -> None:
    rows = ({"a": 4, "b": 4.9}, {"a": 3, "b": 5}, {"a": 8, "b": 5})
    found = disagreement(toy({"a": weight, "b": 1 - weight}, *rows), "63-01", "toy", 2019, "best")
    assert (found.first["rank"].component, found.first["gap"].component) == ("b", "a")
    assert found.why_gap == reason


def test_of_equal_firsts_the_one_that_heads_most_lists_is_named() -> None:
    # Both rank last; only `b` has the lowest score and the largest gap as well.
    asked = toy({"a": 0.5, "b": 0.5}, {"a": 4, "b": 3}, {"a": 5, "b": 5}, {"a": 6, "b": 6})
    found = disagreement(asked, "63-01", "toy", 2019, "best")
    assert {first.component for first in found.first.values()} == {"b"}
    assert found.why_rank is None
    assert found.why_gap is None


def test_no_reason_is_given_where_nothing_is_behind() -> None:
    asked = toy({"a": 0.5, "b": 0.5}, {"a": 7, "b": 9}, {"a": 5, "b": 5}, {"a": 6, "b": 6})
    assert disagreement(asked, "63-01", "toy", 2019, "best").why_gap is None


@pytest.mark.parametrize(
    ("index", "year", "unit"),
    [
        *((index, year, unit) for index, year in (("pci", 2019), ("pci", 2023)) for unit in UNITS),
        # The components of Quảng Ninh are not known in 2023.
        *(("papi", 2023, unit) for unit in UNITS if unit != "63-22"),
    ],
)
def test_what_is_said_of_the_published_figures_holds(frames: Frames, unit: str, index: str, year: int) -> None:
    found = disagreement(frames, unit, index, year)
    rows = weakness(frames, unit, index, year).rows
    own = {row["component"]: row for row in rows.iter_rows(named=True)}
    for name in LISTS:
        assert own[found.first[name].component][f"place_by_{name}"] == 1
    lowest, worst, largest = (found.first[name] for name in LISTS)
    if found.why_rank == "low_everywhere":
        medians = [
            ranking(frames, index, year, first.component).rows["score"].median() for first in (lowest, worst)
        ]
        assert medians[0] < medians[1]  # type: ignore[operator]
    if found.why_gap in ("weight", "both"):
        assert largest.weight > worst.weight  # type: ignore[operator]
    if found.why_gap in ("wider", "both"):
        assert largest.gap > worst.gap  # type: ignore[operator]
    for code in found.weakest:
        assert all(own[code][f"place_by_{name}"] <= 3 for name in LISTS)


def test_an_order_alone_makes_one_list(frames: Frames) -> None:
    found = disagreement(frames, "34-37", "pci", 2025)
    assert list(found.first) == ["rank"]
    order = frames.score.filter(pl.col("component") != "overall", index="pci", year=2025, unit="34-37")
    assert found.first["rank"].rank == order["order"].max()
    assert found.weakest == ()


def test_scales_of_different_length_are_told(frames: Frames) -> None:
    assert disagreement(frames, "63-36", "pci", 2019).one_scale
    assert not disagreement(frames, "63-49", "par", 2023).one_scale
