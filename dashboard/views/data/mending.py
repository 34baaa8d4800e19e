"""What must be mended or said before a table can be entered: faults with their cells, questions with controls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.html import cards
from dashboard.html.markup import tag
from dashboard.html.parts import bare
from dashboard.session import options
from dashboard.session.context import Context
from dashboard.views.data import meanings, rounds
from dashboard.views.data.rounds import Round
from data.intake import Column, Intake, Question
from data.intake.plan import meant

_FAULTS, _CELLS = 12, 8  # with words, and fields to type a cell anew


def mend(at: Context, table: Round, understood: Intake) -> None:
    """Faults first, then the questions; nothing where there is neither."""
    open_ones = len(understood.faults) + len(understood.questions)
    if not open_ones:
        return
    st.html(bare(at.say("importing.to_mend", count=open_ones), at.lang))
    if understood.faults:
        _faults(at, table, understood)
    for number, question in enumerate(understood.questions):
        with st.container(key=f"ask-{number}", gap="xsmall"):
            st.html(tag("p.vb-asked", question.text.in_(at.lang), lang=at.lang))
            _controls(at, table, understood, question)


def _faults(at: Context, table: Round, understood: Intake) -> None:
    said = [fault.text.in_(at.lang) for fault in understood.faults[:_FAULTS]]
    st.html(cards.notices([*said, at.say("importing.mend_how")], at.lang))
    grids = {reading.table.grid.name: reading.table.grid for reading in understood.readings}
    cells = [cell for fault in understood.faults for cell in fault.cells if not cell.isdecimal()]
    if len(grids) != 1 or not cells:
        return
    (grid,) = grids.values()
    places = {
        grid.place(row, column): (grid.address(row, column), grid.texts[row][column])
        for row in range(len(grid.texts))
        for column in range(grid.width)
    }
    with st.container(horizontal=True, key="mend-cells"):
        for cell in list(dict.fromkeys(cells))[:_CELLS]:
            if cell in places:
                _retype(at, table, cell, *places[cell])


def _retype(at: Context, table: Round, cell: str, address: str, text: str) -> None:
    key = f"cell-{rounds.place()}-{address}"

    def typed() -> None:
        table.decide(cells={**table.plan.cells, address: st.session_state[key]})

    st.text_input(at.say("importing.cell", cell=cell), text, key=key, on_change=typed, width=180)


def _controls(at: Context, table: Round, understood: Intake, question: Question) -> None:
    offer = question.offer or {}
    for text, could_be in offer.get("as", {}).items():
        _unit(at, table, understood, text, could_be, offer.get("drop", []))
    if question.kind == "two_columns":
        _one_of(at, table, understood, list(offer["column"]))
    else:
        for letter, answers in offer.get("column", {}).items():
            _column(at, table, understood, question, letter, answers)
    if "table" in offer:
        _table(at, table, offer["table"])
    if "accept" in offer:
        kind = str(offer["accept"])
        st.button(
            at.say(f"importing.accept.{kind}"),
            key=f"accept-{rounds.place()}-{kind}",
            on_click=lambda: table.decide(accepted=(*table.plan.accepted, kind)),
        )


def _unit(at: Context, table: Round, understood: Intake, text: str, could_be: Any, drop: Any) -> None:
    """Whom a name means: those that it could be first, then all others, or nobody."""
    listed = options.units(at.resources.frames, understood.edition.unit_set, at.lang).rows
    names = {row[0]: row[1] for row in listed}
    first = [unit for unit in could_be if unit in names]
    key = f"as-{rounds.place()}-{text}"

    def said() -> None:
        unit = st.session_state[key]
        if unit == "drop":
            table.decide(drop=tuple(dict.fromkeys((*table.plan.drop, *drop))))
        elif unit:
            table.decide(names={**table.plan.names, text: unit})

    st.selectbox(
        at.say("importing.means", text=text),
        [*first, *(["drop"] if drop else []), *(unit for unit in names if unit not in first)],
        index=None,
        key=key,
        format_func=lambda unit: at.say("importing.drop_row") if unit == "drop" else names[unit],
        placeholder=at.say("importing.choose_unit"),
        on_change=said,
        width=360,
    )


def _columns(understood: Intake) -> dict[str, tuple[str, Column]]:
    """The columns that are read, by their letters: their names in the plan, and what they mean."""
    found: dict[str, tuple[str, Column]] = {}
    for reading in understood.readings:
        for column in reading.columns:
            name = reading.table.grid.name
            found.setdefault(column.letter, (f"{name}!{column.letter}" if name else column.letter, column))
    return found


def _one_of(at: Context, table: Round, understood: Intake, letters: list[str]) -> None:
    """Which of two columns of one meaning is read: the other is left out."""
    known = _columns(understood)
    key = f"one-{rounds.place()}-{'-'.join(letters)}"

    def said() -> None:
        kept = st.session_state[key]
        changed = {}
        for letter in letters:
            address, column = known[letter]
            out = replace(column, kind="ignored", component=None)
            changed[address] = replace(column if letter == kept else out, why="chosen")
        table.decide(columns={**table.plan.columns, **changed})

    st.radio(
        at.say("importing.which"),
        letters,
        index=None,
        key=key,
        format_func=lambda letter: at.say("importing.column", letter=letter, heading=known[letter][1].heading),
        on_change=said,
        horizontal=True,
    )


def _column(
    at: Context, table: Round, understood: Intake, question: Question, letter: str, answers: list[str]
) -> None:
    """What a column is, of what is offered."""
    known = _columns(understood)
    if letter not in known:
        return
    address, before = known[letter]
    key = f"answer-{rounds.place()}-{question.kind}-{letter}"

    def said() -> None:
        found = meant(str(st.session_state[key]), meanings.components(understood.index, understood.edition))
        if found is not None:
            table.decide(columns={**table.plan.columns, address: found})

    st.radio(
        at.say("importing.column", letter=letter, heading=before.heading),
        answers,
        index=None,
        key=key,
        format_func=lambda written: meanings.answer(written, understood.index, at.lang),
        on_change=said,
        horizontal=True,
    )


def _table(at: Context, table: Round, numbers: list[int]) -> None:
    key = f"table-{rounds.place()}"
    st.radio(
        at.say("importing.which_table"),
        numbers,
        index=None,
        key=key,
        format_func=lambda number: at.say("importing.table", number=number),
        on_change=lambda: table.decide(tables=(st.session_state[key],)),
        horizontal=True,
    )
