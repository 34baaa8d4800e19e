"""The ranks between which each unit moves when the weights change, and the rank that it has."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.rank_axis import rank_axis, rank_scale
from dashboard.charts.row_names import row_figures, row_names, row_places, through_rows
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from data import number
from data.text import Language

_STEP = 30
_NAMES = 132
_LABELS = 88
_LEAST = 0.01


def rank_bands(rows: pl.DataFrame, own: str | None, top: int, edge: str, caption: Caption) -> Figure:
    """A band for each unit from its lowest rank to its highest, with a dot at its own; rank 1 is at the right.

    `rows` are those of `analytics.weights.robustness.robustness` or a part of them, drawn in their order; read are
    unit, name, name_en, rank, low, high (ranks), p_target (the share of draws, 0 to 1, in which the unit is among
    the first `top`) and rank_equal. The unit `own` is drawn strong. At the right end of each row its band is
    written and, unless it is the same for all, its p_target. `edge` names the line behind the last rank of the
    target group, which is drawn where the scale holds it.
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
    return caption.figure(
        "robustness",
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
    """A share of draws in per cent: what is not quite 0 is written `<1 %`, what is not quite all `>99 %`."""
    sign = "<" if 0 < share < _LEAST else ">" if 1 - _LEAST < share < 1 else ""
    shown = min(max(share, _LEAST), 1 - _LEAST) if sign else share
    return f" · {sign}{number.decimal(100 * shown, 0, lang)} %"


@cache
def _spec(low: int, high: int, top: int, edge: str, title: str, count: int, mode: Mode) -> dict[str, Any]:
    colours, y = PALETTES[mode], row_places(count)
    scale, axis = rank_scale(low, high, _NAMES, _LABELS), rank_axis(low, high, title)
    own = {"test": "datum.own", "value": colours.chosen}
    bands = (
        alt.Chart()
        # A little beyond the ranks, so that a band of one rank is seen.
        .transform_calculate(start="datum.low - 0.35", end="datum.high + 0.35")
        .mark_bar(height=12, cornerRadius=6)
        .encode(
            x=alt.X("start:Q", scale=scale, axis=axis),
            x2=alt.X2("end"),
            y=y,
            color=alt.ColorValue(colours.context, condition=own),
        )
    )
    ranks = (
        alt.Chart()
        .mark_point(size=70, strokeWidth=2, opacity=1)
        .encode(
            x=alt.X("rank:Q", scale=scale, axis=axis),
            y=y,
            stroke=alt.StrokeValue(colours.quiet, condition=own),
            # Where the band is a single rank the dot alone stands for both.
            fill=alt.FillValue(colours.ground, condition=own | {"test": "datum.own && datum.low === datum.high"}),
            tooltip=[
                alt.Tooltip("label:N", title=""),
                alt.Tooltip("rank:Q", format="d", title=title),
                alt.Tooltip("written:N", title=" "),
            ],
        )
    )
    behind_top = alt.XDatum(top + 0.5, type="quantitative", scale=scale, axis=axis)
    layers = [
        *(_edge(behind_top, edge, colours) if low <= top < high else []),
        row_names(_NAMES, y, colours, strong="datum.own"),
        bands,
        ranks,
        row_figures(y, colours, strong="datum.own"),
    ]
    return layered(layers, count * _STEP)


def _edge(x: alt.XDatum, edge: str, colours: Palette) -> list[alt.Chart]:
    """The line behind the last place of the target group, named at its top."""
    line = through_rows().mark_rule(color=colours.target, strokeWidth=2, strokeDash=[4, 3])
    name = through_rows().mark_text(align="left", baseline="bottom", dx=4, color=colours.quiet, fontWeight=600)
    return [line.encode(x=x), name.encode(x=x, y=alt.YValue(-2), text=alt.TextValue(edge))]
