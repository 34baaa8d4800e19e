"""What entering a table would change: against what is known, against itself, and on the pages."""

from __future__ import annotations

import streamlit as st

from analytics.core.answer import Answer
from analytics.core.prospect import prospect
from dashboard.html.parts import part
from dashboard.session.context import Context
from dashboard.views.data import preview
from dashboard.views.data.rounds import Round
from data.intake import Intake, supposed


def differences(at: Context, table: Round, understood: Intake) -> None:
    """What is new, what agrees and what contradicts; what should be looked at again; what pages will show then."""
    st.html(preview.differences(understood, at.resources.names, at.lang))
    with st.spinner(at.say("importing.looking_ahead")):
        answer = table.ahead(understood, lambda: _ahead(at, understood))
    said = " ".join(note.in_(at.lang) for note in answer.notes)
    st.html(part(at.say("importing.ahead"), said, lang=at.lang))


def _ahead(at: Context, understood: Intake) -> Answer:
    after = supposed(at.resources.store, understood)
    return prospect(at.resources.frames, after, understood.index.code, understood.edition.year)
