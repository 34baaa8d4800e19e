"""What is a target worth in points of the total, from the score that a unit has?"""

from __future__ import annotations

from typing import Any

from analytics.core.edition import nothing_known
from analytics.core.ranking import scored
from data.definition import OVERALL, Index
from data.frames import Frames

Figure = dict[str, Any]

# Beyond the ninth place, so that rows still add up to a sum that is rounded there.
_DIGITS = 12


def own_scores(frames: Frames, index: Index, unit: str, year: int) -> dict[str, Figure]:
    """The figures of a unit in an edition by component (rows of `analytics.ranking.scored`), those with a score.

    Raises Problem where its total is not known.
    """
    rows = scored(frames, index).filter(year=year, unit=unit).drop_nulls("score")
    own = {row["component"]: row for row in rows.iter_rows(named=True)}
    if OVERALL not in own:
        raise nothing_known(frames, index, unit, year, OVERALL)
    return own


def sign(index: Index, component: str) -> int:
    """1 where more is better, −1 where less is."""
    return -1 if index.component(component).direction == "lower_better" else 1


def gain(index: Index, component: str, before: float, target: float) -> float:
    """How much better a score would be, in points of the component; negative for a worse one."""
    return sign(index, component) * (target - before)


def points(index: Index, before: Figure | None, target: float | None) -> float | None:
    """Points of the total between a component's figure and another score; 0 for none, null where not known."""
    if target is None:
        return 0.0
    if before is None or before["unit_value"] is None:
        return None
    worth: float = before["unit_value"] * gain(index, before["component"], before["score"], target)
    return round(worth, _DIGITS) + 0.0
