"""A unit's components on one scale: its value, the edition's median, and the range from lowest to highest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.row_names import NAMES, folded, row_figures, row_names, row_range, rows_height
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette

Order = Literal["publisher", "gap"]

_FIGURES = 84  # room for what is written at the right


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around and in the chart.

    `axis` titles the scale and `median` the median of a dot that is pointed at; `labels` holds each component's
    name by its code, `values` what stands at the end of each row (value and distance to the median), row by row;
    `headings` are those of the table: component, score, value, median, lowest, highest, gap, known.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    axis: str
    median: str
    labels: Mapping[str, str]
    values: Sequence[str]
    headings: Mapping[str, str]


def profile_chart(rows: pl.DataFrame, order: Order, words: Words, mode: Mode) -> Figure:
    """A row for each component: a bar from the lowest unit to the highest, the median, and a dot for the unit.

    `rows` are those of `analytics.standing.profile.profile`; read are component, score, score_status, known (how
    many units) and value, median, lowest, highest and gap (all in points, or all in per cent of each component's
    maximum). Rows without a value are left out of the drawing, not of the table. A line shows the gap between
    median and dot; the dot is hollow where the publisher did not print the score. `order` is the publisher's, or
    that of the gaps, the furthest below the median first.
    """
    written = rows.with_columns(
        label=pl.col("component").replace_strict(words.labels, return_dtype=pl.String),
        folded=pl.col("component").replace_strict(
            {code: folded(label) for code, label in words.labels.items()}, return_dtype=pl.String
        ),
        written=pl.Series(words.values, dtype=pl.String),
        printed=pl.col("score_status").eq_missing(pl.lit("published")),
    ).with_columns(said=pl.format("{}: {}", "label", "written"))
    if order == "gap":
        written = written.sort("gap", nulls_last=True)
    drawn = written.drop_nulls("value").select(
        "label", "folded", "written", "value", "median", "lowest", "highest", "gap", "printed", "known", "said"
    )
    table = written.select(
        pl.col(column).alias(words.headings[key])
        for key, column in {
            "component": "label",
            "score": "score",
            "value": "value",
            "median": "median",
            "lowest": "lowest",
            "highest": "highest",
            "gap": "gap",
            "known": "known",
        }.items()
    )
    return Figure(
        name="profile",
        title=words.title,
        subtitle=words.subtitle,
        source=words.source,
        alt=words.alt,
        spec=_spec(words.axis, words.median, rows_height(drawn["folded"].to_list()), mode),
        rows=drawn,
        table=table,
    )


@cache
def _spec(axis: str, median: str, high: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    # The rows as they come.
    y = alt.Y("folded:N", sort=None, axis=None)
    layers = [
        row_names(NAMES, y, colours),
        *_spreads(axis, y, colours),
        _own(axis, median, y, colours),
        row_figures(y, colours),
    ]
    return layered(layers, high, fit="fit")


def _x(field: str, axis: str) -> alt.X:
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(zero=False, nice=False, padding=14, range=row_range(NAMES, _FIGURES)),
        axis=alt.Axis(title=axis, tickCount=6, grid=True, orient="bottom"),
    )


def _spreads(axis: str, y: alt.Y, colours: Palette) -> list[alt.Chart]:
    """From the lowest unit to the highest, the piece of it between us and the median, and the median."""
    whole = alt.Chart().mark_bar(height=6, color=colours.rule, cornerRadius=3)
    piece = alt.Chart().transform_filter("isValid(datum.gap)").mark_rule(strokeWidth=3)
    median = (
        alt.Chart().transform_filter("isValid(datum.median)").mark_tick(thickness=2, size=18, color=colours.quiet)
    )
    side = alt.ColorValue(colours.better, condition={"test": "datum.gap < 0", "value": colours.worse})
    return [
        whole.encode(x=_x("lowest", axis), x2=alt.X2("highest"), y=y),
        piece.encode(x=_x("value", axis), x2=alt.X2("median"), y=y, color=side),
        median.encode(x=_x("median", axis), y=y),
    ]


def _own(axis: str, median: str, y: alt.Y, colours: Palette) -> alt.Chart:
    """The unit's own values; hollow where their publisher did not print them."""
    printed = {"test": "datum.printed", "value": colours.chosen}
    return (
        alt.Chart()
        .mark_point(size=120, stroke=colours.chosen, strokeWidth=2, opacity=1)
        .encode(
            x=_x("value", axis),
            y=y,
            fill=alt.FillValue(colours.ground, condition=printed),
            tooltip=[
                alt.Tooltip("label:N", title=""),
                alt.Tooltip("value:Q", format=".2f", title=axis),
                alt.Tooltip("median:Q", format=".2f", title=median),
            ],
        )
    )
