"""A part of the page that is drawn anew now and then, while something is under way.

Streamlit's own `run_every` sends the address along as the browser knows it: one that comes right after a choice
takes the choice back.
"""

from __future__ import annotations

import time
from pathlib import Path

import streamlit as st

_mounted = st.components.v2.component(
    "vuotbac.looking",
    html='<span class="vb-looking" hidden></span>',
    js=(Path(__file__).parent / "poll.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def look_again(key: str, seconds: float) -> None:
    """Have the fragment that this is called in drawn anew after `seconds`, once no answer is under way."""
    _mounted(
        key=key,
        data=[round(1000 * seconds), time.monotonic_ns() // 1_000_000],
        height="content",
        on_looked_change=lambda: None,
    )
