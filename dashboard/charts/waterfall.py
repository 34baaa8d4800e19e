"""From one figure to another, step by step: what each part added, and what is left over (a waterfall)."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.encodings import by_role
from dashboard.charts.figure import Figure
from dashboard.charts.labels import rimmed
from dashboard.charts.row_names import NAMES, folded, row_names, row_places, row_range, row_tooltip, rows_height
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette

# A `start` and an `end` are levels, a `part` is a step between them, `rest` the step that closes the sum, and a
# `sum` the whole change, drawn from where the steps began.
KINDS = ("start", "part", "rest", "end", "sum")
_DRAWN = (
    "place",
    "label",
    "folded",
    "role",
    "printed",
    "written",
    "said",
    "at",
    "low",
    "high",
    "leftward",
    "beside",
    "base",
)
_HALF = 0.3  # of a row, above and below its middle
_LEVEL = "(datum.role === 'start' || datum.role === 'end')"
_STRONG = f"({_LEVEL} || datum.role === 'sum')"
_SIGNED = "(datum.value > 0 ? '+' : '') + datum.label"
_ROOM = 40  # for the figure that stands beside the last bar on either side
_EDGE = 14  # for half of an axis label at the right end


def waterfall(name: str, steps: pl.DataFrame, base: float, axis: str, signed: bool, caption: Caption) -> Figure:
    """The `steps` one below the other, each beginning where the one before it ended, the first at `base`.

    Columns of `steps`: `label`; `kind`, one of `KINDS`; `value`, in the measure of `base`: the level of a start or
    an end, otherwise the change, null where it is not known; `printed`, whether the publisher printed the figures
    that it comes from (if not, the bar is hollow); `written`, the figure that stands beside its bar. `axis` titles
    the scale; `signed` writes its figures with plus signs. `name` is the stem of files made of the chart.
    """
    drawn = _placed(steps, base)
    return caption.figure(
        name,
        spec=_spec(axis, drawn.height, rows_height(drawn["folded"].to_list()), signed, caption.mode),
        rows=drawn,
        table=steps.select(
            pl.col("label").alias(caption.say("waterfall.step")),
            pl.col("value").alias(caption.say("waterfall.value")),
        ),
    )


def _placed(steps: pl.DataFrame, base: float) -> pl.DataFrame:
    """Where each step begins and ends (`low`, `high`; null where its size is not known)."""
    value, kind = pl.col("value"), pl.col("kind")
    moving = kind.is_in(["part", "rest"])
    running = base + pl.when(moving).then(value).fill_null(0.0).cum_sum()
    begin = pl.when(moving).then(running - value).when(kind == "sum").then(base).otherwise(value)
    end = (
        pl.when(moving & value.is_not_null()).then(running).when(kind == "sum").then(base + value).otherwise(value)
    )
    return (
        steps.with_columns(begin=begin, end=end, running=running, place=pl.int_range(pl.len()), base=pl.lit(base))
        .with_columns(
            at=pl.coalesce("end", "running"),
            low=pl.min_horizontal("begin", "end"),
            high=pl.max_horizontal("begin", "end"),
            leftward=(kind != "start") & (kind != "end") & (value < 0),
            role=_role(),
            folded=pl.col("label").map_elements(folded, return_dtype=pl.String),
            said=pl.format("{}: {}", "label", "written"),
        )
        .with_columns(beside=pl.when("leftward").then("low").otherwise(pl.coalesce("high", "at")))
        .select(_DRAWN)
    )


def _role() -> pl.Expr:
    """What a step is coloured for. A change too small to be written is still a gain or a loss."""
    return (
        pl.when(pl.col("kind").is_in(["start", "end", "sum", "rest"]))
        .then(pl.col("kind"))
        .when(pl.col("value").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("value") < 0)
        .then(pl.lit("worse"))
        .otherwise(pl.lit("better"))
    )


@cache
def _spec(axis: str, count: int, high: int, signed: bool, mode: Mode) -> dict[str, Any]:
    colours, scale = PALETTES[mode], _axis(axis, signed)
    layers = [
        row_names(NAMES, row_places(count), colours, strong=_STRONG),
        *_lines(scale, count, colours),
        _bars(scale, count, colours),
        _levels(scale, count, colours),
        *_figures(scale, count, colours),
    ]
    return layered(layers, high, fit="fit")


def _axis(title: str, signed: bool) -> alt.Axis:
    return alt.Axis(
        title=title,
        tickCount=5,
        grid=True,
        orient="bottom",
        format="~f",
        labelBound=True,
        labelExpr=_SIGNED if signed else alt.Undefined,
    )


def _x(field: str, axis: alt.Axis) -> alt.X:
    scale = alt.Scale(zero=False, nice=False, padding=_ROOM, range=row_range(NAMES, _EDGE))
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _lines(axis: alt.Axis, count: int, colours: Palette) -> list[alt.Chart]:
    """Where the steps began, through all of them, and from the end of each step to the next.

    What lies beyond the first line at the end is the whole change.
    """
    began = alt.Chart().transform_filter("datum.place === 0").mark_rule(color=colours.context, strokeDash=[3, 3])
    joined = (
        alt.Chart()
        .transform_filter(f"datum.place < {count - 1}")
        .transform_calculate(below="datum.place + 1")
        .mark_rule(color=colours.context)
    )
    return [
        began.encode(x=_x("base", axis), y=alt.YValue(0), y2=alt.Y2Value("height")),
        joined.encode(x=_x("at", axis), y=row_places(count), y2=alt.Y2("below")),
    ]


def _bars(axis: alt.Axis, count: int, colours: Palette) -> alt.Chart:
    """A bar from where a step began to where it ended; hollow where the figures are not their publisher's."""
    return (
        alt.Chart()
        .transform_filter(f"isValid(datum.low) && !{_LEVEL}")
        .transform_calculate(top=f"datum.place - {_HALF}", bottom=f"datum.place + {_HALF}")
        # A stroke of its own keeps a change of nearly nothing in sight.
        .mark_rect(strokeWidth=1.5)
        .encode(
            x=_x("low", axis),
            x2=alt.X2("high"),
            y=row_places(count, "top"),
            y2=alt.Y2("bottom"),
            tooltip=row_tooltip(),
            **_colours(colours),
        )
    )


