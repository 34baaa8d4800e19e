"""Overview: one province on one screen; its form for one of the 34 and the first screen are views beside it."""

from __future__ import annotations

from typing import get_args

import streamlit as st
from markupsafe import Markup

from analytics.core.caveats import equal_weights
from analytics.core.history import scored
from analytics.core.ranking import overtaking
from dashboard.charts.figure import Figure
from dashboard.charts.profile import Order
from dashboard.figures import overview as figures
from dashboard.html import cards, index_card, neighbours
from dashboard.html.index_card import Card
from dashboard.session.context import Context, context
from dashboard.subject import Subject
from dashboard.text import overview as words
from dashboard.text import sentences, summary
from dashboard.text.target import trust
from dashboard.views.overview import brief as overview_brief
from dashboard.views.overview import panels
from dashboard.views.overview import start as overview_start
from dashboard.views.overview import successor as overview_successor
from dashboard.views.overview.heading import heading
from dashboard.views.overview.members import members
from dashboard.views.overview.parameters import OverviewParameters
from dashboard.widgets import page_filters
from dashboard.widgets.chart_card import breathe, chart_card
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Text

# So many indices, in the order of their definitions, have a large card; the others have a small one.
LEADING = 2


def page() -> None:
    """Select, ask, draw: the province chosen, or a first screen that asks for one."""
    at = context()
    unit = at.selection.province
    if unit is None:
        overview_start.draw(at)
    elif at.unit_set == "34" and not at.resources.ask(scored, unit, at.index.code, at.selection.year):
        overview_successor.draw(at, unit)
    else:
        _draw(at, unit)


def _draw(at: Context, unit: str) -> None:
    heading(at, _titled, overview_brief.offered(at, unit))
    left, right = st.columns([13, 10], gap="medium")
    with left:
        st.html(at.cached(_cards))
    with right:
        figure = at.cached(_distance)
        if figure is not None:
            chart_card(figure, at)
    with left:
        st.html(at.cached(_strengths))
    with right:
        _account(at, _subject(at))
    breathe()
    parts, passed = st.columns([13, 10], gap="medium")
    with parts:
        _profile(at, _subject(at))
    with passed:
        st.html(at.cached(_around))
    if unit in at.resources.names.members:
        st.html(at.cached(members, unit))
    notes = (*equal_weights(at.index, _subject(at).year), *_subject(at).ranking.notes)
    st.html(cards.notes(at.say("overview.notes"), (note.in_(at.lang) for note in notes), at.lang))


def _subject(at: Context) -> Subject:
    """The province in the edition chosen, or the nearest in which it is known."""
    return at.subject().nearest()


def _titled(at: Context) -> tuple[str, str]:
    return at.subject().name, at.say("overview.below", index=at.index.name.in_(at.lang))


def _distance(at: Context) -> Figure | None:
    return figures.distance(_subject(at))


def _around(at: Context) -> Markup:
    subject = _subject(at)
    return _crowd(at, subject) + _overtaking(at, subject)


def _cards(at: Context) -> Markup:
    """All indices: those that lead large, the others small below them.

    One of the 34 has a card where it has a standing of its own; its members' cards below are of the others too.
    """
    subject = _subject(at)
    indices = list(at.resources.frames.indices.values())
    if subject.unit in at.resources.names.members:
        indices = [item for item in indices if item is subject.index or subject.on(item).row is not None]
    large = [_card(at, subject, index, small=False) for index in indices[:LEADING]]
    small = [_card(at, subject, index, small=True) for index in indices[LEADING:]]
    return index_card.grid(large) + index_card.grid(small, "vb-supporting")


def _card(at: Context, subject: Subject, index: Index, *, small: bool) -> Markup:
    found = subject.on(index)
    if found.row is None:
        return index_card.empty(index.name.in_(at.lang), at.say("overview.nothing"), at.lang, small)
    chosen = index.code == subject.index.code
    lines = []
    if chosen and found.year != at.selection.year:
        asked = words.edition(index, at.selection.year, at.lang)
        lines.append(at.say("overview.not_known", edition=asked))
    if found.distance is not None and not small:
        lines.append(summary.short_distance(found.distance, index.score_decimals, at.lang, found.noise_points))
    newest = found.totals.row(-1, named=True)
    if newest["year"] > found.year:
        lines.append(words.newer(index, newest, at.lang))
    shown = Card(
        index=index,
        totals=found.totals,
        year=found.year,
        title=found.wording.edition,
        link=at.selection.link(index=index.code, year=found.year, province=subject.unit),
        chosen=chosen,
        small=small,
        lines=tuple(lines),
    )
    return index_card.card(shown, at.lang, at.mode)


def _strengths(at: Context) -> Markup:
    """The weakest and strongest components with their agencies; or why they are not known."""
    subject = _subject(at)
    found = subject.strengths
    if found is None:
        sentence = summary.no_strengths(subject.index, subject.name, subject.year, at.lang)
        mended = bool(subject.index.components_of(subject.year))
        link = (at.say("overview.strengths.import"), at.selection.importing()) if mended else None
        return panels.no_strengths(sentence, link, at.lang)
    more = at.say("overview.strengths.more"), "weaknesses" + _here(at, subject, found.year)
    return panels.strengths(found, subject.index, subject.agencies, subject.city, more, at.lang)


