"""Which regions stand high in an edition, as far as enough of their units are known?"""

from __future__ import annotations

import polars as pl

from analytics.core.edition import enough


def region_medians(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The median score of each region, best first.

    `rows` are an edition's (`analytics.ranking.ranking`, one scale), `units` all units there were (unit, region).
    Columns: region, `known` of `of` units, `median` in the scores' points. A region of which fewer than two
    thirds are known is left out: its median would be that of the few who told.
    """
    known = rows.group_by("region").agg(known=pl.col("score").count(), median=pl.col("score").median())
    return (
        units.group_by("region")
        .agg(of=pl.len())
        .join(known, on="region", how="inner")
        .filter(enough(pl.col("known"), pl.col("of")))
        .sort(["median", "region"], descending=[True, False])
        .select("region", "known", "of", "median")
    )
