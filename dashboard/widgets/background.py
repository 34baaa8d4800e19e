"""Whom the chosen province is seen against: its region, or the provinces most like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from analytics.standing.peer_standing import peer_standing
from dashboard.session.context import Context
from dashboard.session.parameters import Parameters
from dashboard.widgets import page_filters
from data.frames import Frames

Behind = Literal["region", "peers"]
BEHIND: tuple[Behind, ...] = get_args(Behind)


@dataclass(frozen=True, slots=True)
class Background:
    """The units behind the chosen one, and what to call them; `said` is null where there are none."""

    kind: Behind
    units: tuple[str, ...] = ()
    said: str | None = None
    far: bool = False


def switch(at: Context, asked: Parameters) -> None:
    """Region or peers, for the reader to choose; the page's parameter `behind`."""
    label = at.say("view.behind")
    page_filters.one_of(at, asked, "behind", BEHIND, label, lambda key: at.say(f"view.behind_{key}"))


def of_ranking(at: Context, kind: Behind, asked: Parameters) -> Background:
    """Behind the chosen province of an edition, with the switch; behind none, the region that is looked at."""
    unit, region = at.selection.province, at.selection.region
    if unit is None:
        return _region(at, region)
    switch(at, asked)
    own = next(iter(at.resources.frames.unit.filter(unit=unit)["region"]), None)
    return of_unit(at, unit, kind) if kind == "peers" else _region(at, region or own)


def of_unit(at: Context, unit: str, kind: Behind) -> Background:
    """Behind a unit, itself left out; nobody where no peers are known."""
    if kind == "region":
        region = next(iter(at.resources.frames.unit.filter(unit=unit)["region"]), None)
        found = _region(at, region, unit[:2])
        return Background("region", tuple(other for other in found.units if other != unit), found.said)
    index = at.index
    editions = [item.year for item in index.editions if item.unit_set == unit[:2]]
    year = at.selection.year if at.selection.year in editions else editions[-1]
    near = at.resources.ask(peer_standing, index.code, year, unit)
    if near is None:
        return Background("peers")
    words = at.say("view.peers_far" if near.far else "view.peers", count=len(near.units), year=near.data_year)
    return Background("peers", near.units, words, near.far)


def _region(at: Context, region: str | None, unit_set: str | None = None) -> Background:
    if region is None:
        return Background("region")
    return at.resources.ask(_members, region, unit_set or at.unit_set, at.lang)


def _members(frames: Frames, region: str, unit_set: str, lang: str) -> Background:
    units = frames.unit.filter(unit_set=unit_set, region=region)["unit"].to_list()
    name = frames.region.filter(unit_set=unit_set, region=region)[f"name_{lang}"].item()
    return Background("region", tuple(units), str(name))
