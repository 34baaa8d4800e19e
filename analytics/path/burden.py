"""How much of a route into the target group falls to each lead agency?

The points of the total that a route asks of the components an agency answers for, added up: who must deliver how
much. Which agency leads is usual practice that each province may have settled otherwise.
"""

from __future__ import annotations

import polars as pl

from analytics.core.edition import agencies
from data.definition import Index
from data.frames import Frames

BURDEN_COLUMNS = ("route", "lead_after", "lead_before", "inferred", "components", "points", "share")


def burden(frames: Frames, index: Index, routes: pl.DataFrame) -> pl.DataFrame:
    """The share of each agency in each route; `routes` are the rows of `analytics.target.target`.

    Columns (`BURDEN_COLUMNS`), routes as they come, the largest share first: `lead_after` the agency answerable
    since 2025 (null where none is known), `lead_before` the former ones, `inferred` whether none of its
    components was read in a plan, `components` a list, `points` of the total and their `share` of 1.
    """
    led = routes.join(agencies(frames, index), on="component", how="left", maintain_order="left")
    return (
        led.group_by("route", "lead_after", maintain_order=True)
        .agg(
            lead_before=pl.col("lead_before").drop_nulls().unique(maintain_order=True),
            inferred=(pl.col("agency_evidence") == "mandate-only").all(),
            components=pl.col("component"),
            points=pl.col("points").sum(),
        )
        .with_columns(
            share=pl.col("points") / pl.col("points").sum().over("route"),
        )
        .join(
            routes.select("route").unique(maintain_order=True).with_row_index("position"),
            on="route",
            maintain_order="left",
        )
        .sort(["position", "points", "lead_after"], descending=[False, True, False], nulls_last=True)
        .select(BURDEN_COLUMNS)
    )
