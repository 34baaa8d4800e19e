"""How has a figure gone from edition to edition, and between which of them may a line be drawn?

A line says "the same thing, measured again". It is drawn between two editions that follow each other inside one
regime and on one scale; across a series break it is a piece of its own, to be drawn dashed; across a missing
edition or another regime there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from analytics.core.edition import enough
from data.definition import Index

# A group's median, drawn like one of its units.
MEDIAN = "median"

_SERIES = ["unit", "component"]


@dataclass(frozen=True, slots=True)
class Band:
    """A regime as far as it lies in the years shown."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Move:
    """A figure of one unit in two editions."""

    before: float
    after: float
    from_year: int
    to_year: int
    of_before: int
    of_after: int


def pieces(figures: pl.DataFrame, index: Index, value: str) -> pl.DataFrame:
    """The figures in pieces that a line may join.

    `figures` are rows of `analytics.ranking.ranked` (unit, component, year, regime, scale, out_of and `value`);
    `value` is `score`, `shown_rank`, or `share`, the score in per cent of its maximum. Returns those with a
    value, with `value` (a Float64), `piece` (the same for points that one line joins), `dashed` (the piece
    crosses a series break; its two points stand in their own pieces as well) and `alone` (a point that no line
    reaches).
    """
    place = {year: number for number, year in enumerate(index.years)}
    on_scale = ["regime"] if value == "shown_rank" else ["regime", "scale", "out_of"]
    known = (
        figures.with_columns(value=_value(value))
        .drop_nulls("value")
        .sort(*_SERIES, "year")
        .with_columns(place=pl.col("year").replace_strict(place, return_dtype=pl.Int64))
        .join(_breaks(index), on=["component", "year"], how="left")
    )
    follows = pl.col("place") == pl.col("place").shift(1).over(_SERIES) + 1
    for column in on_scale:
        follows &= pl.col(column).eq_missing(pl.col(column).shift(1).over(_SERIES))
    known = known.with_columns(follows=follows.fill_null(False), broken=pl.col("broken").fill_null(False))
    number = (~pl.col("follows") | pl.col("broken")).cum_sum().over(_SERIES)
    known = known.with_columns(piece=pl.concat_str(*_SERIES, number, separator=" "))
    crossing = known.filter("follows", "broken")
    ends = crossing.select(*_SERIES, place=pl.col("place") - 1, crossed="piece")
    starts = known.join(ends, on=[*_SERIES, "place"]).drop("piece").rename({"crossed": "piece"})
    dashed = pl.concat([starts, crossing], how="diagonal").with_columns(
        piece=pl.lit("~") + pl.col("piece"), dashed=True
    )
    met = dashed.select(*_SERIES, "place").unique().with_columns(met=True)
    solid = (
        known.join(met, on=[*_SERIES, "place"], how="left")
        .with_columns(dashed=False, alone=(pl.len().over("piece") == 1) & pl.col("met").is_null())
        .drop("met")
    )
    return (
        pl.concat([solid, dashed], how="diagonal")
        .with_columns(pl.col("alone").fill_null(False))
        .sort("piece", "year")
        .drop("place", "follows", "broken")
    )


def bands(index: Index, unit_set: str) -> list[Band]:
    """The regimes that the editions of a unit set lie in, oldest first."""
    found: dict[str, list[int]] = {}
    for edition in index.editions:
        if edition.unit_set == unit_set:
            found.setdefault(index.regime(edition.year).code, []).append(edition.year)
    return [Band(years[0], years[-1]) for years in found.values()]


def medians(figures: pl.DataFrame, units: pl.DataFrame, value: str) -> pl.DataFrame:
    """The median of a group of units in each edition and component, where two thirds of the group are known.

    `units` are the group's (unit, valid_from, valid_to). Columns: year, component, regime, scale, out_of,
    `known`, and `value` in the measure asked for (see `pieces`). Figures on different scales have no median.
    """
    years = figures.select(pl.col("year").unique())
    there = (
        years.join(units, how="cross")
        .filter(
            pl.col("valid_from").fill_null(0) <= pl.col("year"),
            pl.col("valid_to").fill_null(9999) >= pl.col("year"),
        )
        .group_by("year")
        .agg(group=pl.len())
    )
    return (
        figures.filter(pl.col("unit").is_in(units["unit"].to_list()))
        .filter(_value(value).is_not_null())
        .group_by("year", "component", "regime")
        .agg(
            _value(value).median().alias("value"),
            pl.col("scale", "out_of").first(),
            known=pl.len(),
            scales=pl.struct("scale", "out_of").n_unique(),
        )
        .join(there, on="year")
        .filter((pl.col("scales") == 1) | (value == "shown_rank"), enough(pl.col("known"), pl.col("group")))
        .drop("scales", "group")
        .sort("component", "year")
    )


