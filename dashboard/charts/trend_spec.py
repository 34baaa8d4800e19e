"""How a trend is drawn: regimes below, lines by role, points, labels beside; the figures come with the rows.

Nothing here depends on whose trend it is: the browser then keeps the drawing and only moves its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from analytics.standing.trend import Band
from dashboard.charts.caption import spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE
from dashboard.charts.theme import PALETTES, Mode
from dashboard.charts.years import year_axis
from dashboard.text import say
from data.text import Language

What = Literal["rank", "score", "share"]
# `member` of a merged province by itself, `part` of one beside the estimate of the whole.
Role = Literal["own", "member", "part", "rival", "region"]
ROLES: tuple[Role, ...] = ("region", "rival", "part", "member", "own")  # from the background to the front

HEIGHT = 340
_STRIP = 26
# Where a sentence stands clear of the lines, and of a figure written over the topmost point.
_ABOVE = -20
# Room for the labels at the right.
_MARGIN = "(wide < 480 ? 112 : 160)"
_IS_POINT = "!isValid(datum.kind)"
# Of the axes that the first layer describes.
_AXIS: dict[str, Any] = {"type": "quantitative", "title": None}


@cache
def trend_spec(
    what: What,
    years: tuple[int, int],
    regimes: tuple[Band, ...],
    top: int | None,
    extent: tuple[float, float],
    merged: int | None,
    lang: Language,
    mode: Mode,
) -> dict[str, Any]:
    """`top`: so many lead; `extent`: the ends of the scale; `merged`: the year from which others are scored."""
    colours = PALETTES[mode]
    x = year_axis(years, _MARGIN, _STRIP)
    scale = {"domain": [*extent], "nice": False, "zero": False}
    y: dict[str, Any] = {"type": "quantitative", "title": None, "scale": scale}
    if what == "rank":
        scale["reverse"] = True
        y["axis"] = {"values": [1, *range(10, int(extent[1]), 10)], "title": None, "grid": True}
    else:
        y["axis"] = {"tickCount": 6, "title": None, "grid": True}
    if what == "share":
        y["axis"] |= {"labelExpr": "datum.label + ' %'"}
    year, value = _AXIS | {"field": "year"}, _AXIS | {"field": "value"}
    layers = [
        # Both axes, said once for all layers; of this one nothing is seen.
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "opacity": 0},
            "encoding": {"x": x | {"datum": years[0]}, "y": y | {"datum": extent[0]}},
        },
        *_regimes(years, _strips(regimes, years, lang), mode),
        *_spreads(year, mode),
        *_lines(year, value, mode),
        *_points(year, value, mode),
        *_texts(year, value, mode),
    ]
    if top is not None and what == "rank":
        layers.insert(1, _rule(_AXIS | {"datum": top + 0.5}, colours.target))
    if merged is not None:
        layers += _merger(merged, colours.quiet)
    return {
        "width": "container",
        "height": HEIGHT,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }


def _kind(kind: str) -> dict[str, str]:
    return {"filter": f"datum.kind == '{kind}'"}


def _strips(regimes: Sequence[Band], years: tuple[int, int], lang: Language) -> list[dict[str, Any]]:
    """The regimes as far as they lie in the years shown, with their words; of one year the axis says as much."""
    return [
        {
            "from": max(band.first, years[0]) - 0.45,
            "to": min(band.last, years[1]) + 0.45,
            "long": say(lang, "trends.regime", years=_span(band, "")),
            "short": _span(band, "short") if band.last > band.first else "",
        }
        for band in regimes
        if band.last >= years[0] and band.first <= years[1]
    ]


def _span(band: Band, length: str) -> str:
    if band.first == band.last:
        return str(band.first)
    return f"{band.first}–{band.last % 100:02d}" if length == "short" else f"{band.first}–{band.last}"


def _spreads(year: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    """From the lowest to the highest member; figures of which only a range, or what they lie below, is known."""
    colours = PALETTES[mode]
    low, ends = _AXIS | {"field": "low"}, {"y2": {"field": "high"}}
    role = _colours(mode)
    return [
        {
            "transform": [_kind("spread")],
            "mark": {
                "type": "rule",
                "strokeWidth": {"expr": "wide < 480 ? 7 : 12"},
                "strokeCap": "butt",
                "opacity": 0.22,
                "color": colours.chosen,
                "tooltip": None,
            },
            "encoding": {"x": year, "y": low} | ends,
        },
        {
            "transform": [_kind("bound"), {"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {"x": year, "y": low, "color": role, "tooltip": _SAID} | ends,
        },
        {
            "transform": [_kind("bound"), {"filter": "!isValid(datum.low)"}],
            "mark": {
                "type": "point",
                "shape": "triangle-down",
                "size": 60,
                "strokeWidth": 1.8,
                "opacity": 1,
                "fill": colours.ground,
            },
            "encoding": {"x": year, "y": _AXIS | {"field": "high"}, "stroke": role, "tooltip": _SAID},
        },
    ]


# What a reader is told who points at something: a line of its own, as it is read aloud.
_SAID = [{"field": "said", "type": "nominal", "title": ""}]


def _colours(mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    of = {
        "region": colours.context,
        "rival": colours.peer,
        "part": colours.peer,
        "member": colours.chosen,
        "own": colours.chosen,
    }
    scale = {"domain": list(of), "range": list(of.values())}
    return {"field": "role", "type": "nominal", "legend": None, "scale": scale}


def _lines(year: dict[str, Any], value: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    """A layer for each role, so that the chosen unit lies on top; dashed across a series break."""
    widths = {"own": 3, "region": 0.9, "part": 1.4}
    dash = {"condition": {"test": "datum.dashed", "value": [2, 5]}, "value": [1, 0]}
    encoding = {
        "x": year,
        "y": value,
        "color": _colours(mode),
        "detail": {"field": "piece"},
        "order": {"field": "year"},
        "strokeDash": dash,
    }
    return [
        {
            "transform": [{"filter": f"{_IS_POINT} && datum.role == '{role}'"}],
            "mark": {"type": "line", "strokeWidth": widths.get(role, 2), "tooltip": None},
            "encoding": encoding,
        }
        for role in ROLES
    ]


def _points(year: dict[str, Any], value: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    """Every point of the named lines; of the background's, those that no line reaches. Hollow: not printed so."""
    colours, role = PALETTES[mode], _colours(mode)
    return [
        {
            "transform": [
                {"filter": f"{_IS_POINT} && datum.point"},
                {"calculate": "datum.shape || 'circle'", "as": "form"},
            ],
            "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.8},
            "encoding": {
                "x": year,
                "y": value,
                "stroke": role,
                "fill": {"condition": {"test": "datum.hollow", "value": colours.ground}, **role},
                "shape": {"field": "form", "type": "nominal", "scale": None},
                "size": {
                    "condition": [
                        {"test": "datum.role == 'own'", "value": 40},
                        {"test": "datum.role == 'region'", "value": 14},
                        {"test": "datum.role == 'rival'", "value": 18},
                    ],
                    "value": 30,
                },
                "tooltip": _SAID,
            },
        }
    ]


