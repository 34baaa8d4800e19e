"""What the parts of the page of weaknesses share: one province in one edition, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

from analytics.core.answer import Answer
from analytics.weakness.agency import Agency, agencies
from analytics.weakness.disagreement import Disagreement, disagreement
from analytics.weakness.weakness import Against, weakness
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.text import weaknesses as words
from dashboard.text.weaknesses import WeaknessWording
from data.frames import Frames
from data.text import Problem, Text

REFERENCES: tuple[Against, ...] = get_args(Against)


@dataclass(frozen=True)
class View:
    """One province in one edition, against the reference that the reader chose (`asked`)."""

    at: Context
    unit: str
    answer: Answer
    asked: Against

    @cached_property
    def subject(self) -> Subject:
        """Whose weaknesses, against what is answered."""
        return replace(self.at.subject(), against=self.answer.figures["against"])

    @cached_property
    def wording(self) -> WeaknessWording:
        """The words for it."""
        reference = words.reference(self.answer, region(self.at, self.unit), self.at.lang)
        return wording_of(self.at, self.unit, reference)

    @cached_property
    def found(self) -> Disagreement:
        """Why its lists differ."""
        chosen = self.at.selection
        against: Against = self.answer.figures["against"]
        return self.at.resources.ask(disagreement, self.unit, chosen.index, chosen.year, against)

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """Who answers for each component."""
        return self.at.resources.ask(agencies, self.at.selection.index)

    @property
    def city(self) -> bool:
        """Whether the province is a city under the central government."""
        return is_city(self.at, self.unit)

    def link(self, part: str) -> str:
        """The address of this page with a component seen from close by."""
        kept = {} if self.asked == REFERENCES[0] else {"against": self.asked}
        return self.at.selection.link(part=part, **kept)


def wording_of(at: Context, unit: str, reference: str = "") -> WeaknessWording:
    """Who is looked at, in which edition."""
    name = at.resources.names.name(unit).in_(at.lang)
    return WeaknessWording(at.index, at.selection.year, name, at.lang, reference)


def region(at: Context, unit: str) -> str:
    """The name of a unit's region."""
    code = at.resources.frames.unit.filter(unit=unit)["region"].item()
    return at.regions()[code].in_(at.lang)


def is_city(at: Context, unit: str) -> bool:
    """Whether a unit is a city under the central government."""
    return bool(at.resources.frames.unit.filter(unit=unit)["is_city"].item())


def answered(frames: Frames, unit: str, index: str, year: int, against: Against) -> Answer | Text:
    """The weaknesses of a unit, or the sentence that says why there are none to tell."""
    try:
        return weakness(frames, unit, index, year, against)
    except Problem as problem:
        return problem.text


def asked_for(at: Context, unit: str, against: Against) -> tuple[Answer | Text, str]:
    """The answer; where no peers are known, against the target group, with the sentence that says so."""
    chosen = at.selection
    found = at.resources.ask(answered, unit, chosen.index, chosen.year, against)
    if against != "peers" or isinstance(found, Answer):
        return found, ""
    instead = at.resources.ask(answered, unit, chosen.index, chosen.year, REFERENCES[0])
    said = f"{found.in_(at.lang)} {at.say('weaknesses.peers_fall')}" if isinstance(instead, Answer) else ""
    return instead, said


def view_of(at: Context, against: Against) -> View:
    """What is looked at, where there is an answer."""
    unit = str(at.selection.province)
    asked, _ = asked_for(at, unit, against)
    assert isinstance(asked, Answer)  # the page has asked
    return View(at, unit, asked, against)
