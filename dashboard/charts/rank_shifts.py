"""Where a unit's rank would be if something were otherwise: from its rank to the other one, row by row."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.profile import folded
from dashboard.charts.rank_bands import rank_axis
from dashboard.charts.row_names import row_names, row_places
from dashboard.charts.theme import PALETTES, Mode
from data import number

_STEP = 34
_NAMES = 152
_LABELS = 70


def rank_shifts(rows: pl.DataFrame, own: int, caption: Caption) -> Figure:
    """Rows: `label`, `rank` (then), `change` (positive: up), `strong` (not one of a kind with the others).

    `own` is the rank as it is, the line that all rows start from; the first lies at the right.
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
    return Figure(
        name="left-out",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(low, high, caption.say("column.shown_rank"), drawn.height, caption.mode),
        rows=drawn,
        table=drawn.select(pl.col(column).alias(caption.say(key)) for column, key in headings.items()),
    )


@cache
def _spec(low: int, high: int, title: str, count: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x, y = rank_axis(low, high, title, _NAMES, _LABELS), row_places(count)
    colour = {
        "condition": [
            {"test": "datum.change > 0", "value": colours.better},
            {"test": "datum.change < 0", "value": colours.worse},
        ],
        "value": colours.quiet,
    }
    layers: list[dict[str, Any]] = [
        row_names(_NAMES, y, "datum.strong", colours),
        {
            "transform": [{"filter": "datum.place === 0"}],
            "mark": {"type": "rule", "strokeWidth": 2, "color": colours.chosen},
            "encoding": {"x": x | {"field": "own"}},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"x": x | {"field": "own"}, "x2": {"field": "rank"}, "y": y, "color": colour},
        },
        {
            "mark": {"type": "point", "size": 90, "filled": True, "opacity": 1},
            "encoding": {
                "x": x | {"field": "rank"},
                "y": y,
                "color": colour,
                "tooltip": [
                    {"field": "label", "type": "nominal", "title": ""},
                    {"field": "written", "type": "nominal", "title": " "},
                ],
            },
        },
        {
            "mark": {"type": "text", "align": "right", "baseline": "middle", "color": colours.ink},
            "encoding": {"x": {"value": {"expr": "wide"}}, "y": y, "text": {"field": "written"}},
        },
    ]
    return {
        "width": "container",
        "height": count * _STEP,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }
