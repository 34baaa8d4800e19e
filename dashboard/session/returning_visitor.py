"""A reader's visit: what the address leaves open is put back from the last page or, on arrival, from the browser.

The address always wins. Streamlit's own navigation drops it, though: its links lead to a page without any
parameters. Then what was chosen before is written into the address again.
"""

from __future__ import annotations

import streamlit as st

from dashboard.session.context import Context
from dashboard.session.cookies import recall, remember
from dashboard.session.resources import resources
from dashboard.text import LANGUAGES

_KEPT = "visit"
_REMEMBERED = ("province", "lang")
_CHOSEN = ("province", "index", "year", "component", "region", "lang")


def resume() -> None:
    """Complete the address, before anything reads it."""
    kept = st.session_state.get(_KEPT)
    if kept is None:
        known = resources().names.units
        for name in _REMEMBERED:
            value = "" if name in st.query_params else recall(name) or ""
            # The first language is what an address without one means.
            if value in known or value in LANGUAGES[1:]:
                st.query_params[name] = value
    elif kept and not any(name in st.query_params for name in _CHOSEN):
        st.query_params.update(kept)


def keep(at: Context) -> None:
    """Note what is chosen now, for the next page and the next visit."""
    address = st.query_params
    st.session_state[_KEPT] = {name: address[name] for name in _CHOSEN if name in address}
    asked = address.get("province")
    # A unit of the 63 stays itself while an edition of the 34 shows what became of it.
    unit = asked if asked in at.resources.names.units else at.selection.province
    kept = {"province": unit} if asked is None or unit is not None else {}
    remember(kept | {"lang": at.lang})
