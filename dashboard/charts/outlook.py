"""A unit's scores with the forecast of the next one and its interval; and how far past forecasts missed."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.standing.trend import pieces
from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE, Figure
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.text import say
from data import number
from data.definition import Index
from data.text import Language

HEIGHT = 280
_ERRORS_HEIGHT = 220


def outlook_chart(own: pl.DataFrame, index: Index, answer: Answer, caption: Caption) -> Figure:
    """Known scores as far as a line may join them, and the row of `analytics.forecast` as an open point with a
    bar; what came beside it, as a diamond.

    `own` are one unit's rows on the component, as `analytics.ranking.ranked` gives them, up to the edition that
    the forecast starts from. Without a forecast only what is known is drawn.
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
    return Figure(
        name="outlook",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
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
    """The rows of `analytics.forecast_backtest`: in each edition the forecasts' error beside that of the last
    score.
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
    return Figure(
        name="forecast-errors",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
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
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"nice": False, "zero": False, "padding": 24},
        "axis": {"format": "d", "title": None, "tickMinStep": 1, "labelOverlap": True, "labelSeparation": 6},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False},
        "axis": {"title": None, "tickCount": 6},
    }
    tooltip = [
        {"field": "year", "type": "quantitative", "format": "d", "title": say(lang, "column.year")},
        {"field": "value", "type": "quantitative", "format": ".2f", "title": say(lang, "column.score")},
    ]
    ahead = [
        {"field": name, "type": "quantitative", "format": ".2f", "title": say(lang, f"column.{name}")}
        for name in ("low", "high")
    ]

    def line(test: str, dash: list[int]) -> dict[str, Any]:
        return {
            "transform": [{"filter": f"datum.kind === 'known' && {test}"}],
            "mark": {"type": "line", "color": colours.chosen, "strokeWidth": 2, "strokeDash": dash},
            "encoding": {"x": x, "y": y, "detail": {"field": "piece"}, "order": {"field": "year"}},
        }

    def points(kind: str, size: int, more: list[dict[str, Any]]) -> dict[str, Any]:
        fill = {"condition": {"test": "datum.printed", "value": colours.chosen}, "value": colours.ground}
        return {
            "transform": [{"filter": f"datum.kind === '{kind}' && (!datum.dashed || datum.kind === 'ahead')"}],
            # Hollow: nobody printed this figure.
            "mark": {"type": "point", "size": size, "stroke": colours.chosen, "strokeWidth": 2, "opacity": 1},
            "encoding": {"x": x, "y": y, "fill": fill, "tooltip": [*tooltip, *more]},
        }

    band = {
        "transform": [{"filter": "datum.kind === 'ahead'"}],
        "mark": {"type": "bar", "width": 10, "cornerRadius": 5, "color": colours.chosen, "opacity": 0.25},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }
    layers = [line("!datum.dashed", [1, 0]), line("datum.dashed", [2, 5]), band]
    layers += [points("known", 50, []), points("ahead", 110, ahead), *_came(x, y, tooltip, colours)]
    return {
        "width": "container",
        "height": HEIGHT,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken(layers),
    }


def _came(
    x: dict[str, Any], y: dict[str, Any], tooltip: list[dict[str, Any]], colours: Palette
) -> list[dict[str, Any]]:
    """What came, and both figures in words: the forecast's above its bar, the other below it."""
    text = {"type": "text", "align": "right", "dx": 20, "fontWeight": 600}
    ahead, came = ({"transform": [{"filter": f"datum.kind === '{kind}'"}]} for kind in ("ahead", "came"))
    return [
        came
        | {
            "mark": {"type": "point", "shape": "diamond", "size": 90, "color": colours.ink, "opacity": 1},
            "encoding": {"x": x, "y": y, "tooltip": tooltip},
        },
        ahead
        | {
            "mark": text | {"baseline": "bottom", "dy": -8, "color": colours.chosen},
            "encoding": {"x": x, "y": y | {"field": "high"}, "text": {"field": "label"}},
        },
        came
        | {
            "mark": text | {"baseline": "top", "dy": 10, "color": colours.ink},
            "encoding": {"x": x, "y": y | {"field": "under"}, "text": {"field": "label"}},
        },
    ]


@cache
def _errors(names: tuple[str, str], mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    x = {"field": "year", "type": "ordinal", "axis": {"title": None, "labelAngle": 0, "labelOverlap": True}}
    y = {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 5}}
    # Two marks, so that colour alone says nothing; the legend shows the marks.
    colour = {
        "condition": {"test": "datum.kind === 'error_shrunken'", "value": colours.chosen},
        "value": colours.quiet,
    }
    shape = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": list(names), "range": ["circle", "diamond"]},
        "legend": {"title": None, "orient": "top", "symbolFillColor": colours.quiet, "symbolStrokeWidth": 0},
    }
    points = {
        "mark": {"type": "point", "size": 80, "filled": True, "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "shape": shape,
            "tooltip": [
                {"field": "year", "type": "nominal", "title": ""},
                {"field": "name", "type": "nominal", "title": ""},
                {"field": "value", "type": "quantitative", "format": ".2f", "title": ""},
            ],
        },
    }
    between = {
        "mark": {"type": "line", "color": colours.rule, "strokeWidth": 3},
        "encoding": {"x": x, "y": y, "detail": {"field": "year"}},
    }
    return {
        "width": "container",
        "height": _ERRORS_HEIGHT,
        "autosize": FIT_WIDTH,
        "params": [WIDE],
        "layer": spoken([between, points]),
    }
