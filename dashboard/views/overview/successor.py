"""The overview of one of the 34: the provinces it was made of, and the order of its components among the 34."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import streamlit as st

from analytics.core.answer import Answer
from analytics.core.history import history
from analytics.core.ranking import ranking
from analytics.standing.profile import orders
from dashboard.figures import overview as overview_charts
from dashboard.figures.bands import bands_figure, estimate_notes, known_edition
from dashboard.html import cards, index_card
from dashboard.html import neighbours as rivals
from dashboard.html.index_card import Card
from dashboard.session.address import Reading
from dashboard.session.context import Context
from dashboard.subject import Gist
from dashboard.text import overview as words
from dashboard.text import summary as gist_words
from dashboard.text.target import TargetWording
from dashboard.views.overview import brief as overview_brief
from dashboard.views.overview import panels as gist_panels
from dashboard.views.overview.heading import heading
from dashboard.widgets.chart_card import chart_card
from data import number
from data.definition import OVERALL, Index
from data.text import Text


def standing_for(at: Context) -> Context:
    """The same place; where the address names one of the 34 by its code and no year, in their newest edition."""
    asked = st.query_params.get("province", "")
    index = at.index
    newest = next((item for item in reversed(index.editions) if item.unit_set == "34"), None)
    known = asked.startswith("34-") and asked in at.resources.names.units
    if not known or newest is None or "year" in st.query_params:
        return at
    chosen = replace(at.selection, year=newest.year, province=asked)
    return Context(at.resources, Reading(chosen), at.mode)


def draw(at: Context, unit: str) -> None:
    """One of the 34: its members first, then what there is of itself and what may be estimated."""
    names = at.resources.names
    name = names.name(unit).in_(at.lang)
    members = sorted(names.members.get(unit, ()))
    heading(at, _titled, overview_brief.offered(at, unit))
    found = known_edition(at.resources, at.index, at.selection.year)
    index, year = found or (at.index, at.selection.year)
    if found is None or at.index.code != index.code:
        st.html(_empty(at))
    title = "overview.members.title" if len(members) > 1 else "overview.members.title_same"
    st.html(
        rivals.section(at.say(title, name=name), at.say("overview.members.never_joined"), at.lang)
        + index_card.grid((_member(at, member) for member in members), "vb-members")
    )
    left, right = st.columns([6, 5], gap="medium")
    with left:
        rows = at.resources.ask(orders, index.code, year)
        if not rows.filter(unit=unit).is_empty():
            chart_card(overview_charts.orders(at, unit, index, year, rows), at)
        st.html(_panels(at, Gist(at.resources, unit, index, year, at.lang)))
    with right:
        _bands(at, unit, name)
    notes = at.resources.ask(ranking, index.code, year, OVERALL).notes if found else ()
    notes = (*notes, *estimate_notes(at.resources, unit, at.index))
    st.html(
        cards.notes(at.say("overview.notes"), (note.in_(at.lang) for note in notes), at.lang)
        + _onward(at, unit, name)
    )


def _titled(at: Context) -> tuple[str, str]:
    name = at.resources.names.name(str(at.selection.province)).in_(at.lang)
    return at.say("overview.since", name=name), at.say("overview.below_34")


def _panels(at: Context, gist: Gist) -> str:
    """Its best and worst places with who answers today, and why there are no odds yet."""
    found, lang = gist.strengths, at.lang
    if found is None:
        sentence = gist_words.no_sides(gist.index, gist.name, gist.year, lang)
        panel = gist_panels.no_sides(sentence, (at.say("overview.sides.import"), at.selection.importing()), lang)
    else:
        link = at.selection.link(index=gist.index.code, year=found.year, province=gist.unit)
        more = at.say("overview.sides.more"), f"weaknesses{link}"
        panel = gist_panels.sides(found, gist.index, gist.agencies, gist.city, more, lang)
    wording = TargetWording(gist.index, gist.year, gist.name, lang, gist.index.target_group.get(at.unit_set, 0))
    title, refused = gist_words.odds(gist.chance, None, wording)
    share = None if isinstance(gist.chance, Text) else gist.chance
    said = [refused] if refused else [gist_words.skill(gist.tested(), wording)]
    return panel + gist_panels.odds(title, share, said, None, lang)


def _bands(at: Context, unit: str, name: str) -> None:
    """The total estimated from the members, among the 34; else that it can't be."""
    figure = bands_figure(at.resources, unit, at.index, at.lang, at.mode)
    if figure is None:
        said = at.say("overview.bands.none", index=at.index.name.in_(at.lang), name=name)
        st.html(cards.notices([said], at.lang))
        return
    chart_card(figure, at)


def _empty(at: Context) -> str:
    """The edition chosen has nothing: say so, and how figures get in."""
    edition = words.edition(at.index, at.selection.year, at.lang)
    whole: Answer = at.resources.ask(ranking, at.index.code, at.selection.year, OVERALL)
    command = at.say("empty.command", index=at.index.code, year=at.selection.year)
    why = (note.in_(at.lang) for note in whole.notes)
    title = at.say("overview.members.empty", edition=edition)
    return cards.empty(title, why, "", [], (at.say("empty.import"), command), at.lang, at.selection.importing())


def _member(at: Context, member: str) -> str:
    """One member: its newest edition in which everybody is ranked, what newer ones say, and the other indices."""
    indices = list(at.resources.frames.indices.values())
    name = at.resources.names.name(member).in_(at.lang)
    lead, *others = indices
    totals = at.resources.ask(history, member, lead.code, OVERALL).rows
    ranked = totals.filter(pl.col("rank").is_not_null())
    if ranked.is_empty():
        return index_card.empty(name, at.say("overview.nothing"), at.lang)
    year = max(ranked["year"].to_list())
    shown = Card(
        index=lead,
        totals=totals,
        year=year,
        title=f"{name}, {words.edition(lead, year, at.lang)}",
        link=f"?province={member}&lang={at.lang}",
        lines=(*_newer(at, lead, totals, year), *_others(at, member, others)),
    )
    return index_card.card(shown, at.lang, at.mode)


def _newer(at: Context, index: Index, totals: pl.DataFrame, year: int) -> list[str]:
    """What the editions of the 63 after `year` say of the member, known or not."""
    said = []
    for item in index.editions:
        if item.year <= year or item.unit_set != "63":
            continue
        known = totals.filter(year=item.year)
        if known.is_empty():
            edition = words.edition(index, item.year, at.lang)
            said.append(at.say("overview.newer_none", edition=edition))
        else:
            said.append(words.newer(index, known.row(0, named=True), at.lang))
    return said


def _others(at: Context, member: str, indices: list[Index]) -> list[str]:
    """The member's newest standing on the other indices, a line each."""
    said = []
    for index in indices:
        totals = at.resources.ask(history, member, index.code, OVERALL).rows
        if totals.is_empty():
            said.append(at.say("overview.newer_none", edition=index.name.in_(at.lang)))
            continue
        row = totals.row(-1, named=True)
        where = number.standing(words.rank(row), row["of"], at.lang)
        said.append(f"{words.edition(index, row['year'], at.lang)}: {where}")
    return said


def _onward(at: Context, unit: str, name: str) -> str:
    here = at.selection.link(province=unit)
    edition = words.edition(at.index, at.selection.year, at.lang)
    links = [
        (at.say("overview.to_rankings", edition=edition), f"rankings{here}"),
        (at.say("overview.to_trends", name=name), f"trends{here}"),
        (at.say("overview.to_data"), f"data{here}"),
    ]
    return rivals.onward(at.say("overview.onward"), links, at.lang)