def median_pieces(figures: pl.DataFrame, index: Index, units: pl.DataFrame, value: str) -> pl.DataFrame:
    """The `medians` of a group in pieces, as of one more unit, `MEDIAN`."""
    middle = medians(figures, units, value).rename({"value": "median"})
    computed = pl.lit("published")  # drawn full: hollow is for figures that somebody might have printed
    return pieces(
        middle.with_columns(unit=pl.lit(MEDIAN), score_status=computed, rank_status=computed), index, "median"
    )


def rank_against_best(own: pl.DataFrame, until: int) -> Move | None:
    """The latest rank of a unit up to an edition, held against its best so far; against its worst if this is it.

    `own` are one unit's rows on one component, with `shown_rank` and `of`. Ranks among different numbers of
    units are compared by their place between first (0) and last (1); of equal ones the latest counts. None where
    fewer than two ranks are known.
    """
    known = (
        own.drop_nulls("shown_rank")
        .filter(pl.col("year") <= until)
        .with_columns(height=(pl.col("shown_rank").cast(pl.Float64) - 1) / (pl.col("of") - 1).clip(1))
        .sort("year")
    )
    if known.height < 2:
        return None
    now, before = known.row(-1, named=True), known.head(-1)
    best = before.sort("height", "year", descending=[False, True]).row(0, named=True)
    worst = before.sort("height", "year", descending=[True, True]).row(0, named=True)
    then = best if now["height"] > best["height"] else worst
    return _move(then, now, "shown_rank")


def score_in_regime(own: pl.DataFrame, index: Index, until: int) -> Move | None:
    """The latest score of a unit up to an edition, and its first in the same regime on the same scale.

    None where the latest is the only one.
    """
    known = own.drop_nulls("score").filter(pl.col("year") <= until).sort("year")
    if known.is_empty():
        return None
    now = known.row(-1, named=True)
    alike = known.filter(
        pl.col("out_of").eq_missing(pl.lit(now["out_of"], pl.Float64)), regime=index.regime(now["year"]).code
    )
    return None if alike.height < 2 else _move(alike.row(0, named=True), now, "score")


def moved_components(own: pl.DataFrame, index: Index, value: str, until: int) -> tuple[int, int, pl.DataFrame]:
    """How each component has moved between two editions: the first and the latest of the latest regime.

    `own` are one unit's component rows. Ranks, which outlive a regime, are held against the edition before
    where the regime has only one. Returns both years (equal where there is nothing to compare) and a frame
    component, before, after, `change` (positive = better: more points, a higher place).
    """
    known = own.drop_nulls(value).filter(pl.col("year") <= until).sort("year")
    if known.is_empty():
        return until, until, _pairs(known, known, value)
    latest = _extreme(known, last=True)
    alike = known.filter(regime=index.regime(latest).code)
    first = _extreme(alike, last=False)
    if value == "shown_rank" and first == latest:
        earlier = known.filter(pl.col("year") < latest)
        first = latest if earlier.is_empty() else _extreme(earlier, last=True)
    return first, latest, _pairs(known.filter(year=first), known.filter(year=latest), value)


def _extreme(rows: pl.DataFrame, *, last: bool) -> int:
    year = pl.col("year")
    return int(rows.select(year.max() if last else year.min()).item())


def _pairs(before: pl.DataFrame, after: pl.DataFrame, value: str) -> pl.DataFrame:
    sides = [
        rows.select("component", "scale", "out_of", pl.col(value).cast(pl.Float64).alias(name))
        for rows, name in ((before, "before"), (after, "after"))
    ]
    both = sides[0].join(sides[1], on="component", suffix="_after")
    if value == "score":
        both = both.filter(
            pl.col("scale").eq_missing(pl.col("scale_after")), pl.col("out_of").eq_missing(pl.col("out_of_after"))
        )
    up = -1 if value == "shown_rank" else 1
    return both.select("component", "before", "after", change=(up * (pl.col("after") - pl.col("before"))).round(6))


def _move(then: dict[str, Any], now: dict[str, Any], value: str) -> Move:
    return Move(
        before=float(then[value]),
        after=float(now[value]),
        from_year=int(then["year"]),
        to_year=int(now["year"]),
        of_before=int(then["of"]),
        of_after=int(now["of"]),
    )


def _value(value: str) -> pl.Expr:
    if value == "share":
        return 100 * pl.col("score") / pl.col("out_of")
    return pl.col(value).cast(pl.Float64)


def _breaks(index: Index) -> pl.DataFrame:
    """Component and year of the editions before which the series breaks."""
    found = [
        {"component": component.code, "year": after, "broken": True}
        for before, after in pairwise(index.years)
        for component in index.components
        if index.broken(component.code, before, after)
    ]
    return pl.DataFrame(found, schema={"component": pl.String, "year": pl.Int32, "broken": pl.Boolean})