def _texts(year: dict[str, Any], value: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    colours = PALETTES[mode]
    strong = {
        "condition": [
            {"test": "datum.role == 'own'", "value": colours.chosen},
            {"test": "datum.role == 'top'", "value": colours.target_text},
        ],
        "value": colours.ink,
    }
    beside = {"value": {"expr": f"wide - {_MARGIN} + 8"}}
    looks: tuple[dict[str, Any], ...] = (
        {"stroke": colours.ground, "strokeWidth": 4},
        {"color": colours.chosen},
    )
    return [
        {
            "transform": [_kind("label")],
            "mark": {
                "type": "text",
                "align": "left",
                "dx": {"expr": "isValid(datum.shape) ? 12 : 0"},
                "fontSize": {"expr": "wide < 480 ? 11 : 13"},
                "tooltip": None,
            },
            "encoding": {
                "x": beside,
                "y": value,
                "text": {"field": "said"},
                "color": strong,
            },
        },
        {
            "transform": [_kind("label"), {"filter": "isValid(datum.shape)"}],
            "mark": {"type": "point", "size": 30, "filled": True, "opacity": 1, "tooltip": None},
            "encoding": {
                "x": beside,
                "y": value,
                "shape": {"field": "shape", "type": "nominal", "scale": None},
                "color": _colours(mode),
            },
        },
        *(
            {
                "transform": [_kind("mark")],
                "mark": {"type": "text", "dy": -13, "fontWeight": 600, "tooltip": None} | look,
                "encoding": {"x": year, "y": value, "text": {"field": "said"}},
            }
            for look in looks
        ),
    ]


def _regimes(years: tuple[int, int], strips: list[dict[str, Any]], mode: Mode) -> list[dict[str, Any]]:
    """A strip below the plot: one bar per regime, with its years where there is room."""
    colours, data = PALETTES[mode], {"values": strips}
    room = f"(datum.to - datum.from) * (wide - {_MARGIN}) / {years[1] - years[0] + 1}"
    label = (
        f"{room} > 6.3 * length(datum.long) ? datum.long : {room} > 5.8 * length(datum.short) ? datum.short : ''"
    )
    ends = {"x": _AXIS | {"field": "from"}, "x2": {"field": "to"}}
    return [
        {
            "data": data,
            "transform": [
                {"filter": f"datum.to < {years[1]}"},
                {"calculate": "datum.to + 0.05", "as": "edge"},
            ],
            "mark": {"type": "rule", "strokeDash": [1, 0], "color": colours.rule, "tooltip": None},
            "encoding": {"x": _AXIS | {"field": "edge"}, "y": {"value": 0}, "y2": {"value": HEIGHT}},
        },
        {
            "data": data,
            "mark": {"type": "rect", "color": colours.context, "cornerRadius": 1.5, "tooltip": None},
            "encoding": ends | {"y": {"value": HEIGHT + 6}, "y2": {"value": HEIGHT + 9}},
        },
        {
            "data": data,
            "transform": [
                {"calculate": "(datum.from + datum.to) / 2", "as": "centre"},
                {"calculate": label, "as": "text"},
            ],
            "mark": {"type": "text", "baseline": "top", "fontSize": 11, "color": colours.quiet, "tooltip": None},
            "encoding": {
                "x": _AXIS | {"field": "centre"},
                "y": {"value": HEIGHT + 12},
                "text": {"field": "text"},
            },
        },
    ]


def _rule(y: dict[str, Any], colour: str) -> dict[str, Any]:
    """The line below the target group; its name stands among the labels."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": colour, "strokeWidth": 1, "tooltip": None},
        "encoding": {"y": y, "x": {"value": 0}, "x2": {"value": {"expr": f"wide - {_MARGIN}"}}},
    }


def _merger(year: int, colour: str) -> list[dict[str, Any]]:
    """Where the 63 end: a line at the year of the merger, and what became of them."""
    at: dict[str, Any] = {"x": _AXIS | {"datum": year}}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": colour, "strokeDash": [4, 3], "tooltip": None},
            "encoding": at | {"y": {"value": 0}, "y2": {"value": HEIGHT}},
        },
        {
            "transform": [_kind("merged")],
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "bottom",
                "dx": 4,
                "fontSize": 11,
                "color": colour,
                "tooltip": None,
            },
            "encoding": at | {"y": {"value": _ABOVE}, "text": {"field": "said"}},
        },
    ]
