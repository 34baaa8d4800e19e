"""A unit's components on one scale: its own value, the edition's median, the range from lowest to highest."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.theme import PALETTES, Mode, Palette

_STEP, _SCALE = 38, 58
_LETTERS = 22
_LINE = 14
Order = Literal["publisher", "gap"]


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around and in the picture; `labels` names the components, `gaps` writes a gap."""

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
    """The rows of `analytics.profile.profile`; those without a value on the common scale are left out.

    `words.values` writes, row by row, what stands at the end of each line (value and distance to the median).
    """
    written = rows.with_columns(
        label=pl.col("component").replace_strict(words.labels, return_dtype=pl.String),
        folded=pl.col("component").replace_strict(
            {code: folded(label) for code, label in words.labels.items()}, return_dtype=pl.String
        ),
        written=pl.Series(words.values, dtype=pl.String),
        printed=pl.col("score_status").eq_missing(pl.lit("published")),
    )
    if order == "gap":
        written = written.sort("gap", nulls_last=True)
    drawn = written.drop_nulls("value").select(
        "label", "folded", "written", "value", "median", "lowest", "highest", "gap", "printed", "known"
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
        spec=_spec(words.axis, words.median, height(drawn["folded"].to_list()), mode),
        rows=drawn,
        table=table,
    )


def folded(label: str) -> str:
    """A component's name in as few lines as stand beside its row on a phone, all about as long."""
    most = len(textwrap.wrap(label, _LETTERS))
    # A word longer than its line would be broken in two.
    lines = (
        textwrap.wrap(label, letters, break_long_words=False)
        for letters in range(len(label) // most, _LETTERS + 1)
    )
    return "\n".join(next((found for found in lines if len(found) <= most), [label]))


def height(names: Sequence[str]) -> int:
    """So high that each row has room for its folded name, the scale below the rows counted in.

    A number and no step: Streamlit fits the scale into the height, and would take it from the rows.
    """
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return len(names) * max(_STEP, (lines + 1) * _LINE - 4) + _SCALE


def component_names(colours: Palette) -> dict[str, Any]:
    """A layer that writes the components' names at the left, each in as many lines as it was folded into.

    An axis would do it, but hangs two lines from the middle of the row instead of centring them on it.
    """
    return {
        "transform": [{"calculate": "split(datum.folded, '\\n')", "as": "lines"}],
        "mark": {
            "type": "text",
            "align": "right",
            "baseline": "middle",
            "color": colours.ink,
            "dx": -10,
            "dy": {"expr": f"-{_LINE / 2} * (length(datum.lines) - 1)"},
            "lineHeight": _LINE,
        },
        "encoding": {"x": {"value": 0}, "text": {"field": "lines"}},
    }


@cache
def _spec(axis: str, median: str, high: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "padding": 14},
        "axis": {"title": axis, "tickCount": 6, "grid": True, "orient": "bottom"},
    }
    y = {
        "field": "folded",
        "type": "nominal",
        "sort": None,  # as the rows come
        "axis": None,
    }
    own = {
        "condition": {"test": "datum.gap < 0", "value": colours.worse},
        "value": colours.better,
    }
    return {
        "width": "container",
        "height": high,
        "encoding": {"y": y},
        "layer": [
            component_names(colours),
            {
                "mark": {"type": "bar", "height": 6, "color": colours.rule, "cornerRadius": 3},
                "encoding": {"x": x | {"field": "lowest"}, "x2": {"field": "highest"}},
            },
            {
                # How far from the median: the one coloured piece beside the province itself.
                "transform": [{"filter": "isValid(datum.gap)"}],
                "mark": {"type": "rule", "strokeWidth": 3},
                "encoding": {"x": x, "x2": {"field": "median"}, "color": own},
            },
            {
                "transform": [{"filter": "isValid(datum.median)"}],
                "mark": {"type": "tick", "thickness": 2, "size": 18, "color": colours.quiet},
                "encoding": {"x": x | {"field": "median"}},
            },
            {
                "mark": {"type": "point", "size": 120, "stroke": colours.chosen, "strokeWidth": 2, "opacity": 1},
                "encoding": {
                    "x": x,
                    "fill": {
                        "condition": {"test": "datum.printed", "value": colours.chosen},
                        "value": colours.ground,
                    },
                    "tooltip": [
                        {"field": "label", "type": "nominal", "title": ""},
                        {"field": "value", "type": "quantitative", "format": ".2f", "title": axis},
                        {"field": "median", "type": "quantitative", "format": ".2f", "title": median},
                    ],
                },
            },
            {
                # Outside the scale: no dot can lie under a figure there.
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "color": colours.ink},
                "encoding": {"x": {"value": "width"}, "text": {"field": "written"}},
            },
        ],
    }
