"""Figures of which only a range or a cut is known, and the estimates of the 34 as lines."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.core.bounds import bounds
from analytics.merger.merged_series import merged_series
from analytics.merger.merger_history import merger_history
from data.frames import Frames


def test_only_figures_without_a_score_have_bounds() -> None:
    figures = pl.DataFrame(
        {
            "unit": ["a", "b", "c", "d"],
            "score": [1.0, None, None, None],
            "score_low": [0.5, 40.0, None, None],
            "score_high": [1.5, 44.0, 60.0, None],
            "out_of": [10.0, 80.0, 80.0, 80.0],
        }
    )
    assert bounds(figures).select("unit", "low", "high").rows() == [("b", 40.0, 44.0), ("c", None, 60.0)]
    assert bounds(figures, "share").select("unit", "low", "high").rows() == [("b", 50.0, 55.0), ("c", None, 75.0)]


def test_the_order_of_the_34_has_ranges_where_they_are_known(frames: Frames) -> None:
    figures = frames.score.filter(index="pci", year=2025, component="entry_costs").with_columns(
        out_of=pl.lit(10.0)
    )
    found = bounds(figures)
    assert found.height == 30
    assert (found["low"] <= found["high"]).all()


@pytest.mark.parametrize("value", ["score", "shown_rank"])
def test_the_estimates_are_joined_inside_a_regime_only(frames: Frames, value: str) -> None:
    rows = merged_series(frames, "34-37", "pci", value=value)
    known = merger_history(frames, "34-37", "pci").rows.drop_nulls("mean" if value == "score" else "rank_mean")
    solid = rows.filter(~pl.col("dashed")).sort("year")
    assert solid["year"].to_list() == known["year"].to_list()
    assert solid["value"].to_list() == known["mean" if value == "score" else "rank_mean"].to_list()
    assert (
        rows.group_by("piece").agg(pl.col("regime").n_unique())["regime"].to_list()
        == [1] * rows["piece"].n_unique()
    )
    assert ((solid["low"] <= solid["value"]) & (solid["value"] <= solid["high"])).all()
    assert set(solid["score_status"]) == {"estimated"}


def test_one_that_did_not_merge_has_its_own_score_and_no_band(frames: Frames) -> None:
    rows = merged_series(frames, "34-22", "pci")
    assert (rows["low"] == rows["high"]).all()
    assert round(rows.filter(year=2019)["score"].item(), 2) == 73.4
    assert set(rows["score_status"]) <= {"published", "derived", "provincial"}
