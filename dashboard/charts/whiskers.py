"""Estimates with their intervals against a line of none: a dot for each, full where it is told from the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.profile import folded
from dashboard.charts.row_names import row_names, row_places
from dashboard.charts.theme import PALETTES, Mode

COLUMNS = ("label", "value", "low", "high", "second", "strong", "written")
_NAMES = 152  # room for the names at the left
_LABELS = 76  # and for what is written at the right
_BELOW = 0.27  # of a row: how far the second estimate lies below the first


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis: its title, its ends, and where it is labelled with what. 0 is the line of none."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


def whiskers(name: str, rows: pl.DataFrame, scale: Scale, step: int, caption: Caption) -> Figure:
    """`rows` (`COLUMNS`), one below the other, `step` pixels high.

    `value` between `low` and `high` (null where nothing can be estimated, or no interval is known); `second`, the
    same estimated otherwise, as a small diamond; `strong` fills the dot; `written` stands at the right, in as many
    lines as it has. All in the measure of the scale.
    """
    drawn = rows.select(COLUMNS).with_columns(
        place=pl.int_range(pl.len()),
        folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
        said=pl.format("{}: {}", "label", pl.col("written").str.replace_all("\n", ", ")),
    )
    headings = {"label": "column.term", "written": "drivers.chart.written"}
    headings |= {key: f"drivers.chart.{key}" for key in ("value", "low", "high", "second")}
    return Figure(
        name=name,
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(scale, drawn.height, step, caption.mode),
        rows=drawn,
        table=drawn.select(
            pl.col(column).str.replace_all("\n", ", ").alias(caption.say(heading))
            if column == "written"
            else pl.col(column).alias(caption.say(heading))
            for column, heading in headings.items()
        ),
    )


def reach(rows: pl.DataFrame, share: float = 0.06) -> tuple[float, float]:
    """The ends of a scale that holds every interval and the line of none, with a little air."""
    parts = [rows[name].drop_nulls() for name in ("value", "low", "high", "second")]
    known: Sequence[float] = [0.0, *(value for part in parts for value in part.to_list())]
    low, high = min(known), max(known)
    air = share * ((high - low) or 1.0)
    return low - air, high + air


@cache
def _spec(scale: Scale, count: int, step: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    places = [place for place, _ in scale.ticks]
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {
            "domain": [scale.low, scale.high],
            "nice": False,
            "zero": False,
            "range": [_NAMES + 8, {"expr": f"wide - {_LABELS}"}],
        },
        "axis": {
            "title": scale.title,
            "values": places,
            "labelExpr": f"{[label for _, label in scale.ticks]}[indexof({places}, datum.value)]",
            "grid": True,
            "labelOverlap": True,
        },
    }
    strength = {"condition": {"test": "datum.strong", "value": colours.chosen}, "value": colours.quiet}
    return {
        "width": "container",
        "height": count * step,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(_layers(x, row_places(count), strength, mode)),
    }


def _layers(x: dict[str, Any], y: dict[str, Any], strength: dict[str, Any], mode: Mode) -> list[dict[str, Any]]:
    colours = PALETTES[mode]
    known = {"transform": [{"filter": "isValid(datum.value)"}]}
    tooltip = [
        {"field": "label", "type": "nominal", "title": ""},
        {"field": "written", "type": "nominal", "title": " "},
    ]
    return [
        row_names(_NAMES, y, "datum.strong", colours),
        {
            "transform": [{"filter": "datum.place === 0"}],
            "mark": {"type": "rule", "strokeWidth": 1.5, "color": colours.quiet},
            "encoding": {"x": x | {"datum": 0}},
        },
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round"},
            "encoding": {
                "x": x | {"field": "low"},
                "x2": {"field": "high"},
                "y": y,
                "color": _line(strength, mode),
            },
        },
        {
            "transform": [
                {"filter": "isValid(datum.second)"},
                {"calculate": f"datum.place + {_BELOW}", "as": "below"},
            ],
            "mark": {"type": "point", "shape": "diamond", "size": 44, "filled": False, "strokeWidth": 1.5},
            "encoding": {
                "x": x | {"field": "second"},
                "y": y | {"field": "below"},
                "stroke": {"value": colours.quiet},
            },
        },
        known
        | {
            "mark": {"type": "point", "size": 90, "strokeWidth": 2, "opacity": 1},
            "encoding": {
                "x": x | {"field": "value"},
                "y": y,
                "stroke": strength,
                "fill": {
                    "condition": {"test": "datum.strong", "value": colours.chosen},
                    "value": colours.ground,
                },
                "tooltip": tooltip,
            },
        },
        {
            "transform": [{"calculate": "split(datum.written, '\\n')", "as": "lines"}],
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "middle",
                "lineHeight": 14,
                "dy": {"expr": "-7 * (length(datum.lines) - 1)"},
                "color": colours.ink,
                "fontWeight": {"expr": "datum.strong ? 600 : 400"},
            },
            "encoding": {"x": {"value": {"expr": "wide"}}, "y": y, "text": {"field": "lines"}},
        },
    ]


def _line(strength: dict[str, Any], mode: Mode) -> dict[str, Any]:
    """An interval that reaches over the line of none lies back."""
    return strength | {"value": PALETTES[mode].context}
