"""The ranks that a unit would have under other assumptions, each joined to the rank that it has."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.rank_axis import rank_axis, rank_scale
from dashboard.charts.row_names import NAMES, folded, row_figures, row_names, row_places, row_tooltip, through_rows
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode
from data import number

_STEP = 34
_LABELS = 70


def rank_shifts(rows: pl.DataFrame, own: int, caption: Caption) -> Figure:
    """A row for each assumption: a line from the unit's rank `own` to its rank under it; rank 1 is at the right.

    Columns of `rows`: `label`, what is assumed; `rank`, the rank under it; `change`, `own` minus `rank`, positive
    where the unit would move up; `strong`, whether the label is bold.
    """
    drawn = rows.with_columns(
        own=pl.lit(own),
        place=pl.int_range(pl.len()),
        folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
        written=pl.struct("rank", "change").map_elements(
            lambda row: caption.say(
                "drivers.left_out.row",
                rank=row["rank"],
                change=number.whole(row["change"], caption.lang, signed=True),
            ),
            return_dtype=pl.String,
        ),
    ).with_columns(said=pl.format("{}: {}", "label", "written"))
    low, high = min(own, *drawn["rank"]), max(own, *drawn["rank"])
    headings = {"label": "column.component", "rank": "column.shown_rank", "change": "column.change_rank"}
    return caption.figure(
        "left-out",
        spec=_spec(low, high, caption.say("column.shown_rank"), drawn.height, caption.mode),
        rows=drawn,
        table=drawn.select(pl.col(column).alias(caption.say(key)) for column, key in headings.items()),
    )


@cache
def _spec(low: int, high: int, title: str, count: int, mode: Mode) -> dict[str, Any]:
    colours, y = PALETTES[mode], row_places(count)
    scale, axis = rank_scale(low, high, NAMES, _LABELS), rank_axis(low, high, title)
    own = alt.X("own:Q", scale=scale, axis=axis)
    moved = alt.ColorValue(
        colours.quiet,
        condition=[
            {"test": "datum.change > 0", "value": colours.better},
            {"test": "datum.change < 0", "value": colours.worse},
        ],
    )
    actual = through_rows().mark_rule(strokeWidth=2, color=colours.chosen).encode(x=own)
    shifts = alt.Chart().mark_rule(strokeWidth=3).encode(x=own, x2=alt.X2("rank"), y=y, color=moved)
    ranks = (
        alt.Chart()
        .mark_point(size=90, filled=True, opacity=1)
        .encode(x=alt.X("rank:Q", scale=scale, axis=axis), y=y, color=moved, tooltip=row_tooltip())
    )
    names, figures = row_names(NAMES, y, colours, strong="datum.strong"), row_figures(y, colours)
    return layered([names, actual, shifts, ranks, figures], count * _STEP)
