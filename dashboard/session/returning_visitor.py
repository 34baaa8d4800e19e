"""What is put back for a reader who comes again: to this page without parameters, or to the site after a while.

The address always wins. Streamlit's own navigation drops it, though: its links lead to a page without any
parameters. Then what was chosen before is written into the address again. After a while it is what the browser
kept: a cookie for each name, written with the choices of a page and read by this server only. Streamlit sees the
cookies of a session's first request; what was written since then is known from the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

import streamlit as st

from dashboard.session import query
from dashboard.session.context import Context
from dashboard.session.resources import resources
from dashboard.text import LANGUAGES

# What the session keeps: the shared parameters of the last page, and the cookies written since its start.
_LAST, _COOKIES = "last_address", "cookies"
_SHARED = ("province", "index", "year", "component", "region", "lang")
# Of these the browser keeps what is put back in another session.
_REMEMBERED = ("province", "lang")
_PREFIX = "vuotbac_"
_YEAR = 365 * 24 * 3600


def resume() -> None:
    """Complete the address, before anything reads it."""
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
    """Note what is chosen now, for the next page and the next visit."""
    address = query.current()
    st.session_state[_LAST] = {name: address[name] for name in _SHARED if name in address}
    asked = address.get("province")
    # A unit of the 63 stays itself while an edition of the 34 shows what became of it.
    unit = asked if asked in at.resources.names.units else at.selection.province
    kept = {"province": unit} if asked is None or unit is not None else {}
    remember(kept | {"lang": at.lang})


def remember(kept: Mapping[str, str | None]) -> None:
    """Have the browser keep each value under its name for a year; None has it forget the name."""
    written = {name: value or "" for name, value in kept.items()}
    st.session_state[_COOKIES] = st.session_state.get(_COOKIES, {}) | written


def recall(name: str) -> str | None:
    """What this browser keeps under a name; None where it keeps nothing."""
    written = st.session_state.get(_COOKIES, {})
    kept = written[name] if name in written else unquote(st.context.cookies.get(_PREFIX + name) or "")
    return str(kept) or None


def cookies() -> list[str]:
    """The cookies that were written in this session, as a browser is told of them."""
    return [_cookie(name, value) for name, value in st.session_state.get(_COOKIES, {}).items()]


def _cookie(name: str, value: str) -> str:
    # Percent-encoded: nothing that somebody typed can end the cookie.
    return f"{_PREFIX}{name}={quote(value, safe='')}; Max-Age={_YEAR if value else 0}; Path=/; SameSite=Lax"
