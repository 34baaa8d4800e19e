"""Shares of a whole as bars, each with a tick at the share that its weight would give it."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.row_names import NAMES, folded, row_figures, row_names, row_places, row_range, through_rows
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode

_STEP = 40
_LABELS = 58


def share_bars(rows: pl.DataFrame, axis: str, caption: Caption) -> Figure:
    """A bar for each row of `rows`, in their order.

    Columns: `label`; `share` and `weight` in per cent of the whole (a weight may be null: no tick); `strong`,
    whether it is one that the title names; `written`, what stands at the right. `axis` titles the scale.
    """
    drawn = rows.with_columns(
        place=pl.int_range(pl.len()),
        folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
    ).with_columns(said=pl.format("{}: {}", "label", "written"))
    headings = {"label": "column.component", "share": "column.spread_share", "weight": "column.weight"}
    return caption.figure(
        "shares",
        spec=_spec(axis, caption.say("column.weight"), drawn.height, caption.mode),
        rows=drawn,
        table=drawn.select(pl.col(column).alias(caption.say(key)) for column, key in headings.items()),
    )


@cache
def _spec(axis: str, weight: str, count: int, mode: Mode) -> dict[str, Any]:
    colours, y = PALETTES[mode], row_places(count)
    scale = alt.Scale(zero=True, nice=False, range=row_range(NAMES, _LABELS))
    ticks = alt.Axis(title=axis, tickCount=5, grid=True, labelExpr="datum.label + ' %'")
    bars = (
        alt.Chart()
        .mark_bar(height=18)
        .encode(
            x=alt.X("share:Q", scale=scale, axis=ticks),
            x2=alt.X2Datum(0),
            y=y,
            color=alt.ColorValue(colours.context, condition={"test": "datum.strong", "value": colours.chosen}),
            tooltip=[
                alt.Tooltip("label:N", title=""),
                alt.Tooltip("written:N", title=axis),
                alt.Tooltip("weight:Q", format=".1f", title=weight),
            ],
        )
    )
    weights = [
        alt.Chart()
        .transform_filter("isValid(datum.weight)")
        .mark_tick(thickness=thickness, size=28, color=shade, opacity=1)
        .encode(x=alt.X("weight:Q", scale=scale, axis=ticks), y=y)
        # The wider one, in the colour of the ground, keeps the tick in sight on a dark bar.
        for thickness, shade in ((7, colours.ground), (3, colours.ink))
    ]
    zero = alt.XDatum(0, type="quantitative", scale=scale, axis=ticks)
    start = through_rows().mark_rule(color=colours.quiet).encode(x=zero)
    names = row_names(NAMES, y, colours, strong="datum.strong")
    figures = row_figures(y, colours, strong="datum.strong")
    return layered([names, bars, *weights, start, figures], count * _STEP)
