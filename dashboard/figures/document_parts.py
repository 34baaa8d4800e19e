"""What stands behind a total as charts to take away: components, what moved it, gaps, indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.charts.figure import Figure
from dashboard.documents.content.content import Chapter
from dashboard.figures import change, overview, weakness

_STRIPS = 8
_WIDE, _NARROW = 118, 46


def ordered(chapter: Chapter) -> Iterator[Figure]:
    """The order of all on each component, of an edition of which little more is known."""
    figure = overview.orders(chapter.material.subject)
    if figure is not None:
        yield figure


def moved(chapter: Chapter) -> Iterator[Figure]:
    """Whose doing the change of rank is; the change of the total is a chart of the report too."""
    figure = change.rank_parts(chapter.material.subject)
    if figure is not None:
        yield figure


def gaps(chapter: Chapter) -> Iterator[Figure]:
    """What each component costs or earns against the reference."""
    figure = weakness.gaps(chapter.material.subject)
    if figure is not None:
        yield figure


def indicators(chapter: Chapter) -> Iterator[Figure]:
    """The indicators of the components where most is to be gained, from worst to best province."""
    for code in chapter.material.foremost:
        figure = weakness.indicators(chapter.material.subject, code)
        if figure is not None:
            yield replace(figure, name=f"indicators-{code}")
