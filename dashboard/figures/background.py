"""Whom a unit is seen against in a figure: its region, or those most like it."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.standing.peer_standing import peer_standing
from dashboard.subject import Behind, Subject
from dashboard.text import say


@dataclass(frozen=True, slots=True)
class Background:
    """The units behind the subject's own, and what to call them (None where there are none).

    `far` says that the peers are not really near.
    """

    kind: Behind | None
    units: tuple[str, ...] = ()
    said: str | None = None
    far: bool = False


def background(subject: Subject) -> Background:
    """Whom the subject asks for, itself left out; nobody where no peers are known or no region is chosen."""
    if subject.behind == "peers" and subject.unit:
        return _peers(subject)
    if subject.behind is None:
        return Background(None)
    code = subject.region or subject.own_region
    if code is None:
        return Background("region")
    unit_set = subject.unit[:2] or subject.edition.unit_set
    units = subject.frames.unit.filter(unit_set=unit_set, region=code)["unit"]
    others = tuple(unit for unit in units if unit != subject.unit)
    return Background("region", others, subject.region_names[code])


def _peers(subject: Subject) -> Background:
    """The nearest in the edition; where it scores other units, in the newest edition that scores the unit's."""
    years = [item.year for item in subject.index.editions if item.unit_set == subject.unit[:2]]
    year = subject.year if subject.year in years else years[-1]
    near = subject.ask(peer_standing, subject.index.code, year, subject.unit)
    if near is None:
        return Background("peers")
    key = "view.peers_far" if near.far else "view.peers"
    said = say(subject.lang, key, count=len(near.units), year=near.data_year)
    return Background("peers", near.units, said, near.far)
