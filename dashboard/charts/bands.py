"""The 34 units estimated from the 63: a bar from the lowest to the highest member, a point for the mean."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import polars as pl

from analytics.core.answer import Answer
from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.theme import PALETTES, Mode
from dashboard.text import say
from data import number
from data.text import Language

What = Literal["score", "rank"]

_ROW = 20
_SCALE = 40  # the axis below the rows
_COLUMNS: dict[What, tuple[str, str, str]] = {
    "score": ("mean", "low", "high"),
    "rank": ("rank_mean", "rank_best", "rank_worst"),
}


def bands_chart(answer: Answer, own: str | None, what: What, caption: Caption) -> Figure:
    """The rows of `analytics.merger`, in their order; those without an estimate are left out. `own` is drawn
    strong.
    """
    middle, low, high = _COLUMNS[what]
    places = 2 if what == "score" else 0
    shown = "name" if caption.lang == "vi" else "name_en"
    known = answer.rows.drop_nulls(middle)
    drawn = known.select(
        shown_name=pl.col(shown),
        value=pl.col(middle).cast(pl.Float64),
        low=pl.col(low).cast(pl.Float64),
        high=pl.col(high).cast(pl.Float64),
        own=pl.col("unit").eq_missing(pl.lit(own, pl.String)),
        # Filled: a published score; hollow: an estimate, or derived.
        printed=pl.col("score_status").eq_missing(pl.lit("published")),
    ).with_columns(said=_said(places, caption.lang))
    table = answer.rows.select(
        pl.col(shown).alias(caption.say("column.name")),
        *(
            pl.col(name).alias(caption.say(f"column.{name}"))
            for name in ("mean", "low", "high", "rank_mean", "rank_best", "rank_worst")
        ),
        pl.col("score_status").alias(caption.say("column.score_status")),
    )
    return Figure(
        name=f"merger-{what}",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(what, drawn.height, caption.lang, caption.mode),
        rows=drawn,
        table=table,
    )


def _said(places: int, lang: Language) -> pl.Expr:
    """What is read aloud of a row: `Ninh Bình: 66,43 (65,65–67,83)`."""
    value, low, high = (
        pl.col(name).map_elements(lambda item: number.decimal(item, places, lang), return_dtype=pl.String)
        for name in ("value", "low", "high")
    )
    return pl.format("{}: {} ({}–{})", pl.col("shown_name"), value, low, high)


@cache
def _spec(what: What, rows: int, lang: Language, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    scale: dict[str, Any] = {"zero": False, "nice": what == "score", "padding": 8}
    title = say(lang, "column.score" if what == "score" else "column.shown_rank")
    if what == "rank":
        # The first at the right, as the highest score is.
        scale |= {"reverse": True, "domain": [1, max(rows, 2)]}
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": scale,
        "axis": {"title": title, "tickCount": 6, "grid": True} | ({"format": "d"} if what == "rank" else {}),
    }
    y = {"field": "shown_name", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 140}}
    colour = {"condition": {"test": "datum.own", "value": colours.chosen}, "value": colours.context}
    form = ".2f" if what == "score" else "d"
    middle, low, high = _COLUMNS[what]
    tooltip = [
        {"field": "shown_name", "type": "nominal", "title": ""},
        {"field": "value", "type": "quantitative", "format": form, "title": say(lang, f"column.{middle}")},
        {"field": "low", "type": "quantitative", "format": form, "title": say(lang, f"column.{low}")},
        {"field": "high", "type": "quantitative", "format": form, "title": say(lang, f"column.{high}")},
    ]
    bars = {
        "mark": {"type": "bar", "height": 8, "cornerRadius": 4, "opacity": 0.55},
        "encoding": {"x": x | {"field": "low"}, "x2": {"field": "high"}, "color": colour},
    }
    points = {
        "mark": {"type": "point", "size": 60, "strokeWidth": 2, "opacity": 1},
        "encoding": {
            "x": x,
            "stroke": {"condition": {"test": "datum.own", "value": colours.chosen}, "value": colours.quiet},
            "fill": {
                "condition": [
                    {"test": "datum.printed && datum.own", "value": colours.chosen},
                    {"test": "datum.printed", "value": colours.quiet},
                ],
                "value": colours.ground,
            },
            "tooltip": tooltip,
        },
    }
    return {
        "width": "container",
        "height": max(rows, 1) * _ROW + _SCALE,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "encoding": {"y": y},
        "layer": spoken([bars, points]),
    }
