"""What the parts of the page of weaknesses share: one province in one edition, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from analytics.agency import Agency, agencies
from analytics.answer import Answer
from analytics.disagreement import Disagreement, disagreement
from analytics.weakness import Against
from dashboard.controls import Here
from dashboard.text import weaknesses as words
from dashboard.text.weaknesses import Subject

REFERENCES: tuple[Against, ...] = get_args(Against)


@dataclass(frozen=True)
class View:
    """One province in one edition, against the reference that the reader chose (`asked`)."""

    at: Here
    unit: str
    answer: Answer
    asked: Against

    @cached_property
    def subject(self) -> Subject:
        """The words for it."""
        reference = words.reference(self.answer, region(self.at, self.unit), self.at.lang)
        return subject(self.at, self.unit, reference)

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


def subject(at: Here, unit: str, reference: str = "") -> Subject:
    """Who is looked at, in which edition."""
    name = at.resources.names.name(unit).in_(at.lang)
    return Subject(at.index, at.selection.year, name, reference, at.lang)


def region(at: Here, unit: str) -> str:
    """The name of a unit's region."""
    code = at.resources.frames.unit.filter(unit=unit)["region"].item()
    return at.regions()[code].in_(at.lang)


def is_city(at: Here, unit: str) -> bool:
    """Whether a unit is a city under the central government."""
    return bool(at.resources.frames.unit.filter(unit=unit)["is_city"].item())
