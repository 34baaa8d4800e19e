"""Two editions side by side: who was where, who is where, and the line between."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.encodings import by_role
from dashboard.charts.figure import Figure
from dashboard.charts.labels import spread
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from data import number
from data.text import Language

_STEP = 10.5
_LINE = 15.0
_LEAST = 260
# Other rows are labels.
_IS_LINE = "isValid(datum.rank_before)"


def slope(
    pairs: pl.DataFrame,
    labels: dict[str, str],
    named: list[str],
    chosen: str | None,
    behind: Collection[str],
    years: tuple[int, int],
    caption: Caption,
) -> Figure:
    """A line for each unit from its rank in one edition to its rank in a later one, the first on top.

    The chosen unit is the strong line, those `behind` it (its region or peers) medium ones, all others quiet; the
    chosen one and those `named` have their names and ranks at both ends, on the right with the change (positive =
    moved up). Ends are hollow where the rank was not published.

    `pairs` are those of `analytics.standing.slope.rank_pairs`: unit, name, name_en, rank_before, rank_after,
    status_before, status_after, change_rank. `labels` are short names by unit, `years` the two editions.
    """
    last = int(pairs.select(pl.max_horizontal(pl.col("rank_before", "rank_after").max())).item())
    height = max(_LEAST, round(_STEP * last))
    role = (
        pl.when(pl.col("unit") == (chosen or ""))
        .then(pl.lit("chosen"))
        .when(pl.col("unit").is_in(list(behind)))
        .then(pl.lit("region"))
        .when(pl.col("unit").is_in(named))
        .then(pl.lit("mover"))
        .otherwise(pl.lit("other"))
    )
    lines = pairs.with_columns(
        role=role,
        name=pl.col("name" if caption.lang == "vi" else "name_en"),
        hollow_before=pl.col("status_before") != "published",
        hollow_after=pl.col("status_after") != "published",
        marked=pl.col("unit").is_in([*named, chosen or ""]),
        said=pl.format(
            "{}: {} ({}), {} ({})",
            pl.col("name" if caption.lang == "vi" else "name_en"),
            "rank_before",
            pl.lit(str(years[0])),
            "rank_after",
            pl.lit(str(years[1])),
        ),
    ).with_columns(order=pl.col("role").replace_strict({"other": 0, "region": 1, "mover": 2, "chosen": 3}))
    lines = lines.sort("order", "rank_after").drop("name_en", "order")
    return caption.figure(
        "slope",
        spec=_spec(last, height, years, caption.mode),
        rows=pl.concat([lines, _labels(lines, labels, height, last, caption.lang)], how="diagonal"),
        table=pairs.select(
            pl.col("name" if caption.lang == "vi" else "name_en").alias(caption.say("column.name")),
            pl.col("rank_before").alias(f"{caption.say('column.shown_rank')} {years[0]}"),
            pl.col("rank_after").alias(f"{caption.say('column.shown_rank')} {years[1]}"),
            pl.col("change_rank").alias(caption.say("column.change_rank")),
        ),
        width=620,
    )


def _labels(lines: pl.DataFrame, short: dict[str, str], height: int, last: int, lang: Language) -> pl.DataFrame:
    """A label at each end of the marked lines, moved apart where they would touch."""
    marked = lines.filter("marked")
    gap = _LINE * (last - 1) / height
    found = []
    for side, column in enumerate(("rank_before", "rank_after")):
        places = spread(marked[column].cast(pl.Float64).to_list(), gap, 1, last)
        for row, place in zip(marked.iter_rows(named=True), places, strict=True):
            name = short.get(row["unit"], row["name"])
            said = f"{name}  {row[column]}" if side == 0 else f"{row[column]}  {name} {_moved(row, lang)}"
            found.append({"side": side, "place": place, "label": said.strip(), "label_role": row["role"]})
    return pl.DataFrame(
        found, schema={"side": pl.Int64, "place": pl.Float64, "label": pl.String, "label_role": pl.String}
    )


def _moved(row: dict[str, Any], lang: Language) -> str:
    """How far up (+) or down (−); the shipped font has no arrows, and a picture would set them in another one."""
    return number.whole(row["change_rank"], lang, signed=True) if row["change_rank"] else ""


@cache
def _spec(last: int, height: int, years: tuple[int, int], mode: Mode) -> dict[str, Any]:
    """`last` is the lowest rank."""
    colours = PALETTES[mode]
    layers = [_lines(last, years, colours)]
    for side, which in enumerate(("before", "after")):
        layers += [_points(side, which, last, colours), _names(side, last, colours)]
    return layered(layers, height, margin="wide < 480 ? 124 : 170")


def _x(side: int, **axis: Any) -> alt.XDatum:
    """One of the two editions: 0 or 1."""
    scale = alt.Scale(domain=[0, 1], range=[alt.ExprRef("margin"), alt.ExprRef("wide - margin")])
    return alt.XDatum(side, type="quantitative", scale=scale, **axis)


def _y(field: str, last: int) -> alt.Y:
    scale = alt.Scale(domain=[1, last], reverse=True, nice=False, zero=False)
    return alt.Y(field, type="quantitative", scale=scale, axis=None)


def _roles(colours: Palette) -> dict[str, Any]:
    """Each role's colour, for any channel that shows it."""
    return by_role(
        {"other": colours.context, "region": colours.peer, "mover": colours.quiet, "chosen": colours.chosen}
    )


