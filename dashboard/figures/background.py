"""The units in the background of a figure: those of a region, or the peers."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.standing.peer_standing import peer_standing
from dashboard.subject import Behind, Subject
from dashboard.text import say
from data.names import set_of


@dataclass(frozen=True, slots=True)
class Background:
    """The units in the background, and their label (None without any); `far`: the peers are not very alike."""

    kind: Behind | None
    units: tuple[str, ...] = ()
    label: str | None = None
    far: bool = False


def background(subject: Subject) -> Background:
    """The units of `Subject.behind` without its own; empty where no peers are known, or no region is chosen."""
    if subject.behind == "peers" and subject.unit:
        return _peers(subject)
    if subject.behind is None:
        return Background(None)
    code = subject.region or subject.own_region
    if code is None:
        return Background("region")
    unit_set = set_of(subject.unit) or subject.edition.unit_set
    units = subject.frames.unit.filter(unit_set=unit_set, region=code)["unit"]
    others = tuple(unit for unit in units if unit != subject.unit)
    return Background("region", others, subject.region_names[code])


def _peers(subject: Subject) -> Background:
    """The peers in the edition; where it scores the other unit set, in the newest of the unit's own set."""
    years = [item.year for item in subject.index.editions if item.unit_set == set_of(subject.unit)]
    year = subject.year if subject.year in years else years[-1]
    near = subject.ask(peer_standing, subject.index.code, year, subject.unit)
    if near is None:
        return Background("peers")
    key = "view.peers_far" if near.far else "view.peers"
    label = say(subject.lang, key, count=len(near.units), year=near.data_year)
    return Background("peers", near.units, label, near.far)