def _levels(axis: alt.Axis, count: int, colours: Palette) -> alt.Chart:
    """The levels at both ends: dots, since a bar would have to start from nothing."""
    return (
        alt.Chart()
        .transform_filter(_LEVEL)
        .mark_point(size=130, strokeWidth=2, opacity=1)
        .encode(x=_x("at", axis), y=row_places(count), tooltip=row_tooltip(), **_colours(colours))
    )


def _colours(colours: Palette) -> dict[str, Any]:
    """Outline and inside by what a step is for; inside the ground where its figures were not printed."""
    role = by_role(
        {
            "better": colours.better,
            "worse": colours.worse,
            "rest": colours.quiet,
            "unknown": colours.quiet,
            "start": colours.chosen,
            "end": colours.chosen,
            "sum": colours.chosen,
        }
    )
    hollow = {"test": "!datum.printed", "value": colours.ground}
    return {
        "stroke": alt.Stroke(**role),
        "fill": alt.Fill(**role, condition=hollow),
    }


def _figures(axis: alt.Axis, count: int, colours: Palette) -> list[alt.Chart]:
    """Beside each bar its figure, on the side to which it went, so that no connecting line runs through it."""
    figures = alt.Chart().encode(x=_x("beside", axis), y=row_places(count), text=alt.Text("written:N"))
    return rimmed(
        figures,
        colours.ink,
        colours,
        baseline="middle",
        align=alt.ExprRef("datum.leftward ? 'right' : 'left'"),
        dx=alt.ExprRef("datum.leftward ? -9 : isValid(datum.low) ? 12 : 9"),
        fontWeight=alt.ExprRef(f"{_STRONG} ? 600 : 400"),
    )
