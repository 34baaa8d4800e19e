"""What a table is of: index, year, points or per cent, units, each with its origin; which tables are read."""

from __future__ import annotations

import streamlit as st

from dashboard.html import cards
from dashboard.html.markup import tag
from dashboard.session.context import Context
from dashboard.text.dates import moment
from dashboard.views.data import rounds
from dashboard.views.data.rounds import Round
from data.intake import Intake
from data.intake.understanding import edition_of
from data.text import Text

_SCALES = ("", "points", "percent", "fraction")


def fields(at: Context, table: Round, understood: Intake | None) -> None:
    """The four fields in a row, where each comes from below it, and the tables where there are several."""
    _as_before(at, table)
    index, year, scale, units = st.columns(4)
    with index:
        _index(at, table)
    with year:
        _year(at, table)
    with scale:
        _scale(at, table, understood)
    with units:
        _units(at, table)
    if understood is not None and len(understood.tables) > 1:
        _tables(at, table, understood)


def _as_before(at: Context, table: Round) -> None:
    """That the table is read as an earlier one of its shape, and the way to begin anew."""
    if table.kept is None:
        return
    said = at.say(
        "importing.as_before",
        batch=table.kept.batch,
        when=moment(table.kept.at, at.lang),
        author=table.kept.author,
    )
    with st.container(horizontal=True, vertical_alignment="center", key="import-kept"):
        st.html(tag("div.vb-notice.vb-said", tag("p", said), lang=at.lang))
        st.button(at.say("importing.anew"), key=f"anew-{rounds.place()}", on_click=table.start_again)


def _came(at: Context, said: Text | str) -> None:
    st.html(cards.source(said if isinstance(said, str) else said.in_(at.lang), at.lang))


def _from(at: Context, found: Text | None) -> str:
    """Where a value comes from: the place that names it, else the reader's choice."""
    if found is None:
        return at.say("importing.chosen")
    return at.say("importing.from", place=found.in_(at.lang))


def _index(at: Context, table: Round) -> None:
    key, known = f"index-{rounds.place()}", at.resources.frames.indices
    st.session_state[key] = table.index

    def changed() -> None:
        table.index = st.session_state[key]
        there = rounds.years(known[table.index])
        table.year = table.year if table.year in there else there[0]

    st.selectbox(
        at.say("control.index"),
        list(known),
        key=key,
        format_func=lambda code: known[code].name.in_(at.lang),
        on_change=changed,
    )
    _came(at, _from(at, table.named.indices.get(table.index)))


def _year(at: Context, table: Round) -> None:
    key = f"year-{rounds.place()}"
    st.session_state[key] = table.year

    def changed() -> None:
        table.year = st.session_state[key]

    there = rounds.years(at.resources.frames.index(table.index))
    st.selectbox(at.say("data.import.year"), there, key=key, on_change=changed)
    _came(at, _from(at, table.named.years.get(table.year)))


def _scale(at: Context, table: Round, understood: Intake | None) -> None:
    key = f"scale-{rounds.place()}"
    st.session_state[key] = table.plan.scale or ""

    def changed() -> None:
        table.decide(scale=st.session_state[key] or None)

    st.selectbox(
        at.say("importing.scale"),
        _SCALES,
        key=key,
        format_func=lambda scale: at.say(f"importing.scales.{scale or 'auto'}"),
        on_change=changed,
    )
    if table.plan.scale is not None:
        _came(at, at.say("importing.chosen"))
    elif understood is not None:
        scores = [item for item in understood.described if item.column.kind in ("score", "both")]
        signed = any(item.percent or item.column.scale == "percent" for item in scores)
        _came(at, at.say(f"importing.scale_{'signed' if signed else 'plain'}"))


def _units(at: Context, table: Round) -> None:
    """The unit set follows from the year."""
    edition = edition_of(at.resources.frames.index(table.index), table.year)
    st.selectbox(
        at.say("importing.units"),
        [at.say(f"importing.unit_set_{edition.unit_set}")],
        key=f"units-{rounds.place()}-{edition.unit_set}",
        disabled=True,
    )
    _came(at, at.say("importing.from_year", year=table.year))


def _tables(at: Context, table: Round, understood: Intake) -> None:
    """Which of a file's tables are read."""
    key = f"tables-{rounds.place()}"
    by_number = {item.number: item for item in understood.tables}
    st.session_state[key] = sorted({item.table.number for item in understood.readings})

    def changed() -> None:
        table.decide(tables=tuple(sorted(st.session_state[key])))

    def named(number: int) -> str:
        item = by_number[number]
        title = item.grid.title.in_(at.lang) if item.grid.name else at.say("importing.table", number=number)
        rows = at.say("importing.rows", count=len(item.rows))
        caption = " ".join(item.caption)[:60]
        return " · ".join(filter(None, (title, caption, rows)))

    st.pills(
        at.say("importing.tables"),
        list(by_number),
        selection_mode="multi",
        key=key,
        format_func=named,
        on_change=changed,
    )
