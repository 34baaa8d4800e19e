"""The weaknesses page without a province, and with one of whose components none is known."""

from __future__ import annotations

import polars as pl
import streamlit as st

from analytics.core.edition import no_components
from analytics.core.ranking import ranking
from analytics.weakness.weakness import WEAKNESS_COLUMNS, known_years
from dashboard.html import agency, cards
from dashboard.html.markup import fragment
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.views.weaknesses.agency_table import agency_table
from dashboard.widgets import filters
from dashboard.widgets.notices import notices
from data.definition import OVERALL


def draw(at: Context) -> None:
    """The filters, and provinces to begin with."""
    edition = f"{at.index.name.in_(at.lang)} {at.selection.year}"
    title = at.say("weaknesses.start", edition=edition)
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    below = at.say("weaknesses.choose", word=at.index.component_word.in_(at.lang))
    st.html(cards.heading(title, below, at.lang))
    said = cards.notices(notices(at), at.lang)
    if said:
        st.html(said)
    filters.show(at, "province", "index", "year")
    lead, units = _examples(at, edition)
    if units:
        links = [(at.resources.names.name(unit).in_(at.lang), at.selection.link(province=unit)) for unit in units]
        st.html(cards.examples(lead, links, at.lang))


def _examples(at: Context, edition: str) -> tuple[str, list[str]]:
    """The first, the middle and the last of the edition."""
    rows = at.resources.ask(ranking, at.selection.index, at.selection.year, OVERALL).rows
    places = sorted({0, rows.height // 2, rows.height - 1}) if rows.height else []
    return at.say("weaknesses.for_example", edition=edition), [rows["unit"][place] for place in places]


def nothing(at: Context, subject: Subject) -> None:
    """No component is known here: what is known elsewhere, how to import figures, and which agencies lead."""
    wording, chosen = subject.weakness_wording, at.selection
    edition = at.index.edition(chosen.year)
    title, why = "weaknesses.nothing", edition.missing or edition.note
    if no_components(at.index, chosen.year):
        title, why = "weaknesses.no_components", None
    lead, links = _elsewhere(at, subject)
    command = (at.say("empty.import"), at.say("empty.command", index=chosen.index, year=chosen.year))
    said = at.say(title, word=wording.word, name=wording.name, edition=wording.edition)
    reasons = [why.in_(at.lang)] if why else []
    st.html(cards.empty(said, reasons, lead, links, command, at.lang, chosen.importing()))
    _agencies(at, subject)


def _elsewhere(at: Context, subject: Subject) -> tuple[str, list[tuple[str, str]]]:
    """Other editions of the index in which components of the unit are known, else other indices."""
    chosen = at.selection
    years = subject.ask(known_years, subject.unit, chosen.index)
    if years:
        links = [(f"{at.index.name.in_(at.lang)} {year}", chosen.link(year=year)) for year in years[:4]]
        return at.say("weaknesses.known_years"), links
    links = []
    for item in at.resources.frames.indices.values():
        newest = next(iter(subject.ask(known_years, subject.unit, item.code)), None)
        if newest is not None:
            links.append((f"{item.name.in_(at.lang)} {newest}", chosen.link(index=item.code, year=newest)))
    return at.say("weaknesses.other_indices", name=subject.name), links


def _agencies(at: Context, subject: Subject) -> None:
    """The agency that leads each component, as far as it is known."""
    found, wording = subject.agencies, subject.weakness_wording
    codes = [item.code for item in at.index.components_of(at.selection.year) if item.code in found]
    if not codes:
        return
    rows = pl.DataFrame({"component": codes}).with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in WEAKNESS_COLUMNS if name != "component"
    )
    st.html(
        fragment(
            cards.figure(wording.say("table.title"), at.lang),
            agency_table(rows, found, subject.city, wording, lambda part: at.selection.link(part=part)),
            agency.legend(at.lang),
        )
    )
