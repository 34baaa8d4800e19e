"""Method: every formula with its sources and caveat, weights and coherence of every regime, statuses."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.html import cards
from dashboard.html.markup import NOTHING, fragment, items, script, tag
from dashboard.session.context import Context, context
from dashboard.text.method import markdown, methods, words
from dashboard.views.method import tables as method_tables
from dashboard.views.method.coherence import hanging
from dashboard.views.method.tables import Source
from data.frames import Frames

_SECTIONS = ("questions", "weights", "hanging_title", "statuses")
# The browser follows the address before the sections are drawn. So the page is scrolled once they are, and again
# when the fonts of the formulas have come, which changes their height.
_SCROLL = """
const lead = () => document.getElementById(location.hash.slice(1))?.scrollIntoView();
lead();
document.fonts.ready.then(lead);
"""


def page() -> None:
    """What the page holds, then section by section."""
    at = context()
    title = at.say("method.heading")
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(cards.heading(title, at.say("method.below"), at.lang))
    st.html(_contents(at))
    st.html(_anchor("questions", at.say("method.questions"), 2, ""))
    for method in methods():
        with st.container(key=f"method-{method.key}"):
            st.html(_anchor(method.key, words(method, "title", at.lang), 3, ""))
            st.markdown(markdown(method, at.lang))
    st.html(_weights(at))
    st.html(at.cached(_hanging))
    statuses = method_tables.statuses(at.lang)
    st.html(fragment(_anchor("statuses", at.say("method.statuses"), 2, at.say("method.status.lead")), statuses))
    st.html(script(_SCROLL), unsafe_allow_javascript=True)


def _contents(at: Context) -> Markup:
    links = [(method.key, words(method, "title", at.lang)) for method in methods()]
    links += [(section, at.say(f"method.{section}")) for section in _SECTIONS[1:]]
    listed = tag("ul", items(tag("a", title, href=f"#{_id(key)}") for key, title in links))
    return tag("nav.vb-contents", tag("h2", at.say("method.contents")), listed, lang=at.lang)


def _weights(at: Context) -> Markup:
    frames = at.resources.frames
    parts = [_anchor("weights", at.say("method.weights"), 2, at.say("method.table.lead"))]
    for index in frames.indices.values():
        title = f"{index.name.in_(at.lang)}: {index.full_name.in_(at.lang)}"
        parts.append(_anchor(f"weights-{index.code}", title, 3, index.about.in_(at.lang) if index.about else ""))
        parts.append(method_tables.weights(index, _sources(frames, index.code), at.lang))
    return tag("section", *parts, lang=at.lang)


def _hanging(at: Context) -> Markup:
    title, below = at.say("method.hanging_title"), at.say("method.hanging.lead")
    parts = [_anchor("hanging_title", title, 2, below)]
    for index in at.resources.frames.indices.values():
        parts.append(_anchor(f"hanging-{index.code}", index.name.in_(at.lang), 3, ""))
        parts.append(hanging(at, index))
    return tag("section", *parts, lang=at.lang)


def _sources(frames: Frames, index: str) -> dict[str, Source]:
    rows = frames.source.filter(collection=index).select("source", "kind", "title", "publisher", "location")
    return {
        source: (kind, title, publisher, location) for source, kind, title, publisher, location in rows.iter_rows()
    }


def _anchor(key: str, title: str, level: int, below: str) -> Markup:
    """A heading that an address can lead to."""
    said = tag("p", below) if below else NOTHING
    return tag("header.vb-anchor", tag(f"h{level}", title), said, id=_id(key))


def _id(key: str) -> str:
    return f"method-{key}"
