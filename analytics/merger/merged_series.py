"""How would one of the 34 have gone, as a line: its estimates in the shape of figures, for `analytics.trend`."""

from __future__ import annotations

import polars as pl

from analytics.merger.merger_history import merger_history
from analytics.standing.trend import pieces
from data.definition import OVERALL
from data.frames import Frames


def merged_series(
    frames: Frames, unit: str, index: str, component: str = OVERALL, value: str = "score"
) -> pl.DataFrame:
    """The estimates of one of the 34 in pieces that a line may join.

    `value` is `score`, `share` or `shown_rank`, as in `analytics.trend.pieces`, whose columns these are, and
    beside them `low` and `high` of the same measure: of the members' scores, or of the ranks (`low` the better
    one). Editions without an estimate are left out. Raises Problem as `merger_history` does.
    """
    answer = merger_history(frames, unit, index, component)
    scales = (
        pl.DataFrame(answer.figures["members"], infer_schema_length=None)
        .group_by("year")
        .agg(pl.col("out_of").first())
    )
    figures = answer.rows.join(scales, on="year", how="left").select(
        pl.lit(unit).alias("unit"),
        pl.lit(component).alias("component"),
        pl.col("year").cast(pl.Int32),
        "regime",
        "out_of",
        "score_status",
        pl.lit("points").alias("scale"),
        score="mean",
        shown_rank="rank_mean",
        rank_status=pl.lit("estimated"),
        low="rank_best" if value == "shown_rank" else "low",
        high="rank_worst" if value == "shown_rank" else "high",
        of="units",
    )
    if value == "share":
        figures = figures.with_columns(100 * pl.col("low", "high") / pl.col("out_of"))
    return pieces(figures, frames.index(index), value)
