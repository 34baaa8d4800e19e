"""How a trend is drawn: regimes below, lines by role, points, labels beside; the figures come with the rows.

Nothing here depends on whose trend it is: the browser then keeps the drawing and only moves its lines.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from analytics.standing.trend import Band
from dashboard.charts.encodings import by_role, of_kind, told
from dashboard.charts.labels import rimmed
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.charts.years import regime_strip, year_axis
from data.text import Language

What = Literal["rank", "score", "share"]
# `member` of a merged province by itself, `part` of one beside the estimate of the whole.
Role = Literal["own", "member", "part", "comparator", "region"]
ROLES: tuple[Role, ...] = ("region", "comparator", "part", "member", "own")  # from the background to the front

HEIGHT = 340
# Where a sentence stands clear of the lines, and of a figure written over the topmost point.
_ABOVE = -20
# Room for the labels at the right.
_MARGIN = "(wide < 480 ? 112 : 160)"
_IS_POINT = "!isValid(datum.kind)"


@cache
def trend_spec(
    what: What,
    years: tuple[int, int],
    regimes: tuple[Band, ...],
    top: int | None,
    extent: tuple[float, float],
    merged: int | None,
    lang: Language,
    mode: Mode,
) -> dict[str, Any]:
    """The specification, for any figures.

    `top` is the size of the target group, `extent` the ends of the scale, `merged` the year from which the 34 are
    scored.
    """
    colours = PALETTES[mode]
    layers = [
        _axes(what, years, extent),
        *([_target(top + 0.5, colours)] if top is not None and what == "rank" else []),
        *regime_strip(regimes, years, _MARGIN, HEIGHT, lang, colours),
        *_spreads(colours),
        *_lines(colours),
        _points(colours),
        *_texts(colours),
        *(_merger(merged, colours) if merged is not None else []),
    ]
    return layered(layers, HEIGHT)


def _axes(what: What, years: tuple[int, int], extent: tuple[float, float]) -> alt.Chart:
    """An invisible layer that has both axes of the chart."""
    if what == "rank":
        axis = alt.Axis(values=[1, *range(10, int(extent[1]), 10)], title=None, grid=True)
    elif what == "share":
        axis = alt.Axis(tickCount=6, title=None, grid=True, labelExpr="datum.label + ' %'")
    else:
        axis = alt.Axis(tickCount=6, title=None, grid=True)
    scale = alt.Scale(domain=[*extent], nice=False, zero=False, reverse=what == "rank")
    return (
        _once()
        .mark_rule(opacity=0)
        .encode(
            x=alt.XDatum(years[0], type="quantitative", **year_axis(years, _MARGIN)),
            y=alt.YDatum(extent[0], type="quantitative", scale=scale, axis=axis),
        )
    )


def _once() -> alt.Chart:
    """A chart of marks that are drawn once, whatever the rows."""
    return alt.Chart(alt.InlineData([{}]))


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", title=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", title=None)


def _spreads(colours: Palette) -> list[alt.Chart]:
    """From the lowest to the highest member; figures of which only a range, or what they lie below, is known."""
    wide = alt.ExprRef("wide < 480 ? 7 : 12")
    spread = of_kind("spread").mark_rule(
        strokeWidth=wide, strokeCap="butt", opacity=0.22, color=colours.chosen, tooltip=None
    )
    bound = of_kind("bound").transform_filter("isValid(datum.low)").mark_rule(strokeWidth=3)
    cut = (
        of_kind("bound")
        .transform_filter("!isValid(datum.low)")
        .mark_point(shape="triangle-down", size=60, strokeWidth=1.8, opacity=1, fill=colours.ground)
    )
    return [
        spread.encode(x=_x("year"), y=_y("low"), y2=alt.Y2("high")),
        bound.encode(
            x=_x("year"), y=_y("low"), y2=alt.Y2("high"), color=alt.Color(**_roles(colours)), tooltip=told()
        ),
        cut.encode(x=_x("year"), y=_y("high"), stroke=alt.Stroke(**_roles(colours)), tooltip=told()),
    ]


def _roles(colours: Palette) -> dict[str, Any]:
    """Each role's colour, for any channel that shows it."""
    return by_role(
        {
            "region": colours.context,
            "comparator": colours.peer,
            "part": colours.peer,
            "member": colours.chosen,
            "own": colours.chosen,
        }
    )


