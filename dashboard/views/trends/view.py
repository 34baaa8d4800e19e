"""What the page of the trends draws: a subject's lines, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.figures.background import Background
from dashboard.figures.trend_lines import OLD, TrendLines
from dashboard.session.context import Context
from dashboard.text.trends import TrendWording

__all__ = ["OLD", "View", "name"]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Where the page stands, and what it draws."""

    at: Context
    lines: TrendLines

    @property
    def wording(self) -> TrendWording:
        """The words for it."""
        return self.lines.wording

    @property
    def component(self) -> str:
        """The total, or the component that is drawn."""
        return self.lines.subject.component

    @property
    def years(self) -> list[int]:
        """The editions that are shown."""
        return self.lines.years

    @property
    def ours(self) -> list[str]:
        """The chosen unit, or the members of one of the 34."""
        return self.lines.ours

    @property
    def behind(self) -> Background:
        """Whom it is drawn against."""
        return self.lines.background

    @property
    def figures(self) -> pl.DataFrame:
        """Every figure of the index."""
        return self.lines.figures

    @property
    def drawn(self) -> pl.DataFrame:
        """The figures of all who are drawn, on the component chosen."""
        return self.lines.drawn


def name(at: Context, unit: str) -> str:
    """A unit's name in the language chosen."""
    return at.resources.names.name(unit).in_(at.lang)
