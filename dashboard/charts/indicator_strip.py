"""Indicators, each from its worst province to its best: where the median lies, and where a province does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.encodings import told
from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette

_STEP = 72
_LINE = 15
_EDGE = 64  # room for the figures of the worst and the best at the two ends
_PHONE = 620  # where the drawing is less wide than this, names are written narrow


def indicator_strip(
    placed: pl.DataFrame,
    labels: Mapping[str, Mapping[str, str]],
    headings: tuple[str, str],
    table: pl.DataFrame,
    caption: Caption,
) -> Figure:
    """A strip for each indicator that has a place, in the order of the rows; worst at the left, best at the right.

    `placed` are rows of `analytics.weakness.indicators.on_scale`; read are indicator, place and median_place (0
    for the worst province, 1 for the best, whether high or low figures are good) and behind (how far the province
    is behind the median on that scale, negative where it is ahead, null without a median).

    `labels` holds for each indicator's code its `name` on a wide screen and `narrow` on a phone (lines parted by
    line breaks), the figures `worst`, `best` and `own` as they are written, and `said`, the sentence that is read
    aloud and shown of a dot that is pointed at. `headings` stand above the two ends; `table` is what is taken
    away.
    """
    drawn = placed.drop_nulls("place").select(
        "place",
        "median_place",
        "behind",
        *(
            pl.col("indicator").replace_strict(
                {code: words[key] for code, words in labels.items()}, return_dtype=pl.String
            ).alias(key)
            for key in ("name", "narrow", "worst", "best", "own", "said")
        ),
        row=pl.int_range(pl.len(), dtype=pl.Int64),
    )  # fmt: skip
    return caption.figure(
        "indicators",
        spec=_spec(drawn.height, headings, caption.mode),
        rows=drawn,
        table=table,
    )


@cache
def _spec(count: int, headings: tuple[str, str], mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    y = alt.Y("row:Q", axis=None, scale=_rows(count))
    layers = [
        _names(y, colours),
        *_strips(y, colours),
        *_figures(y, colours),
        *_headings(headings, count, colours),
    ]
    return layered(layers, round((count + 0.3) * _STEP))


def _rows(count: int) -> alt.Scale:
    """Above the first row there is room for the headings and its name, below the last for its figure."""
    return alt.Scale(domain=[-0.95, count - 0.65], reverse=True, nice=False, zero=False)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=_from_worst_to_best(), axis=None)


def _from_worst_to_best() -> alt.Scale:
    return alt.Scale(domain=[0, 1], nice=False, range=[_EDGE, alt.ExprRef(f"wide - {_EDGE}")])


def _names(y: alt.Y, colours: Palette) -> alt.Chart:
    """Each indicator's name above its strip, ending so far above that figures find room between."""
    mark = alt.Chart().mark_text(
        align="left",
        baseline="bottom",
        color=colours.ink,
        lineHeight=_LINE,
        dy=alt.ExprRef(f"-10 - {_LINE} * (length(datum.lines) - 1)"),
    )
    folded = f"split(wide < {_PHONE} ? datum.narrow : datum.name, '\\n')"
    return mark.transform_calculate(lines=folded).encode(x=alt.XValue(0), y=y, text=alt.Text("lines:N"))


def _strips(y: alt.Y, colours: Palette) -> list[alt.Chart]:
    """From worst to best: the strip, the part of it between unit and median, the median, and the unit."""
    ends = alt.XDatum(0, type="quantitative", scale=_from_worst_to_best(), axis=None)
    whole = alt.Chart().mark_rule(strokeWidth=6, strokeCap="round", color=colours.rule)
    piece = alt.Chart().mark_rule(strokeWidth=3).transform_filter("isValid(datum.behind)")
    median = alt.Chart().mark_tick(thickness=2, size=16, color=colours.quiet, orient="vertical")
    own = alt.Chart().mark_point(size=110, fill=colours.chosen, stroke=colours.chosen, opacity=1)
    return [
        whole.encode(x=ends, x2=alt.X2Datum(1), y=y),
        piece.encode(
            x=_x("place"),
            x2=alt.X2("median_place"),
            y=y,
            color=alt.ColorValue(colours.better, condition={"test": "datum.behind > 0", "value": colours.worse}),
        ),
        median.transform_filter("isValid(datum.median_place)").encode(x=_x("median_place"), y=y),
        own.encode(x=_x("place"), y=y, tooltip=told()),
    ]


def _figures(y: alt.Y, colours: Palette) -> list[alt.Chart]:
    """The figures of the worst and the best beside the two ends, the unit's own below its dot."""
    worst = alt.Chart().mark_text(align="right", baseline="middle", color=colours.quiet)
    best = alt.Chart().mark_text(align="left", baseline="middle", color=colours.quiet)
    own = alt.Chart().mark_text(align="center", baseline="middle", color=colours.chosen, fontWeight=600, dy=16)
    right = alt.XValue(alt.ExprRef(f"wide - {_EDGE} + 10"))
    return [
        worst.encode(x=alt.XValue(_EDGE - 10), y=y, text=alt.Text("worst:N")),
        best.encode(x=right, y=y, text=alt.Text("best:N")),
        own.encode(x=_x("place"), y=y, text=alt.Text("own:N")),
    ]


def _headings(headings: tuple[str, str], count: int, colours: Palette) -> list[alt.Chart]:
    """The headings of the two ends, once, above the first row."""
    top = alt.YDatum(-0.85, type="quantitative", axis=None, scale=_rows(count))
    first = alt.Chart().transform_filter("datum.row == 0")
    left = first.mark_text(align="left", baseline="middle", color=colours.quiet)
    right = first.mark_text(align="right", baseline="middle", color=colours.quiet)
    return [
        left.encode(x=alt.XValue(0), y=top, text=alt.TextValue(headings[0])),
        right.encode(x=alt.XValue(alt.ExprRef("wide")), y=top, text=alt.TextValue(headings[1])),
    ]
