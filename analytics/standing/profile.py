"""How does a unit stand on each component of an edition beside the others that are known?"""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, enough
from analytics.core.ranking import SCORE_COLUMNS, ranked
from data.definition import OVERALL, Index
from data.frames import Frames

PROFILE_COLUMNS = (
    "component",
    *SCORE_COLUMNS,
    "value",
    "median",
    "lowest",
    "highest",
    "gap",
    "known",
    "of",
    "rank",
    "published_rank",
    "rank_status",
    "order",
)


def profile(frames: Frames, index: str, year: int, unit: str) -> Answer:
    """A unit's components beside the median, lowest and highest of the edition, in the publisher's order.

    Rows (`PROFILE_COLUMNS`), one per component of which the unit's score is known: `value`, `median`, `lowest`,
    `highest` and `gap` (value − median) in points where the whole edition is on one scale (`figures["measure"]`
    is `points`), else in per cent of each component's maximum (`percent`); null where that is not known.
    `median` includes the unit and is null where fewer than two thirds of the units are `known`; so is `gap`.

    Raises Problem for an index or edition that does not exist.
    """
    definition = frames.index(index)
    definition.edition(year)
    everything = _components(frames, definition).filter(year=year)
    known = everything.drop_nulls("score")
    one_scale = known.select("scale", "out_of").unique().height <= 1 and known["out_of"].null_count() == 0
    value = pl.col("score") if one_scale else 100 * pl.col("score") / pl.col("out_of")
    measured = known.with_columns(value=value)
    around = measured.group_by("component").agg(
        pl.col("value").median().round(PLACES).alias("median"),
        pl.col("value").min().alias("lowest"),
        pl.col("value").max().alias("highest"),
        pl.col("value").count().alias("known"),
    )
    places = {item.code: place for place, item in enumerate(definition.components_of(year))}
    rows = (
        measured.filter(unit=unit)
        .join(around, on="component")
        .with_columns(median=pl.when(enough(pl.col("known"), pl.col("of"))).then("median"))
        .with_columns(gap=pl.col("value") - pl.col("median"))
        .sort(pl.col("component").replace_strict(places, return_dtype=pl.Int64))
    )
    return Answer(
        question="profile",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows.select(PROFILE_COLUMNS),
        coverage=Coverage(rows.height, len(places)),
        figures={"measure": "points" if one_scale else "percent"},
    )


def profile_year(frames: Frames, index: str, year: int, unit: str) -> int | None:
    """`year`, if any component of the unit is known in it, else the newest edition in which one is.

    None where none is known of any. Raises Problem for an index that does not exist.
    """
    known = _components(frames, frames.index(index)).filter(unit=unit).drop_nulls("score")["year"]
    if known.is_empty():
        return None
    return year if year in known else max(known.to_list())


def nearest_profile(frames: Frames, index: str, year: int, unit: str) -> Answer | None:
    """`profile` of `year`, or of the edition that stands in for it; None where there is no such edition."""
    shown = profile_year(frames, index, year, unit)
    return None if shown is None else profile(frames, index, shown, unit)


def orders(frames: Frames, index: str, year: int) -> pl.DataFrame:
    """Who comes before whom on each component of an edition of which little more is known.

    Rows: unit, name, name_en, component, `order` (1 first), `scaled` (0 for the lowest score, 10 for the
    highest), score, score_low, score_high, `of`; by component in the publisher's order, then by `order`.
    Raises Problem for an index or edition that does not exist.
    """
    definition = frames.index(index)
    places = {item.code: place for place, item in enumerate(definition.components_of(year))}
    return (
        _components(frames, definition)
        .filter(pl.col("order").is_not_null(), year=year)
        .sort(pl.col("component").replace_strict(places, return_dtype=pl.Int64), "order", "unit")
        .select(
            "unit",
            "name",
            "name_en",
            "component",
            "order",
            "scaled",
            "score",
            "score_low",
            "score_high",
            "of",
        )
    )


def _components(frames: Frames, index: Index) -> pl.DataFrame:
    return ranked(frames, index).filter(pl.col("component") != OVERALL)
