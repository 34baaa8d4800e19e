"""From one figure to another, step by step: what each part added or took, what is left over, where it ends."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import Figure
from dashboard.charts.profile import component_names, folded, height
from dashboard.charts.theme import PALETTES, Mode, Palette

# A step is a `part` of the change, or the `rest` that closes the sum; a `start` and an `end` are levels; a `sum`
# is the whole change, drawn from where the steps began.
KINDS = ("start", "part", "rest", "end", "sum")
_DRAWN = (
    "place",
    "label",
    "folded",
    "role",
    "printed",
    "written",
    "said",
    "at",
    "low",
    "high",
    "leftward",
    "base",
)
_HALF = 0.3  # of a row, above and below its middle
_WEIGHT = {"expr": "indexof(['start', 'end', 'sum'], datum.role) < 0 ? 400 : 600"}
_SIGNED = "(datum.value > 0 ? '+' : '') + datum.label"
_ROOM = 52  # for the figure that stands beside the last bar on either side


def waterfall(name: str, steps: pl.DataFrame, base: float, axis: str, signed: bool, caption: Caption) -> Figure:
    """The `steps` one below the other, each beginning where the one before it ended, the first at `base`.

    Columns of `steps`: `label`; `kind` (`KINDS`); `value`, the level of a start or an end, else the change, null
    where it isn't known; `printed`, whether the figures it comes from are their publisher's own (else drawn
    hollow); `written`, the figure as it stands beside its bar. `signed` writes the axis with plus signs.
    """
    drawn = _placed(steps, base)
    last = drawn.height - 1
    return Figure(
        name=name,
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(axis, last, height(drawn["folded"].to_list()), signed, caption.mode),
        rows=drawn,
        table=steps.select(
            pl.col("label").alias(caption.say("waterfall.step")),
            pl.col("value").alias(caption.say("waterfall.value")),
        ),
    )


def _placed(steps: pl.DataFrame, base: float) -> pl.DataFrame:
    """Where each step begins and ends; nowhere, where its size isn't known."""
    value, kind = pl.col("value"), pl.col("kind")
    moving = kind.is_in(["part", "rest"])
    running = base + pl.when(moving).then(value).fill_null(0.0).cum_sum()
    begin = pl.when(moving).then(running - value).when(kind == "sum").then(base).otherwise(value)
    end = (
        pl.when(moving & value.is_not_null()).then(running).when(kind == "sum").then(base + value).otherwise(value)
    )
    return (
        steps.with_columns(begin=begin, end=end, running=running, place=pl.int_range(pl.len()), base=pl.lit(base))
        .with_columns(
            at=pl.coalesce("end", "running"),
            low=pl.min_horizontal("begin", "end"),
            high=pl.max_horizontal("begin", "end"),
            leftward=(kind != "start") & (kind != "end") & (value < 0),
            role=_role(),
            folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
            said=pl.format("{}: {}", "label", "written"),
        )
        .select(_DRAWN)
    )


def _role() -> pl.Expr:
    """What a bar's colour is for. What rounds to nothing is still a gain or a loss of its own size."""
    return (
        pl.when(pl.col("kind").is_in(["start", "end", "sum", "rest"]))
        .then(pl.col("kind"))
        .when(pl.col("value").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("value") < 0)
        .then(pl.lit("worse"))
        .otherwise(pl.lit("better"))
    )


