"""What the parts of the page on drivers share: heading, notices, notes, and the empty state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from analytics.core.answerable import answerable_editions
from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.text import overview
from dashboard.views.drivers.parameters import DriverParameters
from dashboard.widgets.notices import notices as of_address
from data.text import Note

# Draws the switch between the parts and what else is to be chosen.
Choose = Callable[..., None]
Links = list[tuple[str, str]]


def head(at: Context, title: str, below: str) -> None:
    """The page's title and the sentence to be read with it."""
    titled(at, title)
    st.html(cards.heading(title, below, at.lang))


def titled(at: Context, title: str) -> None:
    """Set the title of the browser's tab."""
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")


def notices(at: Context, *more: str) -> None:
    """Say what could not be shown as asked; `more` are further sentences."""
    said = cards.notices([*of_address(at), *more], at.lang)
    if said:
        st.html(said)


def notes(at: Context, said: Iterable[Note]) -> None:
    """Draw the notes that must be read with the figures."""
    sentences = [note.in_(at.lang) for note in said]
    if sentences:
        st.html(cards.notes(at.say("drivers.reading"), sentences, at.lang))


def elsewhere(at: Context, question: Callable[..., Any]) -> Links:
    """Links to editions that a question can be asked of, of this index or else of another one."""
    for index in (at.index, *(other for other in at.resources.frames.indices.values() if other != at.index)):
        years = at.resources.ask(answerable_editions, question, index.code)
        if years:
            return [
                (overview.edition(index, year, at.lang), at.selection.link(index=index.code, year=year, **_part()))
                for year in years
            ]
    return []


def lacking(at: Context, title: str, why: Iterable[str], lead: str, links: Links) -> Markup:
    """In place of a chart: what is missing, why, where to look instead, how it gets in."""
    command = at.say("empty.command", index=at.selection.index, year=at.selection.year)
    importing = (at.say("empty.import"), command)
    return cards.empty(title, why, lead, links, importing, at.lang, at.selection.importing())


def link(at: Context, **changed: str | int) -> str:
    """The address of this part with something else chosen."""
    return at.selection.link(**(_part() | changed))


def _part() -> dict[str, str]:
    """The page's own parameters, except the year: another index has others."""
    return replace(DriverParameters.read(), year=None).link()
