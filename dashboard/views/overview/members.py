"""The provinces that one of the 34 was made of: where each stood last, and that no series joins theirs."""

from __future__ import annotations

import polars as pl
from markupsafe import Markup

from analytics.core.history import history
from dashboard.html import cards, index_card
from dashboard.html.index_card import Card
from dashboard.session.context import Context
from dashboard.text import overview as words
from dashboard.text.sentences import shown_rank
from data import number
from data.definition import OVERALL, Index


def members(at: Context, unit: str) -> Markup:
    """A card for each, under a heading that says what they are."""
    units = sorted(at.resources.names.members.get(unit, ()))
    title = "overview.members.title" if len(units) > 1 else "overview.members.title_same"
    name = at.resources.names.name(unit).in_(at.lang)
    heading = cards.section(at.say(title, name=name), at.say("overview.members.never_joined"), at.lang)
    return heading + index_card.grid((_member(at, member) for member in units), "vb-members")


def _member(at: Context, member: str) -> Markup:
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
        where = number.standing(shown_rank(row), row["of"], at.lang)
        said.append(f"{words.edition(index, row['year'], at.lang)}: {where}")
    return said
