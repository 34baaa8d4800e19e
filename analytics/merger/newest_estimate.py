"""Which edition of the 63 tells most of one of the 34: the newest in which all members of all units are known."""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.merger.merger_history import merger_history
from data.frames import Frames


def newest_estimate(frames: Frames, unit: str, index: str) -> dict[str, Any] | None:
    """The row of `analytics.merger_history` to show: the newest with a rank, else the newest with a mean.

    None where the members' scores are nowhere all known. Raises Problem as `merger_history` does.
    """
    rows = merger_history(frames, unit, index).rows.filter(pl.col("mean").is_not_null())
    if rows.is_empty():
        return None
    ranked = rows.filter(pl.col("rank_mean").is_not_null())
    return (ranked if ranked.height else rows).row(-1, named=True)
