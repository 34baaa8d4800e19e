"""The map: every unit in the shade of its figure, what is unknown hatched, both archipelagos always there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts import outlines, shades
from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import WIDE, Figure
from dashboard.charts.shades import Measure, Shades
from dashboard.charts.theme import PALETTES, Mode
from dashboard.text import say
from data.names import UnitSet, fold
from data.text import Language

# Corners of the frame: the mainland and both archipelagos with their labels.
_FRAME = [[101.9, 8.3], [117.6, 23.6]]
_HEIGHT = 620
_LINE = 15
# The latitude that parts the northern archipelago from the southern one.
_MIDDLE = 13.5
# Latitudes between which Hoàng Sa lies off the coast, and its label off the northern part of that.
_CROWDED = (15.3, 16.6, 18.7)
_LEVEL = 16.0


def province_map(
    drawn: Shades, labels: Mapping[str, str], unit_set: UnitSet, base: str, caption: Caption
) -> Figure:
    """A choropleth of `shades.shaded`; `labels` are short names, `base` the path that the app is served under.

    Units without an outline (Hà Tây, whose land has been Hà Nội's since 2008) are in the table alone.
    """
    places = outlines.centres(unit_set)
    rows = drawn.rows.filter(pl.col("unit").is_in(list(places))).with_columns(
        longitude=pl.col("unit").replace_strict({unit: x for unit, (x, _) in places.items()}),
        latitude=pl.col("unit").replace_strict({unit: y for unit, (_, y) in places.items()}),
    )
    layers = outlines.LAYERS if drawn.unknown else outlines.LAYERS[:1]
    addresses = tuple(base + outlines.address(layer, unit_set) for layer in layers)
    return Figure(
        name="map",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(drawn.measure, unit_set, addresses, caption.lang, caption.mode),
        rows=_labelled(rows, labels, unit_set),
        table=shades.table(drawn, caption.lang),
        width=600,
        height=_HEIGHT,
        files=dict(zip(addresses, (outlines.file(layer, unit_set) for layer in layers), strict=True)),
    )


def archipelago(name: str, lang: Language) -> list[str]:
    """What stands beside an archipelago: its name in two parts, and the province it belongs to."""
    return say(lang, f"islands.{fold(name.rpartition('o ')[2])}").split("|")


@cache
def _spec(
    measure: Measure, unit_set: UnitSet, addresses: tuple[str, ...], lang: Language, mode: Mode
) -> dict[str, Any]:
    colours = PALETTES[mode]
    chosen = {"filter": "datum.chosen"}
    known, unknown = {"filter": "isValid(datum.value)"}, {"filter": "!isValid(datum.value)"}
    tooltip = shades.tooltip(lang)
    units, *hatching = addresses
    return {
        "width": "container",
        "height": "container",
        "params": [WIDE],
        "projection": {"type": "mercator"},
        "layer": spoken(
            [
                {
                    "data": {"values": [{"type": "LineString", "coordinates": _FRAME}]},
                    "mark": {"type": "geoshape", "filled": False, "opacity": 0},
                },
                *(
                    _shape(address, [unknown], {"filled": False, "stroke": colours.context})
                    for address in hatching
                ),
                _shape(units, [unknown], {"fill": "transparent", "stroke": colours.quiet}, tooltip=tooltip),
                _shape(
                    units,
                    [known],
                    {"stroke": colours.ground, "strokeWidth": 0.6},
                    tooltip=tooltip,
                    color={
                        "field": "value",
                        "type": "quantitative",
                        "scale": shades.scale(measure, colours.low, colours.high),
                        "legend": _legend(measure, lang),
                    },
                    opacity={"condition": {"test": "datum.inside", "value": 1}, "value": 0.25},
                ),
                {
                    "transform": [{"filter": "isValid(datum.shape)"}],
                    "mark": {
                        "type": "point",
                        "fill": colours.ground,
                        "stroke": colours.ink,
                        "size": 16,
                        "strokeWidth": 1,
                        "tooltip": None,
                    },
                    "encoding": _at() | {"shape": {"field": "shape", "type": "nominal", "scale": None}},
                },
                _shape(units, [chosen], _line(colours.ground, 4)),
                _shape(units, [chosen], _line(colours.ink, 2)),
                *_names(colours.ground, colours.ink),
                *_islands(unit_set, lang, colours.ink),
            ]
        ),
    }


def _shape(address: str, filters: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    found = {"data": {"url": address, "format": {"type": "topojson", "feature": "units"}}, "key": "id"}
    return {
        "transform": [*filters, {"lookup": "unit", "from": found, "as": "outline"}],
        "mark": {"type": "geoshape", "strokeWidth": 0.8, "strokeJoin": "round"} | mark,
        "encoding": {"shape": {"field": "outline", "type": "geojson"}} | encoding,
    }


def _line(colour: str, width: float) -> dict[str, Any]:
    return {"filled": False, "stroke": colour, "strokeWidth": width, "tooltip": None}


def _at() -> dict[str, Any]:
    return {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }


def _names(ground: str, ink: str) -> list[dict[str, Any]]:
    """The chosen unit's name beside it, with a halo: to the sea, or inland where the sea is Hoàng Sa's."""
    halo = {"stroke": ground, "strokeWidth": 4, "strokeJoin": "round"}
    mark = {"type": "text", "fontSize": {"expr": "wide < 480 ? 12 : 14"}, "fontWeight": 600, "tooltip": None}
    at = {
        "longitude": {"field": "label_longitude", "type": "quantitative"},
        "latitude": {"field": "label_latitude", "type": "quantitative"},
    }
    return [
        {
            "transform": [{"filter": f"datum.chosen && datum.inland == {str(inland).lower()}"}],
            "mark": mark | {"align": "right" if inland else "left", "dx": -8 if inland else 8} | look,
            "encoding": at | {"text": {"field": "label"}},
        }
        for inland in (False, True)
        for look in (halo, {"color": ink})
    ]


def _labelled(rows: pl.DataFrame, labels: Mapping[str, str], unit_set: UnitSet) -> pl.DataFrame:
    """Where each unit's name would stand and what it would say: beside Hoàng Sa there is room for less."""
    sides = outlines.sides(unit_set)
    west, east = ({unit: ends[side] for unit, ends in sides.items()} for side in (0, 1))
    latitude = pl.col("latitude")
    beside, inland = latitude.is_between(_CROWDED[0], _CROWDED[2]), latitude.is_between(*_CROWDED[1:])
    unit = pl.col("unit")
    return rows.with_columns(
        inland=inland,
        label_longitude=pl.when(inland).then(unit.replace_strict(west)).otherwise(unit.replace_strict(east)),
        # The southernmost of its islands lie level with the coast: below them.
        label_latitude=pl.when(beside & (latitude < _LEVEL)).then(_CROWDED[0]).otherwise(latitude),
        label=pl.when(beside)
        .then(unit.replace_strict(labels, default=None, return_dtype=pl.String).fill_null(pl.col("name")))
        .otherwise(pl.concat_str("name", "written", separator=" ")),
    )


def _islands(unit_set: UnitSet, lang: Language, ink: str) -> list[dict[str, Any]]:
    """Both archipelagos, labelled above and below: their islands as dots, far larger than they are."""
    layers: list[dict[str, Any]] = []
    for name, points in sorted(outlines.islands(unit_set).items()):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        above = min(ys) > _MIDDLE
        first, second, province = archipelago(name, lang)
        label = {
            "longitude": (min(xs) + max(xs)) / 2,
            "latitude": max(ys) if above else min(ys),
            "text": [f"{first} {second}", province],
        }
        look = {"baseline": "bottom", "dy": -_LINE - 8} if above else {"baseline": "top", "dy": 8}
        layers += [
            {
                "data": {"values": [{"longitude": x, "latitude": y} for x, y in points]},
                "mark": {"type": "circle", "size": 12, "color": ink, "opacity": 1, "tooltip": None},
                "encoding": _at(),
            },
            {
                "data": {"values": [label]},
                "mark": {"type": "text", "color": ink, "lineHeight": _LINE, "tooltip": None} | look,
                "encoding": _at() | {"text": {"field": "text"}},
            },
        ]
    return layers


def _legend(measure: Measure, lang: Language) -> dict[str, Any]:
    return {
        "title": shades.legend_title(measure, lang),
        "orient": "bottom",
        "direction": "horizontal",
        "gradientLength": 130,
        "gradientThickness": 10,
        "titleLimit": 200,
        "titleFontWeight": 400,
        "padding": 8,
        "tickCount": 3,
    }
