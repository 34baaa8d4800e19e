"""Parts of a whole as bars, each beside the part that it was meant to have."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.profile import folded
from dashboard.charts.row_names import row_figures, row_names, row_places
from dashboard.charts.theme import PALETTES, Mode

_STEP = 40
_NAMES = 152
_LABELS = 58


def share_bars(rows: pl.DataFrame, axis: str, caption: Caption) -> Figure:
    """Rows: `label`, `share` and `weight` in per cent (a weight may be null), `strong` (what the title names),
    `written` (what stands at the right)."""
    drawn = rows.with_columns(
        place=pl.int_range(pl.len()),
        folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
    ).with_columns(said=pl.format("{}: {}", "label", "written"))
    headings = {"label": "column.component", "share": "column.spread_share", "weight": "column.weight"}
    return Figure(
        name="shares",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(axis, caption.say("column.weight"), drawn.height, caption.mode),
        rows=drawn,
        table=drawn.select(pl.col(column).alias(caption.say(key)) for column, key in headings.items()),
    )


@cache
def _spec(axis: str, weight: str, count: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    y = row_places(count)
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"zero": True, "nice": False, "range": [_NAMES + 8, {"expr": f"wide - {_LABELS}"}]},
        "axis": {"title": axis, "tickCount": 5, "grid": True, "labelExpr": "datum.label + ' %'"},
    }
    colour = {"condition": {"test": "datum.strong", "value": colours.chosen}, "value": colours.context}
    layers: list[dict[str, Any]] = [
        row_names(_NAMES, y, "datum.strong", colours),
        {
            "mark": {"type": "bar", "height": 18},
            "encoding": {
                "x": x | {"field": "share"},
                "x2": {"datum": 0},
                "y": y,
                "color": colour,
                "tooltip": [
                    {"field": "label", "type": "nominal", "title": ""},
                    {"field": "written", "type": "nominal", "title": axis},
                    {"field": "weight", "type": "quantitative", "format": ".1f", "title": weight},
                ],
            },
        },
        *(
            {
                "transform": [{"filter": "isValid(datum.weight)"}],
                # A rim of the ground keeps the tick in sight on a dark bar.
                "mark": {"type": "tick", "thickness": thickness, "size": 28, "color": shade, "opacity": 1},
                "encoding": {"x": x | {"field": "weight"}, "y": y},
            }
            for thickness, shade in ((7, colours.ground), (3, colours.ink))
        ),
        {
            "transform": [{"filter": "datum.place === 0"}],
            "mark": {"type": "rule", "color": colours.quiet},
            "encoding": {"x": x | {"datum": 0}},
        },
        row_figures(y, "datum.strong", colours),
    ]
    return {
        "width": "container",
        "height": count * _STEP,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }
