"""Small multiples: one panel per component, all on one scale, in as many columns as the screen has room for.

One drawing rather than Vega-Lite's facets, whose panels have a fixed width: here every position is reckoned from
the width as it is, so the same figure stands on a phone (two columns) and on a wall (four).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.theme import PALETTES, Mode
from dashboard.charts.trend import SHAPES
from dashboard.charts.trend_spec import Role
from data import number
from data.text import Language, Text

_PANEL = 140  # height on a phone, where the columns are fewest
_FEWEST = 2
_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 26, 26, 46


@dataclass(frozen=True, slots=True)
class Scale:
    """What all panels are drawn on: from `low` to `high`, `digits` decimals; `reverse`: the lowest on top."""

    low: float
    high: float
    digits: int
    reverse: bool = False

    def up(self, value: float) -> float:
        """How high a value lies, 0 to 1."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return 1 - share if self.reverse else share


def panels(
    pieces: pl.DataFrame,
    components: Sequence[tuple[str, Text, Text]],
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    years: tuple[int, int],
    scale: Scale,
    caption: Caption,
) -> Figure:
    """The pieces of `analytics.trend.pieces`; `components` as (code, name, short name), a panel each."""
    rows = _drawn(pieces, components, roles, names, years, scale, caption.lang)
    return Figure(
        name="components",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(len(components), years, _ends(scale, caption.lang), caption.mode),
        rows=pl.concat(
            [rows.drop("unit", "component"), _frames(components, caption.lang), _latest(rows)], how="diagonal"
        ),
        table=_table(rows, components, caption, ranks=scale.reverse),
    )


def _drawn(
    pieces: pl.DataFrame,
    components: Sequence[tuple[str, Text, Text]],
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    years: tuple[int, int],
    scale: Scale,
    lang: Language,
) -> pl.DataFrame:
    """The points of all lines: in which panel, how far along and how high up."""
    place = {code: number for number, (code, _, _) in enumerate(components)}
    span = max(years[1] - years[0], 1)
    shapes = dict(zip((unit for unit in roles if roles[unit] == "member"), SHAPES, strict=False))
    lines = pieces.filter(pl.col("unit").is_in(list(roles)), pl.col("component").is_in(list(place)))
    status = "rank_status" if scale.reverse else "score_status"
    spelt = {code: name.in_(lang) for code, name, _ in components}
    drawn = lines.select(
        "unit",
        "component",
        "year",
        "value",
        "piece",
        "dashed",
        "alone",
        panel=pl.col("component").replace_strict(place, return_dtype=pl.Int64),
        along=(pl.col("year").cast(pl.Float64) - years[0]) / span,
        up=pl.col("value").map_elements(scale.up, return_dtype=pl.Float64),
        role=pl.col("unit").replace_strict(roles, return_dtype=pl.String),
        ending=~pl.col("dashed") & (pl.col("year") == pl.col("year").max().over("unit", "component")),
        shape=pl.col("unit").replace_strict(shapes, default="circle", return_dtype=pl.String),
        name=pl.col("unit").replace_strict(names, return_dtype=pl.String),
        hollow=pl.col(status).cast(pl.String).fill_null("computed") != "published",
        written=pl.col("value").map_elements(
            lambda value: number.decimal(value, scale.digits, lang), return_dtype=pl.String
        ),
    )
    part = pl.col("component").replace_strict(spelt, return_dtype=pl.String)
    # Words go only with the points that are drawn: most are joined by a line and have none.
    shown = pl.any_horizontal("alone", "ending", "hollow")
    return drawn.with_columns(
        said=pl.when(shown).then(pl.format("{}, {} {}: {}", part, "name", "year", "written")),
        piece=pl.col("piece").rank("dense"),
    )


def _ends(scale: Scale, lang: Language) -> tuple[str, str]:
    """What is written at the foot and at the top of a panel."""
    low, high = (number.decimal(value, 0, lang) for value in (scale.low, scale.high))
    return (high, low) if scale.reverse else (low, high)


def _frames(components: Sequence[tuple[str, Text, Text]], lang: Language) -> pl.DataFrame:
    rows = [
        {
            "kind": "frame",
            "panel": place,
            "long": name.in_(lang),
            "short": short.in_(lang),
            "along": 0.0,
            "up": 0.0,
        }
        for place, (_, name, short) in enumerate(components)
    ]
    return pl.DataFrame(rows, schema_overrides={"panel": pl.Int64})


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """The last figure of the chosen unit in each panel, written beside its point; of members none: too many."""
    own = rows.filter(~pl.col("dashed"), role="own")
    last = own.group_by("panel").agg(pl.all().sort_by("year").last())
    return last.select("panel", "along", "up", "written", kind=pl.lit("latest"))


def _table(
    rows: pl.DataFrame, components: Sequence[tuple[str, Text, Text]], caption: Caption, *, ranks: bool
) -> pl.DataFrame:
    named = {code: name.in_(caption.lang) for code, name, _ in components}
    return (
        rows.filter(~pl.col("dashed"))
        .sort("panel", "unit", "year")
        .select(
            pl.col("component").replace_strict(named).alias(caption.say("column.component")),
            pl.col("name").alias(caption.say("column.name")),
            pl.col("year").alias(caption.say("column.year")),
            pl.col("value").alias(caption.say("column.shown_rank" if ranks else "column.score")),
        )
    )


