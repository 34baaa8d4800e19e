"""The 34 units estimated from the 63: a bar from the lowest to the highest member, a dot for the mean."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import polars as pl

from analytics.core.answer import Answer
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode
from dashboard.text import say
from data import number
from data.text import Language

What = Literal["score", "rank"]

_ROW = 20
_SCALE = 40  # the axis below the rows
# Pixels for the names, enough for the longest: measured before the font is loaded, it would be cut.
_NAMES = 116
_COLUMNS: dict[What, tuple[str, str, str]] = {
    "score": ("mean", "low", "high"),
    "rank": ("rank_mean", "rank_best", "rank_worst"),
}


def bands_chart(answer: Answer, own: str | None, what: What, caption: Caption) -> Figure:
    """A row for each unit that has an estimate, in the order of the answer: its mean, and its lowest and highest.

    `answer` is that of `analytics.merger.merger.merger`; `what` draws scores (mean, low, high, in points) or ranks
    among the 34 (rank_mean, rank_best, rank_worst, 1 at the right). A dot is hollow unless its publisher printed
    the score. The unit `own` is drawn strong. The table has every unit with both.
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
        # Hollow: an estimate, or derived.
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
    return caption.figure(
        f"merger-{what}",
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
    scale, axis = _scale(what, rows), _axis(what, lang)
    y = alt.Y("shown_name:N", sort=None, axis=alt.Axis(title=None, minExtent=_NAMES, labelLimit=140))
    own = {"test": "datum.own", "value": colours.chosen}
    bars = (
        alt.Chart()
        .mark_bar(height=8, cornerRadius=4, opacity=0.55)
        .encode(
            x=alt.X("low:Q", scale=scale, axis=axis),
            x2=alt.X2("high"),
            y=y,
            color=alt.ColorValue(colours.context, condition=own),
        )
    )
    points = (
        alt.Chart()
        .mark_point(size=60, strokeWidth=2, opacity=1)
        .encode(
            x=alt.X("value:Q", scale=scale, axis=axis),
            y=y,
            stroke=alt.StrokeValue(colours.quiet, condition=own),
            fill=alt.FillValue(
                colours.ground,
                condition=[
                    {"test": "datum.printed && datum.own", "value": colours.chosen},
                    {"test": "datum.printed", "value": colours.quiet},
                ],
            ),
            tooltip=_tooltip(what, lang),
        )
    )
    return layered([bars, points], max(rows, 1) * _ROW + _SCALE)


def _scale(what: What, rows: int) -> alt.Scale:
    if what == "score":
        return alt.Scale(zero=False, nice=True, padding=8)
    # The first at the right, as the highest score is.
    return alt.Scale(zero=False, nice=False, padding=8, reverse=True, domain=[1, max(rows, 2)])


def _axis(what: What, lang: Language) -> alt.Axis:
    if what == "score":
        return alt.Axis(title=say(lang, "column.score"), tickCount=6, grid=True)
    return alt.Axis(title=say(lang, "column.shown_rank"), tickCount=6, grid=True, format="d")


def _tooltip(what: What, lang: Language) -> list[alt.Tooltip]:
    written = ".2f" if what == "score" else "d"
    headings = zip(("value", "low", "high"), _COLUMNS[what], strict=True)
    return [
        alt.Tooltip("shown_name:N", title=""),
        *(
            alt.Tooltip(f"{field}:Q", format=written, title=say(lang, f"column.{column}"))
            for field, column in headings
        ),
    ]
