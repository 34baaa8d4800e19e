"""Which figures have no known score, but known bounds for it?"""

from __future__ import annotations

import polars as pl


def bounds(figures: pl.DataFrame, value: str = "score") -> pl.DataFrame:
    """The figures of which only a range is known, or a published cut that they lie below.

    `figures` are rows of `analytics.ranking.ranked`. Adds `low` (null where only the cut is known) and `high`, in
    points or, for `value` = `share`, in per cent of the maximum.
    """
    scale = 100 / pl.col("out_of") if value == "share" else pl.lit(1.0)
    return figures.filter(pl.col("score").is_null(), pl.col("score_high").is_not_null()).with_columns(
        low=pl.col("score_low") * scale, high=pl.col("score_high") * scale
    )
