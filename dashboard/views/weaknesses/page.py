"""Weaknesses and gaps: what holds a province back by score, rank and points, down to the indicator."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.core.ranking import ranking
from analytics.weakness.weakness import Against
from dashboard.charts.figure import Figure
from dashboard.figures import weakness as weakness_charts
from dashboard.html import agency, cards
from dashboard.html.markup import NOTHING, fragment
from dashboard.session.context import Context, context
from dashboard.text import weaknesses as words
from dashboard.views.weaknesses import lists as weak_lists
from dashboard.views.weaknesses import part as weakness_part
from dashboard.views.weaknesses import start as weakness_start
from dashboard.views.weaknesses.agency_table import agency_table
from dashboard.views.weaknesses.parameters import WeaknessParameters
from dashboard.views.weaknesses.view import REFERENCES, View, asked_for, view_of, wording_of
from dashboard.widgets import filters, page_filters
from dashboard.widgets.chart_card import breathe, chart_card
from data.definition import OVERALL
from data.text import Text


def page() -> None:
    """Select, ask, draw."""
    at = context()
    unit = at.selection.province
    if unit is None:
        weakness_start.draw(at)
        return
    against = _heading(at, unit)
    asked, instead = asked_for(at, unit, against)
    if instead:
        st.html(cards.notices([instead], at.lang))
    if isinstance(asked, Text):
        weakness_start.nothing(at, unit)
        return
    _draw(View(at, unit, asked, against))


def _heading(at: Context, unit: str) -> Against:
    """Whose weaknesses, where it stands, and the choices; gives the reference chosen."""
    wording = wording_of(at, unit)
    title = wording.say("title", name=wording.name, edition=wording.edition)
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(at.cached(_headed))
    said = cards.notices((notice.in_(at.lang) for notice in at.reading.notices), at.lang)
    if said:
        st.html(said)
    asked, label = WeaknessParameters.read(), at.say("weaknesses.against")
    against = page_filters.buttons(
        asked, "against", REFERENCES, label, lambda code: at.say(f"weaknesses.switch.{code}")
    )
    filters.show(at, "province", "index", "year", beside=[against])
    return asked.against


def _headed(at: Context) -> Markup:
    """Whose weaknesses, and where it stands."""
    unit = str(at.selection.province)
    wording = wording_of(at, unit)
    title = wording.say("title", name=wording.name, edition=wording.edition)
    whole = at.resources.ask(ranking, at.selection.index, at.selection.year, OVERALL)
    own = whole.rows.filter(unit=unit)
    row = None if own.is_empty() else own.row(0, named=True)
    return cards.heading(title, words.standing(row, whole.coverage.of, wording), at.lang)


def _draw(view: View) -> None:
    at, wording, answer = view.at, view.wording, view.answer
    st.html(at.cached(_lists, view.asked))
    chart, table = st.columns([5, 6], gap="medium")
    with chart:
        _gaps(view)
    with table:
        st.html(at.cached(_table, view.asked))
    breathe()
    # Some are true of the components and of their indicators alike: said once.
    notes = (*answer.notes, *weakness_part.draw(view))
    if notes:
        st.html(cards.notes(wording.say("notes"), (note.in_(at.lang) for note in notes), at.lang))


def _lists(at: Context, against: Against) -> Markup:
    """The lists, below what they say together."""
    view = view_of(at, against)
    lead = weak_lists.lead(view.found, view.wording)
    return lead + weak_lists.lists(view.answer, view.found.weakest, view.wording, view.link)


def _table(at: Context, against: Against) -> Markup:
    """The components with who answers for each; only some indices say who usually does."""
    view = view_of(at, against)
    wording = view.wording
    title = wording.say("table.title") if view.agencies else wording.say("table.title_plain", word=wording.word)
    return fragment(
        cards.figure(title, at.lang),
        agency_table(view.answer.rows, view.agencies, view.city, wording, view.link),
        agency.legend(at.lang) if view.agencies else NOTHING,
    )


def _gaps_chart(at: Context, against: Against) -> Figure | None:
    return weakness_charts.gaps(view_of(at, against).subject)


def _gaps(view: View) -> None:
    """The gap chart, or why there is none; and who the reference is made of."""
    at, figure = view.at, view.at.cached(_gaps_chart, view.asked)
    if figure is None:
        st.html(_no_gaps(view))
        return
    chart_card(figure, at)
    group = view.answer.figures["group"]
    if group:
        names = sorted(at.resources.names.name(code).in_(at.lang) for code in group)
        st.html(cards.missing(view.wording.say("group", count=len(group)), names, at.lang))


def _no_gaps(view: View) -> Markup:
    """What the gap chart lacks: a reference, or what a point is worth."""
    wording, rows = view.wording, view.answer.rows
    why = wording.say("gaps.why_weight")
    if not rows["gap"].count():
        best = rows.row(rows["reference_known"].arg_max() or 0, named=True)
        why = wording.say(
            "gaps.why_reference", known=best["reference_known"], of=best["reference_of"], word=wording.word
        )
    return cards.unknown(wording.say("gaps.nothing", reference=wording.reference), why, wording.lang)
