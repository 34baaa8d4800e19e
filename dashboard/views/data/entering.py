"""The last step: source and status of a table that was looked at, the button that writes it, what came of it."""

from __future__ import annotations

import streamlit as st

from dashboard.html import cards
from dashboard.html.markup import NOTHING, fragment, link, tag
from dashboard.session import query
from dashboard.session.context import Context
from dashboard.views.data import giving, preview, rounds
from dashboard.views.data.rounds import Round
from data import intake
from data.definition import OVERALL
from data.intake import Intake, Status
from data.text import Problem

_STATUSES: tuple[Status, ...] = ("published", "provincial")

# Keys of the session state: what was done and what went wrong, to be said in the next run.
_SAID, _WRONG = "import_said", "import_wrong"


def form(at: Context, table: Round, understood: Intake) -> None:
    """Where the table comes from, how its figures are known, and the button."""
    place = rounds.place()
    with st.container(key="import-do"):
        st.session_state.setdefault(f"source-{place}", understood.source or "")
        st.text_input(
            at.say("data.import.source"),
            key=f"source-{place}",
            placeholder=at.say("data.import.source_hint"),
        )
        # The key holds the default, so that another table's default is selected anew.
        status = f"status-{place}-{understood.status}"
        st.radio(
            at.say("data.import.status"),
            _STATUSES,
            index=_STATUSES.index(understood.status),
            key=status,
            format_func=lambda item: at.say(f"data.import.status_{item}"),
            horizontal=True,
        )
        st.html(cards.source(preview.agreement(understood, at.lang), at.lang))
        st.button(
            at.say("data.import.do", figures=preview.counted(understood)),
            key=f"import-{place}",
            type="primary",
            on_click=_enter,
            args=(at, table, understood, place, status),
        )
        complain(at)


def _enter(at: Context, table: Round, understood: Intake, place: int, status: str) -> None:
    """Write the table that was looked at, once: then the round `place` of the widgets is over.

    `status` is the key of the widget that says how its figures are known.
    """
    if place != rounds.place():
        return
    found = giving.in_widgets(at)
    source = str(st.session_state.get(f"source-{place}") or "").strip()
    if (found is None or found[0] != table.given) and not table.given.startswith("kept:"):
        st.session_state[_WRONG] = at.say("data.import.changed")
    elif not source:
        st.session_state[_WRONG] = at.say("data.import.need_source")
    else:
        try:
            chosen = st.session_state[status]
            batch = intake.enter(at.resources.store, understood, source=source, status=chosen, by=at.person)
        except Problem as problem:
            st.session_state[_WRONG] = problem.text.in_(at.lang)
            return
        _done(at, table, understood, batch)


def _done(at: Context, table: Round, understood: Intake, batch: int) -> None:
    edition = f"{understood.index.name.in_(at.lang)} {understood.edition.year}"
    remark(
        at.say("data.import.done", batch=batch, units=understood.units, edition=edition),
        (at.say("data.see_rankings", edition=edition), _ranking(at, understood)),
    )
    rounds.over()
    rounds.keep(table, understood.also)
    # The edition is known now, so the address names it by the parameters of all pages.
    query.update({"into": None, "index": understood.index.code, "year": str(understood.edition.year)})


def others(at: Context, table: Round) -> None:
    """The other editions that a file which was entered holds, each to go on with."""
    with st.container(horizontal=True, vertical_alignment="center", key="import-also"):
        st.html(tag("p", at.say("importing.also", file=table.file.name), lang=at.lang))
        for year in table.others:
            st.button(
                at.say("importing.also_year", year=year),
                key=f"also-{rounds.place()}-{year}",
                on_click=table.another,
                args=(year,),
            )
        st.button(at.say("importing.also_none"), key=f"also-{rounds.place()}-none", on_click=rounds.let_go)


def _ranking(at: Context, understood: Intake) -> str:
    return "rankings" + at.selection.link(
        index=understood.index.code, year=understood.edition.year, component=OVERALL
    )


def remark(sentence: str, way: tuple[str, str] | None = None) -> None:
    """Keep a sentence for the next run, with a link."""
    st.session_state[_SAID] = (sentence, way)


def wrong(sentence: str) -> None:
    """Keep what went wrong for the next run."""
    st.session_state[_WRONG] = sentence


def say(at: Context) -> None:
    """Say what was done, once."""
    sentence, way = st.session_state.pop(_SAID, ("", None))
    if sentence:
        onward = fragment(" ", link(*way)) if way else NOTHING
        st.html(tag("div.vb-notice.vb-said", tag("p", sentence, onward), role="status", lang=at.lang))


def complain(at: Context) -> None:
    """Say what went wrong, once, beside the button."""
    sentence = st.session_state.pop(_WRONG, "")
    if sentence:
        st.html(cards.notices([sentence], at.lang))
