"""Who has moved between any two editions, and how far?"""

from __future__ import annotations

import polars as pl

from analytics.core.edition import figures
from data.definition import OVERALL
from data.frames import Frames

SLOPE_COLUMNS = (
    "unit",
    "name",
    "name_en",
    "region",
    "rank_before",
    "status_before",
    "rank_after",
    "status_after",
    "change_rank",
)


def biggest_moves(frames: Frames, index: str, year: int, count: int) -> pl.DataFrame:
    """The units whose total moved up and down furthest since the edition before (`largest` of `rank_pairs`).

    Empty for the first edition of a set of units. Raises Problem for an index or edition that does not exist.
    """
    definition = frames.index(index)
    before = definition.previous(year)
    years = (year if before is None else before.year, year)
    pairs = rank_pairs(figures(frames, definition, years, [OVERALL]), *years, OVERALL)
    return largest(pairs, count)


def rank_pairs(figures: pl.DataFrame, before: int, after: int, component: str) -> pl.DataFrame:
    """The ranks of two editions for every unit whose rank is known in both.

    `figures` are those of `analytics.ranking.ranked`. Columns (`SLOPE_COLUMNS`): the ranks shown (the
    publisher's, else the computed one) with the status of each (`computed` where the publisher stated none),
    `change_rank` = before − after, positive = moved up; the best now first. Scores are left out on purpose:
    the two editions may be of different regimes, and ranks alone can then be held against each other.
    """

    def edition(year: int, suffix: str) -> pl.DataFrame:
        return figures.filter(year=year, component=component).select(
            "unit",
            pl.col("shown_rank").cast(pl.Int64).alias(f"rank_{suffix}"),
            pl.col("rank_status").cast(pl.String).fill_null("computed").alias(f"status_{suffix}"),
        )

    named = figures.select("unit", "name", "name_en", "region").unique("unit")
    return (
        edition(after, "after")
        .join(edition(before, "before"), on="unit")
        .drop_nulls(["rank_before", "rank_after"])
        .join(named, on="unit")
        .with_columns(change_rank=pl.col("rank_before") - pl.col("rank_after"))
        .sort("rank_after", "unit")
        .select(SLOPE_COLUMNS)
    )


def largest(pairs: pl.DataFrame, count: int) -> pl.DataFrame:
    """The `count` units that moved up furthest, then the `count` that fell furthest; none whose rank stayed."""
    up = pairs.filter(pl.col("change_rank") > 0).sort(["change_rank", "rank_after"], descending=[True, False])
    down = pairs.filter(pl.col("change_rank") < 0).sort("change_rank", "rank_after")
    return pl.concat([up.head(count), down.head(count)])
