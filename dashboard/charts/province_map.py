"""The map: every unit in the shade of its figure, what is unknown hatched, both archipelagos always there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts import outlines, shades
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.text import say
from dashboard.text.shades import Measure, Shades
from data.names import UnitSet
from data.spelling import fold
from data.text import Language

# Corners of the frame: the mainland and both archipelagos with their labels.
_FRAME = [[101.9, 8.3], [117.6, 23.6]]
_HEIGHT = 620
_LINE = 15
_LEGEND = 130
_UNKNOWN = "!isValid(datum.value)"
# The latitude that parts the northern archipelago from the southern one.
_MIDDLE = 13.5
# Latitudes between which Hoàng Sa lies off the coast, and its label off the northern part of that.
_CROWDED = (15.3, 16.6, 18.7)
_LEVEL = 16.0


def province_map(
    drawn: Shades, labels: Mapping[str, str], unit_set: UnitSet, base: str, caption: Caption
) -> Figure:
    """Every unit in the shade of its figure on the map, the unknown hatched, both archipelagos always named.

    `drawn` is what `shades.shaded` found; its `measure` says whether points, per cent or places are shaded, and
    the chosen unit is rimmed and named. `labels` are short names by unit, for where there is little room, `base`
    is the path that the app is served under: the browser gets the outlines from there. Units without an outline
    (Hà Tây, whose land has been Hà Nội's since 2008) are in the table alone.
    """
    places = outlines.centres(unit_set)
    rows = drawn.rows.filter(pl.col("unit").is_in(list(places))).with_columns(
        longitude=pl.col("unit").replace_strict({unit: x for unit, (x, _) in places.items()}),
        latitude=pl.col("unit").replace_strict({unit: y for unit, (_, y) in places.items()}),
    )
    layers = outlines.LAYERS if drawn.unknown else outlines.LAYERS[:1]
    addresses = tuple(base + outlines.address(layer, unit_set) for layer in layers)
    return caption.figure(
        "map",
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
    """`addresses`: where the outlines are, and after them the hatching, where any unit needs it."""
    colours = PALETTES[mode]
    units, *hatching = addresses
    layers = [
        _frame(),
        *(_shapes(address, _UNKNOWN, filled=False, stroke=colours.context) for address in hatching),
        _shapes(units, _UNKNOWN, fill="transparent", stroke=colours.quiet).encode(tooltip=shades.tooltip(lang)),
        _shapes(units, "isValid(datum.value)", stroke=colours.ground, strokeWidth=0.6).encode(
            color=shades.colour(measure, colours, lang, _LEGEND),
            opacity=shades.inside(),
            tooltip=shades.tooltip(lang),
        ),
        _marks(colours),
        *(
            _shapes(units, "datum.chosen", filled=False, stroke=colour, strokeWidth=width, tooltip=None)
            for colour, width in ((colours.ground, 4), (colours.ink, 2))
        ),
        *_names(colours),
        *_islands(unit_set, lang, colours.ink),
    ]
    return layered(layers, "container", alt.Chart().project("mercator"))


def _frame() -> alt.Chart:
    """An invisible frame, so that the map has the same extent whatever is drawn."""
    frame = {"type": "LineString", "coordinates": _FRAME}
    return alt.Chart(alt.InlineData([frame])).mark_geoshape(filled=False, opacity=0)


def _shapes(address: str, test: str, **look: Any) -> alt.Chart:
    """The outlines of the units that pass the test, from the file at an address of ours."""
    outlines = alt.LookupData(data=alt.topo_feature(address, "units"), key="id")
    return (
        alt.Chart()
        .transform_filter(test)
        .transform_lookup(lookup="unit", from_=outlines, as_="outline")
        .mark_geoshape(**{"strokeWidth": 0.8, "strokeJoin": "round", **look})
        .encode(shape=alt.Shape("outline", type="geojson"))
    )


def _marks(colours: Palette) -> alt.Chart:
    """How a figure is known, where not all are known alike."""
    return (
        alt.Chart()
        .transform_filter("isValid(datum.shape)")
        .mark_point(fill=colours.ground, stroke=colours.ink, size=16, strokeWidth=1, tooltip=None)
        .encode(**_at(), shape=alt.Shape("shape:N", scale=None))
    )


def _at(of: str = "") -> dict[str, Any]:
    return {"longitude": alt.Longitude(f"{of}longitude:Q"), "latitude": alt.Latitude(f"{of}latitude:Q")}


def _names(colours: Palette) -> list[alt.Chart]:
    """The chosen unit's name beside it, with a halo: to the sea, or inland where the sea is Hoàng Sa's."""
    halo: dict[str, Any] = {"stroke": colours.ground, "strokeWidth": 4, "strokeJoin": "round"}
    return [
        alt.Chart()
        .transform_filter(f"datum.chosen && datum.inland == {str(inland).lower()}")
        .mark_text(
            align="right" if inland else "left",
            dx=-8 if inland else 8,
            fontSize=alt.ExprRef("wide < 480 ? 12 : 14"),
            fontWeight=600,
            tooltip=None,
            **look,
        )
        .encode(**_at("label_"), text=alt.Text("label:N"))
        for inland in (False, True)
        for look in (halo, {"color": colours.ink})
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


def _islands(unit_set: UnitSet, lang: Language, ink: str) -> list[alt.Chart]:
    """Both archipelagos, labelled above and below: their islands as dots, far larger than they are."""
    layers = []
    for name, points in sorted(outlines.islands(unit_set).items()):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        above = min(ys) > _MIDDLE
        first, second, province = archipelago(name, lang)
        label = {
            "longitude": (min(xs) + max(xs)) / 2,
            "latitude": max(ys) if above else min(ys),
            "text": [f"{first} {second}", province],
        }
        look: dict[str, Any] = {"baseline": "bottom", "dy": -_LINE - 8} if above else {"baseline": "top", "dy": 8}
        layers += [
            alt.Chart(alt.InlineData([{"longitude": x, "latitude": y} for x, y in points]))
            .mark_circle(size=12, color=ink, opacity=1, tooltip=None)
            .encode(**_at()),
            alt.Chart(alt.InlineData([label]))
            .mark_text(color=ink, lineHeight=_LINE, tooltip=None, **look)
            .encode(**_at(), text=alt.Text("text:N")),
        ]
    return layers
