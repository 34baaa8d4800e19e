"""How far is a unit from the target group, or how far inside it?

Outside, the distance runs up to the last unit inside; inside, down to the first one outside. Where an edition is
known in part, the score at that edge may lie between those of the nearest known ranks: the distance is then a
bracket. Places are known wherever the unit's own rank is.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.core.edition import PLACES, check_top
from analytics.core.ranking import ranked
from analytics.path.threshold import Threshold, thresholds
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem


@dataclass(frozen=True, slots=True)
class Distance:
    """Where a unit stands towards the target group of `top` units.

    `inside` is None where no figure says so. `places` and `points` are distances, never negative: to the last
    unit inside for one outside, to the first one outside for one inside. `points` is null where only `low` and
    `high` bound it, and all three where nothing does; `edge`, `edge_low` and `edge_high` are the score there.
    """

    year: int
    top: int
    of: int
    score: float | None
    rank: int | None
    inside: bool | None
    places: int | None
    points: float | None
    low: float | None
    high: float | None
    edge: float | None
    edge_low: float | None
    edge_high: float | None


def distance(frames: Frames, index: str, year: int, unit: str, top: int | None = None) -> Distance | None:
    """The distance of a unit's total to the target group; None where nothing of it is known in the edition.

    `top` is the definition's target group unless given. None too where the edition has fewer units than that.
    Raises Problem for an index or edition that does not exist.
    """
    definition = frames.index(index)
    edition = definition.edition(year)
    try:
        size = check_top(definition, year, top)
    except Problem:
        return None
    totals = ranked(frames, definition).filter(year=year, component=OVERALL)
    own = totals.filter(unit=unit)
    if own.is_empty():
        return None
    row = own.row(0, named=True)
    sign = -1 if row["direction"] == "lower_better" else 1

    def score_at(place: int) -> Threshold | None:
        # The last unit inside a group of so many is the one in that place.
        return next(iter(thresholds(totals, definition, year, place)), None)

    last = score_at(size)
    inside = _inside(row["shown_rank"], row["better"], last, size)
    edge = score_at(size + 1) if inside else last if inside is not None else None
    places = None
    if row["shown_rank"] is not None:
        places = size + 1 - row["shown_rank"] if inside else row["shown_rank"] - size
    points, low, high = _points(row["better"], edge, bool(inside))
    at, worst, best = (
        (None, None, None)
        if edge is None
        else (_turned(edge.score, sign), _turned(edge.low, sign), _turned(edge.high, sign))
    )
    return Distance(
        year=year,
        top=size,
        of=edition.units,
        score=row["score"],
        rank=row["shown_rank"],
        inside=inside,
        places=places,
        points=points,
        low=low,
        high=high,
        edge=at,
        edge_low=worst if sign > 0 else best,
        edge_high=best if sign > 0 else worst,
    )


def _inside(rank: int | None, better: float | None, last: Threshold | None, top: int) -> bool | None:
    """By the rank that is shown; else by a score at least as good as one inside, or no better than one outside."""
    if rank is not None:
        return rank <= top
    if better is None or last is None:
        return None
    if last.high is not None and better >= last.high:
        return True
    return False if last.low is not None and better <= last.low else None


def _points(better: float | None, edge: Threshold | None, inside: bool) -> tuple[float | None, ...]:
    if better is None or edge is None:
        return None, None, None

    def apart(at: float | None) -> float | None:
        if at is None:
            return None
        # The rank decides on which side of the edge the unit is: a bracket never reaches across it.
        return max(round(better - at if inside else at - better, PLACES), 0.0)

    near, far = (edge.high, edge.low) if inside else (edge.low, edge.high)
    return apart(edge.score), apart(near), apart(far)


def _turned(value: float | None, sign: int) -> float | None:
    return None if value is None else sign * value
