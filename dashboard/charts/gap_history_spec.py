"""How the way to the threshold is drawn: regimes below, two lines or bars, the gap, labels beside."""

from __future__ import annotations

from functools import cache
from typing import Any

from dashboard.charts.labels import rimmed
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.charts.years import year_axis
from dashboard.text import say
from data.text import Language

HEIGHT = 280
TICKS = 5
_STRIP = 26  # room for the regimes between the plot and the years
_MARGIN = "(wide < 480 ? 116 : 150)"  # room for the labels at the right


@cache
def gap_history_spec(years: tuple[int, int], lang: Language, mode: Mode) -> dict[str, Any]:
    """`years` are the first and the last one shown."""
    colours = PALETTES[mode]
    layers = [
        _axes(years),
        *_regimes(years, colours),
        _distance(colours),
        _bars(lang, colours),
        *_lines(colours),
        _points(lang, colours),
        *_distance_label(colours),
        _names(colours),
    ]
    return layered(layers, HEIGHT)


def _axes(years: tuple[int, int]) -> alt.Chart:
    """Both axes, said once for all layers; nothing to see.

    Drawn on the round figures around everything, so that the scale of scores reaches to them.
    """
    return (
        _of("extent")
        .mark_point(opacity=0, tooltip=None)
        .encode(
            x=alt.XDatum(years[0], type="quantitative", **year_axis(years, _MARGIN, _STRIP)),
            y=alt.Y(
                "middle:Q",
                title=None,
                scale=alt.Scale(nice=False, zero=False),
                axis=alt.Axis(tickCount=TICKS, title=None),
            ),
        )
    )


def _of(kind: str) -> alt.Chart:
    """For marks of the rows of one kind."""
    return alt.Chart().transform_filter(f"datum.kind == '{kind}'")


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", title=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", title=None)


def _roles(colours: Palette) -> dict[str, Any]:
    """The colour of either line, for any channel that shows it."""
    return {"legend": None, "scale": alt.Scale(domain=["target", "own"], range=[colours.target, colours.chosen])}


def _tooltip(lang: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=say(lang, "target.chart.line")),
        alt.Tooltip("year:Q", format="d", title=say(lang, "column.year")),
        alt.Tooltip("written:N", title=say(lang, "column.score")),
    ]


def _bars(lang: Language, colours: Palette) -> alt.Chart:
    """What is known only to lie between bounds."""
    return (
        _of("bar")
        .mark_bar(width=9, cornerRadius=2, fillOpacity=0.35, strokeWidth=1.5)
        .encode(
            x=_x("year"),
            y=_y("low"),
            y2=alt.Y2("high"),
            fill=alt.FillValue(colours.target),
            stroke=alt.StrokeValue(colours.target),
            tooltip=_tooltip(lang),
        )
    )


def _lines(colours: Palette) -> list[alt.Chart]:
    """The threshold and our own score, full inside a regime, dashed across a series break."""
    looks: tuple[tuple[str, dict[str, Any]], ...] = (
        ("!datum.dashed", {}),
        ("datum.dashed", {"strokeDash": [2, 5]}),
    )
    return [
        _of("line")
        .transform_filter(f"datum.role == '{role}' && {test}")
        .mark_line(strokeWidth=width, tooltip=None, **look)
        .encode(
            x=_x("year"),
            y=_y("score"),
            color=alt.Color("role:N", **_roles(colours)),
            detail=alt.Detail("piece:N"),
            order=alt.Order("year:Q"),
        )
        for role, width in (("target", 2), ("own", 3))
        for test, look in looks
    ]


def _points(lang: Language, colours: Palette) -> alt.Chart:
    """A point for each edition; told apart by shape too, for those who see no difference of colour."""
    return (
        _of("line")
        .transform_filter("!datum.dashed")
        .mark_point(opacity=1, strokeWidth=1.8)
        .encode(
            x=_x("year"),
            y=_y("score"),
            stroke=alt.Stroke("role:N", **_roles(colours)),
            fill=alt.Fill(
                "role:N", condition={"test": "datum.hollow", "value": colours.ground}, **_roles(colours)
            ),
            shape=alt.ShapeValue("circle", condition={"test": "datum.role == 'target'", "value": "diamond"}),
            size=alt.SizeValue(40),
            tooltip=_tooltip(lang),
        )
    )


def _distance(colours: Palette) -> alt.Chart:
    """The gap of the year looked at."""
    return (
        _of("gap")
        .mark_rule(strokeWidth=2, color=colours.ink, tooltip=None)
        .encode(x=_x("year"), y=_y("low"), y2=alt.Y2("high"))
    )


def _distance_label(colours: Palette) -> list[alt.Chart]:
    """Its points, on a ground of their own; above both lines and a little to the left: what lies there is older
    and mostly lower.
    """
    points = _of("gap").encode(x=_x("year"), y=_y("top"), text=alt.Text("label:N"))
    look: dict[str, Any] = {"align": "right", "dx": 10, "dy": -14, "fontWeight": 700, "fontSize": 13}
    return rimmed(points, colours.ink, colours, tooltip=None, **look)


def _names(colours: Palette) -> alt.Chart:
    return (
        _of("label")
        .mark_text(align="left", fontSize=alt.ExprRef("wide < 480 ? 11 : 13"), fontWeight=600, tooltip=None)
        .encode(
            x=alt.XValue(alt.ExprRef(f"wide - {_MARGIN} + 8")),
            y=_y("middle"),
            text=alt.Text("label:N"),
            color=alt.Color("role:N", **_roles(colours)),
        )
    )


def _regimes(years: tuple[int, int], colours: Palette) -> list[alt.Chart]:
    """A strip below the plot: one bar per regime, with its years where there is room; a line where one ends."""
    room = f"(datum.high - datum.low) * (wide - {_MARGIN}) / {years[1] - years[0] + 1}"
    words = (
        f"{room} > 6.3 * length(datum.label) ? datum.label : {room} > 6.6 * length(datum.short) ? datum.short : ''"
    )
    return [
        _of("band")
        .transform_filter(f"datum.high < {years[1]}")
        .transform_calculate(edge="datum.high + 0.05")
        .mark_rule(color=colours.rule, tooltip=None)
        .encode(x=_x("edge"), y=alt.YValue(0), y2=alt.Y2Value(HEIGHT)),
        _of("band")
        .mark_rect(color=colours.context, cornerRadius=1.5, tooltip=None)
        .encode(x=_x("low"), x2=alt.X2("high"), y=alt.YValue(HEIGHT + 6), y2=alt.Y2Value(HEIGHT + 9)),
        _of("band")
        .transform_calculate(centre="(datum.low + datum.high) / 2", text=words)
        .mark_text(baseline="top", fontSize=11, color=colours.quiet, tooltip=None)
        .encode(x=_x("centre"), y=alt.YValue(HEIGHT + 12), text=alt.Text("text:N")),
    ]
