"""How many points of the total each component is behind a reference, or ahead of it, as bars to its two sides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.row_names import NAMES, folded, row_figures, row_names, row_range
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode
from data import number

_STEP = 40
_LABELS = 74  # and for what is written at the right


def gaps_chart(
    rows: pl.DataFrame,
    names: Mapping[str, str],
    written: Mapping[str, str],
    axis: str,
    detail: str,
    against_target: bool,
    caption: Caption,
) -> Figure:
    """A bar for each component that has a weighted gap, the furthest behind on top.

    `rows` are those of `analytics.weakness.weakness.weakness`; read are component, score, score_status, reference,
    weight and weighted_gap. The scale is in points of the total: to the left of 0 those that the component is
    behind the reference, to the right those that it is ahead. A bar is hollow where its publisher did not print
    the score.

    `names` and `written` hold, by the component's code, its name and what stands at the right end of its row
    (`kém 1,01`). `axis` titles the scale; `detail` heads score and reference of a bar that is pointed at;
    `against_target` draws the reference in the colour of the target group. The table has every row, with a gap or
    without.
    """
    drawn = (
        rows.drop_nulls("weighted_gap")
        .sort("weighted_gap", descending=True, maintain_order=True)
        .select(
            folded=pl.col("component").replace_strict(
                {code: folded(name) for code, name in names.items()}, return_dtype=pl.String
            ),
            # A rounding error is no gap (`+ 0.0` makes 0.0 of -0.0).
            ahead=(-pl.col("weighted_gap")).round(9) + 0.0,
            label=pl.col("component").replace_strict(written, return_dtype=pl.String),
            printed=pl.col("score_status").eq_missing(pl.lit("published")),
            said=pl.format(
                "{}: {}",
                pl.col("component").replace_strict(names, return_dtype=pl.String),
                pl.col("component").replace_strict(written, return_dtype=pl.String),
            ),
            detail=pl.struct("score", "reference").map_elements(
                lambda row: " / ".join(
                    number.decimal(row[key], 2, caption.lang) for key in ("score", "reference")
                ),
                return_dtype=pl.String,
            ),
        )
    )
    headings = {"component": "column.component", "score": "weaknesses.gaps.own", "reference": "column.reference"}
    headings |= {"weight": "column.weight", "weighted_gap": "weaknesses.gaps.worth"}
    table = rows.with_columns(pl.col("component").replace_strict(names, return_dtype=pl.String)).select(
        pl.col(column).alias(caption.say(heading)) for column, heading in headings.items()
    )
    return caption.figure(
        "gaps",
        spec=_spec(axis, detail, drawn.height, against_target, caption.mode),
        rows=drawn,
        table=table,
        width=620,
    )


@cache
def _spec(axis: str, detail: str, count: int, against_target: bool, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    scale = alt.Scale(zero=True, nice=False, range=row_range(NAMES, _LABELS))
    ticks = alt.Axis(title=axis, tickCount=4, format="+~r", labelExpr="datum.value ? datum.label : '0'")
    y = alt.Y("folded:N", sort=None, axis=None)
    behind = {"test": "datum.ahead < 0", "value": colours.worse}
    hollow = {"test": "!datum.printed", "value": colours.ground}
    bars = (
        alt.Chart()
        .mark_bar(height=14, strokeWidth=1.5)
        .encode(
            x=alt.X("ahead:Q", scale=scale, axis=ticks),
            y=y,
            stroke=alt.StrokeValue(colours.better, condition=behind),
            fill=alt.FillValue(colours.better, condition=[hollow, behind]),
            tooltip=[alt.Tooltip("said:N", title=""), alt.Tooltip("detail:N", title=detail)],
        )
    )
    reference = (
        alt.Chart()
        .mark_rule(strokeWidth=2, color=colours.target if against_target else colours.quiet)
        .encode(x=alt.XDatum(0, type="quantitative", scale=scale, axis=ticks))
    )
    layers = [row_names(NAMES, y, colours), bars, reference, row_figures(y, colours, field="label")]
    return layered(layers, count * _STEP)
