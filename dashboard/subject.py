"""What the overview says of one province of the 63, for the page and for the brief on paper alike.

Asks and keeps; the words are in `dashboard.text.summary`. No Streamlit here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import polars as pl

from analytics.change.change import change
from analytics.core.answer import Answer
from analytics.core.history import history
from analytics.core.ranking import density, ranking
from analytics.path.backtest import backtest
from analytics.path.outlook import Outlook, chance, outlook
from analytics.standing.standing import Distance, distance
from analytics.weakness.agency import Agency, agencies
from analytics.weakness.strengths import Strengths, strengths
from data.definition import OVERALL, Index
from data.frames import Frames
from data.names import Names
from data.text import Language, Problem, Text

P = ParamSpec("P")
T = TypeVar("T")


class Asked(Protocol):
    """Whoever answers questions: the dashboard's resources, which keep answers, or `Plainly`."""

    @property
    def frames(self) -> Frames:
        """The data."""

    @property
    def names(self) -> Names:
        """Everything by which units are known."""

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to a question."""


@dataclass(frozen=True, slots=True, eq=False)
class Plainly:
    """Asks on frames and keeps nothing: for a command, which asks once."""

    frames: Frames
    names: Names

    @classmethod
    def of(cls, frames: Frames) -> Plainly:
        """On these data."""
        return cls(frames, Names.of(frames))

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to a question."""
        return question(self.frames, *args, **kwargs)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A unit on one index: its totals of all editions (rows of `analytics.history`), and the edition shown."""

    index: Index
    totals: pl.DataFrame
    year: int
    distance: Distance | None

    @property
    def row(self) -> Mapping[str, Any]:
        """The figures of the edition shown."""
        return self.totals.filter(year=self.year).row(0, named=True)

    @property
    def newest(self) -> Mapping[str, Any]:
        """The figures of the newest edition that is known."""
        return self.totals.row(-1, named=True)


@dataclass(frozen=True)
class Gist:
    """One province, and the edition of an index that is looked at closely: the one asked for or the nearest."""

    source: Asked
    unit: str
    index: Index
    asked: int
    lang: Language

    @property
    def name(self) -> str:
        """The province's name."""
        return self.source.names.name(self.unit).in_(self.lang)

    @cached_property
    def city(self) -> bool:
        """Whether its agencies are a city's."""
        return bool(self.source.frames.unit.filter(unit=self.unit)["is_city"].item())

    @cached_property
    def year(self) -> int:
        """The edition looked at: the one asked for, else the nearest in which the province is known."""
        return self.shown_year(self.index) or self.asked

    def totals(self, index: Index) -> pl.DataFrame:
        """The province's totals on an index, oldest first."""
        return self.source.ask(history, self.unit, index.code, OVERALL).rows

    def shown_year(self, index: Index) -> int | None:
        """The edition that is shown of an index: of the index chosen the nearest to the one asked for, of two as
        near the earlier; of the others the newest known.
        """
        years: list[int] = self.totals(index)["year"].to_list()
        if index.code != self.index.code:
            return max(years, default=None)
        return min(years, key=lambda year: (abs(year - self.asked), year), default=None)

    def standing(self, index: Index) -> Standing | None:
        """Where the province stands on an index; None where nothing is known."""
        year = self.shown_year(index)
        if year is None:
            return None
        return Standing(index, self.totals(index), year, self.distance_of(index, year))

    def distance_of(self, index: Index, year: int) -> Distance | None:
        """How far it is from the target group."""
        return self.source.ask(distance, index.code, year, self.unit)

    @cached_property
    def distance(self) -> Distance | None:
        """How far it is from the target group of the edition looked at."""
        return self.distance_of(self.index, self.year)

    @cached_property
    def whole(self) -> Answer:
        """The ranking of that edition."""
        return self.source.ask(ranking, self.index.code, self.year, OVERALL)

    @cached_property
    def crowd(self) -> dict[str, Any] | None:
        """How many are close by."""
        return self.source.ask(density, self.index.code, self.year, self.unit, OVERALL)

    @cached_property
    def strengths(self) -> Strengths | None:
        """What carries it and what holds it back."""
        return self.source.ask(strengths, self.unit, self.index.code, self.year)

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """Who answers for each component."""
        return self.source.ask(agencies, self.index.code)

    @cached_property
    def change(self) -> Answer | None:
        """Why total and rank moved; None where the figures can't say."""
        return self.source.ask(_changed, self.unit, self.index.code, self.year)

    @cached_property
    def chance(self) -> float | Text:
        """How likely it is in the target group next time, or why that can't be said."""
        return chance(self.source.frames, self.unit, self.index.code, self.year, self.outlook)

    @cached_property
    def outlook(self) -> Outlook | Text:
        """The chances of all, or why there are none (`analytics.outlook`)."""
        return self.source.ask(outlook, self.index.code, self.year)

    @property
    def trial(self) -> tuple[Callable[[Frames, str, int | None], Answer], str, int | None]:
        """The question of how good such chances were, with what it is asked about; it takes a second."""
        found = self.outlook
        return backtest, self.index.code, None if isinstance(found, Text) else found.top

    def tested(self) -> Mapping[str, Any] | None:
        """How good such chances were (figures of `analytics.backtest`); None where that can't be tested."""
        question, index, top = self.trial
        try:
            return self.source.ask(question, index, top).figures
        except Problem:
            return None


def _changed(frames: Frames, unit: str, index: str, year: int) -> Answer | None:
    try:
        return change(frames, unit, index, year)
    except Problem:
        return None
