"""The edition that tells most of one of the 34."""

from __future__ import annotations

from analytics.merger.newest_estimate import newest_estimate
from data.frames import Frames


def test_the_newest_with_a_rank_comes_first(frames: Frames) -> None:
    found = newest_estimate(frames, "34-37", "pci")
    assert found is not None
    # Newer editions are known of some only, and rank nobody.
    assert (found["year"], found["rank_best"], found["rank_worst"]) == (2023, 9, 26)


def test_else_the_newest_with_a_mean_and_nothing_where_there_is_none(frames: Frames) -> None:
    found = newest_estimate(frames, "34-22", "par")
    assert found is not None
    assert found["rank_mean"] is None
    assert found["mean"] == 92.18
    assert newest_estimate(frames, "34-37", "par") is None
