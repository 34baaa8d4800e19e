"""What the trends draw: whom, beside whom, and every figure of the index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from analytics.core.bounds import bounds
from analytics.core.ranking import ranked
from analytics.standing.trend import median_pieces, pieces
from dashboard.charts.trend_spec import Role
from dashboard.session.context import Context
from dashboard.text.trends import TrendWording
from dashboard.widgets.background import Background
from data.frames import Frames

# The set whose history is drawn; a unit of the other one is shown by its members.
OLD = "63"


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What the page draws: whom, beside whom (`rivals`) and before whom (`behind`)."""

    at: Context
    wording: TrendWording
    figures: pl.DataFrame
    component: str
    years: list[int]
    rivals: list[str]
    behind: Background
    roles: dict[str, Role] = field(init=False)
    drawn: pl.DataFrame = field(init=False)  # the figures of all who are drawn, on the component chosen

    def __post_init__(self) -> None:
        own = [self.wording.own] if self.wording.own else []
        background = [unit for unit in self.behind.units if unit not in (*own, *self.rivals)]
        groups: list[tuple[Role, Iterable[str]]] = [
            ("region", background),
            ("rival", self.rivals),
            ("member", self.wording.members),
            ("own", own),
        ]
        object.__setattr__(self, "roles", {unit: role for role, units in groups for unit in units})
        everybody = self.at.resources.ask(_component, self.wording.index.code, self.component)
        object.__setattr__(self, "drawn", everybody.filter(pl.col("unit").is_in(list(self.roles))))

    @property
    def ours(self) -> list[str]:
        """The chosen unit, or the members of one of the 34."""
        return [self.wording.own] if self.wording.own else list(self.wording.members)

    def lines(self, value: str, units: Iterable[str], component: str | None = None) -> pl.DataFrame:
        """The pieces of some units, on every component or on one."""
        kept = self.at.resources.ask(_pieces, self.wording.index.code, value, component)
        return kept.filter(pl.col("unit").is_in(list(units)))

    def extent(self, value: str) -> tuple[float, float]:
        """From the lowest to the highest figure of anybody, so that the axis is the same for every province."""
        return self.at.resources.ask(_extent, self.wording.index.code, self.component, value)

    def median(self, value: str) -> pl.DataFrame | None:
        """The same of the median of those behind, as of one more unit; nothing where there are none.

        A region's median is of all its units, the chosen one included; that of the peers is without it.
        """
        own = (self.wording.own,) if self.wording.own and self.behind.kind == "region" else ()
        group = tuple(sorted({*self.behind.units, *own}))
        if not self.behind.units:
            return None
        return self.at.resources.ask(_median, self.wording.index.code, group, value)


def name(at: Context, unit: str) -> str:
    """A unit's name in the language chosen."""
    return at.resources.names.name(unit).in_(at.lang)


def figures(frames: Frames, index: str) -> pl.DataFrame:
    """Every figure of the 63."""
    return ranked(frames, frames.index(index)).filter(pl.col("unit").str.starts_with(OLD))


def _component(frames: Frames, index: str, component: str) -> pl.DataFrame:
    return figures(frames, index).filter(component=component)


def _pieces(frames: Frames, index: str, value: str, component: str | None) -> pl.DataFrame:
    """What a line may join, of every figure of an index or of those on a component."""
    found = frames.index(index)
    known = figures(frames, index) if component is None else _component(frames, index, component)
    return pieces(known, found, value)


def _median(frames: Frames, index: str, group: tuple[str, ...], value: str) -> pl.DataFrame:
    """The same of a group's median."""
    found = frames.index(index)
    units = frames.unit.filter(pl.col("unit").is_in(group))
    return median_pieces(ranked(frames, found), found, units, value)


def _extent(frames: Frames, index: str, component: str, value: str) -> tuple[float, float]:
    limits = bounds(_component(frames, index, component), value)
    parts = [_pieces(frames, index, value, component)["value"], limits["low"], limits["high"]]
    every = pl.concat([part.cast(pl.Float64) for part in parts]).drop_nulls()
    low, high = every.min(), every.max()
    return (float(str(low)), float(str(high))) if every.len() else (0.0, 1.0)
