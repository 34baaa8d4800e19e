"""Indicators from each one's worst to its best province: where the median lies, and where we do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.theme import PALETTES, Mode

_STEP = 72
_LINE = 15
_EDGE = 64  # room for the figures of the worst and the best at the two ends


def indicator_strip(
    placed: pl.DataFrame,
    labels: Mapping[str, Mapping[str, str]],
    headings: tuple[str, str],
    table: pl.DataFrame,
    caption: Caption,
) -> Figure:
    """The rows of `analytics.indicators.on_scale` that have a place, in their order, a strip for each.

    Left is the worst province and right the best, whichever way the indicator counts. `labels` writes for each
    indicator its `name` on a wide screen, `narrow` on a phone (lines parted by a line break), `worst`, `best`,
    `own` and `said`; `headings` stand above the two ends, and `table` is what is taken away.
    """
    drawn = placed.drop_nulls("place").select(
        "place",
        "median_place",
        "behind",
        *(
            pl.col("indicator").replace_strict(
                {code: words[key] for code, words in labels.items()}, return_dtype=pl.String
            ).alias(key)
            for key in ("name", "narrow", "worst", "best", "own", "said")
        ),
        row=pl.int_range(pl.len(), dtype=pl.Int64),
    )  # fmt: skip
    return Figure(
        name="indicators",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(drawn.height, headings, caption.mode),
        rows=drawn,
        table=table,
    )


@cache
def _spec(count: int, headings: tuple[str, str], mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False, "range": [_EDGE, {"expr": f"wide - {_EDGE}"}]},
        "axis": None,
    }
    y: dict[str, Any] = {
        "field": "row",
        "type": "quantitative",
        # Above the first row stand the headings and its name, below the last its figure.
        "scale": {"domain": [-0.95, count - 0.65], "reverse": True, "nice": False, "zero": False},
        "axis": None,
    }

    def text(field: str, align: str, place: Any, colour: str, **more: Any) -> dict[str, Any]:
        mark = {"type": "text", "align": align, "baseline": "middle", "color": colour} | more
        return {"mark": mark, "encoding": {"x": place, "y": y, "text": {"field": field}}}

    def heading(words: str, align: str, place: Any) -> dict[str, Any]:
        mark = {"type": "text", "align": align, "baseline": "middle", "color": colours.quiet}
        top = y | {"datum": -0.85}
        top.pop("field")
        return {
            "transform": [{"filter": "datum.row == 0"}],
            "mark": mark,
            "encoding": {"x": place, "y": top, "text": {"value": words}},
        }

    left, right = {"value": 0}, {"value": {"expr": "wide"}}
    side = {"condition": {"test": "datum.behind > 0", "value": colours.worse}, "value": colours.better}
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"calculate": "split(wide < 620 ? datum.narrow : datum.name, '\\n')", "as": "lines"}],
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "color": colours.ink,
                "lineHeight": _LINE,
                "dy": {"expr": f"-10 - {_LINE} * (length(datum.lines) - 1)"},
            },
            "encoding": {"x": left, "y": y, "text": {"field": "lines"}},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 6, "strokeCap": "round", "color": colours.rule},
            "encoding": {"x": x | {"datum": 0}, "x2": {"datum": 1}, "y": y},
        },
        {
            "transform": [{"filter": "isValid(datum.behind)"}],
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"x": x | {"field": "place"}, "x2": {"field": "median_place"}, "y": y, "color": side},
        },
        {
            "transform": [{"filter": "isValid(datum.median_place)"}],
            "mark": {"type": "tick", "thickness": 2, "size": 16, "color": colours.quiet, "orient": "vertical"},
            "encoding": {"x": x | {"field": "median_place"}, "y": y},
        },
        {
            "mark": {"type": "point", "size": 110, "fill": colours.chosen, "stroke": colours.chosen, "opacity": 1},
            "encoding": {
                "x": x | {"field": "place"},
                "y": y,
                "tooltip": [{"field": "said", "type": "nominal", "title": ""}],
            },
        },
        text("worst", "right", {"value": _EDGE - 10}, colours.quiet),
        text("best", "left", {"value": {"expr": f"wide - {_EDGE} + 10"}}, colours.quiet),
        text("own", "center", x | {"field": "place"}, colours.chosen, fontWeight=600, dy=16),
        heading(headings[0], "left", left),
        heading(headings[1], "right", right),
    ]
    return {
        "width": "container",
        "height": round((count + 0.3) * _STEP),
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }
