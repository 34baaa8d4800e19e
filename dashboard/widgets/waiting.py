"""What stands on a page in place of an answer that is still being computed."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.html.markup import tag
from dashboard.session.pending import Pending
from dashboard.widgets.poll import poll
from data.text import Language

# Seconds between two checks.
_LOOK = 0.4


def waiting(pending: Pending, words: str, lang: Language) -> None:
    """Say `words` until the answer is there, then rerun the page."""
    _watch(pending, tag("p.vb-waiting", words, role="status", lang=lang))


@st.fragment
def _watch(pending: Pending, said: Markup) -> None:
    if pending.future.done():
        st.rerun()
    st.html(said)
    poll("waiting", _LOOK)
