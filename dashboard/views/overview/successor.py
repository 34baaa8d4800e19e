"""The overview of one of the 34: the provinces it was made of, and the order of its components among the 34."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.core.ranking import ranking
from dashboard.figures import merger
from dashboard.figures import overview as figures
from dashboard.html import cards, index_card, neighbours
from dashboard.html.index_card import Card
from dashboard.html.markup import NOTHING
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.text import overview as words
from dashboard.text import summary
from dashboard.text.target import trust
from dashboard.views.overview import brief as overview_brief
from dashboard.views.overview import panels
from dashboard.views.overview.heading import heading
from dashboard.views.overview.members import members
from dashboard.widgets.chart_card import chart_card
from data.definition import OVERALL
from data.text import Text


def draw(at: Context, unit: str) -> None:
    """The members first, then what is known of the unit itself and what can be estimated."""
    asked = at.subject()
    heading(at, _titled, overview_brief.offered(at, unit))
    known = asked.ordered()
    subject = known or asked
    if known is None or at.index.code != known.index.code:
        st.html(_empty(at))
    st.html(at.cached(_standings) + members(at, unit))
    left, right = st.columns([6, 5], gap="medium")
    with left:
        figure = figures.orders(subject)
        if figure is not None:
            chart_card(figure, at)
        st.html(_panels(at, subject))
    estimated = merger.estimated(asked)
    with right:
        _bands(at, asked, estimated)
    notes = (*(known.ranking.notes if known else ()), *(merger.notes(estimated) if estimated else ()))
    read = [note.in_(at.lang) for note in notes]
    st.html(
        (cards.notes(at.say("overview.notes"), read, at.lang) if read else NOTHING)
        + _onward(at, unit, subject.name)
    )


def _titled(at: Context) -> tuple[str, str]:
    name = at.resources.names.name(str(at.selection.province)).in_(at.lang)
    return at.say("overview.since", name=name), at.say("overview.below_34")


def _standings(at: Context) -> Markup:
    """A card for each index that has a standing of the unit itself: the one chosen has none."""
    found = [at.subject().on(index) for index in at.resources.frames.indices.values()]
    shown = [
        Card(
            index=item.index,
            totals=item.totals,
            year=item.year,
            title=item.wording.edition,
            link=at.selection.link(index=item.index.code, year=item.year),
        )
        for item in found
        if item.row is not None
    ]
    return index_card.grid(index_card.card(item, at.lang, at.mode) for item in shown) if shown else NOTHING


def _panels(at: Context, subject: Subject) -> Markup:
    """The unit's best and worst places with the agencies of today, and why there are no odds yet."""
    found, lang = subject.strengths, at.lang
    if found is None:
        sentence = summary.no_strengths(subject.index, subject.name, subject.year, lang)
        panel = panels.no_strengths(
            sentence, (at.say("overview.strengths.import"), at.selection.importing()), lang
        )
    else:
        link = at.selection.link(index=subject.index.code, year=found.year, province=subject.unit)
        more = at.say("overview.strengths.more"), f"weaknesses{link}"
        panel = panels.strengths(found, subject.index, subject.agencies, subject.city, more, lang)
    wording = subject.target_wording
    title, refused = summary.odds(subject.chance, None, wording)
    share = None if isinstance(subject.chance, Text) else subject.chance
    said = [refused] if refused else [trust(subject.backtest(), wording)]
    return panel + panels.odds(title, share, said, None, lang)


def _bands(at: Context, asked: Subject, estimated: Subject | None) -> None:
    """The total estimated from the members, among the 34; or that it can't be estimated."""
    figure = None if estimated is None else merger.bands(estimated)
    if figure is None:
        said = at.say("overview.bands.none", index=at.index.name.in_(at.lang), name=asked.name)
        st.html(cards.notices([said], at.lang))
        return
    chart_card(figure, at)


def _empty(at: Context) -> Markup:
    """The empty state: nothing is known of the edition, and how to import figures."""
    edition = words.edition(at.index, at.selection.year, at.lang)
    whole: Answer = at.resources.ask(ranking, at.index.code, at.selection.year, OVERALL)
    command = at.say("empty.command", index=at.index.code, year=at.selection.year)
    why = (note.in_(at.lang) for note in whole.notes)
    title = at.say("overview.members.empty", edition=edition)
    return cards.empty(title, why, "", [], (at.say("empty.import"), command), at.lang, at.selection.importing())


def _onward(at: Context, unit: str, name: str) -> Markup:
    here = at.selection.link(province=unit)
    edition = words.edition(at.index, at.selection.year, at.lang)
    links = [
        (at.say("overview.to_rankings", edition=edition), f"rankings{here}"),
        (at.say("overview.to_trends", name=name), f"trends{here}"),
        (at.say("overview.to_data"), f"data{here}"),
    ]
    return neighbours.onward(at.say("overview.onward"), links, at.lang)
