"""A new index from a table: given, shown as it was understood, named, and created with its first edition."""

from __future__ import annotations

from datetime import date

import polars as pl
import streamlit as st

from dashboard.html import cards
from dashboard.session.context import Context
from data.intake import Drafted, Wanted, create, defined_by, opened
from data.intake.opening import ENDINGS
from data.period import period_of
from data.text import Problem

_KINDS = sorted(kind.removeprefix(".") for kind in ENDINGS)
# What stands behind a year: nothing for the whole of it.
_SPANS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"M{month}" for month in range(1, 13)))


def part(at: Context) -> None:
    """Select, look, create: nothing is written before the button."""
    if not at.person.may("import"):
        st.html(cards.notices([at.person.refusal().in_(at.lang)], at.lang))
        return
    if refused := st.session_state.pop("own-refused", None):
        st.html(cards.notices([refused], at.lang))
    if made := st.session_state.pop("own-made", None):
        st.html(cards.notices([at.say("own.made", name=made)], at.lang))
    given = st.file_uploader(at.say("own.file"), type=_KINDS, key="own-file")
    code, name, year, span = st.columns([2, 4, 2, 2])
    with code:
        st.text_input(at.say("own.code"), key="own-code", placeholder="ddci")
    with name:
        st.text_input(at.say("own.name"), key="own-name", placeholder="DDCI")
    with year:
        st.number_input(at.say("own.year"), 2000, date.today().year, key="own-year", value=date.today().year)  # noqa: DTZ011
    with span:
        st.selectbox(at.say("own.span"), _SPANS, key="own-span", format_func=lambda item: _span(at, item))
    if given is None or not st.session_state["own-code"].strip() or not st.session_state["own-name"].strip():
        st.html(cards.source(at.say("own.how"), at.lang))
        return
    try:
        drafted = _drafted(at, given.name, given.getvalue())
    except Problem as problem:
        st.html(cards.notices([problem.text.in_(at.lang)], at.lang))
        return
    _shown(at, drafted)
    if _said(at, drafted):
        return
    st.button(at.say("own.create"), key="own-create", type="primary", on_click=_create, args=(at, drafted))


def _span(at: Context, item: str) -> str:
    return item or at.say("own.whole_year")


def _drafted(at: Context, name: str, content: bytes) -> Drafted:
    state, resources = st.session_state, at.resources
    year = period_of(int(state["own-year"]), state["own-span"])
    wanted = Wanted(state["own-code"].strip().lower(), state["own-name"].strip(), year)
    return defined_by(opened(name, content, resources.names), resources.frames, wanted)


def _shown(at: Context, drafted: Drafted) -> None:
    """The blocks with their components, and every figure as it was read."""
    for intake in drafted.intakes:
        components = ", ".join(item.name.in_(at.lang) for item in intake.index.components[1:])
        title = at.say("own.block", name=intake.index.name.in_(at.lang), units=intake.units)
        st.html(cards.section(title, at.say("own.components", names=components or "–"), at.lang))
        names = {item.code: item.name.in_(at.lang) for item in intake.index.components}
        rows = intake.rows.with_columns(pl.col("component").replace(names))
        st.dataframe(rows.select("name", "component", "score", "published_rank"), hide_index=True)


def _said(at: Context, drafted: Drafted) -> list[str]:
    """What must be mended or answered first, drawn; the notes with it."""
    stops = [fault.text.in_(at.lang) for intake in drafted.intakes for fault in intake.faults]
    stops += [question.text.in_(at.lang) for question in drafted.whole.questions]
    notes = [note.in_(at.lang) for intake in drafted.intakes for note in intake.notes]
    lines = list(dict.fromkeys((*stops, *notes)))
    if lines:
        st.html(cards.notices(lines, at.lang))
    return stops


def _create(at: Context, drafted: Drafted) -> None:
    try:
        create(at.resources.store, drafted, by=at.person)
        st.session_state["own-made"] = drafted.whole.index.name.in_(at.lang)
    except Problem as problem:
        st.session_state["own-refused"] = problem.text.in_(at.lang)
