"""Reruns a fragment every few moments while something is under way.

Streamlit's own `run_every` sends the address as the browser last knew it, so a run just after a choice would undo
the choice.
"""

from __future__ import annotations

import time

import streamlit as st

from dashboard.widgets.script import script

_mounted = st.components.v2.component(
    "vuotbac.poll", html='<span class="vb-poll" hidden></span>', js=script("poll"), isolate_styles=False
)


def poll(key: str, seconds: float) -> None:
    """Rerun the fragment that calls this after `seconds`, as soon as no other run is under way."""
    _mounted(
        key=key,
        data=[round(1000 * seconds), time.monotonic_ns() // 1_000_000],
        height="content",
        on_polled_change=lambda: None,
    )
