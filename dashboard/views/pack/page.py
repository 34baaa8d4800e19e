"""The conference pack: choose what it holds, see what it will say, take it away; write what the province adds."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.core.ranking import scored
from dashboard.documents.content.outline import Outline, outline
from dashboard.documents.content.specification import Specification
from dashboard.html import cards
from dashboard.session import pending
from dashboard.session.context import Context, context
from dashboard.session.pending import Pending
from dashboard.views.pack import build, notes, order
from dashboard.views.pack.order import Order, Said
from dashboard.views.pack.preview import preview
from dashboard.widgets.waiting import waiting
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem

# So many editions are offered where the one asked for has nothing.
_EDITIONS = 3


def page() -> None:
    """Select, ask, draw."""
    at = context()
    ordered = order.read(at)
    _heading(at, ordered)
    order.draw(at, ordered)
    if ordered.notices:
        st.html(cards.notices(ordered.notices, at.lang))
    if ordered.specification is None:
        build.forget()
        st.html(cards.notices([at.say("packing.choose")], at.lang))
        return
    build.drop_outdated(at, ordered)
    found = _asked(at, ordered)
    if isinstance(found, Pending):
        waiting(found, at.say("packing.reading"), at.lang)
    elif isinstance(found, Problem):
        st.html(cards.notices([found.text.in_(at.lang)], at.lang))
    elif found.tables or found.sentences:
        build.draw(at, ordered, found)
        st.html(at.cached(_previewed, ordered.specification, order.said(at, ordered.specification)))
    else:
        st.html(_nothing(at, ordered.specification))
    notes.draw()


def _asked(at: Context, ordered: Order) -> Outline | Pending | Problem:
    assert ordered.specification is not None
    try:
        return pending.ask(at.resources, _outline, ordered.specification, order.said(at, ordered.specification))
    except Problem as problem:
        return problem


def _outline(frames: Frames, asked: Specification, said: Said) -> Outline:
    return outline(frames, asked, order.notes(said))


def _previewed(at: Context, specification: Specification, said: Said) -> Markup:
    return preview(at.resources.ask(_outline, specification, said), at.lang)


def _heading(at: Context, ordered: Order) -> None:
    asked = ordered.specification
    edition = None if asked is None else order.edition(asked, at)
    st.set_page_config(page_title=f"{_title(at, edition)} · {at.say('product.name')}")
    st.html(at.cached(_headed, edition))


def _headed(at: Context, edition: str | None) -> str:
    return cards.heading(_title(at, edition), at.say("packing.below"), at.lang)


def _title(at: Context, edition: str | None) -> str:
    """Whose pack of which edition; `edition` is None where no province is chosen."""
    if edition is None:
        return at.say("packing.title_none")
    name = at.resources.names.name(str(at.selection.province)).in_(at.lang)
    return at.say("packing.title", name=name, edition=edition)


def _nothing(at: Context, specification: Specification) -> str:
    """Nothing is known of what is ordered: what there is instead, and how more gets in."""
    names, index, unit = at.resources.names, at.index, specification.province
    known = scored(at.resources.frames, index).filter(unit=unit, component=OVERALL).drop_nulls("score")
    years = known["year"].unique().sort(descending=True).head(_EDITIONS).to_list()
    links = [(f"{index.name.in_(at.lang)} {year}", at.selection.link(year=year)) for year in years]
    if not links:
        year = at.resources.opening_year(index.code)
        members = sorted(names.members.get(unit, ()))
        links = [(names.name(item).in_(at.lang), at.selection.link(province=item, year=year)) for item in members]
    edition = order.edition(specification, at)
    command = at.say("empty.command", index=index.code, year=specification.year)
    return cards.empty(
        at.say("packing.empty", name=names.name(unit).in_(at.lang), edition=edition),
        [at.say("packing.empty_why")],
        at.say("packing.empty_try"),
        links,
        (at.say("empty.import"), command),
        at.lang,
        at.selection.importing(),
    )
