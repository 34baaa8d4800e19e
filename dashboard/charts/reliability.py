"""Were the chances right? For groups of forecasts: the chance that was given, and how often it came true."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.labels import rimmed
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode
from dashboard.text import say
from data import number
from data.text import Language

HEIGHT = 300


def reliability_chart(rows: pl.DataFrame, caption: Caption) -> Figure:
    """A dot for each group of forecasts, the larger the more; on the diagonal the chances given were right.

    `rows` are those of `analytics.path.backtest.backtest`; read are low and high (the bounds of the group),
    predicted and observed (the mean chance and the share that came true, 0 to 1) and forecasts (how many). Groups
    without a forecast are left out. Both scales are in per cent.
    """
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
    return caption.figure(
        "reliability",
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
    x, y = _axes(lang)
    right = alt.Chart(alt.InlineData([{"predicted": 0, "observed": 0}, {"predicted": 100, "observed": 100}]))
    groups = alt.Chart().mark_point(filled=True, color=colours.chosen, opacity=0.85)
    size = alt.Size("forecasts:Q", legend=None, scale=alt.Scale(type="linear", range=[50, 500], zero=True))
    counts = alt.Chart().encode(x=x, y=y, text=alt.Text("label:N"))
    layers = [
        right.mark_line(strokeDash=[4, 4], strokeWidth=1.5, color=colours.quiet, tooltip=None).encode(x=x, y=y),
        groups.encode(x=x, y=y, size=size, tooltip=alt.Tooltip("said:N")),
        *rimmed(counts, colours.quiet, colours, dy=-16, fontSize=11, tooltip=None),
    ]
    return layered(layers, HEIGHT)


def _axes(lang: Language) -> tuple[alt.X, alt.Y]:
    """Per cent from 0 to 100 both ways, so that the line of what is right runs from corner to corner."""
    scale = alt.Scale(domain=[0, 100], nice=False, padding=16)
    values, label = range(0, 101, 20), "datum.label + ' %'"
    predicted = alt.Axis(
        values=[*values], labelExpr=label, grid=False, title=say(lang, "target.tested.axis_predicted")
    )
    observed = alt.Axis(
        values=[*values],
        labelExpr=label,
        grid=True,
        title=say(lang, "target.tested.axis_observed"),
        # Above the axis: turned upright it would be hard to read.
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=-34,
        titleY=-10,
    )
    return alt.X("predicted:Q", scale=scale, axis=predicted), alt.Y("observed:Q", scale=scale, axis=observed)
