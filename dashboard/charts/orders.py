"""Who comes before whom on each component, where only the order and the rescaled score are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.profile import component_names, folded, height
from dashboard.charts.theme import PALETTES, Mode
from data.text import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around and in the picture; `labels` names components, `places` writes each one's order."""

    title: str
    subtitle: str
    source: str
    alt: str
    axis: str
    labels: Mapping[str, str]
    places: Mapping[str, str]
    headings: Mapping[str, str]


def orders_chart(rows: pl.DataFrame, own: str, words: Words, lang: Language, mode: Mode) -> Figure:
    """The rows of `analytics.profile.orders` as a strip for each component: a dot for every unit, ours strong."""
    named = rows.with_columns(
        label=pl.col("component").replace_strict(words.labels, return_dtype=pl.String),
        folded=pl.col("component").replace_strict(
            {code: folded(label) for code, label in words.labels.items()}, return_dtype=pl.String
        ),
        shown_name=pl.col("name" if lang == "vi" else "name_en"),
        own=pl.col("unit") == own,
    )
    drawn = named.with_columns(
        written=pl.when("own").then(pl.col("component").replace_strict(words.places, default=None)),
    ).select("folded", "shown_name", "order", "scaled", "own", "written")
    high = height([folded(words.labels[code]) for code in words.places])
    columns = {
        "component": "label",
        "name": "shown_name",
        "order": "order",
        "scaled": "scaled",
        "score": "score",
        "score_low": "score_low",
        "score_high": "score_high",
    }
    return Figure(
        name="orders",
        title=words.title,
        subtitle=words.subtitle,
        source=words.source,
        alt=words.alt,
        spec=_spec(words.axis, words.headings["order"], high, mode),
        rows=drawn,
        table=named.select(pl.col(column).alias(words.headings[key]) for key, column in columns.items()),
    )


@cache
def _spec(axis: str, order: str, high: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = {
        "field": "scaled",
        "type": "quantitative",
        "scale": {"domain": [0, 10]},
        "axis": {"title": axis, "tickCount": 6, "grid": True, "format": "d"},
    }
    y = {
        "field": "folded",
        "type": "nominal",
        "sort": None,  # as the rows come
        "axis": None,
    }
    tooltip = [
        {"field": "shown_name", "type": "nominal", "title": ""},
        {"field": "order", "type": "quantitative", "format": "d", "title": order},
    ]

    def dots(test: str, size: int, stroke: str, fill: str) -> dict[str, Any]:
        return {
            "transform": [{"filter": test}],
            # Hollow: these are second-hand figures, rescaled by whoever gave them.
            "mark": {
                "type": "point",
                "size": size,
                "stroke": stroke,
                "fill": fill,
                "strokeWidth": 1.6,
                "opacity": 1,
            },
            "encoding": {"x": x, "tooltip": tooltip},
        }

    return {
        "width": "container",
        "height": high,
        "encoding": {"y": y},
        "layer": [
            _once(component_names(colours)),
            dots("!datum.own", 44, colours.context, colours.ground),
            dots("datum.own", 150, colours.chosen, colours.ground),
            {
                "transform": [{"filter": "isValid(datum.written)"}],
                "mark": {
                    "type": "text",
                    "dy": -14,
                    "baseline": "middle",
                    "align": {"expr": "datum.scaled > 8.5 ? 'right' : datum.scaled < 1.5 ? 'left' : 'center'"},
                    "color": colours.chosen,
                    "fontWeight": 600,
                },
                "encoding": {"x": x, "text": {"field": "written"}},
            },
        ],
    }


def _once(layer: dict[str, Any]) -> dict[str, Any]:
    """A layer for our own rows only: one for each component."""
    return layer | {"transform": [{"filter": "datum.own"}, *layer["transform"]]}
