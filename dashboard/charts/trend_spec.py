"""How a trend is drawn: regimes below, lines by role, points, labels beside; the figures come with the rows."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from dashboard.charts.caption import spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE
from dashboard.charts.theme import PALETTES, Mode
from dashboard.text import say
from data.text import Language

What = Literal["rank", "score", "share"]
Role = Literal["own", "member", "rival", "region"]
ROLES: tuple[Role, ...] = ("region", "rival", "member", "own")  # from the background to the front

HEIGHT = 340
_STRIP = 26
# Where a sentence stands clear of the lines, and of a figure written over the topmost point.
_ABOVE = -20
# Room for the labels at the right.
_MARGIN = "(wide < 480 ? 112 : 160)"


@cache
def trend_spec(
    what: What,
    years: tuple[int, int],
    top: int | None,
    merged: tuple[int, str] | None,
    extent: tuple[float, float],
    lang: Language,
    mode: Mode,
) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = {
        "type": "quantitative",
        "scale": {
            "domain": [years[0] - 0.5, years[1] + 0.5],
            "range": [0, {"expr": f"wide - {_MARGIN}"}],
            "nice": False,
            "zero": False,
        },
        "axis": {
            "format": "d",
            "title": None,
            "tickMinStep": 1,
            "offset": _STRIP,
            "labelOverlap": True,
            "labelSeparation": 8,
        },
    }
    y: dict[str, Any] = {"type": "quantitative", "title": None}
    if what == "rank":
        y["scale"] = {"domain": [*extent], "reverse": True, "nice": False, "zero": False}
        y["axis"] = {"values": [1, *range(10, int(extent[1]), 10)], "title": None}
    else:
        y["scale"] = {"domain": [*extent], "nice": False, "zero": False}
        y["axis"] = {"tickCount": 6, "title": None}
    if what == "share":
        y["axis"] |= {"labelExpr": "datum.label + ' %'"}
    year, value = x | {"field": "year"}, y | {"field": "value"}
    layers = [
        *_regimes(x, years, colours.context, colours.rule, colours.quiet),
        *_lines(year, value, mode),
        *_points(year, value, what, lang, mode),
        *_texts(x, year, y | {"field": "place"}, mode),
    ]
    if top is not None and what == "rank":
        layers = [_rule(y | {"datum": top + 0.5}, colours.target), *layers]
    if merged is not None:
        layers += _merger(x, merged, colours.quiet)
    return {
        "width": "container",
        "height": HEIGHT,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }


def _colours(mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    of = {"region": colours.context, "rival": colours.peer, "member": colours.chosen, "own": colours.chosen}
    scale = {"domain": list(of), "range": list(of.values())}
    return {"field": "role", "type": "nominal", "legend": None, "scale": scale}


def _lines(year: dict[str, Any], value: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    widths = {"own": 3, "region": 0.9}
    encoding = {
        "x": year,
        "y": value,
        "color": _colours(mode),
        "detail": {"field": "piece"},
        "order": {"field": "year"},
    }
    # A layer for each role, so that the chosen unit lies on top.
    return [
        {
            "transform": [{"filter": f"isValid(datum.value) && datum.role == '{role}' && {test}"}],
            "mark": {"type": "line", "strokeWidth": widths.get(role, 2), "tooltip": None} | look,
            "encoding": encoding,
        }
        for role in ROLES
        for test, look in (("!datum.dashed", {}), ("datum.dashed", {"strokeDash": [2, 5]}))
    ]


def _points(
    year: dict[str, Any], value: dict[str, Any], what: What, lang: Language, mode: Mode
) -> list[dict[str, Any]]:
    """Every point of the named lines; of the region's, those that no line reaches. Hollow: not printed so."""
    colours = PALETTES[mode]
    role = _colours(mode)
    said = [
        {"field": "name", "type": "nominal", "title": say(lang, "column.name")},
        {"field": "year", "type": "quantitative", "format": "d", "title": say(lang, "column.year")},
        {
            "field": "written",
            "type": "nominal",
            "title": say(lang, "column.shown_rank" if what == "rank" else "column.score"),
        },
    ]
    return [
        {
            "transform": [
                {"filter": "isValid(datum.value) && !datum.dashed"},
                {"filter": "datum.role != 'region' || datum.alone"},
            ],
            "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.8},
            "encoding": {
                "x": year,
                "y": value,
                "stroke": role,
                "fill": {"condition": {"test": "datum.hollow", "value": colours.ground}, **role},
                "shape": {"field": "shape", "type": "nominal", "scale": None},
                "size": {
                    "condition": [
                        {"test": "datum.role == 'own'", "value": 40},
                        {"test": "datum.role == 'region'", "value": 14},
                        {"test": "datum.role == 'rival'", "value": 18},
                    ],
                    "value": 30,
                },
                "tooltip": said,
            },
        }
    ]


