"""Where the target group is beyond the pace of the best tenth: which larger group is not, as an interim target?"""

from __future__ import annotations

import polars as pl

from analytics.core.edition import check_top, check_unit, nothing_known
from analytics.core.ranking import scored
from analytics.path.position import Position, feasibility_of, position_of
from analytics.path.routes import SLACK
from analytics.path.threshold import Percentile, margin, thresholds
from data.definition import OVERALL
from data.frames import Frames


def interim_target(
    frames: Frames, unit: str, index: str, year: int, top: int | None = None, wanted: Percentile = "median"
) -> int | None:
    """The smallest group larger than the target group that is within a unit's pace.

    By the rule of `analytics.target`: the gap to that group and its margin are within the pace of the best tenth
    from the unit's level. None for a unit inside the target group, for one whose rank or threshold
    is not known, and where every larger group that it is not in yet is out of reach.

    Raises Problem for a unit, edition or group that doesn't exist, and for a total that isn't known.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    size = check_top(definition, year, top)
    figures = scored(frames, definition)
    totals = figures.filter(component=OVERALL)
    if totals.filter(year=year, unit=unit)["score"].count() == 0:
        raise nothing_known(frames, definition, unit, year, OVERALL)

    def position(place: int) -> Position:
        known = thresholds(totals, definition, year, place)
        return position_of(totals, definition, unit, year, place, known, margin(known, definition, year, wanted))

    here = position(size)
    own = figures.filter(pl.col("component") != OVERALL, year=year, unit=unit).drop_nulls("score")
    feasibility = feasibility_of(frames, own, definition, here)
    if here.inside or here.rank is None or here.need is None or feasibility.whole is None:
        return None
    for place in range(size + 1, here.rank):
        need = position(place).need
        if need and need <= feasibility.step + SLACK:
            return place
    return None
