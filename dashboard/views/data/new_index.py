"""A new index from a table: given, shown as it was understood, named, and created with its first edition."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboard.html import cards
from dashboard.html.markup import NOTHING, fragment, tag
from dashboard.html.table import Column, table
from dashboard.session.context import Context
from data import number
from data.intake import Drafted, Intake, Wanted, create, defined_by, opened
from data.intake.opening import ENDINGS, Opened
from data.period import period_of
from data.text import Problem

_KINDS = sorted(kind.removeprefix(".") for kind in ENDINGS)
_KNOWN = ("score", "published_rank")
_SHOWN = 20  # units of a block in view
# What stands behind a year: nothing for the whole of it.
_SPANS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"M{month}" for month in range(1, 13)))

# The figures of a unit, by component and by what is known of it.
Row = dict[tuple[str, str], float]


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
        drafted = _drafted(at, _opened(at, given))
    except Problem as problem:
        st.html(cards.notices([problem.text.in_(at.lang)], at.lang))
        return
    _shown(at, drafted)
    if _said(at, drafted):
        return
    st.button(at.say("own.create"), key="own-create", type="primary", on_click=_create, args=(at, drafted))


def _span(at: Context, item: str) -> str:
    return item or at.say("own.whole_year")


def _opened(at: Context, given: Any) -> Opened:
    """The file's cells, read once and not again with every letter of its name."""
    kept: tuple[str, Opened] | None = st.session_state.get("own-opened")
    if kept is None or kept[0] != given.file_id:
        kept = (given.file_id, opened(given.name, given.getvalue(), at.resources.names))
        st.session_state["own-opened"] = kept
    return kept[1]


def _drafted(at: Context, file: Opened) -> Drafted:
    state = st.session_state
    year = period_of(int(state["own-year"]), state["own-span"])
    wanted = Wanted(state["own-code"].strip().lower(), state["own-name"].strip(), year)
    return defined_by(file, at.resources.frames, wanted)


def _shown(at: Context, drafted: Drafted) -> None:
    """The blocks with their components, and every figure as it was read."""
    for intake in drafted.intakes:
        components = ", ".join(item.name.in_(at.lang) for item in intake.index.components[1:])
        title = at.say("own.block", name=intake.index.name.in_(at.lang), units=intake.units)
        st.html(cards.section(title, at.say("own.components", names=components or "–"), at.lang))
        st.html(_figures(at, intake, title))


def _figures(at: Context, intake: Intake, caption: str) -> Markup:
    """The first units of a block, each component a column, as they were read."""
    units: dict[str, Row] = {}
    for row in intake.rows.iter_rows(named=True):
        known = units.setdefault(row["name"], {})
        known |= {(row["component"], kind): row[kind] for kind in _KNOWN if row[kind] is not None}

    def column(title: str, key: tuple[str, str], places: int) -> Column[tuple[str, Row]]:
        return Column(
            title,
            lambda item: number.decimal(item[1].get(key), places, at.lang),
            "number",
            shown=any(key in row for row in units.values()),
        )

    columns: list[Column[tuple[str, Row]]] = [Column(at.say("own.unit"), lambda item: item[0], "name")]
    for item in intake.index.components:
        columns.append(column(item.short.in_(at.lang), (item.code, "score"), intake.index.score_decimals))
        columns.append(column(at.say("column.shown_rank"), (item.code, "published_rank"), 0))
    shown = table(columns, list(units.items())[:_SHOWN], caption, at.lang)
    more = len(units) - _SHOWN
    said = at.say("own.more", count=number.whole(more, at.lang))
    below = cards.source(said, at.lang) if more > 0 else NOTHING
    return fragment(tag("div.vb-wide-table", shown, role="region", tabindex="0", aria_label=caption), below)


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