def _lines(colours: Palette) -> list[alt.Chart]:
    """A layer for each role, so that the chosen unit lies on top; dashed across a series break."""
    widths = {"own": 3, "region": 0.9, "part": 1.4}
    return [
        alt.Chart()
        .transform_filter(f"{_IS_POINT} && datum.role == '{role}'")
        .mark_line(strokeWidth=widths.get(role, 2), tooltip=None)
        .encode(
            x=_x("year"),
            y=_y("value"),
            color=alt.Color(**_roles(colours)),
            detail=alt.Detail("piece:N"),
            order=alt.Order("year:Q"),
            strokeDash=alt.StrokeDashValue([1, 0], condition={"test": "datum.dashed", "value": [2, 5]}),
        )
        for role in ROLES
    ]


def _points(colours: Palette) -> alt.Chart:
    """Every point of the named lines; of the background's, those that no line reaches. Hollow: not printed so."""
    sizes = {"own": 40, "region": 14, "comparator": 18}
    return (
        alt.Chart()
        .transform_filter(f"{_IS_POINT} && datum.point")
        .transform_calculate(form="datum.shape || 'circle'")
        .mark_point(opacity=1, strokeWidth=1.8)
        .encode(
            x=_x("year"),
            y=_y("value"),
            stroke=alt.Stroke(**_roles(colours)),
            fill=alt.Fill(**_roles(colours), condition={"test": "datum.hollow", "value": colours.ground}),
            shape=alt.Shape("form:N", scale=None),
            size=alt.SizeValue(
                30,
                condition=[{"test": f"datum.role == '{role}'", "value": size} for role, size in sizes.items()],
            ),
            tooltip=told(),
        )
    )


def _texts(colours: Palette) -> list[alt.Chart]:
    """The labels at the right, with the point of a member before its name, and the figures over marked points."""
    beside = alt.XValue(alt.ExprRef(f"wide - {_MARGIN} + 8"))
    strong = alt.ColorValue(
        colours.ink,
        condition=[
            {"test": "datum.role == 'own'", "value": colours.chosen},
            {"test": "datum.role == 'top'", "value": colours.target_text},
        ],
    )
    label = of_kind("label").mark_text(
        align="left",
        dx=alt.ExprRef("isValid(datum.shape) ? 12 : 0"),
        fontSize=alt.ExprRef("wide < 480 ? 11 : 13"),
        tooltip=None,
    )
    member = (
        of_kind("label")
        .transform_filter("isValid(datum.shape)")
        .mark_point(size=30, filled=True, opacity=1, tooltip=None)
    )
    figures = of_kind("mark").encode(x=_x("year"), y=_y("value"), text=alt.Text("said:N"))
    return [
        label.encode(x=beside, y=_y("value"), text=alt.Text("said:N"), color=strong),
        member.encode(
            x=beside,
            y=_y("value"),
            shape=alt.Shape("shape:N", scale=None),
            color=alt.Color(**_roles(colours)),
        ),
        *rimmed(figures, colours.chosen, colours, dy=-13, fontWeight=600, tooltip=None),
    ]


def _target(place: float, colours: Palette) -> alt.Chart:
    """The line below the target group; its name stands among the labels."""
    return (
        _once()
        .mark_rule(color=colours.target, strokeWidth=1, tooltip=None)
        .encode(
            x=alt.XValue(0),
            x2=alt.X2Value(alt.ExprRef(f"wide - {_MARGIN}")),
            y=alt.YDatum(place, type="quantitative", title=None),
        )
    )


def _merger(year: int, colours: Palette) -> list[alt.Chart]:
    """Where the 63 end: a line at the year of the merger, and what became of them."""
    at = alt.XDatum(year, type="quantitative", title=None)
    return [
        _once()
        .mark_rule(color=colours.quiet, strokeDash=[4, 3], tooltip=None)
        .encode(x=at, y=alt.YValue(0), y2=alt.Y2Value(HEIGHT)),
        of_kind("merged")
        .mark_text(align="right", baseline="bottom", dx=4, fontSize=11, color=colours.quiet, tooltip=None)
        .encode(x=at, y=alt.YValue(_ABOVE), text=alt.Text("said:N")),
    ]
