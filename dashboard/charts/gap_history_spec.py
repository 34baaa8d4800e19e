"""How the way to the threshold is drawn: regimes below, two lines or bars, the gap, labels beside."""

from __future__ import annotations

from functools import cache
from typing import Any

from analytics.standing.trend import Band
from dashboard.charts.encodings import by_role, of_kind
from dashboard.charts.labels import rimmed
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.charts.years import regime_strip, year_axis
from dashboard.text import say
from data.text import Language

HEIGHT = 280
TICKS = 5
_MARGIN = "(wide < 480 ? 136 : 150)"  # room for the labels at the right, one of two bounds included


@cache
def gap_history_spec(
    years: tuple[int, int], regimes: tuple[Band, ...], lang: Language, mode: Mode
) -> dict[str, Any]:
    """The specification, for any figures; `years` are the first and the last one shown."""
    colours = PALETTES[mode]
    layers = [
        _axes(years),
        *regime_strip(regimes, years, _MARGIN, HEIGHT, lang, colours),
        _distance(colours),
        _bars(lang, colours),
        *_lines(colours),
        _points(lang, colours),
        *_distance_label(colours),
        _names(colours),
    ]
    return layered(layers, HEIGHT)


def _axes(years: tuple[int, int]) -> alt.Chart:
    """An invisible layer that has both axes of the chart.

    It draws the round figures around all scores, so that the axis reaches to them.
    """
    return (
        of_kind("extent")
        .mark_point(opacity=0, tooltip=None)
        .encode(
            x=alt.XDatum(years[0], type="quantitative", **year_axis(years, _MARGIN)),
            y=alt.Y(
                "middle:Q",
                title=None,
                scale=alt.Scale(nice=False, zero=False),
                axis=alt.Axis(tickCount=TICKS, title=None),
            ),
        )
    )


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", title=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", title=None)


def _roles(colours: Palette) -> dict[str, Any]:
    """The colour of either line, for any channel that shows it."""
    return by_role({"target": colours.target, "own": colours.chosen})


def _tooltip(lang: Language) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=say(lang, "target.chart.line")),
        alt.Tooltip("year:Q", format="d", title=say(lang, "column.year")),
        alt.Tooltip("written:N", title=say(lang, "column.score")),
    ]


def _bars(lang: Language, colours: Palette) -> alt.Chart:
    """What is known only to lie between bounds."""
    return (
        of_kind("bar")
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
        of_kind("line")
        .transform_filter(f"datum.role == '{role}' && {test}")
        .mark_line(strokeWidth=width, tooltip=None, **look)
        .encode(
            x=_x("year"),
            y=_y("score"),
            color=alt.Color(**_roles(colours)),
            detail=alt.Detail("piece:N"),
            order=alt.Order("year:Q"),
        )
        for role, width in (("target", 2), ("own", 3))
        for test, look in looks
    ]


def _points(lang: Language, colours: Palette) -> alt.Chart:
    """A point for each edition; told apart by shape too, for those who see no difference of colour."""
    return (
        of_kind("line")
        .transform_filter("!datum.dashed")
        .mark_point(opacity=1, strokeWidth=1.8)
        .encode(
            x=_x("year"),
            y=_y("score"),
            stroke=alt.Stroke(**_roles(colours)),
            fill=alt.Fill(**_roles(colours), condition={"test": "datum.hollow", "value": colours.ground}),
            shape=alt.ShapeValue("circle", condition={"test": "datum.role == 'target'", "value": "diamond"}),
            size=alt.SizeValue(40),
            tooltip=_tooltip(lang),
        )
    )


def _distance(colours: Palette) -> alt.Chart:
    """The gap of the year looked at."""
    return (
        of_kind("gap")
        .mark_rule(strokeWidth=2, color=colours.ink, tooltip=None)
        .encode(x=_x("year"), y=_y("low"), y2=alt.Y2("high"))
    )


def _distance_label(colours: Palette) -> list[alt.Chart]:
    """Its points, on a ground of their own; above both lines and a little to the left: what lies there is older
    and mostly lower.
    """
    points = of_kind("gap").encode(x=_x("year"), y=_y("top"), text=alt.Text("label:N"))
    look: dict[str, Any] = {"align": "right", "dx": 10, "dy": -14, "fontWeight": 700, "fontSize": 13}
    return rimmed(points, colours.ink, colours, tooltip=None, **look)


def _names(colours: Palette) -> alt.Chart:
    return (
        of_kind("label")
        .mark_text(align="left", fontSize=alt.ExprRef("wide < 480 ? 11 : 13"), fontWeight=600, tooltip=None)
        .encode(
            x=alt.XValue(alt.ExprRef(f"wide - {_MARGIN} + 8")),
            y=_y("middle"),
            text=alt.Text("label:N"),
            color=alt.Color(**_roles(colours)),
        )
    )
