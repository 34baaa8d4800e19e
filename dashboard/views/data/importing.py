"""The import of a table on the data page: give it, see how it is understood, mend it, compare it, enter it; undo.

Nothing is written before the button is clicked, and only what was looked at.
"""

from __future__ import annotations

import streamlit as st

from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.views.data import (
    batches,
    differences,
    entering,
    fields,
    giving,
    mending,
    preview,
    table_grid,
)
from dashboard.views.data.rounds import Round
from dashboard.widgets import filters
from data.text import Problem


def part(at: Context) -> None:
    """The import, and the list of past ones."""
    entering.say(at)
    if at.person.may("import"):
        _import(at)
    else:
        with st.container(key="import-filters"):
            filters.show(at)
        st.html(cards.notices([at.person.refusal().in_(at.lang)], at.lang))
    entering.complain(at)
    batches.batches(at)


def _import(at: Context) -> None:
    """From the table in the widgets to the button that writes it."""
    try:
        table = giving.given(at)
        if table is not None and table.others:
            entering.others(at, table)
        elif table is not None:
            _looked_at(at, table)
    except Problem as problem:
        st.html(cards.notices([problem.text.in_(at.lang)], at.lang))


def _looked_at(at: Context, table: Round) -> None:
    """How the table is understood, what must be mended, what it would change; then the form."""
    try:
        understood = table.understood(at)
    except Problem:
        fields.fields(at, table, None)
        raise
    fields.fields(at, table, understood)
    st.html(preview.lead(understood, at.lang))
    mending.mend(at, table, understood)
    table_grid.grids(at, table, understood)
    if understood.questions or understood.faults:  # nothing can be written while its reader has something to say
        return
    differences.differences(at, table, understood)
    entering.form(at, table, understood)
