"""The imports in use, each with a button to undo it, and those that were undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard.html import cards
from dashboard.html.markup import link, tag
from dashboard.html.parts import bare
from dashboard.html.parts import part as titled
from dashboard.session.context import Context
from dashboard.views.data import entering, preview
from data import intake
from data.text import Problem

_SHOWN = 20  # standing batches in view

# Key of the session state: the import that is about to be undone.
_ASKED = "import_asked"


def batches(at: Context) -> None:
    """The imports in use, newest first, each with a button to undo it; and those that were undone."""
    frames, lang = at.resources.frames, at.lang
    rows = frames.batch.sort("batch", descending=True)
    standing, past = rows.filter(pl.col("undone_at").is_null()), rows.filter(pl.col("undone_at").is_not_null())
    title = at.say("data.import.batches", count=standing.height)
    nothing = at.say("data.import.no_batches") if rows.is_empty() else ""
    st.html(titled(title, nothing, lang=lang) or bare(title, lang))
    for batch in standing.head(_SHOWN).iter_rows(named=True):
        _batch(at, batch)
    if not past.is_empty():
        st.html(
            cards.folded(at.say("data.import.past", count=past.height), preview.past(past, frames, lang), lang)
        )
    if not rows.is_empty():
        way = link(at.say("data.import.to_history"), at.selection.link(part="history"))
        st.html(tag("p.vb-offer", way, lang=lang))


def _batch(at: Context, batch: Mapping[str, Any]) -> None:
    number = int(batch["batch"])
    with st.container(horizontal=True, vertical_alignment="center", key=f"batch-{number}"):
        name = tag("b", at.say("data.import.batch", batch=number))
        st.html(tag("p.vb-batch", name, " ", preview.record(batch, at.resources.frames, at.lang), lang=at.lang))
        if st.session_state.get(_ASKED) != number and at.person.may("undo"):
            st.button(at.say("data.import.undo"), key=f"undo-{number}", on_click=_ask, args=(number,))
    if st.session_state.get(_ASKED) == number:
        _confirm(at, batch)


def _confirm(at: Context, batch: Mapping[str, Any]) -> None:
    """Ask before an import is undone, since figures change for all readers."""
    number = int(batch["batch"])
    edition = preview.edition_of(batch, at.resources.frames, at.lang)
    asked = at.say("data.import.undo_ask", batch=number, edition=edition, units=batch["rows"])
    st.html(cards.notices([asked], at.lang))
    with st.container(horizontal=True, key="undo-choice"):
        st.button(
            at.say("data.import.undo_yes", batch=number),
            key=f"undo-yes-{number}",
            type="primary",
            on_click=_undo,
            args=(at, number),
        )
        st.button(at.say("data.import.undo_no"), key=f"undo-no-{number}", on_click=_ask, args=(None,))


def _ask(number: int | None) -> None:
    st.session_state[_ASKED] = number


def _undo(at: Context, number: int) -> None:
    st.session_state[_ASKED] = None
    try:
        intake.undo(at.resources.store, number, by=at.person)
    except Problem as problem:
        entering.wrong(problem.text.in_(at.lang))
    else:
        entering.remark(at.say("data.import.undone", batch=number))
