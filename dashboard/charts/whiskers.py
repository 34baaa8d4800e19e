"""Estimates with their intervals beside the line of no effect: a dot each, filled where it differs from none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.row_names import (
    NAMES,
    folded,
    row_figures,
    row_names,
    row_places,
    row_range,
    row_tooltip,
    through_rows,
)
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette

COLUMNS = ("label", "value", "low", "high", "second", "strong", "written")
_LABELS = 76  # and for what is written at the right
_BELOW = 0.27  # of a row: how far the second estimate lies below the first


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis: its title, its ends, and its labels as (where, what). No effect is at 0."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


def whiskers(name: str, rows: pl.DataFrame, scale: Scale, step: int, caption: Caption) -> Figure:
    """Estimates, one below the other in the order of `rows`: a dot on the line of its interval.

    Columns of `rows` (`COLUMNS`): `label`; `value`, the estimate, and `low` and `high`, the ends of its interval
    (null where there is none); `second`, the same quantity estimated in another way, drawn as a small diamond, or
    null; `strong`, whether the dot is filled and the name bold; `written`, what stands at the right, its lines
    parted by line breaks. Numbers are in the measure of `scale` (see `dashboard.charts.scales`); a row is `step`
    pixels high. `name` is the stem of files made of the chart.
    """
    drawn = rows.select(COLUMNS).with_columns(
        place=pl.int_range(pl.len()),
        folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
        said=pl.format("{}: {}", "label", pl.col("written").str.replace_all("\n", ", ")),
    )
    headings = {"label": "column.term", "written": "drivers.chart.written"}
    headings |= {key: f"drivers.chart.{key}" for key in ("value", "low", "high", "second")}
    return caption.figure(
        name,
        spec=_spec(scale, drawn.height, step, caption.mode),
        rows=drawn,
        table=drawn.select(
            pl.col(column).str.replace_all("\n", ", ").alias(caption.say(heading))
            if column == "written"
            else pl.col(column).alias(caption.say(heading))
            for column, heading in headings.items()
        ),
    )


def reach(rows: pl.DataFrame, share: float = 0.06) -> tuple[float, float]:
    """The ends of a scale that holds every interval, every second estimate and 0.

    `share` of the distance between them is added on either side.
    """
    parts = [rows[name].drop_nulls() for name in ("value", "low", "high", "second")]
    known: Sequence[float] = [0.0, *(value for part in parts for value in part.to_list())]
    low, high = min(known), max(known)
    air = share * ((high - low) or 1.0)
    return low - air, high + air


@cache
def _spec(scale: Scale, count: int, step: int, mode: Mode) -> dict[str, Any]:
    colours, y = PALETTES[mode], row_places(count)
    layers = [
        row_names(NAMES, y, colours, strong="datum.strong"),
        _no_effect(scale, colours),
        _intervals(scale, y, colours),
        _second(scale, count, colours),
        _estimates(scale, y, colours),
        row_figures(y, colours, strong="datum.strong"),
    ]
    return layered(layers, count * step)


def _x(scale: Scale, field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=_pixels(scale), axis=_axis(scale))


def _pixels(scale: Scale) -> alt.Scale:
    ends = [scale.low, scale.high]
    return alt.Scale(domain=ends, nice=False, zero=False, range=row_range(NAMES, _LABELS))


def _axis(scale: Scale) -> alt.Axis:
    places = [place for place, _ in scale.ticks]
    labels = [label for _, label in scale.ticks]
    return alt.Axis(
        title=scale.title,
        values=places,
        labelExpr=f"{labels}[indexof({places}, datum.value)]",
        grid=True,
        labelOverlap=True,
    )


def _strong(colours: Palette) -> dict[str, str]:
    return {"test": "datum.strong", "value": colours.chosen}


def _no_effect(scale: Scale, colours: Palette) -> alt.Chart:
    """The line of no effect."""
    zero = alt.XDatum(0, type="quantitative", scale=_pixels(scale), axis=_axis(scale))
    return through_rows().mark_rule(strokeWidth=1.5, color=colours.quiet).encode(x=zero)


def _intervals(scale: Scale, y: alt.Y, colours: Palette) -> alt.Chart:
    """The intervals; pale where the estimate is not told from no effect."""
    return (
        alt.Chart()
        .transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=3, strokeCap="round")
        .encode(
            x=_x(scale, "low"),
            x2=alt.X2("high"),
            y=y,
            color=alt.ColorValue(colours.context, condition=_strong(colours)),
        )
    )


def _second(scale: Scale, count: int, colours: Palette) -> alt.Chart:
    """The second estimates, small diamonds a little below the first."""
    return (
        alt.Chart()
        .transform_filter("isValid(datum.second)")
        .transform_calculate(below=f"datum.place + {_BELOW}")
        .mark_point(shape="diamond", size=44, filled=False, strokeWidth=1.5)
        .encode(x=_x(scale, "second"), y=row_places(count, "below"), stroke=alt.StrokeValue(colours.quiet))
    )


def _estimates(scale: Scale, y: alt.Y, colours: Palette) -> alt.Chart:
    """The estimates; filled where they are told from no effect."""
    return (
        alt.Chart()
        .transform_filter("isValid(datum.value)")
        .mark_point(size=90, strokeWidth=2, opacity=1)
        .encode(
            x=_x(scale, "value"),
            y=y,
            stroke=alt.StrokeValue(colours.quiet, condition=_strong(colours)),
            fill=alt.FillValue(colours.ground, condition=_strong(colours)),
            tooltip=row_tooltip(),
        )
    )
