"""The editions of an index of one's own: whatever periods were entered, each of as many units as have a figure."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from data.definition import OVERALL, Index


def counted(index: Index, score: pl.DataFrame) -> Index:
    """The index with an edition for each period that was entered, and how many units each scored.

    Nobody but the table says how many units there were: departments merge, and not all are assessed each time.
    """
    known = score.filter(pl.any_horizontal(pl.col("score", "published_rank").is_not_null()), index=index.code)
    counts: dict[int, dict[str, int]] = {}
    for year, component, count in known.group_by("year", "component").len().sort("year").iter_rows():
        counts.setdefault(year, {})[component] = count
    for year in counts:
        if year not in index.years:
            index = index.with_edition(year)
    editions = []
    for edition in index.editions:
        found = counts.get(edition.year)
        if found:
            units = found.get(OVERALL) or max(found.values())
            others = {code: count for code, count in found.items() if count != units}
            editions.append(replace(edition, units=units, units_by_component=others or None))
        else:
            editions.append(edition)
    return replace(index, editions=tuple(editions))
