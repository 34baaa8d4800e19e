"""The page without a province, and with one whose total is not known."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.ranking import ranking, scored
from analytics.standing.standing import distance
from dashboard.figures import target as figures
from dashboard.html import cards
from dashboard.html.markup import items, link, tag
from dashboard.session.context import Context
from dashboard.text.target import TargetWording
from dashboard.views.target.subject import Aim, subject_of
from dashboard.widgets.chart_card import chart_card
from data import number
from data.definition import OVERALL

# How many units just outside the group are listed, and how many editions.
_NEXT = 6
_EDITIONS = 3


def start(at: Context, wording: TargetWording) -> None:
    """Without a province: the threshold, and the units just outside the group."""
    rows = at.resources.ask(ranking, at.selection.index, at.selection.year, OVERALL).rows
    if rows.is_empty():
        st.html(_empty(at, wording, at.say("empty.title", edition=wording.edition), "", []))
        return
    place = pl.coalesce("published_rank", "rank")
    after = rows.filter(place > wording.top).sort(place).head(_NEXT)
    listed = items(_waiting(at, row, wording) for row in after.iter_rows(named=True))
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _threshold(at, "", wording)
    with right:
        st.html(cards.panel(wording.say("empty.nobody"), [], tag("ul", listed), at.lang))


def nothing(at: Context, unit: str, wording: TargetWording) -> None:
    """Without a total: editions or members that have one, how to import it, and the threshold."""
    members = sorted(at.resources.names.members.get(unit, ()))
    year = at.resources.opening_year(at.index.code)
    if members:
        links = [
            (at.resources.names.name(member).in_(at.lang), at.selection.link(province=member, year=year))
            for member in members
        ]
        lead = wording.say("empty.members")
    else:
        known = scored(at.resources.frames, at.index).filter(unit=unit, component=OVERALL).drop_nulls("score")
        years = known["year"].unique().sort(descending=True).head(_EDITIONS)
        links = [
            (f"{at.index.name.in_(at.lang)} {known_year}", at.selection.link(year=known_year))
            for known_year in years
        ]
        lead = wording.say("empty.editions")
    st.html(_empty(at, wording, wording.say("empty.title"), lead, links))
    if not scored(at.resources.frames, at.index).filter(year=at.selection.year, component=OVERALL).is_empty():
        _threshold(at, "" if members else unit, wording)


def _threshold(at: Context, unit: str, wording: TargetWording) -> None:
    figure = figures.gap_history(replace(subject_of(at, Aim(wording.top)), unit=unit))
    if figure is not None:
        chart_card(figure, at)


def _waiting(at: Context, row: dict[str, object], wording: TargetWording) -> Markup:
    """A unit just outside the group, with the points that it lacks."""
    unit = str(row["unit"])
    found = at.resources.ask(distance, at.index.code, at.selection.year, unit, wording.top)
    name = str(row["name"] if at.lang == "vi" else row["name_en"])
    said = name
    if found is not None:
        points = "–".join(wording.points(end) for end in dict.fromkeys((found.low, found.high)) if end is not None)
        place = number.standing(found.rank, found.of, at.lang)
        said = wording.say("empty.nobody_row", name=name, standing=place, gap=points or number.MISSING)
    return link(said, at.selection.link(province=unit))


def _empty(at: Context, wording: TargetWording, title: str, lead: str, links: list[tuple[str, str]]) -> Markup:
    whole = at.resources.ask(ranking, at.index.code, at.selection.year, OVERALL)
    command = at.say("empty.command", index=at.index.code, year=wording.year)
    importing = (at.say("empty.import"), command)
    why = [note.in_(at.lang) for note in whole.notes]
    return cards.empty(title, why, lead, links, importing, at.lang, at.selection.importing())
