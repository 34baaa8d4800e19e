"""Weaknesses and gaps: what holds a province back by score, rank and points, down to the indicator."""

from __future__ import annotations

from html import escape

import streamlit as st

from analytics.answer import Answer
from analytics.ranking import ranking
from analytics.weakness import Against, weakness
from dashboard import answerable, cards, controls, switches, weak_lists
from dashboard.agency_table import agency_table
from dashboard.controls import Here
from dashboard.exhibit import exhibit
from dashboard.text import weaknesses as words
from dashboard.views import weakness_charts, weakness_part, weakness_start
from dashboard.views.weakness_view import REFERENCES, View, subject
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem, Text


def page() -> None:
    """Select, ask, draw."""
    at = controls.here()
    unit = at.selection.province
    if unit is None:
        weakness_start.draw(at)
        return
    against = _heading(at, unit)
    asked = _asked(at, unit, against)
    if isinstance(asked, Text):
        weakness_start.nothing(at, unit)
        return
    _draw(View(at, unit, asked, against))


def answered(frames: Frames, unit: str, index: str, year: int, against: Against) -> Answer | Text:
    """The weaknesses of a unit, or the sentence that says why there are none to tell."""
    try:
        return weakness(frames, unit, index, year, against)
    except Problem as problem:
        return problem.text


def _heading(at: Here, unit: str) -> Against:
    """Whose weaknesses, where it stands, and the choices; gives the reference chosen."""
    whose = subject(at, unit)
    title = whose.say("title", name=whose.name, edition=whose.edition)
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    whole = at.resources.ask(ranking, at.selection.index, at.selection.year, OVERALL)
    own = whole.rows.filter(unit=unit)
    row = None if own.is_empty() else own.row(0, named=True)
    st.html(cards.heading(title, words.standing(row, whole.coverage.of, whose), at.lang))
    said = cards.notices((notice.in_(at.lang) for notice in at.reading.notices), at.lang)
    if said:
        st.html(said)
    with st.container(horizontal=True, vertical_alignment="bottom", key="weak-choices"):
        controls.choices(at, "province", "index", "year")
        chosen = switches.one_of(
            at,
            "against",
            REFERENCES,
            at.say("weaknesses.against"),
            lambda code: at.say(f"weaknesses.switch.{code}"),
        )
    return next(code for code in REFERENCES if code == chosen)


def _asked(at: Here, unit: str, against: Against) -> Answer | Text:
    """The answer; where no peers are known, against the target group, and said so."""
    chosen = at.selection
    found = at.resources.ask(answered, unit, chosen.index, chosen.year, against)
    if against != "peers" or isinstance(found, Answer):
        return found
    instead = at.resources.ask(answered, unit, chosen.index, chosen.year, REFERENCES[0])
    if isinstance(instead, Answer):
        st.html(cards.notices([f"{found.in_(at.lang)} {at.say('weaknesses.peers_fall')}"], at.lang))
    return instead


def _draw(view: View) -> None:
    at, whose, answer = view.at, view.subject, view.answer
    st.html(weak_lists.lead(view.found, whose))
    st.html(weak_lists.lists(answer, view.found.weakest, whose, view.link))
    chart, table = st.columns([5, 6], gap="medium")
    with chart:
        _gaps(view)
    with table:
        # Only some indices say who usually answers.
        title = whose.say("table.title") if view.agencies else whose.say("table.title_plain", word=whose.word)
        st.html(
            f'<div class="vb-figure" lang="{at.lang}"><h2>{escape(title)}</h2></div>'
            + agency_table(answer.rows, view.agencies, view.city, whose, view.link)
            + (answerable.legend(at.lang) if view.agencies else "")
        )
    # Some are true of the components and of their indicators alike: said once.
    notes = dict.fromkeys((*answer.notes, *weakness_part.draw(view)))
    if notes:
        st.html(cards.notes(whose.say("notes"), (note.in_(at.lang) for note in notes), at.lang))


def _gaps(view: View) -> None:
    """The gap chart, or why there is none; and who the reference is made of."""
    at, rows = view.at, view.answer.rows.drop_nulls("weighted_gap")
    if rows.is_empty():
        st.html(_no_gaps(view))
        return
    exhibit(weakness_charts.gaps(view), at)
    group = view.answer.figures["group"]
    if group:
        names = sorted(at.resources.names.name(code).in_(at.lang) for code in group)
        st.html(cards.missing(view.subject.say("group", count=len(group)), names, at.lang))


def _no_gaps(view: View) -> str:
    """What the gap chart lacks: a reference, or what a point is worth."""
    whose, rows = view.subject, view.answer.rows
    why = whose.say("gaps.why_weight")
    if not rows["gap"].count():
        best = rows.row(rows["reference_known"].arg_max() or 0, named=True)
        why = whose.say(
            "gaps.why_reference", known=best["reference_known"], of=best["reference_of"], word=whose.word
        )
    return cards.unknown(whose.say("gaps.nothing", reference=whose.reference), why, whose.lang)
