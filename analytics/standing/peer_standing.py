"""Where does a unit stand among those most like it?

The peers are the nearest by income, size and urbanisation (`analytics.peers`); the place is among them and the
unit itself, by the ranks that are shown. A place among the few that are known would be false: it is given only
where every one of them has a rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.core.ranking import ranking
from analytics.standing.peers import peers
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem

COUNT = 10


@dataclass(frozen=True, slots=True)
class PeerStanding:
    """A unit's peers, nearest first, and its place among them and itself.

    `place` is null unless the ranks of all `count` + 1 are known; `known` says how many of the peers' are.
    `data_year` is the year of the figures that they are alike in, `far` whether nobody is really near.
    """

    units: tuple[str, ...]
    place: int | None
    known: int
    data_year: int
    far: bool

    @property
    def of(self) -> int:
        """How many the place is among."""
        return len(self.units) + 1


def peer_standing(
    frames: Frames, index: str, year: int, unit: str, component: str = OVERALL, count: int = COUNT
) -> PeerStanding | None:
    """The peers of a unit by what was known up to an edition, and its place among them on a component of it.

    None where the three figures of the unit are not known, so that nobody can be said to be like it. Raises
    Problem for an index, edition or component that does not exist.
    """
    rows = ranking(frames, index, year, component).rows
    try:
        found = peers(frames, unit, year, count)
    except Problem:
        return None
    shown = dict(rows.select("unit", pl.coalesce("published_rank", "rank", "order")).drop_nulls().iter_rows())
    units = tuple(found.rows["unit"])
    ranks = [shown[peer] for peer in units if peer in shown]
    own = shown.get(unit)
    whole = own is not None and len(ranks) == len(units)
    return PeerStanding(
        units=units,
        place=1 + sum(rank < own for rank in ranks) if own is not None and whole else None,
        known=len(ranks),
        data_year=int(found.figures["data_year"]),
        far=bool(found.figures["no_near_peer"]),
    )
