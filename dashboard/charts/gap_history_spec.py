"""How the way to the threshold is drawn: regimes below, two lines or bars, the gap, labels beside."""

from __future__ import annotations

from functools import cache
from typing import Any

from dashboard.charts.caption import spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.charts.years import year_axis
from dashboard.text import say
from data.text import Language

HEIGHT = 280
TICKS = 5
_STRIP = 26  # room for the regimes between the plot and the years
_MARGIN = "(wide < 480 ? 116 : 150)"  # room for the labels at the right


@cache
def gap_history_spec(years: tuple[int, int], lang: Language, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = year_axis(years, _MARGIN, _STRIP)
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"nice": False, "zero": False},
        "axis": {"tickCount": TICKS, "title": None},
    }
    layers = [
        _extent(y),
        *_regimes(x, years, colours),
        _distance(x, y, colours),
        *_threshold_and_own(x, y, lang, colours),
        *_distance_label(x, y, colours),
        _names(y, colours),
    ]
    return {
        "width": "container",
        "height": HEIGHT,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }


def _colour(colours: Palette) -> dict[str, Any]:
    scale = {"domain": ["target", "own"], "range": [colours.target, colours.chosen]}
    return {"field": "role", "type": "nominal", "legend": None, "scale": scale}


def _threshold_and_own(
    x: dict[str, Any], y: dict[str, Any], lang: Language, colours: Palette
) -> list[dict[str, Any]]:
    """The lines, full and dashed, the bars of what lies between bounds, and a point for each edition."""
    colour = _colour(colours)
    at = {"x": x | {"field": "year"}, "y": y | {"field": "score"}}
    tooltip = [
        {"field": "name", "type": "nominal", "title": say(lang, "target.chart.line")},
        {"field": "year", "type": "quantitative", "format": "d", "title": say(lang, "column.year")},
        {"field": "written", "type": "nominal", "title": say(lang, "column.score")},
    ]
    lines: list[dict[str, Any]] = [
        {
            "transform": [{"filter": f"datum.kind == 'line' && datum.role == '{role}' && {test}"}],
            "mark": {"type": "line", "strokeWidth": 3 if role == "own" else 2, "tooltip": None} | look,
            "encoding": at | {"color": colour, "detail": {"field": "piece"}, "order": {"field": "year"}},
        }
        for role in ("target", "own")
        for test, look in (("!datum.dashed", {}), ("datum.dashed", {"strokeDash": [2, 5]}))
    ]
    bar = {
        "transform": [{"filter": "datum.kind == 'bar'"}],
        "mark": {"type": "bar", "width": 9, "cornerRadius": 2, "fillOpacity": 0.35, "strokeWidth": 1.5},
        "encoding": {
            "x": x | {"field": "year"},
            "y": y | {"field": "low"},
            "y2": {"field": "high"},
            "fill": {"value": colours.target},
            "stroke": {"value": colours.target},
            "tooltip": tooltip,
        },
    }
    points = {
        "transform": [{"filter": "datum.kind == 'line' && !datum.dashed"}],
        "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.8},
        "encoding": at
        | {
            "stroke": colour,
            "fill": {"condition": {"test": "datum.hollow", "value": colours.ground}, **colour},
            # Told apart by shape too, for those who see no difference of colour.
            "shape": {
                "condition": {"test": "datum.role == 'target'", "value": "diamond"},
                "value": "circle",
            },
            "size": {"value": 40},
            "tooltip": tooltip,
        },
    }
    return [bar, *lines, points]


def _extent(y: dict[str, Any]) -> dict[str, Any]:
    """Nothing to see: it has the axis reach to the round figures around everything."""
    return {
        "transform": [{"filter": "datum.kind == 'extent'"}],
        "mark": {"type": "point", "opacity": 0, "tooltip": None},
        "encoding": {"y": y | {"field": "middle"}},
    }


def _distance(x: dict[str, Any], y: dict[str, Any], colours: Palette) -> dict[str, Any]:
    """The gap of the year looked at."""
    return {
        "transform": [{"filter": "datum.kind == 'gap'"}],
        "mark": {"type": "rule", "strokeWidth": 2, "color": colours.ink, "tooltip": None},
        "encoding": {"x": x | {"field": "year"}, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }


def _distance_label(x: dict[str, Any], y: dict[str, Any], colours: Palette) -> list[dict[str, Any]]:
    """Its points, clear of the lines."""
    only = [{"filter": "datum.kind == 'gap'"}]
    there = {"x": x | {"field": "year"}, "y": y | {"field": "top"}, "text": {"field": "label"}}
    # Above both lines and a little to the left: what lies there is older and mostly lower.
    mark = {
        "type": "text",
        "align": "right",
        "dx": 10,
        "dy": -14,
        "fontWeight": 700,
        "fontSize": 13,
        "tooltip": None,
    }
    return [
        {
            "transform": only,
            "mark": mark | {"stroke": colours.ground, "strokeWidth": 4},
            "encoding": there,
        },
        {"transform": only, "mark": mark | {"color": colours.ink}, "encoding": there},
    ]


def _names(y: dict[str, Any], colours: Palette) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.kind == 'label'"}],
        "mark": {
            "type": "text",
            "align": "left",
            "fontSize": {"expr": "wide < 480 ? 11 : 13"},
            "fontWeight": 600,
            "tooltip": None,
        },
        "encoding": {
            "x": {"value": {"expr": f"wide - {_MARGIN} + 8"}},
            "y": y | {"field": "middle"},
            "text": {"field": "label"},
            "color": _colour(colours),
        },
    }


def _regimes(x: dict[str, Any], years: tuple[int, int], colours: Palette) -> list[dict[str, Any]]:
    """A strip below the plot: one bar per regime, with its years where there is room; a line where one ends."""
    only = {"filter": "datum.kind == 'band'"}
    room = f"(datum.high - datum.low) * (wide - {_MARGIN}) / {years[1] - years[0] + 1}"
    words = (
        f"{room} > 6.3 * length(datum.label) ? datum.label : {room} > 6.6 * length(datum.short) ? datum.short : ''"
    )
    return [
        {
            "transform": [
                only,
                {"filter": f"datum.high < {years[1]}"},
                {"calculate": "datum.high + 0.05", "as": "edge"},
            ],
            "mark": {"type": "rule", "color": colours.rule, "tooltip": None},
            "encoding": {"x": x | {"field": "edge"}, "y": {"value": 0}, "y2": {"value": HEIGHT}},
        },
        {
            "transform": [only],
            "mark": {"type": "rect", "color": colours.context, "cornerRadius": 1.5, "tooltip": None},
            "encoding": {
                "x": x | {"field": "low"},
                "x2": {"field": "high"},
                "y": {"value": HEIGHT + 6},
                "y2": {"value": HEIGHT + 9},
            },
        },
        {
            "transform": [
                only,
                {"calculate": "(datum.low + datum.high) / 2", "as": "centre"},
                {"calculate": words, "as": "text"},
            ],
            "mark": {"type": "text", "baseline": "top", "fontSize": 11, "color": colours.quiet, "tooltip": None},
            "encoding": {"x": x | {"field": "centre"}, "y": {"value": HEIGHT + 12}, "text": {"field": "text"}},
        },
    ]
