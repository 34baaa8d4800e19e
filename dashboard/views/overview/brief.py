"""The button that makes the overview as a one-page PDF when it is clicked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.documents.brief.make import as_pdf, brief
from dashboard.session.context import Context
from dashboard.text.dates import today


def offered(at: Context, unit: str) -> Callable[[], None]:
    """Draw the button for a unit, for a PDF in the language chosen."""
    chosen = at.selection

    def made() -> bytes:
        return as_pdf(brief(at.subject(), today()))

    def draw() -> None:
        st.download_button(
            at.say("overview.brief.button"),
            data=made,
            file_name=f"vuotbac-{chosen.index}-{chosen.year}-{unit}-{at.lang}.pdf",
            mime="application/pdf",
            on_click="ignore",
            icon=":material/description:",
            key="brief",
            width="content",
        )

    return draw
