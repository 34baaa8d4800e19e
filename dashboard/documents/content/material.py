"""The answers that a chapter of a pack is made of: each question asked once, its refusal kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

import polars as pl

from analytics.change.change import change
from analytics.core.answer import Answer
from analytics.core.history import history
from analytics.core.ranking import ranking
from analytics.path.precedent import precedent
from analytics.path.target import target
from analytics.standing.comparison import comparison
from analytics.standing.peers import peers, region_of
from analytics.standing.standing import Distance, distance
from analytics.weakness.indicators import indicators
from analytics.weakness.weakness import weakness
from dashboard.documents.content.specification import Specification
from dashboard.subject import PlainAsker, Subject
from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.text import Problem, Text

T = TypeVar("T")

# Precedents are told of the components where most is to be gained: a conference discusses no more.
FOREMOST = 3


@dataclass(frozen=True, eq=False)
class Material:
    """What analytics answers on one index of a pack; None where it refuses, the reason then in `refused`.

    Each property asks once and keeps the answer. `refused` is by question and complete only for those asked.
    """

    frames: Frames
    specification: Specification
    index: Index
    refused: dict[str, Text] = field(default_factory=dict)

    @cached_property
    def subject(self) -> Subject:
        """Whose chapter it is, as figures take it."""
        asked = self.specification
        asker = PlainAsker.of(self.frames)
        return Subject(
            asker=asker,
            unit=asked.province,
            index=self.index,
            year=asked.year,
            lang=asked.lang,
            against=asked.against,
            top=asked.top,
            peers=asked.peers,
            behind="region" if asked.region else "nobody",
            through=asked.year,
        )

    @property
    def unit(self) -> str:
        """The province's code."""
        return self.specification.province

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.specification.year

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.index.edition(self.year)

    @cached_property
    def history(self) -> Answer | None:
        """`analytics.history` of total and components."""
        return self._asked("history", lambda: history(self.frames, self.unit, self.index.code))

    @cached_property
    def totals(self) -> pl.DataFrame:
        """The totals of all editions up to this one (rows of `analytics.history`), oldest first; may be empty."""
        if self.history is None:
            return pl.DataFrame()
        return self.history.rows.filter(pl.col("year") <= self.year, component=OVERALL)

    @cached_property
    def row(self) -> dict[str, Any] | None:
        """The edition's row of `totals`; None where nothing of it is known."""
        now = self.totals.filter(year=self.year) if self.totals.height else self.totals
        return now.row(0, named=True) if now.height else None

    @cached_property
    def comparison(self) -> Answer | None:
        """`analytics.comparison`: components and total of two editions beside the median."""
        return self._asked("comparison", lambda: comparison(self.frames, self.unit, self.index.code, self.year))

    @cached_property
    def change(self) -> Answer | None:
        """`analytics.change`: why total and rank moved."""
        return self._asked("change", lambda: change(self.frames, self.unit, self.index.code, self.year))

    @cached_property
    def weakness(self) -> Answer | None:
        """`analytics.weakness` against the reference of the specification."""
        asked = self.specification
        against = "peers" if asked.peers and asked.against == "peers" else asked.against
        return self._asked(
            "weakness",
            lambda: weakness(
                self.frames,
                self.unit,
                self.index.code,
                self.year,
                against,
                asked.top,
                asked.peers if against == "peers" else (),
            ),
        )

    @cached_property
    def indicators(self) -> Answer | None:
        """`analytics.indicators` of all components."""
        return self._asked("indicators", lambda: indicators(self.frames, self.unit, self.index.code, self.year))

    @cached_property
    def peers(self) -> Answer | None:
        """`analytics.peers`: the nearest units; those chosen by hand stand in the specification instead."""
        return self._asked("peers", lambda: peers(self.frames, self.unit, self.year))

    @cached_property
    def ranking(self) -> Answer | None:
        """`analytics.ranking` of the total, all units."""
        return self._asked("ranking", lambda: ranking(self.frames, self.index.code, self.year))

    @cached_property
    def region(self) -> str:
        """The code of the province's region."""
        return str(self.frames.unit.filter(unit=self.unit)["region"].item())

    @cached_property
    def region_units(self) -> list[str]:
        """The units of the region that there were in the year, ours included."""
        return [self.unit, *region_of(self.frames, self.unit, self.year)]

    @cached_property
    def distance(self) -> Distance | None:
        """`analytics.standing.distance` to the target group."""
        return self._asked(
            "distance",
            lambda: distance(self.frames, self.index.code, self.year, self.unit, self.specification.top),
        )

    @cached_property
    def target(self) -> Answer | None:
        """`analytics.target`: threshold, routes and odds."""
        return self._asked(
            "target",
            lambda: target(self.frames, self.unit, self.index.code, self.year, self.specification.top),
        )

    @cached_property
    def foremost(self) -> tuple[str, ...]:
        """The components furthest behind the reference in points of the total, at most three."""
        if self.weakness is None:
            return ()
        behind = self.weakness.rows.filter(pl.col("weighted_gap") > 0)
        return tuple(behind.sort("weighted_gap", descending=True, maintain_order=True)["component"][:FOREMOST])

    @cached_property
    def gaps_known(self) -> tuple[int, int]:
        """Of how many components the gap in points of the total is known, and of how many there are."""
        if self.weakness is None:
            return 0, 0
        return self.weakness.rows["weighted_gap"].count(), self.weakness.rows.height

    @cached_property
    def precedents(self) -> dict[str, Answer]:
        """`analytics.precedent` of the foremost components, where it has an answer."""
        found = {}
        for code in self.foremost:
            answer = self._asked(f"precedent.{code}", partial(self._precedent, code))
            if answer is not None:
                found[code] = answer
        return found

    @cached_property
    def region_name(self) -> str:
        """The region's name in the language of the pack."""
        column = f"name_{self.specification.lang}"
        return str(self.frames.region.filter(unit_set=self.unit[:2], region=self.region)[column].item())

    @cached_property
    def region_rows(self) -> pl.DataFrame:
        """The rows of `analytics.ranking` of the region's units, best first."""
        rows = self.ranking.rows if self.ranking is not None else pl.DataFrame()
        return rows.filter(pl.col("unit").is_in(self.region_units)) if rows.height else rows

    @property
    def region_ranked(self) -> tuple[str, int] | None:
        """The region's name and how many of its units are ranked in it; None where none is."""
        ranked = self.region_rows["rank_in_region"].count() if self.region_rows.height else 0
        return (self.region_name, ranked) if ranked else None

    @cached_property
    def peer_units(self) -> tuple[str, ...]:
        """The units compared with: those chosen by hand, else the nearest; none where nobody is known to be."""
        if self.specification.peers:
            return self.specification.peers
        return () if self.peers is None else tuple(self.peers.rows["unit"])

    @cached_property
    def peer_rows(self) -> pl.DataFrame:
        """The rows of `analytics.ranking` of the peers; without any, of nobody."""
        rows = self.ranking.rows if self.ranking is not None else pl.DataFrame()
        return rows.filter(pl.col("unit").is_in(self.peer_units)) if rows.height else rows

    @cached_property
    def city(self) -> bool:
        """Whether the province is one of the cities, whose agencies are named after it."""
        return bool(self.frames.unit.filter(unit=self.unit)["is_city"].item())

    @cached_property
    def figures(self) -> dict[tuple[str, int], dict[str, Any]]:
        """The rows of `history` by component and year, to say how a figure is known."""
        rows = [] if self.history is None else self.history.rows.to_dicts()
        return {(row["component"], row["year"]): row for row in rows}

    def name(self, unit: str | None = None) -> str:
        """A unit's name (ours without one) in the language of the pack."""
        return self._names[unit or self.unit]

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(self.frames.unit.select("unit", f"name_{self.specification.lang}").iter_rows())

    def _precedent(self, component: str) -> Answer:
        """Who gained as much as we are behind the reference of the specification."""
        assert self.weakness is not None  # a component is foremost by it
        gap = float(self.weakness.rows.filter(component=component)["gap"].item())
        return precedent(self.frames, self.unit, self.index.code, self.year, component, gap)

    def _asked(self, question: str, ask: Callable[[], T]) -> T | None:
        try:
            return ask()
        except Problem as problem:
            self.refused[question] = problem.text
            return None
