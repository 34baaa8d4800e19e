"""The provinces' outlines as the browser gets them: once, small, and from this server alone.

A map's rows change with every choice, its outlines never: they lie under the app's own address as TopoJSON
(`static/`), which browsers keep, and a chart only names the file. `python -m dashboard.charts.outlines` makes the
files anew from `data/geography`; a test holds them to it.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from data.names import UnitSet

GEOGRAPHY = Path(__file__).parents[2] / "data" / "geography"
STATIC = Path(__file__).parent.parent / "static"
Layer = Literal["outlines", "hatching"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
UNIT_SETS: tuple[UnitSet, ...] = ("63", "34")

# Quantised to about 200 m, far below what the outlines are good to.
_STEP = 0.002
# Hatching for units of which nothing is known: slanted lines so many degrees apart.
_HATCH = 0.16

Point = tuple[float, float]


@cache
def address(layer: Layer, unit_set: UnitSet) -> str:
    """Where the browser finds a layer; another content has another address, so none is ever stale."""
    digest = sha256(file(layer, unit_set).read_bytes()).hexdigest()[:8]
    return f"/app/static/{file(layer, unit_set).name}?v={digest}"


def file(layer: Layer, unit_set: UnitSet) -> Path:
    """The file of a layer."""
    return STATIC / f"{layer}-{unit_set}.json"


def made(layer: Layer, unit_set: UnitSet) -> str:
    """The TopoJSON of a layer: one object, `units`, whose geometries have the unit as id."""
    arcs: list[list[list[int]]] = []
    geometries: list[dict[str, Any]] = []
    for unit, polygons in outlines(unit_set).items():
        if layer == "outlines":
            rings = [[[_arc(arcs, ring)] for ring in _wound(polygon)] for polygon in polygons]
            geometries.append({"type": "MultiPolygon", "id": unit, "arcs": rings})
        else:
            lines = [[_arc(arcs, line)] for line in _hatched(polygons)]
            geometries.append({"type": "MultiLineString", "id": unit, "arcs": lines})
    topology = {
        "type": "Topology",
        "transform": {"scale": [_STEP, _STEP], "translate": [0, 0]},
        "objects": {"units": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }
    return json.dumps(topology, separators=(",", ":"))


@cache
def outlines(unit_set: UnitSet) -> dict[str, list[list[list[Point]]]]:
    """Each unit's polygons, each a list of rings of (longitude, latitude), from the project's geography."""
    found = {}
    for feature in _features(unit_set):
        if feature["properties"]["kind"] == "province":
            geometry = feature["geometry"]
            polygons = geometry["coordinates"]
            found[feature["properties"]["unit"]] = [polygons] if geometry["type"] == "Polygon" else polygons
    return found


@cache
def islands(unit_set: UnitSet) -> dict[str, list[Point]]:
    """The two archipelagos by name, each with a point for every island the map has."""
    return {
        feature["properties"]["name"]: [_middle(polygon[0]) for polygon in feature["geometry"]["coordinates"]]
        for feature in _features(unit_set)
        if feature["properties"]["kind"] == "archipelago"
    }


@cache
def centres(unit_set: UnitSet) -> dict[str, Point]:
    """Where to write on a unit: the centroid of its largest piece of land."""
    return {unit: _centroid(_mainland(polygons)) for unit, polygons in outlines(unit_set).items()}


@cache
def sides(unit_set: UnitSet) -> dict[str, tuple[float, float]]:
    """How far west and east the largest piece of each unit's land reaches."""
    found = {}
    for unit, polygons in outlines(unit_set).items():
        longitudes = [x for x, _ in _mainland(polygons)]
        found[unit] = (min(longitudes), max(longitudes))
    return found


def _features(unit_set: UnitSet) -> list[dict[str, Any]]:
    content = json.loads((GEOGRAPHY / f"provinces_{unit_set}.geojson").read_text(encoding="utf-8"))
    features: list[dict[str, Any]] = content["features"]
    return features


def _arc(arcs: list[list[list[int]]], points: list[Point]) -> int:
    """The points as steps from one to the next on the grid; the number of the arc."""
    grid = [(round(x / _STEP), round(y / _STEP)) for x, y in points]
    steps = [list(grid[0])]
    for (x0, y0), (x1, y1) in pairwise(grid):
        if (x0, y0) != (x1, y1):
            steps.append([x1 - x0, y1 - y0])
    if len(steps) == 1:
        steps.append([0, 0])
    arcs.append(steps)
    return len(arcs) - 1


def _wound(polygon: list[list[Point]]) -> list[list[Point]]:
    """The rings as the browser's maps want them, on a sphere: the outer one clockwise, holes the other way."""
    return [ring if (_area(ring) < 0) == (number == 0) else ring[::-1] for number, ring in enumerate(polygon)]


def _hatched(polygons: list[list[list[Point]]]) -> list[list[Point]]:
    """Lines of constant x + y inside the polygons."""
    lines = []
    for polygon in polygons:
        edges = [edge for ring in polygon for edge in pairwise(ring)]
        sums = [x + y for ring in polygon for x, y in ring]
        level = (min(sums) // _HATCH + 1) * _HATCH
        while level < max(sums):
            crossings = sorted(
                (x0 + t * (x1 - x0), y0 + t * (y1 - y0))
                for (x0, y0), (x1, y1) in edges
                if (x0 + y0 <= level) != (x1 + y1 <= level)
                for t in [(level - x0 - y0) / (x1 + y1 - x0 - y0)]
            )
            lines += [[*pair] for pair in zip(crossings[::2], crossings[1::2], strict=True)]
            level += _HATCH
    return lines


def _mainland(polygons: list[list[list[Point]]]) -> list[Point]:
    return max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))


def _middle(ring: list[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (round((min(xs) + max(xs)) / 2, 3), round((min(ys) + max(ys)) / 2, 3))


def _area(ring: list[Point]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def _centroid(ring: list[Point]) -> Point:
    pairs = [(*a, *b) for a, b in pairwise(ring)]
    cross = [x0 * y1 - x1 * y0 for x0, y0, x1, y1 in pairs]
    six = 3 * sum(cross)
    x = sum((x0 + x1) * c for (x0, _, x1, _), c in zip(pairs, cross, strict=True)) / six
    y = sum((y0 + y1) * c for (_, y0, _, y1), c in zip(pairs, cross, strict=True)) / six
    return (round(x, 3), round(y, 3))


if __name__ == "__main__":
    for each in UNIT_SETS:
        for kind in LAYERS:
            file(kind, each).write_text(made(kind, each), encoding="utf-8")
