"""The overview of one of the 34: the provinces it was made of, and the order of its components among the 34."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import streamlit as st

from analytics.answer import Answer
from analytics.history import history
from analytics.profile import orders
from analytics.ranking import ranking
from dashboard import cards, index_card, rivals
from dashboard.controls import Here
from dashboard.exhibit import exhibit, mode
from dashboard.index_card import Card
from dashboard.selection import Reading
from dashboard.text import overview as words
from dashboard.views import overview_charts
from dashboard.views.overview_heading import heading
from data import number
from data.definition import OVERALL, Index


def standing_for(at: Here) -> Here:
    """The same place; where the address names one of the 34 by its code and no year, in their newest edition."""
    asked = st.query_params.get("province", "")
    index = at.index
    newest = next((item for item in reversed(index.editions) if item.unit_set == "34"), None)
    known = asked.startswith("34-") and asked in at.resources.names.units
    if not known or newest is None or "year" in st.query_params:
        return at
    chosen = replace(at.selection, year=newest.year, province=asked)
    return Here(at.resources, Reading(chosen))


def draw(at: Here, unit: str) -> None:
    """What is known of one of the 34: its members first, then what there is of itself."""
    names = at.resources.names
    name = names.name(unit).in_(at.lang)
    members = sorted(names.members.get(unit, ()))
    below = at.say("overview.below_34")
    heading(at, at.say("overview.since", name=name), below)
    index, year, rows = _ordered(at)
    if index is None or at.index.code != index.code:
        st.html(_empty(at))
    title = "overview.members.title" if len(members) > 1 else "overview.members.title_same"
    st.html(rivals.section(at.say(title, name=name), at.say("overview.members.never_joined"), at.lang))
    st.html(index_card.grid((_member(at, member) for member in members), "vb-members"))
    if index is not None and not rows.filter(unit=unit).is_empty():
        exhibit(overview_charts.orders(at, unit, index, year, rows), at)
        whole = at.resources.ask(ranking, index.code, year, OVERALL)
        st.html(cards.notes(at.say("overview.notes"), (note.in_(at.lang) for note in whole.notes), at.lang))
    st.html(_onward(at, unit, name))


def _ordered(at: Here) -> tuple[Index | None, int, pl.DataFrame]:
    """The edition of the 34 whose components are known by order: the one chosen, else the first that there is."""
    indices = list(at.resources.frames.indices.values())
    chosen = [(at.index, at.selection.year)]
    others = [
        (index, item.year) for index in indices for item in reversed(index.editions) if item.unit_set == "34"
    ]
    for index, year in chosen + others:
        rows = at.resources.ask(orders, index.code, year)
        if not rows.is_empty():
            return index, year, rows
    return None, at.selection.year, pl.DataFrame()


def _empty(at: Here) -> str:
    """The edition chosen has nothing: say so, and how figures get in."""
    edition = words.edition(at.index, at.selection.year, at.lang)
    whole: Answer = at.resources.ask(ranking, at.index.code, at.selection.year, OVERALL)
    command = at.say("empty.command", index=at.index.code, year=at.selection.year)
    why = (note.in_(at.lang) for note in whole.notes)
    title = at.say("overview.members.empty", edition=edition)
    return cards.empty(title, why, "", [], (at.say("empty.import"), command), at.lang, at.selection.importing())


def _member(at: Here, member: str) -> str:
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
    return index_card.card(shown, at.lang, mode())


def _newer(at: Here, index: Index, totals: pl.DataFrame, year: int) -> list[str]:
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


def _others(at: Here, member: str, indices: list[Index]) -> list[str]:
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


def _onward(at: Here, unit: str, name: str) -> str:
    here = at.selection.link(province=unit)
    edition = words.edition(at.index, at.selection.year, at.lang)
    links = [
        (at.say("overview.to_rankings", edition=edition), f"rankings{here}"),
        (at.say("overview.to_trends", name=name), f"trends{here}"),
        (at.say("overview.to_data"), f"data{here}"),
    ]
    return rivals.onward(at.say("overview.onward"), links, at.lang)