def _account(at: Context, subject: Subject) -> None:
    """Why the rank moved, the odds, further links; the back-test of the odds is added when it is computed."""
    question, index, top = subject.backtest_question
    ready = at.resources.known(question, index, top) or isinstance(subject.chance, Text)
    if ready:
        st.html(at.cached(_written, tested=True))
        return
    slot = st.empty()
    slot.html(at.cached(_written, tested=False))
    with st.spinner(at.say("overview.chance.testing")):
        subject.backtest()
    slot.html(at.cached(_written, tested=True))


def _written(at: Context, *, tested: bool) -> Markup:
    subject = _subject(at)
    here = _here(at, subject, subject.year)
    sentence = summary.why(subject.index, subject.name, subject.year, subject.change, at.lang)
    why = (at.say("overview.why.more"), f"change{here}") if subject.change else None
    return (
        panels.why(at.say("overview.why.title"), sentence, why, at.lang)
        + _odds(at, subject, tested=tested)
        + _onward(at, subject)
    )


def _odds(at: Context, subject: Subject, *, tested: bool) -> Markup:
    """The chance to be in the target group next time; else why there is none."""
    wording, p = subject.target_wording, subject.chance
    title, refused = summary.odds(p, subject.distance, wording)
    if isinstance(p, Text) or isinstance(subject.outlook, Text):
        return panels.odds(title, None, [refused], None, at.lang)
    said = [note.in_(at.lang) for note in subject.outlook.notes_only("odds_new_method")]
    said.append(trust(subject.backtest(), wording) if tested else at.say("overview.chance.testing"))
    inside = subject.distance is not None and subject.distance.inside
    name = at.say("overview.chance.more_inside" if inside else "overview.chance.more")
    more = name, "target" + _here(at, subject, subject.year)
    return panels.odds(title, p, said, more, at.lang, busy=not tested)


def _onward(at: Context, subject: Subject) -> Markup:
    """The same province on the other pages."""
    here = _here(at, subject, subject.year)
    edition = subject.wording.edition
    links = [
        (at.say("overview.to_rankings", edition=edition), f"rankings{here}"),
        (at.say("overview.to_trends", name=subject.name), f"trends{here}"),
        (at.say("overview.to_data"), f"data{here}"),
    ]
    became = at.resources.names.successor.get(subject.unit)
    if became is not None:
        named = at.resources.names.name(became).in_(at.lang)
        # Its own code and no year: that is what the 34 are asked for by.
        links.append((at.say("overview.became", name=named), f"overview?province={became}&lang={at.lang}"))
    return neighbours.onward(at.say("overview.onward"), links, at.lang)


def _here(at: Context, subject: Subject, year: int) -> str:
    return at.selection.link(year=year, province=subject.unit)


def _crowd(at: Context, subject: Subject) -> Markup:
    """How many units have nearly the same score, and what a few tenths of a point are worth."""
    edition = subject.wording.edition
    crowd = subject.density
    said = sentences.density(crowd, at.lang) if crowd else at.say("overview.density_unknown", edition=edition)
    return neighbours.crowding(at.say("overview.crowding"), said, at.lang)


def _overtaking(at: Context, subject: Subject) -> Markup:
    """Whom the province overtook since the edition before, and who overtook it."""
    index = subject.index
    before = index.previous(subject.year)
    now = subject.wording.edition
    if before is None or before.unit_set != subject.edition.unit_set:
        return neighbours.unknown(at.say("overview.neighbours_first", now=now), at.lang)
    then = words.edition(index, before.year, at.lang)
    own = subject.ranking.rows.filter(unit=subject.unit)
    if own["change_rank"].drop_nulls().is_empty():
        return neighbours.unknown(
            at.say("overview.neighbours_unknown", name=subject.name, before=then, now=now), at.lang
        )
    met = at.resources.ask(overtaking, index.code, subject.year, subject.unit, OVERALL)
    partial = not subject.ranking.figures["complete"] or not _complete(at.resources.frames, index, before.year)
    return neighbours.overtaking(met, then, partial, lambda unit: at.selection.link(province=unit), at.lang)


def _complete(frames: Frames, index: Index, year: int) -> bool:
    known = frames.score.filter(index=index.code, year=year, component=OVERALL)
    return known["score"].count() == index.edition(year).units


def _profile(at: Context, subject: Subject) -> None:
    """The components beside the median, in the publisher's order or by the gap."""
    answer = subject.profile
    word = at.index.component_word.in_(at.lang)
    if answer is None:
        named = at.index.name.in_(at.lang)
        title = at.say("overview.profile.nothing", word=word, name=subject.name, index=named)
        command = at.say("empty.command", index=at.index.code, year=subject.year)
        st.html(
            cards.empty(title, [], "", [], (at.say("empty.import"), command), at.lang, at.selection.importing())
        )
        return
    if answer.year != at.selection.year:
        asked = words.edition(at.index, at.selection.year, at.lang)
        shown = words.edition(at.index, answer.year or 0, at.lang)
        said = at.say("overview.profile.stands_in", word=word, name=subject.name, asked=asked, shown=shown)
        st.html(cards.notices([said], at.lang))
    figure = at.cached(_components, _order(at))
    assert figure is not None  # there is a profile
    chart_card(figure, at)


def _components(at: Context, by: Order) -> Figure | None:
    return figures.profile(_subject(at), by)


def _order(at: Context) -> Order:
    """The order of the components that the reader has chosen, from the address."""
    asked, label = OverviewParameters.read(), at.say("overview.profile.order")
    page_filters.one_of(
        at, asked, "order", get_args(Order), label, lambda key: at.say(f"overview.profile.order_{key}")
    )
    return asked.order