@cache
def _spec(axis: str, last: int, high: int, signed: bool, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = {
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "padding": _ROOM},
        "axis": {
            "title": axis,
            "tickCount": 5,
            "grid": True,
            "orient": "bottom",
            "format": "~f",
            "labelBound": True,
        }
        | ({"labelExpr": _SIGNED} if signed else {}),
    }
    y = {
        "field": "place",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [-0.5, last + 0.5], "reverse": True, "nice": False, "zero": False},
    }
    colour = {
        "type": "nominal",
        "field": "role",
        "legend": None,
        "scale": {
            "domain": ["better", "worse", "rest", "unknown", "start", "end", "sum"],
            "range": [colours.better, colours.worse, colours.quiet, colours.quiet, *[colours.chosen] * 3],
        },
    }
    fill = {"condition": {"test": "!datum.printed", "value": colours.ground}, **colour}
    layers = [
        _names(colours),
        {
            # Where it began, through all the steps: what lies beyond it at the end is the whole change.
            "transform": [{"filter": "datum.place === 0"}],
            "mark": {"type": "rule", "color": colours.context, "strokeDash": [3, 3]},
            "encoding": {"x": x | {"field": "base"}, "y": {"value": 0}, "y2": {"value": "height"}},
        },
        {
            "transform": [
                {"filter": f"datum.place < {last}"},
                {"calculate": "datum.place + 1", "as": "below"},
            ],
            "mark": {"type": "rule", "color": colours.context},
            "encoding": {"x": x | {"field": "at"}, "y": y, "y2": {"field": "below"}},
        },
        *_bars(x, y, colour, fill),
        _dots(x, y, colour, fill),
        *_figures(x, y, colours),
    ]
    return {"width": "container", "height": high, "encoding": {"y": y}, "layer": spoken(layers)}


def _names(colours: Palette) -> dict[str, Any]:
    """The names at the left, levels and the whole change in strong type."""
    layer = component_names(colours)
    return layer | {"mark": layer["mark"] | {"fontWeight": _WEIGHT}}


def _bars(
    x: dict[str, Any], y: dict[str, Any], colour: dict[str, Any], fill: dict[str, Any]
) -> list[dict[str, Any]]:
    """A bar from where a step began to where it ended; hollow where the figures are not their publisher's."""
    return [
        {
            "transform": [
                {"filter": "isValid(datum.low) && datum.role !== 'start' && datum.role !== 'end'"},
                {"calculate": f"datum.place - {_HALF}", "as": "top"},
                {"calculate": f"datum.place + {_HALF}", "as": "bottom"},
            ],
            # A stroke of its own keeps a change of nearly nothing in sight.
            "mark": {"type": "rect", "strokeWidth": 1.5},
            "encoding": {
                "x": x | {"field": "low"},
                "x2": {"field": "high"},
                "y": y | {"field": "top"},
                "y2": {"field": "bottom"},
                "stroke": colour,
                "fill": fill,
                "tooltip": [
                    {"field": "label", "type": "nominal", "title": ""},
                    {"field": "written", "type": "nominal", "title": " "},
                ],
            },
        }
    ]


def _dots(x: dict[str, Any], y: dict[str, Any], colour: dict[str, Any], fill: dict[str, Any]) -> dict[str, Any]:
    """The levels at both ends: dots, since a bar would have to start from nothing."""
    return {
        "transform": [{"filter": "datum.role === 'start' || datum.role === 'end'"}],
        "mark": {"type": "point", "size": 130, "strokeWidth": 2, "opacity": 1},
        "encoding": {
            "x": x | {"field": "at"},
            "y": y,
            "stroke": colour,
            "fill": fill,
            "tooltip": [
                {"field": "label", "type": "nominal", "title": ""},
                {"field": "written", "type": "nominal", "title": " "},
            ],
        },
    }


def _figures(x: dict[str, Any], y: dict[str, Any], colours: Palette) -> list[dict[str, Any]]:
    """Beside each bar its figure, on the side to which it went, so that no connector runs through it."""
    text = {"type": "text", "baseline": "middle", "fontWeight": _WEIGHT}
    # A rim of the ground keeps lines that pass behind a figure out of it.
    rim = {"color": colours.ground, "stroke": colours.ground, "strokeWidth": 4, "strokeJoin": "round"}
    return [
        {
            "transform": [{"filter": test}],
            "mark": text | {"align": align, "dx": dx} | look,
            "encoding": {"x": x | {"field": end}, "y": y, "text": {"field": "written"}},
        }
        for test, align, dx, end in (
            ("datum.leftward", "right", -9, "low"),
            ("isValid(datum.low) && !datum.leftward", "left", 12, "high"),
            ("!isValid(datum.low)", "left", 9, "at"),
        )
        for look in (rim, {"color": colours.ink})
    ]
