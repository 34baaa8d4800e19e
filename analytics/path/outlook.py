"""How likely is each unit to be among the first k of the next edition?

The chances of `analytics.odds` without a plan, for every unit at once, so that a page can change its province
without asking again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.core.edition import check_top, name_of, nothing_known
from analytics.path.odds import all_odds, check_next, fitted, notes
from data.definition import OVERALL
from data.frames import Frames
from data.text import Note, Noted, Problem, Text


@dataclass(frozen=True, slots=True, eq=False)
class Outlook(Noted):
    """P(rank ≤ `top` in the next edition) by unit; `moves` and `editions` are what they rest on."""

    top: int
    chances: Mapping[str, float]
    moves: int
    editions: tuple[int, ...]
    notes: tuple[Note, ...]


def outlook(frames: Frames, index: str, year: int, top: int | None = None) -> Outlook | Text:
    """The chances of all units of an edition, else the sentence why there are none (see `analytics.odds`).

    `top` is the definition's target group unless given. Raises Problem for an index that does not exist. Whether
    the next edition still scores a unit as such is for `chance` to say.

    Notes: `odds` and `odds_new_method`, as in `analytics.odds`.
    """
    definition = frames.index(index)
    try:
        size = check_top(definition, year, top)
        model = fitted(frames, definition, year)
    except Problem as problem:
        return problem.text
    found = {unit: one.chance() for unit, one in all_odds(model, size).items()}
    said = notes(definition, year, model, name_of(frames, model.units[0]), planned=False)
    return Outlook(size, found, model.moves, model.editions, said)


def chance(frames: Frames, unit: str, index: str, year: int, found: Outlook | Text) -> float | Text:
    """One unit's chance (0 to 1) by `outlook`, else why there is none: its next edition first.

    Raises Problem for an index that does not exist.
    """
    try:
        check_next(frames, frames.index(index), unit, year)
    except Problem as problem:
        return problem.text
    if isinstance(found, Text):
        return found
    if unit not in found.chances:
        return nothing_known(frames, frames.index(index), unit, year, OVERALL).text
    return found.chances[unit]
