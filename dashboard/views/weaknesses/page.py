"""Weaknesses and gaps: what holds a province back by score, rank and points, down to the indicator."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from analytics.weakness.weakness import Against
from dashboard.charts.figure import Figure
from dashboard.figures import weakness as figures
from dashboard.html import agency, cards
from dashboard.html.markup import NOTHING, fragment
from dashboard.session.address import order
from dashboard.session.context import Context, context
from dashboard.subject import Subject
from dashboard.text import weaknesses as words
from dashboard.views.weaknesses import lists as weak_lists
from dashboard.views.weaknesses import part as weakness_part
from dashboard.views.weaknesses import start as weakness_start
from dashboard.views.weaknesses.agency_table import agency_table
from dashboard.views.weaknesses.parameters import WeaknessParameters
from dashboard.views.weaknesses.pareto import pareto
from dashboard.views.weaknesses.subject import REFERENCES, answer_of, component_link, subject_of
from dashboard.widgets import filters, page_filters
from dashboard.widgets.chart_card import breathe, chart_card
from dashboard.widgets.notices import notices


def page() -> None:
    """Select, ask, draw."""
    at = context()
    unit = at.selection.province
    if unit is None:
        weakness_start.draw(at)
        return
    against = _heading(at)
    subject = subject_of(at, against)
    if subject.weakness is None:
        weakness_start.nothing(at, subject)
        return
    if subject.against != against:
        why = replace(subject, against=against).no_weakness
        said = f"{why.in_(at.lang)} {at.say('weaknesses.peers_fall')}" if why else ""
        st.html(cards.notices([said], at.lang))
    _draw(at, against, subject)


def _heading(at: Context) -> Against:
    """Draw title, standing and filters; returns the reference chosen."""
    title = at.subject().weakness_wording.say("title")
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(at.cached(_headed))
    said = cards.notices(notices(at), at.lang)
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
    subject = at.subject()
    wording = subject.weakness_wording
    row = next(subject.ranked([subject.unit]).iter_rows(named=True), None)
    standing = words.standing(row, subject.ranking.coverage.of, wording)
    return cards.heading(wording.say("title"), standing, at.lang)


def _draw(at: Context, against: Against, subject: Subject) -> None:
    st.html(at.cached(_lists, against))
    chart, table = st.columns([5, 6], gap="medium")
    with chart:
        _gaps(at, against, subject)
    with table:
        st.html(at.cached(_table, against))
    learn = at.cached(_pareto, against)
    if learn:
        st.html(learn)
    breathe()
    # Some are true of the components and of their indicators alike: said once.
    notes = (*answer_of(subject).notes, *weakness_part.draw(at, against, subject))
    if notes:
        st.html(cards.notes(subject.weakness_wording.say("notes"), (note.in_(at.lang) for note in notes), at.lang))


def _lists(at: Context, against: Against) -> Markup:
    """The three lists, below the finding that sums them up."""
    subject, link = subject_of(at, against), partial(component_link, at, against)
    found, wording = subject.disagreement, subject.weakness_wording
    return weak_lists.lead(found, wording) + weak_lists.lists(answer_of(subject), found.weakest, wording, link)


def _table(at: Context, against: Against) -> Markup:
    """The components with their agencies; only some indices have default agencies."""
    subject, link = subject_of(at, against), partial(component_link, at, against)
    wording, found = subject.weakness_wording, subject.agencies
    return fragment(
        cards.figure(wording.say("table.title" if found else "table.title_plain"), at.lang),
        agency_table(answer_of(subject).rows, found, subject.city, wording, link),
        agency.legend(at.lang) if found else NOTHING,
    )


def _pareto(at: Context, against: Against) -> Markup:
    return pareto(at, subject_of(at, against))


def _gaps_chart(at: Context, against: Against) -> Figure | None:
    return figures.gaps(subject_of(at, against))


def _gaps(at: Context, against: Against, subject: Subject) -> None:
    """The chart of gaps, or why there is none; and which units the reference is made of."""
    figure = at.cached(_gaps_chart, against)
    if figure is None:
        st.html(_no_gaps(subject))
        return
    chart_card(figure, at)
    group = answer_of(subject).figures["group"]
    if group:
        names = sorted(map(subject.name_of, group), key=order)
        st.html(cards.missing(subject.weakness_wording.say("group", count=len(group)), names, at.lang))


def _no_gaps(subject: Subject) -> Markup:
    """What is missing for the chart of gaps: a reference, or the worth of a point."""
    wording, rows = subject.weakness_wording, answer_of(subject).rows
    why = wording.say("gaps.why_weight")
    if not rows["gap"].count():
        best = rows.row(rows["reference_known"].arg_max() or 0, named=True)
        why = wording.say(
            "gaps.why_reference", known=best["reference_known"], of=best["reference_of"], word=wording.word
        )
    return cards.unknown(wording.say("gaps.nothing", reference=wording.reference), why, wording.lang)
