"""Were the chances right? Each group of forecasts: what was told, and how often it came."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, Figure
from dashboard.charts.theme import PALETTES, Mode
from dashboard.text import say
from data import number
from data.text import Language

HEIGHT = 300


def reliability_chart(rows: pl.DataFrame, caption: Caption) -> Figure:
    """The rows of `analytics.backtest.backtest`; groups without a forecast are left out."""
    known = rows.filter(pl.col("forecasts") > 0)
    said = [value(row, caption.lang) for row in known.iter_rows(named=True)]
    drawn = known.select(
        "forecasts",
        predicted=100 * pl.col("predicted"),
        observed=100 * pl.col("observed"),
        label=pl.Series([number.whole(count, caption.lang) for count in known["forecasts"]], dtype=pl.String),
        said=pl.Series(said, dtype=pl.String),
    )
    headings = {
        name: caption.say(f"column.{name}") for name in ("low", "high", "forecasts", "predicted", "observed")
    }
    return Figure(
        name="reliability",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=_spec(caption.lang, caption.mode),
        rows=drawn,
        table=known.rename(headings),
        width=520,
    )


def value(row: dict[str, Any], lang: Language) -> str:
    """One group in words: `nói 15 %, thực tế 10 % (144 dự báo)`."""
    shares = {name: number.decimal(100 * row[name], 0, lang) for name in ("predicted", "observed")}
    return say(lang, "target.tested.value", forecasts=number.whole(row["forecasts"], lang), **shares)


@cache
def _spec(lang: Language, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    axis = {"values": list(range(0, 101, 20)), "labelExpr": "datum.label + ' %'", "grid": True}
    scale = {"domain": [0, 100], "nice": False, "padding": 16}
    x = {
        "field": "predicted",
        "type": "quantitative",
        "scale": scale,
        "axis": axis | {"title": say(lang, "target.tested.axis_predicted"), "grid": False},
    }
    y = {
        "field": "observed",
        "type": "quantitative",
        "scale": scale,
        "axis": axis
        | {
            "title": say(lang, "target.tested.axis_observed"),
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleX": -34,
            "titleY": -10,
        },
    }
    ends = [{"predicted": 0, "observed": 0}, {"predicted": 100, "observed": 100}]
    text = {"type": "text", "dy": -16, "fontSize": 11, "color": colours.quiet, "tooltip": None}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": ends},
            "mark": {
                "type": "line",
                "strokeDash": [4, 4],
                "strokeWidth": 1.5,
                "color": colours.quiet,
                "tooltip": None,
            },
            "encoding": {"x": x, "y": y},
        },
        {
            "mark": {"type": "point", "filled": True, "color": colours.chosen, "opacity": 0.85},
            "encoding": {
                "x": x,
                "y": y,
                "size": {
                    "field": "forecasts",
                    "type": "quantitative",
                    "legend": None,
                    "scale": {"type": "linear", "range": [50, 500], "zero": True},
                },
                "tooltip": {"field": "said", "type": "nominal"},
            },
        },
        *(
            {"mark": text | look, "encoding": {"x": x, "y": y, "text": {"field": "label"}}}
            for look in ({"stroke": colours.ground, "strokeWidth": 4}, {})
        ),
    ]
    return {"width": "container", "height": HEIGHT, "autosize": FIT_WIDTH, "layer": spoken(layers)}
