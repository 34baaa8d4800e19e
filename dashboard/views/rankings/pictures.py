"""The pictures of a ranking: map, tile map, and two editions side by side."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.charts.figure import Figure
from dashboard.charts.tile_map import WIDTH
from dashboard.figures import ranking as figures
from dashboard.figures.background import background
from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.views.rankings.parameters import VIEWS, RankingParameters, View
from dashboard.widgets import page_filters
from dashboard.widgets.background_filter import background_filter
from dashboard.widgets.chart_card import chart_card
from data.names import PROVINCES

_MAP_WIDTH = 680
_SLOPE_WIDTH = 720


def chosen(at: Context, asked: RankingParameters) -> View:
    """The view that the address asks for, if the edition has it."""
    return asked.view if asked.view in _offered(at) else VIEWS[0]


def switch(at: Context, asked: RankingParameters) -> None:
    """The same, with buttons to choose it."""
    page_filters.one_of(at, asked, "view", _offered(at), at.say("view.label"), lambda key: at.say(f"view.{key}"))


def _offered(at: Context) -> tuple[View, ...]:
    """The views of the edition; the 34 are estimated from the 63 alone, and no map shows other units."""
    if at.unit_set not in PROVINCES:
        return tuple(view for view in VIEWS[:-1] if view not in ("map", "tiles"))
    return VIEWS if at.unit_set == "63" else VIEWS[:-1]


def draw(at: Context, picture: View, asked: RankingParameters) -> None:
    """The map, the tile map or the slope of an edition of which something is known."""
    if picture == "map":
        base = str(st.get_option("server.baseUrlPath")).strip("/")
        _card(at, at.cached(_map, f"/{base}" if base else ""), _MAP_WIDTH)
    elif picture == "tiles":
        _card(at, figures.tile_map(subject_of(at)), WIDTH)
    else:
        _two_editions(at, asked)


def subject_of(at: Context) -> Subject:
    """The choice as a subject, in the region that lists are narrowed to."""
    return replace(at.subject(), region=at.selection.region)


def _map(at: Context, base: str) -> Figure | None:
    return figures.province_map(subject_of(at), base)


def _card(at: Context, figure: Figure | None, width: int) -> None:
    if figure is not None:
        with st.container(width=width):
            chart_card(figure, at)


def _two_editions(at: Context, asked: RankingParameters) -> None:
    """The ranks of the edition and of another one, chosen here."""
    subject = replace(subject_of(at), behind=asked.behind)
    others, usual = figures.comparable(subject), figures.usual(subject)
    if usual is None:
        edition = figures.edition(subject)
        st.html(cards.notices([at.say("slope.first", edition=edition, units=at.unit_set)], at.lang))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="beside"):
        year = page_filters.one_number(at, asked, "since", others, usual, at.say("view.from"))
        if subject.unit:
            background_filter(at, asked)
    if subject.behind == "peers" and subject.unit and not background(subject).units:
        st.html(cards.notices([at.say("view.peers_none", name=subject.name)], at.lang))
    figure = figures.slope(subject, year)
    if figure is None:
        named = at.index.name.in_(at.lang)
        ends = dict(zip(("from", "to"), (f"{named} {end}" for end in sorted((year, subject.year))), strict=True))
        st.html(cards.notices([at.say("slope.nothing", **ends)], at.lang))
    _card(at, figure, _SLOPE_WIDTH)
