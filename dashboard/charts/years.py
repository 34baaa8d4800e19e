"""What charts over time share: the axis of years, and the strip of regimes between it and the plot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.standing.trend import Band
from dashboard.charts.specification import alt
from dashboard.charts.theme import Palette
from dashboard.text import say
from data.text import Language

_STRIP = 26  # pixels between plot and years, for the regimes
# Room in pixels for each letter of a label; a short one may reach a little beyond its bar, its neighbours do not.
_LONG, _SHORT = 6.3, 6.0


def year_axis(years: tuple[int, int], margin: str) -> dict[str, Any]:
    """Scale and axis (for `alt.X`) from the first to the last of `years`.

    `margin`, an expression in pixels, is kept free at the right for labels.
    """
    return {
        "scale": alt.Scale(
            domain=[years[0] - 0.5, years[1] + 0.5],
            range=[0, alt.ExprRef(f"wide - {margin}")],
            nice=False,
            zero=False,
        ),
        "axis": alt.Axis(
            format="d", title=None, tickMinStep=1, offset=_STRIP, labelOverlap=True, labelSeparation=8
        ),
    }


def regime_strip(
    regimes: Sequence[Band], years: tuple[int, int], margin: str, height: int, lang: Language, colours: Palette
) -> list[alt.Chart]:
    """Below a plot of `height` pixels on a `year_axis`: a bar for each regime, and a line where one ends.

    A bar is labelled with its years in the longest words that there is room for.
    """
    found = alt.Chart(alt.InlineData(_labelled(regimes, years, lang)))
    room = f"(datum.high - datum.low) * (wide - {margin}) / {years[1] - years[0] + 1}"
    long, short = (
        f"{room} > {pixels} * length(datum.{name})" for pixels, name in ((_LONG, "long"), (_SHORT, "short"))
    )
    words = f"{long} ? datum.long : {short} ? datum.short : ''"
    return [
        found.transform_filter(f"datum.high < {years[1]}")
        .transform_calculate(edge="datum.high + 0.05")
        .mark_rule(color=colours.rule, tooltip=None)
        .encode(x=_x("edge"), y=alt.YValue(0), y2=alt.Y2Value(height)),
        found.mark_rect(color=colours.context, cornerRadius=1.5, tooltip=None).encode(
            x=_x("low"), x2=alt.X2("high"), y=alt.YValue(height + 6), y2=alt.Y2Value(height + 9)
        ),
        found.transform_calculate(centre="(datum.low + datum.high) / 2", words=words)
        .mark_text(baseline="top", fontSize=11, color=colours.quiet, tooltip=None)
        .encode(x=_x("centre"), y=alt.YValue(height + 12), text=alt.Text("words:N")),
    ]


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", title=None)


def _labelled(regimes: Sequence[Band], years: tuple[int, int], lang: Language) -> list[dict[str, Any]]:
    """The regimes as far as they lie in the years shown; for one of a single year the axis says enough."""
    return [
        {
            "low": max(regime.first, years[0]) - 0.45,
            "high": min(regime.last, years[1]) + 0.45,
            "long": say(lang, "trends.regime", years=_span(regime)),
            "short": f"{regime.first}–{regime.last % 100:02d}" if regime.last > regime.first else "",
        }
        for regime in regimes
        if regime.last >= years[0] and regime.first <= years[1]
    ]


def _span(regime: Band) -> str:
    return str(regime.first) if regime.first == regime.last else f"{regime.first}–{regime.last}"
