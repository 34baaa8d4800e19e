"""Ranks of the 34 as scores that vary like single provinces: by hand, by every combination, and by drawing."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.merger.merged_ranks import BAND, merged_ranks, rank_chances
from analytics.merger.merger import merger
from data.frames import Frames
from tests import sample


def test_two_units_by_hand() -> None:
    # One of two members (10 at three quarters, 30) against one that stayed (20).
    chances = rank_chances([0, 0, 1], np.array([10.0, 30.0, 20.0]), np.array([0.75, 0.25, 1.0]))
    assert chances.tolist() == [[0.25, 0.75], [0.75, 0.25]]
    at_mean, low, high = merged_ranks([0, 0, 1], np.array([10.0, 30.0, 20.0]), np.array([0.75, 0.25, 1.0]))
    # At its mean, 15, the first is behind.
    assert (at_mean.tolist(), low.tolist(), high.tolist()) == ([2, 1], [1, 1], [2, 2])


def test_units_that_stayed_alone_have_their_rank_and_nothing_else() -> None:
    at_mean, low, high = merged_ranks([0, 1, 2], np.array([5.0, 7.0, 7.0]), np.ones(3))
    assert at_mean.tolist() == low.tolist() == high.tolist() == [3, 1, 1]


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_the_chances_are_those_of_every_combination(seed: int) -> None:
    draw = np.random.default_rng(seed)
    sizes = draw.integers(1, 4, 4)
    units = np.repeat(np.arange(4), sizes)
    scores, weights = draw.integers(0, 6, len(units)).astype(float), draw.uniform(0.2, 1, len(units))
    shares = weights / np.bincount(units, weights)[units]
    expected = np.zeros((4, 4))
    for members in product(*(np.flatnonzero(units == unit) for unit in range(4))):
        chosen = scores[list(members)]
        for unit in range(4):
            expected[unit, (chosen > chosen[unit]).sum()] += shares[list(members)].prod()
    assert rank_chances(units.tolist(), scores, shares) == pytest.approx(expected)


def test_pci_2023_against_drawing(frames: Frames) -> None:
    """20,000 draws of a member for each unit; and their spread is that of provinces, which the means' is not."""
    answer = merger(frames, "pci", 2023)
    members = pl.DataFrame(answer.figures["members"])
    draw, drawn = np.random.default_rng(sample.SEED), {}
    for (unit,), part in members.group_by("unit"):
        drawn[str(unit)] = draw.choice(part["score"].to_numpy(), 20_000, p=part["share"].to_numpy())
    table = np.column_stack([drawn[unit] for unit in answer.rows["unit"]])
    ranks = 1 + (table[:, None, :] > table[:, :, None]).sum(axis=2)
    mean = answer.rows["mean"].to_numpy()
    others_ahead = (table[:, None, :] > mean[None, :, None]).sum(axis=2) - (table > mean)
    at_mean = 1 + others_ahead
    assert np.abs(answer.rows["rank_mean"].to_numpy() - np.median(at_mean, axis=0)).max() <= 1
    for column, share in (("rank_best", BAND[0]), ("rank_worst", BAND[1])):
        by_drawing = np.quantile(ranks, share, axis=0, method="inverted_cdf")
        assert np.abs(answer.rows[column].to_numpy() - by_drawing).max() <= 1
    merged = answer.rows["merged"].to_numpy()
    means = answer.rows["mean"].to_numpy()[merged]
    spread = np.sqrt(table[:, merged].var(axis=1).mean())
    singles = members["score"].to_numpy().std()
    assert means.std() < 0.8 * singles
    assert spread == pytest.approx(singles, rel=0.15)


def test_nobody_keeps_a_narrow_rank_for_having_stayed(frames: Frames) -> None:
    rows = merger(frames, "pci", 2023).rows
    stayed = rows.filter(~pl.col("merged"))
    assert (stayed["rank_worst"] - stayed["rank_best"]).max() > 3
    assert (rows["rank_best"] <= rows["rank_mean"]).all()
    assert (rows["rank_mean"] <= rows["rank_worst"]).all()
