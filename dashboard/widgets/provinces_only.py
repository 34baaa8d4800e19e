"""What pages say that compare provinces, where the index chosen ranks units of one's own."""

from __future__ import annotations

import streamlit as st

from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.widgets import filters
from data.names import PROVINCES
from data.period import kind_of

# Pages that stand on provinces' regions, neighbours, maps or long series.
_PAGES = ("overview", "trends", "drivers", "pack")
# What draws years beside each other as numbers.
_YEARS = (*_PAGES, "target")
# Those that answer for any units.
_OTHERS = ("rankings", "weaknesses", "change", "target")


def said(at: Context, page: str) -> bool:
    """Whether a page has nothing to say of the units chosen; then it says so, and which pages have."""
    whole = kind_of(at.selection.year) == "year"
    if page not in (_PAGES if whole else _YEARS) or (whole and at.unit_set in PROVINCES):
        return False
    title = at.say("own.title", page=at.say(f"page.{page}"), index=at.index.name.in_(at.lang))
    st.html(cards.heading(title, at.say("own.below"), at.lang))
    filters.show(at, "index", "year")
    links = [(at.say(f"page.{name}"), name + at.selection.link()) for name in _OTHERS if name != page]
    st.html(cards.examples(at.say("own.others"), links, at.lang))
    return True
