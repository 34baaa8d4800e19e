"""What did units that started near this one's scores gain within one edition, component by component?"""

from __future__ import annotations

import polars as pl

from analytics.core.ranking import scored
from analytics.path.moves import Reach, reach, spread_moves, spreads
from analytics.path.position import room
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Problem

# Gains are figures with binary noise far below this.
SLACK = 1e-9


def likes(frames: Frames, index: Index, unit: str, year: int) -> dict[str, Reach]:
    """The reach of each component of an edition, by the moves of the 100 nearest starts (`analytics.path.moves`).

    Left out are components whose score is not known, of which the edition is not complete, or with too few moves.
    """
    figures = scored(frames, index)
    pooled, now = spread_moves(frames, index, year), spreads(figures, year)
    material = pooled.partition_by("component", as_dict=True)
    own = figures.filter(pl.col("component") != OVERALL, year=year, unit=unit).drop_nulls("score")
    found: dict[str, Reach] = {}
    for row in own.iter_rows(named=True):
        code = row["component"]
        if code not in now:
            continue
        moved = material.get((code,), pooled.clear())
        try:
            found[code] = reach(moved, index, code, row["better"], room(index, row), row["out_of"], now[code])
        except Problem:
            continue
    return found


def most(found: Reach) -> float:
    """The largest gain that any of them made."""
    return float(found.gains[0])


def usual(found: Reach, gain: float) -> float:
    """What such a target usually came to: the mean of their moves, none counted beyond the target itself.

    A target below the present score is taken as it is.
    """
    return gain if gain <= 0 else float(found.gains.clip(max=gain).mean())
