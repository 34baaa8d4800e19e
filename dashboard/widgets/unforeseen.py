"""What a reader is told where something goes wrong that nobody foresaw."""

from __future__ import annotations

import streamlit as st

from dashboard.html import cards
from dashboard.session import query
from dashboard.text import say
from data.text import Language, Problem
from data.unforeseen import recorded


def explained(error: Exception) -> bool:
    """One sentence in the reader's language; what isn't a Problem of ours gets a number that is in the log.

    True, for Streamlit asks whether its own account of the error can be left out.
    """
    lang: Language = "en" if query.current().get("lang", "").lower().startswith("en") else "vi"
    if isinstance(error, Problem):
        sentence = error.text.in_(lang)
    else:
        sentence = say(lang, "product.unforeseen", number=recorded(error).number)
    st.html(cards.notices([sentence], lang))
    return True
