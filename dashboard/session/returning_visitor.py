"""Restores the choices of a returning reader, on other pages and in later visits.

What is in the address always wins. Streamlit's own navigation links to pages without parameters: the last page's
shared parameters are then written into the address again. For later visits the browser keeps a cookie for each
name. Streamlit only sees the cookies of a session's first request, so later ones are kept in the session state as
well.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

import streamlit as st

from dashboard.session import query
from dashboard.session.context import Context
from dashboard.session.resources import resources
from dashboard.text import LANGUAGES

# Keys of the session state: the shared parameters of the last page, and the cookies written in this session.
_LAST, _COOKIES = "last_address", "cookies"
_SHARED = ("province", "index", "year", "component", "region", "lang")
# Those of them that later visits begin with.
_REMEMBERED = ("province", "lang")
_PREFIX = "vuotbac_"
_YEAR = 365 * 24 * 3600


def resume() -> None:
    """Write what is missing in the address; must run before anything reads it."""
    address, last = query.current(), st.session_state.get(_LAST)
    if last is None:
        known = resources().names.units
        # The first language is what an address without one means.
        possible = {*known, *LANGUAGES[1:]}
        remembered = {name: recall(name) for name in _REMEMBERED if name not in address}
        query.update({name: value for name, value in remembered.items() if value in possible})
    elif last and not any(name in address for name in _SHARED):
        query.update(last)


def keep(at: Context) -> None:
    """Keep the present choices for the next page and the next visit."""
    address = query.current()
    st.session_state[_LAST] = {name: address[name] for name in _SHARED if name in address}
    asked = address.get("province")
    # Keep a unit of the 63 also while an edition of the 34 shows its successor.
    unit = asked if asked in at.resources.names.units else at.selection.province
    kept = {"province": unit} if asked is None or unit is not None else {}
    remember(kept | {"lang": at.lang})


def remember(kept: Mapping[str, str | None]) -> None:
    """Set a cookie for each name, for a year; None deletes it."""
    written = {name: value or "" for name, value in kept.items()}
    st.session_state[_COOKIES] = st.session_state.get(_COOKIES, {}) | written


def recall(name: str) -> str | None:
    """The value of a cookie, also of one set in this session; None without one."""
    written = st.session_state.get(_COOKIES, {})
    kept = written[name] if name in written else unquote(st.context.cookies.get(_PREFIX + name) or "")
    return str(kept) or None


def cookies() -> list[str]:
    """The cookies set in this session, as the text that a script assigns to `document.cookie`."""
    return [_cookie(name, value) for name, value in st.session_state.get(_COOKIES, {}).items()]


def _cookie(name: str, value: str) -> str:
    # Percent-encoded: nothing that somebody typed can end the cookie.
    return f"{_PREFIX}{name}={quote(value, safe='')}; Max-Age={_YEAR if value else 0}; Path=/; SameSite=Lax"
