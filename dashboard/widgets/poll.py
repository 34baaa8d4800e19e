"""A part of the page that is drawn again now and then, while something is under way.

Streamlit's own `run_every` sends the address along as the browser knows it: a run that comes right after a choice
would undo the choice.
"""

from __future__ import annotations

import time

import streamlit as st

from dashboard.widgets.script import script

_mounted = st.components.v2.component(
    "vuotbac.poll", html='<span class="vb-poll" hidden></span>', js=script("poll"), isolate_styles=False
)


def poll(key: str, seconds: float) -> None:
    """Run the fragment that this is called in again after `seconds`, once no other run is under way."""
    _mounted(
        key=key,
        data=[round(1000 * seconds), time.monotonic_ns() // 1_000_000],
        height="content",
        on_polled_change=lambda: None,
    )
