"""One shade per unit, for the map and the tile map: what is shown of each, and how it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.charts.specification import alt
from dashboard.charts.theme import Palette
from dashboard.text import say
from dashboard.text.shades import SHAPES, Measure, Shades
from data import number
from data.text import Language

# From here up the scale, light letters are read better on a shade than dark ones.
_TURN = 0.62
# Pixels that the title of the legend may take.
_TITLE = 200


def measure_of(rows: pl.DataFrame) -> Measure:
    """What can be shown of most units: the score, its share of the maximum where scales differ, rank or order."""
    shown = pl.coalesce("published_rank", "rank")
    scores = rows["score"].count()
    ranks = int(rows.select(shown.count()).item())
    if rows["order"].count() > max(scores, ranks):
        return "order"
    if ranks > scores:
        return "rank"
    known = rows.drop_nulls("score")
    if known.select("scale", "out_of").unique().height <= 1:
        return "score"
    return "share" if known["out_of"].null_count() == 0 else "rank"


def shaded(
    rows: pl.DataFrame,
    units: pl.DataFrame,
    of: int,
    lang: Language,
    places: int,
    chosen: str | None = None,
    region: str | None = None,
) -> Shades:
    """The rows of `analytics.ranking.ranking` on all `units` (unit, name_vi, name_en, region) that were there."""
    measure = measure_of(rows)
    value = {
        "score": pl.col("score"),
        "share": 100 * pl.col("score") / pl.col("out_of"),
        "rank": pl.coalesce("published_rank", "rank"),
        "order": pl.col("order"),
    }[measure]
    status = pl.col("rank_status" if measure == "rank" else "score_status").cast(pl.String)
    if measure == "rank":
        status = pl.coalesce(status, pl.when(pl.col("rank").is_not_null()).then(pl.lit("derived")))
    joined = units.join(
        rows.with_columns(value=value.cast(pl.Float64), how=status).drop("region"), on="unit", how="left"
    )
    known = joined.drop_nulls("value")
    # An order is known one way only, whatever is known of the scores.
    alike = measure == "order" or known["how"].n_unique() <= 1
    turn = _TURN if measure not in ("rank", "order") else 1 - _TURN
    middle = known.select(pl.col("value").min() * (1 - turn) + pl.col("value").max() * turn).item()
    drawn = [
        {
            "unit": row["unit"],
            "name": row["name_vi" if lang == "vi" else "name_en"],
            "value": row["value"],
            "written": _written(row, measure, places, lang),
            "strong": _strong(row["value"], middle, measure),
            "shape": None if alike or row["value"] is None else SHAPES.get(row["how"] or ""),
            "chosen": row["unit"] == chosen,
            "inside": region is None or row["region"] == region,
            "score": _score(row, places, lang),
            "rank": number.whole(row["published_rank"] or row["rank"] or row["order"], lang),
            "status": say(lang, f"status.{row['how'] or 'unknown'}"),
            "said": _said(row, measure, places, lang),
        }
        for row in joined.sort("unit").iter_rows(named=True)
    ]
    return Shades(pl.DataFrame(drawn, schema=_SCHEMA), measure, of)


def chosen(shades: Shades, unit: str | None) -> Shades:
    """The same with another unit chosen."""
    return replace(
        shades, rows=shades.rows.with_columns(chosen=pl.col("unit").eq_missing(pl.lit(unit, pl.String)))
    )


_SCHEMA = {
    "unit": pl.String,
    "name": pl.String,
    "value": pl.Float64,
    "written": pl.String,
    "strong": pl.Boolean,
    "shape": pl.String,
    "chosen": pl.Boolean,
    "inside": pl.Boolean,
    "score": pl.String,
    "rank": pl.String,
    "status": pl.String,
    "said": pl.String,
}


def table(shades: Shades, lang: Language) -> pl.DataFrame:
    """The figures to take away, headed for people."""
    columns = {"unit": "unit", "name": "name", "score": "score", "rank": "shown_rank", "status": "status"}
    return shades.rows.select(pl.col(name).alias(say(lang, f"column.{key}")) for name, key in columns.items())


def colour(measure: Measure, colours: Palette, lang: Language, length: int) -> alt.Color:
    """From light to dark: the best is the darkest, which for ranks is the lowest number.

    `length` is that of the legend's bar in pixels.
    """
    return alt.Color(
        "value:Q",
        scale=alt.Scale(
            range=[colours.low, colours.high],
            interpolate="lab",
            reverse=measure in ("rank", "order"),
            zero=False,
        ),
        legend=alt.Legend(
            title=say(lang, f"shades.{measure}"),
            orient="bottom",
            direction="horizontal",
            gradientLength=length,
            gradientThickness=10,
            titleLimit=_TITLE,
            titleFontWeight=400,
            padding=8,
            tickCount=3,
        ),
    )


def inside() -> alt.OpacityValue:
    """Units outside of the region asked for are faded."""
    return alt.OpacityValue(0.25, condition={"test": "datum.inside", "value": 1})


def tooltip(lang: Language) -> list[alt.Tooltip]:
    """What a reader is told who points at a unit."""
    columns = {"name": "name", "score": "score", "rank": "shown_rank", "status": "status"}
    return [alt.Tooltip(f"{name}:N", title=say(lang, f"column.{key}")) for name, key in columns.items()]


def _strong(value: float | None, middle: float | None, measure: Measure) -> bool:
    if value is None or middle is None:
        return False
    return value < middle if measure in ("rank", "order") else value > middle


def _said(row: Mapping[str, Any], measure: Measure, places: int, lang: Language) -> str:
    """A unit as it is read aloud: its name, its figure, how that is known."""
    name = row["name_vi" if lang == "vi" else "name_en"]
    status = say(lang, f"status.{row['how'] or 'unknown'}")
    return (
        f"{name}: {status}"
        if row["value"] is None
        else f"{name}: {_written(row, measure, places, lang)}, {status}"
    )


def _written(row: Mapping[str, Any], measure: Measure, places: int, lang: Language) -> str:
    if row["value"] is None:
        return number.MISSING
    digits = places if measure == "score" else 1 if measure == "share" else 0
    return number.decimal(row["value"], digits, lang)


def _score(row: Mapping[str, Any], places: int, lang: Language) -> str:
    if row["score"] is not None:
        return number.decimal(row["score"], places, lang)
    if row["score_low"] is not None:
        low, high = (number.decimal(row[end], places, lang) for end in ("score_low", "score_high"))
        return low if low == high else f"{low}–{high}"
    if row["score_high"] is not None:
        return f"< {number.decimal(row['score_high'], places, lang)}"
    return number.MISSING
