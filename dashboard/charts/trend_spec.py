"""How a trend is drawn: regimes below, lines by role, points, labels beside; the figures come with the rows.

Nothing here depends on whose trend it is: the browser then keeps the drawing and only moves its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from analytics.standing.trend import Band
from dashboard.charts.labels import rimmed
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.charts.years import year_axis
from dashboard.text import say
from data.text import Language

What = Literal["rank", "score", "share"]
# `member` of a merged province by itself, `part` of one beside the estimate of the whole.
Role = Literal["own", "member", "part", "rival", "region"]
ROLES: tuple[Role, ...] = ("region", "rival", "part", "member", "own")  # from the background to the front

HEIGHT = 340
_STRIP = 26
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
    """`top`: so many lead; `extent`: the ends of the scale; `merged`: the year from which others are scored."""
    colours = PALETTES[mode]
    layers = [
        _axes(what, years, extent),
        *([_target(top + 0.5, colours)] if top is not None and what == "rank" else []),
        *_regimes(years, _strips(regimes, years, lang), colours),
        *_spreads(colours),
        *_lines(colours),
        _points(colours),
        *_texts(colours),
        *(_merger(merged, colours) if merged is not None else []),
    ]
    return layered(layers, HEIGHT)


def _axes(what: What, years: tuple[int, int], extent: tuple[float, float]) -> alt.Chart:
    """Both axes, said once for all layers; of this one nothing is seen."""
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
            x=alt.XDatum(years[0], type="quantitative", **year_axis(years, _MARGIN, _STRIP)),
            y=alt.YDatum(extent[0], type="quantitative", scale=scale, axis=axis),
        )
    )


def _once() -> alt.Chart:
    """For marks that are drawn once, whatever the rows."""
    return alt.Chart(alt.InlineData([{}]))


def _of(kind: str) -> alt.Chart:
    """For marks of the rows of one kind."""
    return alt.Chart().transform_filter(f"datum.kind == '{kind}'")


def _x(field: str) -> alt.X:
    return alt.X(field, type="quantitative", title=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", title=None)


def _strips(regimes: Sequence[Band], years: tuple[int, int], lang: Language) -> list[dict[str, Any]]:
    """The regimes as far as they lie in the years shown, with their words; of one year the axis says as much."""
    return [
        {
            "from": max(band.first, years[0]) - 0.45,
            "to": min(band.last, years[1]) + 0.45,
            "long": say(lang, "trends.regime", years=_span(band, "")),
            "short": _span(band, "short") if band.last > band.first else "",
        }
        for band in regimes
        if band.last >= years[0] and band.first <= years[1]
    ]


def _span(band: Band, length: str) -> str:
    if band.first == band.last:
        return str(band.first)
    return f"{band.first}–{band.last % 100:02d}" if length == "short" else f"{band.first}–{band.last}"


def _spreads(colours: Palette) -> list[alt.Chart]:
    """From the lowest to the highest member; figures of which only a range, or what they lie below, is known."""
    wide = alt.ExprRef("wide < 480 ? 7 : 12")
    spread = _of("spread").mark_rule(
        strokeWidth=wide, strokeCap="butt", opacity=0.22, color=colours.chosen, tooltip=None
    )
    bound = _of("bound").transform_filter("isValid(datum.low)").mark_rule(strokeWidth=3)
    cut = (
        _of("bound")
        .transform_filter("!isValid(datum.low)")
        .mark_point(shape="triangle-down", size=60, strokeWidth=1.8, opacity=1, fill=colours.ground)
    )
    return [
        spread.encode(x=_x("year"), y=_y("low"), y2=alt.Y2("high")),
        bound.encode(
            x=_x("year"), y=_y("low"), y2=alt.Y2("high"), color=alt.Color("role:N", **_roles(colours)), **_said()
        ),
        cut.encode(x=_x("year"), y=_y("high"), stroke=alt.Stroke("role:N", **_roles(colours)), **_said()),
    ]


def _said() -> dict[str, list[alt.Tooltip]]:
    """What a reader is told who points at something: a line of its own, as it is read aloud."""
    return {"tooltip": [alt.Tooltip("said:N", title="")]}


def _roles(colours: Palette) -> dict[str, Any]:
    """Each role's colour, for any channel that shows it."""
    of = {
        "region": colours.context,
        "rival": colours.peer,
        "part": colours.peer,
        "member": colours.chosen,
        "own": colours.chosen,
    }
    return {"legend": None, "scale": alt.Scale(domain=[*of], range=[*of.values()])}


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
            color=alt.Color("role:N", **_roles(colours)),
            detail=alt.Detail("piece:N"),
            order=alt.Order("year:Q"),
            strokeDash=alt.StrokeDashValue([1, 0], condition={"test": "datum.dashed", "value": [2, 5]}),
        )
        for role in ROLES
    ]


