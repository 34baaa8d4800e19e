"""What entering a table would change: against what is known, against itself, and on the pages."""

from __future__ import annotations

import streamlit as st

from dashboard.session.context import Context
from dashboard.views.data import preview
from dashboard.views.data.rounds import Round
from data.intake import Intake


def differences(at: Context, table: Round, understood: Intake) -> None:
    """What is new, what agrees and what contradicts; what should be looked at again."""
    st.html(preview.differences(understood, at.resources.names, at.lang))
