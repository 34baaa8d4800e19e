"""A unit's scores with the forecast of the next one and its interval; and how far past forecasts missed."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.standing.trend import pieces
from dashboard.charts.caption import Caption
from dashboard.charts.encodings import of_kind
from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.text import say
from data import number
from data.definition import Index
from data.text import Language

HEIGHT = 280
_ERRORS_HEIGHT = 220


def outlook_chart(own: pl.DataFrame, index: Index, answer: Answer, caption: Caption) -> Figure:
    """One unit's scores in points, as far as a line may join them, and the forecast of the next one.

    The forecast is an open point on a bar from `low` to `high`; what came, where that edition is known by now, a
    diamond beside it. Points are hollow where nobody published the figure. Without a forecast only what is known
    is drawn.

    `own` are the unit's rows on the component, as `analytics.core.ranking.ranked` gives them, up to the edition
    that the forecast starts from; `answer` is that of `analytics.forecast.forecast.forecast`: year, score, low,
    high, actual. The table has the known scores and the forecast, with its ends.
    """
    known = pieces(own, index, "score").select(
        "year",
        "piece",
        "dashed",
        kind=pl.lit("known"),
        value="value",
        low=pl.lit(None, pl.Float64),
        high=pl.lit(None, pl.Float64),
        printed=pl.col("score_status").eq_missing(pl.lit("published")),
    )
    ahead = answer.rows.drop_nulls("score").select(
        pl.col("year").cast(known.schema["year"]),
        piece=pl.lit("ahead"),
        dashed=pl.lit(True),
        kind=pl.lit("ahead"),
        value="score",
        low="low",
        high="high",
        printed=pl.lit(False),
    )
    came = ahead.join(answer.rows.select(pl.col("year").cast(known.schema["year"]), "actual"), on="year")
    # What is written of it stands below both, so that it covers neither.
    came = (
        came.drop_nulls("actual")
        .with_columns(under=pl.min_horizontal("low", "actual"))
        .select(
            "year",
            "piece",
            "dashed",
            kind=pl.lit("came"),
            value="actual",
            low=pl.lit(None, pl.Float64),
            high=pl.lit(None, pl.Float64),
            printed=pl.lit(True),
            under="under",
        )
    )
    drawn = pl.concat([known, ahead, came], how="diagonal").with_columns(said=_said(index, caption.lang))
    drawn = drawn.with_columns(label=_label(index, caption))
    table = drawn.filter((pl.col("kind") == "ahead") | (~pl.col("dashed") & (pl.col("kind") == "known"))).sort(
        "year"
    )
    return caption.figure(
        "outlook",
        spec=_outlook(caption.lang, caption.mode),
        rows=drawn,
        table=table.select(
            pl.col("year").alias(caption.say("column.year")),
            pl.col("value").alias(caption.say("column.score")),
            pl.col("low").alias(caption.say("column.low")),
            pl.col("high").alias(caption.say("column.high")),
            pl.when(pl.col("kind") == "ahead")
            .then(pl.lit(caption.say("status.estimated")))
            .alias(caption.say("column.status")),
        ),
    )


def errors_chart(answer: Answer, caption: Caption) -> Figure:
    """How far past forecasts missed, in points: in each edition their mean error beside that of the last score.

    Two points for each edition, joined by a line: `error_shrunken` is the forecast's, `error_last` that of taking
    the last score for the next. `answer` is that of `analytics.forecast.forecast_backtest`: year,
    forecasts, shrinkage, error_shrunken, error_last, bias, covered; all of these are in the table.
    """
    kinds = {
        "error_shrunken": caption.say("column.error_shrunken"),
        "error_last": caption.say("column.error_last"),
    }
    drawn = (
        answer.rows.unpivot(list(kinds), index="year", variable_name="kind", value_name="value")
        .with_columns(
            name=pl.col("kind").replace_strict(kinds, return_dtype=pl.String),
            year=pl.col("year").cast(pl.String),
        )
        .with_columns(
            said=pl.concat_str("year", "name", _written(pl.col("value"), 2, caption.lang), separator=", ")
        )
    )
    columns = ("year", "forecasts", "shrinkage", "error_shrunken", "error_last", "bias", "covered")
    return caption.figure(
        "forecast-errors",
        spec=_errors(tuple(kinds.values()), caption.mode),
        rows=drawn,
        table=answer.rows.select(pl.col(name).alias(caption.say(f"column.{name}")) for name in columns),
    )


def _said(index: Index, lang: Language) -> pl.Expr:
    """What is read aloud of a point: `2024: 65,18 (62,02–68,35)`."""
    places = index.score_decimals
    value, low, high = (_written(pl.col(name), places, lang) for name in ("value", "low", "high"))
    band = (
        pl.when(pl.col("low").is_null())
        .then(pl.lit(""))
        .otherwise(pl.format(" ({}–{})", low.fill_null(""), high.fill_null("")))
    )
    return pl.format("{}: {}{}", pl.col("year"), value, band)


def _label(index: Index, caption: Caption) -> pl.Expr:
    """What stands beside the forecast and beside what came: `dự báo 65,18 (62,02–68,35)`."""
    value, low, high = (
        _written(pl.col(name), index.score_decimals, caption.lang) for name in ("value", "low", "high")
    )

    def told(row: dict[str, str | None]) -> str | None:
        kind = row.pop("kind")
        return None if kind == "known" else caption.say(f"drivers.ahead.{kind}", **row)

    return pl.struct("kind", score=value, low=low, high=high).map_elements(told, return_dtype=pl.String)


def _written(value: pl.Expr, places: int, lang: Language) -> pl.Expr:
    return value.map_elements(lambda item: number.decimal(item, places, lang), return_dtype=pl.String)


@cache
def _outlook(lang: Language, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    layers = [
        _line("!datum.dashed", [1, 0], colours),
        _line("datum.dashed", [2, 5], colours),
        of_kind("ahead")
        .mark_bar(width=10, cornerRadius=5, color=colours.chosen, opacity=0.25)
        .encode(x=_x(), y=_y("low"), y2=alt.Y2("high")),
        _points("known", 50, lang, colours),
        _points("ahead", 110, lang, colours),
        *_came(lang, colours),
    ]
    return layered(layers, HEIGHT)


def _x() -> alt.X:
    return alt.X(
        "year:Q",
        scale=alt.Scale(nice=False, zero=False, padding=24),
        axis=alt.Axis(format="d", title=None, tickMinStep=1, labelOverlap=True, labelSeparation=6),
    )


def _y(field: str) -> alt.Y:
    axis = alt.Axis(title=None, tickCount=6)
    return alt.Y(field, type="quantitative", scale=alt.Scale(zero=False), axis=axis)


def _line(test: str, dash: list[int], colours: Palette) -> alt.Chart:
    return (
        of_kind("known")
        .transform_filter(test)
        .mark_line(color=colours.chosen, strokeWidth=2, strokeDash=dash)
        .encode(x=_x(), y=_y("value"), detail=alt.Detail("piece:N"), order=alt.Order("year:Q"))
    )


def _points(kind: str, size: int, lang: Language, colours: Palette) -> alt.Chart:
    """Hollow: nobody printed this figure."""
    return (
        of_kind(kind)
        .transform_filter("!datum.dashed || datum.kind === 'ahead'")
        .mark_point(size=size, stroke=colours.chosen, strokeWidth=2, opacity=1)
        .encode(
            x=_x(),
            y=_y("value"),
            fill=alt.FillValue(colours.ground, condition={"test": "datum.printed", "value": colours.chosen}),
            tooltip=_tooltip(lang, "low", "high") if kind == "ahead" else _tooltip(lang),
        )
    )


def _tooltip(lang: Language, *ends: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("year:Q", format="d", title=say(lang, "column.year")),
        alt.Tooltip("value:Q", format=".2f", title=say(lang, "column.score")),
        *(alt.Tooltip(f"{name}:Q", format=".2f", title=say(lang, f"column.{name}")) for name in ends),
    ]


def _came(lang: Language, colours: Palette) -> list[alt.Chart]:
    """What came, and both figures in words: the forecast's above its bar, the other below it."""
    text: dict[str, Any] = {"align": "right", "dx": 20, "fontWeight": 600}
    return [
        of_kind("came")
        .mark_point(shape="diamond", size=90, color=colours.ink, opacity=1)
        .encode(x=_x(), y=_y("value"), tooltip=_tooltip(lang)),
        of_kind("ahead")
        .mark_text(baseline="bottom", dy=-8, color=colours.chosen, **text)
        .encode(x=_x(), y=_y("high"), text=alt.Text("label:N")),
        of_kind("came")
        .mark_text(baseline="top", dy=10, color=colours.ink, **text)
        .encode(x=_x(), y=_y("under"), text=alt.Text("label:N")),
    ]


@cache
def _errors(names: tuple[str, str], mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True))
    y = alt.Y("value:Q", axis=alt.Axis(title=None, tickCount=5))
    legend = alt.Legend(title=None, orient="top", symbolFillColor=colours.quiet, symbolStrokeWidth=0)
    between = (
        alt.Chart().mark_line(color=colours.rule, strokeWidth=3).encode(x=x, y=y, detail=alt.Detail("year:N"))
    )
    points = (
        alt.Chart()
        .mark_point(size=80, filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.ColorValue(
                colours.quiet, condition={"test": "datum.kind === 'error_shrunken'", "value": colours.chosen}
            ),
            # Two marks, so that colour alone says nothing; the legend shows the marks.
            shape=alt.Shape(
                "name:N", scale=alt.Scale(domain=[*names], range=["circle", "diamond"]), legend=legend
            ),
            tooltip=[
                alt.Tooltip("year:N", title=""),
                alt.Tooltip("name:N", title=""),
                alt.Tooltip("value:Q", format=".2f", title=""),
            ],
        )
    )
    return layered([between, points], _ERRORS_HEIGHT)
