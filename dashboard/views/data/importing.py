"""The import of a table on the data page: choose or paste it, check the preview, write it; and undo imports.

Nothing is written before the button is clicked, and only what the preview showed: the button's callback compares
the table in the widgets with the one that was previewed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from dashboard.html import cards, markup
from dashboard.html.markup import NOTHING, fragment, link, tag
from dashboard.html.parts import bare
from dashboard.html.parts import part as titled
from dashboard.session import query
from dashboard.session.context import Context, context
from dashboard.views.data import files, preview
from dashboard.views.data.parameters import DataParameters
from dashboard.widgets import filters
from data import intake
from data.definition import OVERALL
from data.intake import Intake, Status
from data.intake.opening import ENDINGS
from data.text import Problem

_KINDS = sorted(kind.removeprefix(".") for kind in ENDINGS)
_STATUSES: tuple[Status, ...] = ("published", "provincial")
_SHOWN = 20  # standing batches in view

# Keys of the session state: the round of the widgets (a new one empties them), what was done and what went wrong,
# to be said in the next run, and the import that is about to be undone.
_ROUND, _SAID, _WRONG, _ASKED = "import_round", "import_said", "import_wrong", "import_asked"


def part(at: Context) -> None:
    """The import, and the list of past ones."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="import-filters"):
        filters.show(at, "index")
        year = _year(at)
    _say(at)
    if at.person.may("import"):
        given = _given(at, year)
        if given is not None:
            _looked_at(at, year, *given)
    else:
        st.html(cards.notices([at.person.refusal().in_(at.lang)], at.lang))
    _complain(at)
    _batches(at)


def _year(at: Context) -> int:
    """The list of years that the table may be of: editions that are known, and later ones up to this year."""
    index = at.index
    later = range(index.years[-1] + 1, date.today().year + 1)  # noqa: DTZ011
    asked = DataParameters.read().into
    year = asked if asked is not None and asked in later else at.selection.year
    st.session_state["into"] = year
    st.selectbox(
        at.say("data.import.year"),
        sorted((*index.years, *later), reverse=True),
        key="into",
        on_change=_moved,
        width=140,
    )
    return year


def _moved() -> None:
    """Write the year to the address: of a known edition for all pages, of a later one for this page alone."""
    chosen = st.session_state["into"]
    at = context()
    if chosen in at.index.years:
        query.update({"into": None, "index": at.index.code, "year": str(chosen)})
    else:
        DataParameters.write(into=chosen)


def _given(at: Context, year: int) -> tuple[str, bytes] | None:
    """Draw the widgets for a table; returns the name and the content of the table in them."""
    place = st.session_state.setdefault(_ROUND, 0)
    st.html(cards.source(at.say("data.import.how", word=at.index.component_word.in_(at.lang)), at.lang))
    _words(at)
    upload, paste = st.columns(2)
    with upload:
        st.file_uploader(at.say("data.import.file"), type=_KINDS, key=f"file-{place}")
        _template(at, year)
    with paste:
        st.text_area(
            at.say("data.import.paste"),
            key=f"paste-{place}",
            height=150,
            placeholder=at.say("data.import.paste_hint"),
        )
        # Leaving the field is enough; the button is for those who look for one.
        st.button(at.say("data.import.look"), key=f"look-{place}")
    found = _in_widgets(at)
    if found is not None and st.session_state[f"file-{place}"] and st.session_state[f"paste-{place}"]:
        st.html(cards.notices([at.say("data.import.both")], at.lang))
    return found


def _in_widgets(at: Context) -> tuple[str, bytes] | None:
    place = st.session_state[_ROUND]
    uploaded = st.session_state.get(f"file-{place}")
    if uploaded is not None:
        return uploaded.name, uploaded.getvalue()
    pasted = str(st.session_state.get(f"paste-{place}") or "")
    return (at.say("data.import.pasted"), pasted.encode()) if pasted.strip() else None


def _words(at: Context) -> None:
    """Give `data.css` the words of Streamlit's widgets in the page's language: Streamlit has English ones only."""
    limit = st.get_option("server.maxUploadSize")
    words = {
        "limit": at.say("data.import.drop_limit", limit=limit),
        "browse": at.say("data.import.browse"),
        "apply": at.say("data.import.apply"),
    }
    declared = "".join(f"--vb-{name}: '{text}';" for name, text in words.items())
    st.html(markup.style(f":root {{ {declared} }}"))


def _template(at: Context, year: int) -> None:
    index, frames, names, lang = at.index, at.resources.frames, at.resources.names, at.lang
    edition = f"{index.name.in_(lang)} {year}"
    st.download_button(
        at.say("data.import.template", edition=edition),
        data=lambda: files.template(index, year, frames, names, lang),
        file_name=f"{index.code}-{year}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _looked_at(at: Context, year: int, name: str, content: bytes) -> None:
    """The preview of the table, and the button that writes it."""
    try:
        understood = intake.understand(name, content, at.resources.frames, at.index.code, year)
    except Problem as problem:
        st.html(cards.notices([problem.text.in_(at.lang)], at.lang))
        return
    if understood.questions:
        st.html(cards.notices([question.text.in_(at.lang) for question in understood.questions], at.lang))
    st.html(preview.preview(understood, at.resources.names, at.lang))
    if understood.questions:  # nothing can be written while its reader has something to say
        return
    place = st.session_state[_ROUND]
    with st.container(key="import-do"):
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
            args=(at, understood, _digest(name, content), place, status),
        )
        _complain(at)


def _digest(name: str, content: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + content).hexdigest()


def _enter(at: Context, understood: Intake, looked_at: str, place: int, status: str) -> None:
    """Write the table that was previewed, once: then the round `place` of the widgets is over.

    `looked_at` is the digest of that table, `status` the key of the widget that says how its figures are known.
    """
    if place != st.session_state[_ROUND]:
        return
    found = _in_widgets(at)
    source = str(st.session_state.get(f"source-{place}") or "").strip()
    if found is None or _digest(*found) != looked_at:
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
        st.session_state[_ROUND] = place + 1
        edition = f"{understood.index.name.in_(at.lang)} {understood.edition.year}"
        _remark(
            at.say("data.import.done", batch=batch, units=understood.units, edition=edition),
            (at.say("data.see_rankings", edition=edition), _ranking(at, understood)),
        )
        # The edition is known now, so the address names it by the parameters of all pages.
        query.update({"into": None, "index": understood.index.code, "year": str(understood.edition.year)})


def _ranking(at: Context, understood: Intake) -> str:
    return "rankings" + at.selection.link(
        index=understood.index.code, year=understood.edition.year, component=OVERALL
    )


def _remark(sentence: str, way: tuple[str, str] | None = None) -> None:
    """Keep a sentence for the next run, with a link."""
    st.session_state[_SAID] = (sentence, way)


def _say(at: Context) -> None:
    sentence, way = st.session_state.pop(_SAID, ("", None))
    if sentence:
        onward = fragment(" ", link(*way)) if way else NOTHING
        st.html(tag("div.vb-notice.vb-said", tag("p", sentence, onward), role="status", lang=at.lang))


def _complain(at: Context) -> None:
    """Say what went wrong, once, beside the button."""
    wrong = st.session_state.pop(_WRONG, "")
    if wrong:
        st.html(cards.notices([wrong], at.lang))


def _batches(at: Context) -> None:
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
        st.session_state[_WRONG] = problem.text.in_(at.lang)
    else:
        _remark(at.say("data.import.undone", batch=number))
