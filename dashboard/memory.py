"""What the browser keeps of a reader's last visit: one cookie of our own per name, never sent anywhere else.

A cookie is written by a line of script and read by the server when a page is opened (Streamlit sees the cookies
of a session's first request only); what was written since then is known from the session. The address always
wins over it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote, unquote

import streamlit as st

_YEAR = 365 * 24 * 3600
_PREFIX = "vuotbac_"


def remember(kept: Mapping[str, str | None]) -> None:
    """Keep each value under its name in this browser for a year; None forgets it."""
    cookies = []
    for name, value in kept.items():
        st.session_state[_PREFIX + name] = value or ""
        age = _YEAR if value else 0
        # Percent-encoded: nothing that somebody typed can end the cookie or the script.
        cookies.append(f"{_PREFIX}{name}={quote(value or '', safe='')}; Max-Age={age}; Path=/; SameSite=Lax")
    lines = "".join(f"document.cookie = {json.dumps(cookie)};" for cookie in cookies)
    # A container of its own, which `page.css` takes out of the flow: a script needs no room.
    with st.container(key=f"memory-{'-'.join(kept)}"):
        st.html(f"<script>{lines}</script>", unsafe_allow_javascript=True)


def recall(name: str) -> str | None:
    """What this browser was last told to remember under `name`; None where there is nothing."""
    kept = st.session_state.get(_PREFIX + name)
    if kept is None:
        kept = unquote(st.context.cookies.get(_PREFIX + name) or "")
    return str(kept) or None