@cache
def _spec(count: int, years: tuple[int, int], ends: tuple[str, str], mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    height = _PANEL * -(-count // _FEWEST)
    params = [
        WIDE,
        {"name": "columns", "expr": "wide > 900 ? 4 : wide > 600 ? 3 : 2"},
        {"name": "across", "expr": "wide / columns"},
        {"name": "down", "expr": f"{height} / ceil({count} / columns)"},
    ]
    left = f"(datum.panel % columns) * across + {_LEFT}"
    inner = f"(across - {_LEFT + _RIGHT})"
    top = f"floor(datum.panel / columns) * down + {_TOP}"
    tall = f"(down - {_TOP + _BOTTOM})"
    where = [
        {"calculate": f"{left} + datum.along * {inner}", "as": "x"},
        {"calculate": f"{top} + (1 - datum.up) * {tall}", "as": "y"},
        {"calculate": left, "as": "left"},
        {"calculate": f"{left} + {inner}", "as": "right"},
        {"calculate": top, "as": "top"},
        {"calculate": f"{top} + {tall}", "as": "foot"},
        {"calculate": "length(datum.long || '') * 6.7 < across - 8 ? datum.long : datum.short", "as": "heading"},
    ]
    roles = {"region": colours.quiet, "rival": colours.peer, "member": colours.chosen, "own": colours.chosen}
    colour = {
        "field": "role",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(roles), "range": list(roles.values())},
    }
    return {
        "width": "container",
        "height": height,
        "autosize": FIT_WIDTH,
        "params": params,
        "transform": where,
        "layer": spoken(
            [
                *_furniture(years, ends, colours.ink, colours.quiet, colours.rule),
                *_lines(colour),
                {
                    "transform": [
                        {"filter": "isValid(datum.value) && !datum.dashed"},
                        {"filter": "datum.alone || datum.role != 'region' && (datum.ending || datum.hollow)"},
                    ],
                    "mark": {"type": "point", "opacity": 1, "strokeWidth": 1.4, "size": 22},
                    "encoding": _xy("x", "y")
                    | {
                        "stroke": colour,
                        "fill": {"condition": {"test": "datum.hollow", "value": colours.ground}, **colour},
                        "shape": {"field": "shape", "type": "nominal", "scale": None},
                        "tooltip": [
                            {"field": "name", "type": "nominal", "title": ""},
                            {"field": "year", "type": "quantitative", "format": "d", "title": ""},
                            {"field": "written", "type": "nominal", "title": ""},
                        ],
                    },
                },
                _text(
                    "latest",
                    "x",
                    "y",
                    "written",
                    {"align": "left", "dx": 7, "fontWeight": 600, "color": colours.chosen},
                ),
            ]
        ),
    }


def _xy(x: str, y: str) -> dict[str, Any]:
    return {
        "x": {"field": x, "type": "quantitative", "scale": None, "axis": None},
        "y": {"field": y, "type": "quantitative", "scale": None, "axis": None},
    }


def _lines(colour: dict[str, Any]) -> list[dict[str, Any]]:
    widths = {"own": 2.4, "member": 2}
    return [
        {
            "transform": [{"filter": f"isValid(datum.value) && datum.role == '{role}' && {test}"}],
            "mark": {"type": "line", "strokeWidth": widths.get(role, 1.4), "tooltip": None} | look,
            "encoding": _xy("x", "y")
            | {"color": colour, "detail": {"field": "piece"}, "order": {"field": "year"}},
        }
        for role in ("region", "rival", "member", "own")
        for test, look in (("!datum.dashed", {}), ("datum.dashed", {"strokeDash": [2, 4]}))
    ]


def _furniture(
    years: tuple[int, int], ends: tuple[str, str], ink: str, quiet: str, rule: str
) -> list[dict[str, Any]]:
    """Heading, the two ends of the scale, the first and the last year of every panel."""
    small = {"fontSize": 10, "color": quiet}
    found = [
        {
            "transform": [{"filter": "datum.kind == 'frame'"}],
            "mark": {"type": "rule", "color": rule, "tooltip": None},
            "encoding": _xy("left", side) | {"x2": {"field": "right"}},
        }
        for side in ("top", "foot")
    ]
    found.append(
        _text(
            "frame",
            "left",
            "top",
            "heading",
            {"align": "left", "dx": -_LEFT + 2, "dy": -16, "color": ink, "fontWeight": 600},
        )
    )
    for side, text in (("foot", ends[0]), ("top", ends[1])):
        found.append(_text("frame", "left", side, None, small | {"align": "right", "dx": -5, "text": text}))
    for side, year, align in (("left", years[0], "left"), ("right", years[1], "right")):
        found.append(_text("frame", side, "foot", None, small | {"align": align, "dy": 11, "text": str(year)}))
    return found


def _text(kind: str, x: str, y: str, field: str | None, look: dict[str, Any]) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"datum.kind == '{kind}'"}],
        "mark": {"type": "text", "tooltip": None} | look,
        "encoding": _xy(x, y) | ({"text": {"field": field}} if field else {}),
    }
