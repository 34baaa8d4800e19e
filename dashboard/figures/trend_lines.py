"""What trends draw: a unit's history, the units beside and behind it, and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from analytics.core.bounds import bounds
from analytics.core.ranking import ranked
from analytics.standing.trend import median_pieces, pieces
from dashboard.charts.trend_spec import Role
from dashboard.figures.background import Background, background
from dashboard.subject import Subject
from dashboard.text.trends import TrendWording
from data.definition import OVERALL
from data.frames import Frames

# The unit set that is drawn: a unit of the other one is shown by its members.
OLD = "63"


@dataclass(frozen=True, eq=False)
class TrendLines:
    """The history of a subject's component among the 63.

    One of the 34 that did not merge has the history of the province it was; any other is shown by its members.
    """

    subject: Subject

    @cached_property
    def own(self) -> str | None:
        """The unit of the 63 that the history is of; None where it is of several members, or of no unit."""
        if self.subject.unit.startswith(OLD):
            return self.subject.unit
        members = self._members
        return members[0] if len(members) == 1 else None

    @property
    def ours(self) -> list[str]:
        """The unit or the members that the history is of."""
        return [self.own] if self.own else [*self._members]

    @property
    def _members(self) -> tuple[str, ...]:
        return self.subject.asker.names.members.get(self.subject.unit, ())

    @cached_property
    def years(self) -> list[int]:
        """The editions that may be shown, oldest first."""
        last = self.subject.through
        editions = (item for item in self.subject.index.editions if item.unit_set == OLD)
        return [item.year for item in editions if last is None or item.year <= last]

    @cached_property
    def wording(self) -> TrendWording:
        """The names and number formats of sentences on the history."""
        subject = self.subject
        return TrendWording(
            index=subject.index,
            year=subject.year if subject.edition.unit_set == OLD else self.years[-1],
            name=subject.name,
            lang=subject.lang,
            own=self.own,
            members={} if self.own else {unit: subject.name_of(unit) for unit in self._members},
        )

    @property
    def _alone(self) -> bool:
        """Whether no other unit is drawn: one of the 34 isn't compared with the 63."""
        return self.own is None or self.own != self.subject.unit

    @cached_property
    def comparators(self) -> list[str]:
        """The units drawn beside it."""
        return [] if self._alone else [unit for unit in self.subject.comparators if unit != self.own]

    @cached_property
    def background(self) -> Background:
        """The units drawn behind it."""
        return Background("region") if self._alone else background(self.subject)

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """The role of each unit that is drawn, from the background to the front."""
        own: list[str] = [self.own] if self.own else []
        behind = [unit for unit in self.background.units if unit not in (*own, *self.comparators)]
        groups: list[tuple[Role, Iterable[str]]] = [
            ("region", behind),
            ("comparator", self.comparators),
            ("member", [] if self.own else self._members),
            ("own", own),
        ]
        return {unit: role for role, units in groups for unit in units}

    @cached_property
    def figures(self) -> pl.DataFrame:
        """Every figure of the 63 up to the last edition shown (rows of `analytics.core.ranking.ranked`)."""
        return self._shown(self.subject.ask(_figures, self.subject.index.code))

    @cached_property
    def drawn(self) -> pl.DataFrame:
        """Those of all units that are drawn, on the component."""
        everybody = self.subject.ask(_component, self.subject.index.code, self.subject.component)
        return self._shown(everybody.filter(pl.col("unit").is_in(list(self.roles))))

    @cached_property
    def components(self) -> pl.DataFrame:
        """Those of the unit or its members, on the components."""
        return self.figures.filter(pl.col("unit").is_in(self.ours), pl.col("component") != OVERALL)

    def pieces(self, value: str, units: Iterable[str], component: str | None = None) -> pl.DataFrame:
        """The points that lines join (`analytics.standing.trend.pieces`), on one component or all."""
        kept = self.subject.ask(_pieces, self.subject.index.code, value, component)
        return self._shown(kept.filter(pl.col("unit").is_in(list(units))))

    def median_pieces(self, value: str) -> pl.DataFrame | None:
        """The pieces of the background's median, as of one more unit; None without a background.

        A region's median includes the unit itself, that of the peers doesn't.
        """
        if not self.background.units:
            return None
        own = (self.own,) if self.own and self.background.kind == "region" else ()
        group = tuple(sorted({*self.background.units, *own}))
        return self._shown(self.subject.ask(_median, self.subject.index.code, group, value))

    def extent(self, value: str) -> tuple[float, float]:
        """The lowest and the highest figure of any unit, so that the axis is the same for all."""
        return self.subject.ask(_extent, self.subject.index.code, self.subject.component, value)

    def _shown(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows up to the last edition shown."""
        last = self.subject.through
        return rows if last is None else rows.filter(pl.col("year") <= last)


def _figures(frames: Frames, index: str) -> pl.DataFrame:
    return ranked(frames, frames.index(index)).filter(pl.col("unit").str.starts_with(OLD))


def _component(frames: Frames, index: str, component: str) -> pl.DataFrame:
    return _figures(frames, index).filter(component=component)


def _pieces(frames: Frames, index: str, value: str, component: str | None) -> pl.DataFrame:
    known = _figures(frames, index) if component is None else _component(frames, index, component)
    return pieces(known, frames.index(index), value)


def _median(frames: Frames, index: str, group: tuple[str, ...], value: str) -> pl.DataFrame:
    found = frames.index(index)
    units = frames.unit.filter(pl.col("unit").is_in(group))
    return median_pieces(ranked(frames, found), found, units, value)


def _extent(frames: Frames, index: str, component: str, value: str) -> tuple[float, float]:
    limits = bounds(_component(frames, index, component), value)
    parts = [_pieces(frames, index, value, component)["value"], limits["low"], limits["high"]]
    every = pl.concat([part.cast(pl.Float64) for part in parts]).drop_nulls()
    low, high = every.min(), every.max()
    return (float(str(low)), float(str(high))) if every.len() else (0.0, 1.0)
