"""What each component costs or earns in points of the total, against a reference: bars to both sides of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.profile import component_names, folded
from dashboard.charts.theme import PALETTES, Mode
from data import number

_STEP = 40
_NAMES = 158  # room for the components' names at the left
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
    """The rows of `analytics.weakness.weakness` that have a weighted gap, the furthest behind on top.

    A bar to the left is behind the reference and one to the right ahead; `written` labels each (`kém 1,01`), and
    `detail` heads score and reference where a bar is pointed at. Hollow bars have a score that its publisher did
    not print.
    """
    drawn = (
        rows.drop_nulls("weighted_gap")
        .sort("weighted_gap", descending=True, maintain_order=True)
        .select(
            folded=pl.col("component").replace_strict(
                {code: folded(name) for code, name in names.items()}, return_dtype=pl.String
            ),
            # Rounded noise must not choose a side.
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
    return Figure(
        name="gaps",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(axis, detail, drawn.height, against_target, caption.mode),
        rows=drawn,
        table=table,
        width=620,
    )


@cache
def _spec(axis: str, detail: str, count: int, against_target: bool, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"zero": True, "nice": False, "range": [_NAMES + 8, {"expr": f"wide - {_LABELS}"}]},
        "axis": {"title": axis, "tickCount": 4, "format": "+~r", "labelExpr": "datum.value ? datum.label : '0'"},
    }
    y = {"field": "folded", "type": "nominal", "sort": None, "axis": None}
    side = {"test": "datum.ahead < 0", "value": colours.worse}
    layers: list[dict[str, Any]] = [
        component_names(colours) | {"encoding": {"x": {"value": _NAMES}, "y": y, "text": {"field": "lines"}}},
        {
            "mark": {"type": "bar", "height": 14, "strokeWidth": 1.5},
            "encoding": {
                "x": x | {"field": "ahead"},
                "y": y,
                "stroke": {"condition": side, "value": colours.better},
                "fill": {
                    "condition": [{"test": "!datum.printed", "value": colours.ground}, side],
                    "value": colours.better,
                },
                "tooltip": [
                    {"field": "said", "type": "nominal", "title": ""},
                    {"field": "detail", "type": "nominal", "title": detail},
                ],
            },
        },
        {
            "mark": {
                "type": "rule",
                "strokeWidth": 2,
                "color": colours.target if against_target else colours.quiet,
            },
            "encoding": {"x": x | {"datum": 0}},
        },
        {
            # In a column of their own: at the ends of the bars they would need room on both sides.
            "mark": {"type": "text", "align": "right", "baseline": "middle", "color": colours.ink},
            "encoding": {"x": {"value": {"expr": "wide"}}, "y": y, "text": {"field": "label"}},
        },
    ]
    return {
        "width": "container",
        "height": count * _STEP,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }
