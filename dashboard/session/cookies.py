"""What the browser keeps of a reader's last visit: one cookie of our own per name, never sent anywhere else.

A cookie is written with the choices of a page and read by the server when a page is opened (Streamlit sees the
cookies of a session's first request only); what was written since then is known from the session. The address
always wins over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

import streamlit as st

_YEAR = 365 * 24 * 3600
_PREFIX = "vuotbac_"


def remember(kept: Mapping[str, str | None]) -> None:
    """Keep each value under its name in this browser for a year, once it is told; None forgets it."""
    for name, value in kept.items():
        st.session_state[_PREFIX + name] = value or ""


def cookies() -> list[str]:
    """What the browser is to be told: a cookie for each name of this visit."""
    names = [str(name) for name in st.session_state if str(name).startswith(_PREFIX)]
    return [_cookie(name, st.session_state[name]) for name in names]


def _cookie(name: str, value: str) -> str:
    # Percent-encoded: nothing that somebody typed can end the cookie.
    return f"{name}={quote(value, safe='')}; Max-Age={_YEAR if value else 0}; Path=/; SameSite=Lax"


def recall(name: str) -> str | None:
    """What this browser was last told to remember under `name`; None where there is nothing."""
    kept = st.session_state.get(_PREFIX + name)
    if kept is None:
        kept = unquote(st.context.cookies.get(_PREFIX + name) or "")
    return str(kept) or None
