"""What does a leading group score on each component, beyond one edition's luck?

The units that lead an edition owe part of it to luck, and fall back in the next: the group's median lay 1.13
spreads above the mean in the edition that chose it, and 0.94 in the one after (the winner's curse: Capen, Clapp
and Campbell, *Journal of Petroleum Technology* 23, 1971). So the median is taken over the members' last three
editions by the same method, or as many as there are, each in spreads of its edition, and turned back into points
of the edition asked about.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from analytics.core.ranking import scored
from data.definition import Index
from data.frames import Frames

EDITIONS = 3


def lasting_medians(frames: Frames, index: Index, year: int, group: Collection[str]) -> dict[str, float]:
    """The median of a group by component, turned so that more is better, in points of the edition of `year`.

    Only of components whose edition is complete; of them the last editions count that are complete as well, in the
    same regime, of the same units, and with no series break since.
    """
    years = last_editions(index, year)
    better = pl.col("better")
    spread = better.std(ddof=0)
    known = scored(frames, index).filter("complete", pl.col("year").is_in(years)).drop_nulls("better")
    figures = known.select(
        "year",
        "component",
        "unit",
        mean=better.mean().over("year", "component"),
        spread=spread.over("year", "component"),
        level=pl.when(spread > 0).then((better - better.mean()) / spread).otherwise(0.0).over("year", "component"),
    )
    found = {}
    for (component,), rows in figures.partition_by("component", as_dict=True).items():
        now = rows.filter(year=year)
        if now.is_empty():
            continue
        since = [one for one in years if one == year or index.broken(str(component), one, year) is None]
        level = rows.filter(pl.col("year").is_in(since), pl.col("unit").is_in(list(group)))["level"].median()
        if isinstance(level, float):
            found[str(component)] = float(now["mean"][0] + now["spread"][0] * level)
    return found


def last_editions(index: Index, year: int) -> list[int]:
    """The last three editions up to `year` of its regime and units, or as many as there are."""
    regime, units = index.regime(year).code, index.edition(year).unit_set
    return [
        item.year
        for item in index.editions
        if item.year <= year and item.unit_set == units and index.regime(item.year).code == regime
    ][-EDITIONS:]
