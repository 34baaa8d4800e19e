"""The place among the provinces most like one, as far as it is known."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from analytics.core.ranking import ranking
from analytics.standing.peer_standing import peer_standing
from analytics.standing.peers import peers
from data.frames import Frames
from data.text import Problem


def test_the_place_counts_who_of_the_peers_stands_before(frames: Frames) -> None:
    found = peer_standing(frames, "pci", 2019, "63-36")
    assert found is not None
    assert list(found.units) == peers(frames, "63-36", 2019).rows["unit"].to_list()
    ranks = dict(ranking(frames, "pci", 2019).rows.select("unit", "published_rank").iter_rows())
    before = [unit for unit in found.units if ranks[unit] < ranks["63-36"]]
    assert found.place == len(before) + 1
    assert (found.of, found.known, found.data_year, found.far) == (11, 10, 2019, False)


def test_among_the_few_that_are_known_there_is_no_place(frames: Frames) -> None:
    found = peer_standing(frames, "par", 2023, "63-36")
    assert found is not None
    assert found.known < 10
    assert found.place is None


def test_a_unit_without_a_rank_has_no_place_and_its_peers_all_the_same(frames: Frames) -> None:
    lost = replace(frames, score=frames.score.filter(~((pl.col("unit") == "63-36") & (pl.col("year") == 2019))))
    found = peer_standing(lost, "pci", 2019, "63-36")
    assert found is not None
    assert found.place is None
    assert len(found.units) == 10


def test_where_nobody_can_be_said_to_be_alike_there_is_no_circle(frames: Frames) -> None:
    lost = replace(frames, context_value=frames.context_value.filter(pl.col("unit") != "63-36"))
    assert peer_standing(lost, "pci", 2019, "63-36") is None
    with pytest.raises(Problem):
        peer_standing(frames, "pci", 1999, "63-36")


def test_that_nobody_is_really_near_is_told(frames: Frames) -> None:
    far = [
        unit
        for unit in frames.unit.filter(unit_set="63")["unit"]
        if (found := peer_standing(frames, "pci", 2019, unit)) is not None and found.far
    ]
    assert "63-79" in far  # Thành phố Hồ Chí Minh
    assert len(far) <= 4  # one in twenty