def _texts(x: dict[str, Any], year: dict[str, Any], place: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    colours = PALETTES[mode]
    strong = {
        "condition": [
            {"test": "datum.role == 'own'", "value": colours.chosen},
            {"test": "datum.role == 'top'", "value": colours.target},
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
            "transform": [{"filter": "datum.kind == 'label'"}],
            "mark": {
                "type": "text",
                "align": "left",
                "dx": {"expr": "isValid(datum.shape) ? 12 : 0"},
                "fontSize": {"expr": "wide < 480 ? 11 : 13"},
                "tooltip": None,
            },
            "encoding": {
                "x": beside,
                "y": place,
                "text": {"field": "label"},
                "color": strong,
            },
        },
        {
            "transform": [{"filter": "datum.kind == 'label' && isValid(datum.shape)"}],
            "mark": {
                "type": "point",
                "size": 30,
                "filled": True,
                "color": colours.chosen,
                "opacity": 1,
                "tooltip": None,
            },
            "encoding": {"x": beside, "y": place, "shape": {"field": "shape", "type": "nominal", "scale": None}},
        },
        *(
            {
                "transform": [{"filter": "datum.kind == 'mark'"}],
                "mark": {"type": "text", "dy": -13, "fontWeight": 600, "tooltip": None} | look,
                "encoding": {"x": year, "y": place, "text": {"field": "label"}},
            }
            for look in looks
        ),
    ]


def _regimes(x: dict[str, Any], years: tuple[int, int], band: str, line: str, text: str) -> list[dict[str, Any]]:
    """A strip below the plot: one bar per regime, with its years where there is room."""
    is_band = {"filter": "datum.kind == 'band'"}
    room = f"(datum.to - datum.from) * (wide - {_MARGIN}) / {years[1] - years[0] + 1}"
    label = (
        f"{room} > 6.3 * length(datum.long) ? datum.long : {room} > 5.8 * length(datum.short) ? datum.short : ''"
    )
    ends = {"x": x | {"field": "from"}, "x2": {"field": "to"}}
    return [
        {
            "transform": [
                is_band,
                {"filter": f"datum.to < {years[1]}"},
                {"calculate": "datum.to + 0.05", "as": "edge"},
            ],
            "mark": {"type": "rule", "strokeDash": [1, 0], "color": line, "tooltip": None},
            "encoding": {"x": x | {"field": "edge"}, "y": {"value": 0}, "y2": {"value": HEIGHT}},
        },
        {
            "transform": [is_band],
            "mark": {"type": "rect", "color": band, "cornerRadius": 1.5, "tooltip": None},
            "encoding": ends | {"y": {"value": HEIGHT + 6}, "y2": {"value": HEIGHT + 9}},
        },
        {
            "transform": [
                is_band,
                {"calculate": "(datum.from + datum.to) / 2", "as": "centre"},
                {"calculate": label, "as": "text"},
            ],
            "mark": {"type": "text", "baseline": "top", "fontSize": 11, "color": text, "tooltip": None},
            "encoding": {
                "x": x | {"field": "centre"},
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


def _merger(x: dict[str, Any], merged: tuple[int, str], colour: str) -> list[dict[str, Any]]:
    """Where the 63 end: a line at the year of the merger, and what became of them."""
    at: dict[str, Any] = {"x": {**x, "datum": merged[0]}}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": colour, "strokeDash": [4, 3], "tooltip": None},
            "encoding": at | {"y": {"value": 0}, "y2": {"value": HEIGHT}},
        },
        {
            "data": {"values": [{}]},
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "bottom",
                "dx": 4,
                "fontSize": 11,
                "color": colour,
                "text": merged[1],
                "tooltip": None,
            },
            "encoding": at | {"y": {"value": _ABOVE}},
        },
    ]
