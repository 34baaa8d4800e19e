"""A caveat inside the chart's own drawing, so that every copy of the chart carries it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt
from dashboard.charts.theme import PALETTES, Mode

_SIZE = 12


def with_caveat(figure: Figure, caveat: str, mode: Mode) -> Figure:
    """The chart with a short sentence above what it draws, at its left edge, and in what is read aloud."""
    # A title takes no width from the drawing; a text beside the marks would.
    title = alt.Title(
        caveat,
        anchor="start",
        frame="group",
        fontSize=_SIZE,
        fontWeight=600,
        color=PALETTES[mode].worse,
        offset=10,
        # Read aloud it would say "Title text", in English; `alt` has the words.
        aria=False,
    )
    spec = figure.spec | {"title": title.to_dict(validate=False)}
    return replace(figure, spec=spec, alt=f"{figure.alt} {caveat}.")