def _lines(last: int, years: tuple[int, int], colours: Palette) -> alt.Chart:
    axis = alt.Axis(
        orient="top",
        values=[0, 1],
        title=None,
        labelExpr=f"datum.value < 0.5 ? '{years[0]}' : '{years[1]}'",
        labelFontSize=14,
        labelFontWeight=600,
        labelColor=colours.ink,
    )
    widths = alt.StrokeWidthValue(
        0.8,
        condition=[
            {"test": "datum.role == 'chosen'", "value": 3.5},
            {"test": "datum.role == 'mover' || datum.role == 'region'", "value": 1.6},
        ],
    )
    return (
        alt.Chart()
        .transform_filter(_IS_LINE)
        .mark_rule(strokeCap="round")
        .encode(
            x=_x(0, axis=axis),
            x2=alt.X2Datum(1),
            y=_y("rank_before", last),
            y2=alt.Y2("rank_after"),
            color=alt.Color(**_roles(colours)),
            strokeWidth=widths,
            tooltip=[
                alt.Tooltip("name:N", title=""),
                alt.Tooltip("rank_before:Q", title=str(years[0])),
                alt.Tooltip("rank_after:Q", title=str(years[1])),
            ],
        )
    )


def _points(side: int, which: str, last: int, colours: Palette) -> alt.Chart:
    """The end of every line that is more than background; hollow: not printed so."""
    hollow = {"test": f"datum.hollow_{which}", "value": colours.ground}
    return (
        alt.Chart()
        .transform_filter(f"{_IS_LINE} && datum.role != 'other'")
        .mark_point(size=40, opacity=1, strokeWidth=1.5, tooltip=None)
        .encode(
            x=_x(side),
            y=_y(f"rank_{which}", last),
            stroke=alt.Stroke(**_roles(colours)),
            fill=alt.Fill(**_roles(colours), condition=hollow),
        )
    )


def _names(side: int, last: int, colours: Palette) -> alt.Chart:
    return (
        alt.Chart()
        .transform_filter(f"datum.side == {side} && isValid(datum.label)")
        .mark_text(
            align="left" if side else "right",
            dx=10 if side else -10,
            fontSize=alt.ExprRef("wide < 480 ? 11 : 13"),
            tooltip=None,
        )
        .encode(
            x=_x(side),
            y=_y("place", last),
            text=alt.Text("label:N"),
            color=alt.ColorValue(
                colours.ink, condition={"test": "datum.label_role == 'chosen'", "value": colours.chosen}
            ),
        )
    )
