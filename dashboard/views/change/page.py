"""Why the rank moved: what the change of a province's total and rank since the edition before is made of."""

from __future__ import annotations

import polars as pl
import streamlit as st
from markupsafe import Markup

from dashboard.charts.figure import Figure
from dashboard.figures import change as figures
from dashboard.html import cards
from dashboard.html.markup import NOTHING, fragment, tag
from dashboard.session.context import Context, context
from dashboard.text import change as words
from dashboard.text import overview
from dashboard.text.change import ChangeWording
from dashboard.text.findings import change as findings
from dashboard.views.change import lacking as change_lacking
from dashboard.views.change import tables as change_tables
from dashboard.views.change.facts import facts
from dashboard.widgets import filters
from dashboard.widgets.chart_card import chart_card
from dashboard.widgets.notices import notices


def page() -> None:
    """Select, ask, draw."""
    at = context()
    unit = at.selection.province
    wording = at.subject().change_wording if unit else None
    if unit is None:
        edition = overview.edition(at.index, at.selection.year, at.lang)
        title = at.say("change.title", edition=edition)
        _heading(at, title, cards.heading(title, at.say("change.choose"), at.lang))
        st.html(change_lacking.start(at))
    elif wording is None:
        name = at.resources.names.name(unit).in_(at.lang)
        edition = overview.edition(at.index, at.selection.year, at.lang)
        title = at.say("change.title_unknown", name=name, edition=edition)
        _heading(at, title, cards.heading(title, "", at.lang))
        st.html(change_lacking.nothing(at, unit, name))
    else:
        _heading(at, words.title(wording), at.cached(_headed))
        _draw(at, wording)


def _wording(at: Context) -> ChangeWording:
    """The words for the page's answer; only for pages that have one."""
    wording = at.subject().change_wording
    assert wording is not None  # the page has asked
    return wording


def _headed(at: Context) -> Markup:
    """What happened to the rank, and why."""
    wording = _wording(at)
    why = findings.reason(wording.index, wording.name, wording.answer, at.lang)
    return cards.heading(words.title(wording), why or wording.say("below", before=wording.before), at.lang)


def _heading(at: Context, title: str, heading: Markup) -> None:
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(heading)
    filters.show(at, "province", "index", "year")
    said = cards.notices(notices(at), at.lang)
    if said:
        st.html(said)


def _draw(at: Context, wording: ChangeWording) -> None:
    st.html(at.cached(_facts))
    contributions, rank_parts = at.cached(_contributions), at.cached(_rank_parts)
    left, right = st.columns([7, 5] if contributions else [6, 6], gap="medium")
    with left:
        if contributions is not None:
            chart_card(contributions, at)
        else:
            st.html(change_lacking.parts(at, wording))
    with right:
        if rank_parts is not None:
            chart_card(rank_parts, at)
        else:
            why = [note.in_(at.lang) for note in wording.answer.notes_only("not_split")]
            st.html(cards.panel(wording.say("places.none"), why, NOTHING, at.lang))
        crossed = at.cached(_crossed)
        if crossed:
            st.html(crossed)
    parts = at.cached(_components)
    if parts:
        st.html(parts)
    if wording.answer.notes:
        notes = (note.in_(at.lang) for note in wording.answer.notes)
        st.html(cards.notes(wording.say("reading"), notes, at.lang))


def _contributions(at: Context) -> Figure | None:
    return figures.contributions(at.subject())


def _rank_parts(at: Context) -> Figure | None:
    return figures.rank_parts(at.subject())


def _facts(at: Context) -> Markup:
    return facts(_wording(at), at.subject().noise_band)


def _crossed(at: Context) -> Markup:
    """The components by score and rank, as far as either is known."""
    wording = _wording(at)
    title = words.crossed_title(wording)
    return NOTHING if title is None else _section(wording, title, change_tables.crossed(wording))


def _components(at: Context) -> Markup:
    """The components one by one, where anything is known of them."""
    wording = _wording(at)
    figures = pl.col("before", "after", "rank_before", "rank_after")
    if wording.parts.filter(pl.any_horizontal(figures.is_not_null())).is_empty():
        return NOTHING
    source = cards.source(words.source(wording), wording.lang)
    body = fragment(change_tables.components(wording), change_tables.legend(wording), source)
    return _section(wording, wording.say("table.title"), body)


def _section(wording: ChangeWording, title: str, body: Markup) -> Markup:
    return tag("section.vb-parts", tag("h2", title), body, lang=wording.lang)
