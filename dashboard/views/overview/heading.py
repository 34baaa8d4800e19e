"""The top of the overview in all its forms: title, filters, and notices."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.widgets import filters
from dashboard.widgets.notices import notices

Titled = Callable[[Context], tuple[str, str]]


def heading(at: Context, titled: Titled, beside: Callable[[], None]) -> None:
    """Title and choices in one line where there is room, and what `beside` draws at the end of it.

    `titled` gives the title and what is said below it.
    """
    st.set_page_config(page_title=f"{titled(at)[0]} · {at.say('product.name')}")
    with st.container(horizontal=True, vertical_alignment="bottom", key="lead"):
        st.html(at.cached(_title, titled))
        filters.show(at, "province", "index", "year")
        beside()
    said = cards.notices(notices(at), at.lang)
    if said:
        st.html(said)


def _title(at: Context, titled: Titled) -> Markup:
    return cards.heading(*titled(at), at.lang)
