"""Bands of ranks: from where to where each unit's rank moves under other weights, and where it is."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.row_names import row_figures, row_names, row_places
from dashboard.charts.theme import PALETTES, Mode, Palette
from data import number
from data.text import Language

_STEP = 30
_NAMES = 132
_LABELS = 88
_LEAST = 0.01
_STEPS, _MOST = (1, 2, 5, 10), 7


def rank_bands(rows: pl.DataFrame, own: str | None, top: int, edge: str, caption: Caption) -> Figure:
    """Rows of `analytics.robustness`, in their order; `own` is drawn strong, the first at the right.

    At the right end of each row stands its band and, where that is not the same for all, the share of draws in
    which it is among the first `top`; `edge` names the line between them and the others.
    """
    shown = "name" if caption.lang == "vi" else "name_en"
    told = rows["p_target"].n_unique() > 1
    drawn = rows.select(
        label=pl.col(shown),
        folded=pl.col(shown),
        rank=pl.col("rank"),
        low=pl.col("low"),
        high=pl.col("high"),
        own=pl.col("unit").eq_missing(pl.lit(own, pl.String)),
        written=pl.struct("low", "high", "p_target").map_elements(
            lambda row: _band(row["low"], row["high"]) + (_chance(row["p_target"], caption.lang) if told else ""),
            return_dtype=pl.String,
        ),
        place=pl.int_range(pl.len()),
    ).with_columns(said=pl.format("{}: {}; {}", "label", "rank", "written"))
    met = [*drawn["rank"], *drawn["low"], *drawn["high"]]
    columns = ("rank", "low", "high", "p_target", "rank_equal")
    return Figure(
        name="robustness",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(min(met), max(met), top, edge, caption.say("column.shown_rank"), drawn.height, caption.mode),
        rows=drawn,
        table=rows.select(
            pl.col(shown).alias(caption.say("column.name")),
            *(pl.col(name).alias(caption.say(f"column.{name}")) for name in columns),
        ),
    )


def _band(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _chance(share: float, lang: Language) -> str:
    """A share of draws; never is not the same as hardly ever."""
    sign = "<" if 0 < share < _LEAST else ">" if 1 - _LEAST < share < 1 else ""
    shown = min(max(share, _LEAST), 1 - _LEAST) if sign else share
    return f" · {sign}{number.decimal(100 * shown, 0, lang)} %"


def rank_axis(low: int, high: int, title: str, names: int, labels: int) -> dict[str, Any]:
    """Ranks from the last at the left to the first at the right, as higher scores lie."""
    return {
        "type": "quantitative",
        "scale": {
            "domain": [high + 0.6, low - 0.6],
            "nice": False,
            "zero": False,
            "range": [names + 8, {"expr": f"wide - {labels}"}],
        },
        "axis": {
            "title": title,
            "values": _round_ranks(low, high),
            "format": "d",
            "grid": True,
            "labelOverlap": True,
            "labelSeparation": 4,
        },
    }


def _round_ranks(low: int, high: int) -> list[int]:
    """A few round ranks between two, or both where there is none."""
    step = next((step for step in _STEPS if (high - low) / step <= _MOST), _STEPS[-1])
    first = -(-low // step) * step
    return list(range(first, high + 1, step)) or [low]


@cache
def _spec(low: int, high: int, top: int, edge: str, title: str, count: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x, y = rank_axis(low, high, title, _NAMES, _LABELS), row_places(count)
    colour = {"condition": {"test": "datum.own", "value": colours.chosen}, "value": colours.context}
    point = {"condition": {"test": "datum.own", "value": colours.chosen}, "value": colours.quiet}
    layers: list[dict[str, Any]] = [
        *(_edge(x, top, edge, colours) if low <= top < high else []),
        row_names(_NAMES, y, "datum.own", colours),
        {
            "transform": [
                {"calculate": "datum.low - 0.35", "as": "from"},
                {"calculate": "datum.high + 0.35", "as": "to"},
            ],
            "mark": {"type": "bar", "height": 12, "cornerRadius": 6},
            "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}, "y": y, "color": colour},
        },
        {
            "mark": {"type": "point", "size": 70, "strokeWidth": 2, "opacity": 1},
            "encoding": {
                "x": x | {"field": "rank"},
                "y": y,
                "stroke": point,
                # Where the band is a single rank the dot alone stands for both.
                "fill": {
                    "condition": {"test": "datum.own && datum.low === datum.high", "value": colours.chosen},
                    "value": colours.ground,
                },
                "tooltip": [
                    {"field": "label", "type": "nominal", "title": ""},
                    {"field": "rank", "type": "quantitative", "format": "d", "title": title},
                    {"field": "written", "type": "nominal", "title": " "},
                ],
            },
        },
        row_figures(y, "datum.own", colours),
    ]
    return {
        "width": "container",
        "height": count * _STEP,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }


def _edge(x: dict[str, Any], top: int, edge: str, colours: Palette) -> list[dict[str, Any]]:
    """The line behind the last place of the target group, named at its top."""
    first = {"transform": [{"filter": "datum.place === 0"}]}
    return [
        first
        | {
            "mark": {"type": "rule", "color": colours.target, "strokeWidth": 2, "strokeDash": [4, 3]},
            "encoding": {"x": x | {"datum": top + 0.5}},
        },
        first
        | {
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dx": 4,
                "color": colours.quiet,
                "fontWeight": 600,
            },
            "encoding": {"x": x | {"datum": top + 0.5}, "y": {"value": -2}, "text": {"value": edge}},
        },
    ]