def _points(colours: Palette) -> alt.Chart:
    """Every point of the named lines; of the background's, those that no line reaches. Hollow: not printed so."""
    sizes = {"own": 40, "region": 14, "rival": 18}
    return (
        alt.Chart()
        .transform_filter(f"{_IS_POINT} && datum.point")
        .transform_calculate(form="datum.shape || 'circle'")
        .mark_point(opacity=1, strokeWidth=1.8)
        .encode(
            x=_x("year"),
            y=_y("value"),
            stroke=alt.Stroke("role:N", **_roles(colours)),
            fill=alt.Fill(
                "role:N", condition={"test": "datum.hollow", "value": colours.ground}, **_roles(colours)
            ),
            shape=alt.Shape("form:N", scale=None),
            size=alt.SizeValue(
                30,
                condition=[{"test": f"datum.role == '{role}'", "value": size} for role, size in sizes.items()],
            ),
            **_said(),
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
    label = _of("label").mark_text(
        align="left",
        dx=alt.ExprRef("isValid(datum.shape) ? 12 : 0"),
        fontSize=alt.ExprRef("wide < 480 ? 11 : 13"),
        tooltip=None,
    )
    member = (
        _of("label")
        .transform_filter("isValid(datum.shape)")
        .mark_point(size=30, filled=True, opacity=1, tooltip=None)
    )
    figures = _of("mark").encode(x=_x("year"), y=_y("value"), text=alt.Text("said:N"))
    return [
        label.encode(x=beside, y=_y("value"), text=alt.Text("said:N"), color=strong),
        member.encode(
            x=beside,
            y=_y("value"),
            shape=alt.Shape("shape:N", scale=None),
            color=alt.Color("role:N", **_roles(colours)),
        ),
        *rimmed(figures, colours.chosen, colours, dy=-13, fontWeight=600, tooltip=None),
    ]


def _regimes(years: tuple[int, int], strips: list[dict[str, Any]], colours: Palette) -> list[alt.Chart]:
    """A strip below the plot: one bar per regime, with its years where there is room; a line where one ends."""
    regimes = alt.Chart(alt.InlineData(strips))
    room = f"(datum.to - datum.from) * (wide - {_MARGIN}) / {years[1] - years[0] + 1}"
    words = (
        f"{room} > 6.3 * length(datum.long) ? datum.long : {room} > 5.8 * length(datum.short) ? datum.short : ''"
    )
    return [
        regimes.transform_filter(f"datum.to < {years[1]}")
        .transform_calculate(edge="datum.to + 0.05")
        .mark_rule(strokeDash=[1, 0], color=colours.rule, tooltip=None)
        .encode(x=_x("edge"), y=alt.YValue(0), y2=alt.Y2Value(HEIGHT)),
        regimes.mark_rect(color=colours.context, cornerRadius=1.5, tooltip=None).encode(
            x=_x("from"), x2=alt.X2("to"), y=alt.YValue(HEIGHT + 6), y2=alt.Y2Value(HEIGHT + 9)
        ),
        regimes.transform_calculate(centre="(datum.from + datum.to) / 2", text=words)
        .mark_text(baseline="top", fontSize=11, color=colours.quiet, tooltip=None)
        .encode(x=_x("centre"), y=alt.YValue(HEIGHT + 12), text=alt.Text("text:N")),
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
        _of("merged")
        .mark_text(align="right", baseline="bottom", dx=4, fontSize=11, color=colours.quiet, tooltip=None)
        .encode(x=at, y=alt.YValue(_ABOVE), text=alt.Text("said:N")),
    ]
