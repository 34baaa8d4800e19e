"""The context of one run of a page: the data, what the reader has chosen, the language, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import streamlit as st

from dashboard.charts.theme import Mode
from dashboard.session import address, query
from dashboard.session.address import Reading, Selection
from dashboard.session.person import person
from dashboard.session.resources import Resources, resources
from dashboard.text import say
from data.definition import Index
from data.frames import Frames
from data.names import UnitSet
from data.store import Person
from data.text import Language, Text

if TYPE_CHECKING:
    from dashboard.subject import Subject

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What one run of a page works with: the data, the reader's choices, and whether the page is dark."""

    resources: Resources
    reading: Reading
    mode: Mode = "light"

    @property
    def selection(self) -> Selection:
        """What the reader has chosen."""
        return self.reading.selection

    @property
    def lang(self) -> Language:
        """The language chosen."""
        return self.selection.lang

    @property
    def index(self) -> Index:
        """The index chosen."""
        return self.resources.frames.index(self.selection.index)

    @property
    def unit_set(self) -> UnitSet:
        """The set of units that the chosen edition scores: the 63 or the 34."""
        return self.index.edition(self.selection.year).unit_set

    def say(self, key: str, **values: object) -> str:
        """A text in the language chosen."""
        return say(self.lang, key, **values)

    @property
    def person(self) -> Person:
        """Who is looking, and what they may enter; asked for again whenever something is entered."""
        return person()

    def subject(self) -> Subject:
        """The choices as a `Subject`, of which figures are made."""
        from dashboard.subject import Subject  # with it come the analyses, which not every page needs

        chosen = self.selection
        return Subject(
            asker=self.resources,
            unit=chosen.province or "",
            index=self.index,
            year=chosen.year,
            lang=chosen.lang,
            mode=self.mode,
            component=chosen.component,
        )

    def cached(self, draw: Callable[Concatenate[Context, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`draw(self, …)`, computed once for these data, choices and (hashable) arguments.

        `draw` must depend on nothing else: page parameters that it needs have to be arguments.
        """
        key = (draw, self.selection, self.mode, args, tuple(sorted(kwargs.items())))
        return self.resources.kept(key, lambda: draw(self, *args, **kwargs))

    def regions(self) -> dict[str, Text]:
        """The regions of the edition's units by code, in the official order."""
        return self.resources.ask(_regions, self.unit_set)


def _regions(frames: Frames, unit_set: UnitSet) -> dict[str, Text]:
    rows = frames.region.filter(unit_set=unit_set).select("region", "name_vi", "name_en")
    return {code: Text(vi, en) for code, vi, en in rows.iter_rows()}


def context() -> Context:
    """The context of this run: the newest data, and the choices that the address has now."""
    found = resources()
    params = query.current()
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    return Context(found, address.read(params, found.frames, found.names, found.opening_year), mode)
