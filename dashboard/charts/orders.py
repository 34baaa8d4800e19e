"""The order of all units on each component, for editions of which only that and rescaled scores are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.row_names import NAMES, folded, row_names, row_range, rows_height
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode
from data.text import Language

_EDGE = 8  # half a dot beyond the end of the scale


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around and in the chart.

    `axis` titles the scale; `labels` holds each component's name by its code, `places` what stands over our own
    dot by the component's code; `headings` are those of the table: component, name, order, scaled, score,
    score_low, score_high.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    axis: str
    labels: Mapping[str, str]
    places: Mapping[str, str]
    headings: Mapping[str, str]


def orders_chart(rows: pl.DataFrame, own: str, words: Words, lang: Language, mode: Mode) -> Figure:
    """A strip for each component with a dot for every unit, that of the unit `own` strong and with its place.

    `rows` are those of `analytics.standing.profile.orders`; read are unit, name, name_en, component, order, scaled
    and, for the table, score, score_low and score_high. The scale goes from 0, the component's lowest unit, to 10,
    its highest.
    """
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
        said=pl.format("{}, {}: {}", "shown_name", "label", "order"),
    ).select("folded", "shown_name", "order", "scaled", "own", "written", "said")
    high = rows_height([folded(words.labels[code]) for code in words.places])
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
    x = alt.X(
        "scaled:Q",
        scale=alt.Scale(domain=[0, 10], range=row_range(NAMES, _EDGE)),
        axis=alt.Axis(title=axis, tickCount=6, grid=True, format="d"),
    )
    # The rows as they come.
    y = alt.Y("folded:N", sort=None, axis=None)
    tooltip = [alt.Tooltip("shown_name:N", title=""), alt.Tooltip("order:Q", format="d", title=order)]

    def dots(test: str, size: int, stroke: str) -> alt.Chart:
        # Hollow: these are second-hand figures, rescaled by whoever gave them.
        look = alt.Chart().mark_point(size=size, stroke=stroke, fill=colours.ground, strokeWidth=1.6, opacity=1)
        return look.transform_filter(test).encode(x=x, y=y, tooltip=tooltip)

    place = alt.Chart().mark_text(
        dy=-14,
        baseline="middle",
        # Away from the ends of the scale.
        align=alt.ExprRef("datum.scaled > 8.5 ? 'right' : datum.scaled < 1.5 ? 'left' : 'center'"),
        color=colours.chosen,
        fontWeight=600,
    )
    layers = [
        # Our own row of each component carries its name.
        row_names(NAMES, y, colours).transform_filter("datum.own"),
        dots("!datum.own", 44, colours.context),
        dots("datum.own", 150, colours.chosen),
        place.transform_filter("isValid(datum.written)").encode(x=x, y=y, text=alt.Text("written:N")),
    ]
    return layered(layers, high, fit="fit")
