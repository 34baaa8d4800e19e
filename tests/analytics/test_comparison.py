"""A unit beside the median, this edition and the last: by hand, and on known figures."""

from __future__ import annotations

import pytest

from analytics.path.burden import burden
from analytics.path.target import target
from analytics.standing.comparison import comparison
from data.frames import Frames
from data.text import Problem
from tests import sample

TOY = sample.index({"a": 0.5, "b": 0.5}, units=3)


def toy(scores: dict[tuple[int, str], dict[str, float | None]]) -> Frames:
    return sample.frames(TOY, sample.score_rows(scores, total=TOY), sample.unit_rows(sample.unit_codes(3)))


WHOLE: dict[tuple[int, str], dict[str, float | None]] = {
    (2018, "63-01"): {"a": 1, "b": 4},
    (2018, "63-02"): {"a": 2, "b": 5},
    (2018, "63-03"): {"a": 3, "b": 6},
    (2019, "63-01"): {"a": 4, "b": 4},
    (2019, "63-02"): {"a": 2, "b": 4},
    (2019, "63-03"): {"a": 3, "b": 9},
}


def test_two_editions_by_hand() -> None:
    rows = {row["component"]: row for row in comparison(toy(WHOLE), "63-01", "toy", 2019).rows.to_dicts()}
    assert list(rows) == ["a", "b", "overall"]
    a = rows["a"]
    assert (a["score_before"], a["median_before"], a["rank_before"]) == (1, 2, 3)
    assert (a["score"], a["median"], a["gap"], a["rank"], a["third"]) == (4, 3, 1, 1, 1)
    assert (a["change_score"], a["change_rank"]) == (3, 2)
    # Level with another: both share the second place, the middle third.
    assert (rows["b"]["rank"], rows["b"]["third"], rows["b"]["gap"]) == (2, 2, 0)
    # Totals: 40, 30 and 60.
    assert (rows["overall"]["score"], rows["overall"]["median"], rows["overall"]["third"]) == (40, 40, 2)


def test_a_median_needs_two_thirds_of_the_units() -> None:
    few = {
        key: value for key, value in WHOLE.items() if key in ((2019, "63-01"), (2018, "63-01"), (2018, "63-02"))
    }
    a = comparison(toy(few), "63-01", "toy", 2019).rows.row(0, named=True)
    assert a["median"] is None
    assert a["gap"] is None
    assert a["rank"] is None
    assert a["median_before"] == 1.5


def test_the_first_edition_has_nothing_before() -> None:
    found = comparison(toy(WHOLE), "63-01", "toy", 2018)
    assert found.figures["previous_year"] is None
    assert found.rows["score_before"].count() == 0
    assert found.rows["score"].count() == 3


def test_nam_dinh_of_2019_beside_the_nation(frames: Frames) -> None:
    """Printed in VCCI's workbook: entry costs 8.23, rank 3; proactivity 6.05; the median total 65.13."""
    rows = {row["component"]: row for row in comparison(frames, "63-36", "pci", 2019).rows.to_dicts()}
    assert (rows["entry_costs"]["rank_before"], rows["entry_costs"]["rank"]) == (61, 3)
    assert rows["entry_costs"]["score"] == pytest.approx(8.2338)
    assert rows["overall"]["median"] == pytest.approx(65.13, abs=0.005)
    assert rows["overall"]["change_rank"] == 2


def test_a_known_order_places_a_component_in_its_third(frames: Frames) -> None:
    found = comparison(frames, "34-37", "pci", 2025)
    thirds = dict(found.rows.select("component", "third").iter_rows())
    assert (thirds["informal_charges"], thirds["policy_bias"], thirds["entry_costs"]) == (1, 2, 3)
    assert thirds["overall"] is None
    assert found.figures["previous_year"] is None


def test_an_unknown_unit_is_refused(frames: Frames) -> None:
    with pytest.raises(Problem):
        comparison(frames, "63-99", "pci", 2019)


def test_each_agency_bears_the_points_of_its_components(frames: Frames) -> None:
    routes = target(frames, "63-36", "pci", 2019, 18, with_odds=False).rows
    shares = burden(frames, frames.index("pci"), routes)
    for (route,), one in routes.group_by("route"):
        found = shares.filter(route=route)
        assert found["points"].sum() == pytest.approx(one["points"].sum())
        assert found["share"].sum() == pytest.approx(1)
        assert sorted(code for codes in found["components"] for code in codes) == sorted(one["component"])
    first = shares.row(0, named=True)
    assert (first["route"], first["lead_after"], first["components"]) == (
        "least_effort",
        "Sở Tài chính",
        ["business_support"],
    )
    # Routes keep their order, and in each the largest share comes first.
    assert (
        shares["route"].unique(maintain_order=True).to_list()
        == routes["route"].unique(maintain_order=True).to_list()
    )
    for (_,), one in shares.group_by("route"):
        assert one["points"].to_list() == sorted(one["points"].to_list(), reverse=True)


def test_points_without_a_known_agency_stay_in_the_sum(frames: Frames) -> None:
    routes = target(frames, "63-36", "papi", 2023, with_odds=False).rows
    shares = burden(frames, frames.index("papi"), routes)
    assert shares["lead_after"].count() == 0
    assert shares.filter(route="least_effort")["share"].sum() == pytest.approx(1)
