"""A text area's tables from the clipboard with their merged headings: the HTML beside the plain text.

Where a browser gives none, the text area takes the text as ever.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.widgets.script import script

_mounted = st.components.v2.component(
    "vuotbac.pasting", html='<span class="vb-pasting" hidden></span>', js=script("pasting"), isolate_styles=False
)


def pasting(key: str, area: str, pasted: Callable[[str], None]) -> None:
    """Call `pasted(html)` before the next run with each table pasted into the text area whose key is `area`."""

    def on_pasted() -> None:
        told = st.session_state[key]["pasted"]
        if told:
            pasted(str(told))

    _mounted(key=key, data=[f".st-key-{area} textarea"], height="content", on_pasted_change=on_pasted)
