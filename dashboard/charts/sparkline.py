"""A unit's rank over all editions as a small picture in a card: drawn as SVG, so that it costs no chart.

Nothing is written on it: the words stand beside it, in the page's own font.

Each regime is a line of its own, a year of which nothing is known leaves a gap, and a series break inside a regime
is dashed. A rank that its publisher did not print is a hollow dot. 1 is on top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.core.history import Point
from dashboard.charts.theme import PALETTES, Mode, Palette

WIDTH, HEIGHT = 270, 54
_SIDE, _TOP, _BOTTOM = 6, 6, 6
_DOT = 2.6


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture, and how far down the band of the target group ends: a share of 1, None where there is none."""

    svg: str
    edge: float | None


def sparkline(shown: Sequence[Point], years: Sequence[int], year: int, top: int, mode: Mode) -> Drawn:
    """The ranks over all `years`; `year` is the card's own, `top` the size of the target group."""
    place = _Place(years[0], years[-1], max(point.of for point in shown))
    # No band where the target group would be everybody.
    edge = place.y(top + 0.5) if top < place.of else None
    return Drawn(svg(shown, place, edge, year, PALETTES[mode]), None if edge is None else edge / HEIGHT)


@dataclass(frozen=True, slots=True)
class _Place:
    first: int
    last: int
    of: int

    def x(self, year: float) -> float:
        return _SIDE + (year - self.first) / max(self.last - self.first, 1) * (WIDTH - 2 * _SIDE)

    def y(self, rank: float) -> float:
        return _TOP + (rank - 1) / max(self.of - 1, 1) * (HEIGHT - _TOP - _BOTTOM)


def svg(shown: Sequence[Point], place: _Place, edge: float | None, year: int, colours: Palette) -> str:
    """The lines and dots on a band for the target group."""
    band = []
    if edge is not None:
        band.append(f'<rect width="{WIDTH}" height="{edge:.1f}" fill="{colours.target}" opacity=".14"/>')
    body = "".join([*band, *_lines(shown, place, colours), *_dots(shown, place, year, colours)])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{body}</svg>'


def _lines(shown: Sequence[Point], place: _Place, colours: Palette) -> Iterator[str]:
    for before, after in pairwise(shown):
        if after.step is None:
            continue
        dash = ' stroke-dasharray="2 2.5"' if after.step == "dashed" else ""
        yield (
            f'<line x1="{place.x(before.year):.1f}" y1="{place.y(before.rank):.1f}" '
            f'x2="{place.x(after.year):.1f}" y2="{place.y(after.rank):.1f}" '
            f'stroke="{colours.peer}" stroke-width="1.5"{dash}/>'
        )


def _dots(shown: Sequence[Point], place: _Place, year: int, colours: Palette) -> Iterator[str]:
    for point in shown:
        own = point.year == year
        colour = colours.chosen if own else colours.peer
        yield (
            f'<circle cx="{place.x(point.year):.1f}" cy="{place.y(point.rank):.1f}" '
            f'r="{_DOT * 1.7 if own else _DOT:.1f}" fill="{colour if point.printed else colours.ground}" '
            f'stroke="{colour}" stroke-width="{2 if own else 1.2}"/>'
        )
