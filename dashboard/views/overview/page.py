"""Overview: one province on one screen; its form for one of the 34 and the first screen are views beside it."""

from __future__ import annotations

import streamlit as st

from analytics.core.ranking import overtaking
from analytics.standing.profile import nearest_profile
from dashboard.charts.figure import Figure
from dashboard.figures import overview as overview_charts
from dashboard.figures.distance import distance_figure
from dashboard.html import cards, index_card
from dashboard.html import neighbours as rivals
from dashboard.html.index_card import Card
from dashboard.session.context import Context, context
from dashboard.subject import Gist
from dashboard.text import overview as words
from dashboard.text import sentences
from dashboard.text import summary as gist_words
from dashboard.text.target import TargetWording
from dashboard.views.overview import brief as overview_brief
from dashboard.views.overview import panels as gist_panels
from dashboard.views.overview import start as overview_start
from dashboard.views.overview import successor as overview_successor
from dashboard.views.overview.heading import heading
from dashboard.widgets.chart_card import breathe, chart_card
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Text

# The indices that come first in their definitions are the question; the others stand beside them.
LEADING = 2


def page() -> None:
    """Select, ask, draw: the province chosen, or a first screen that asks for one."""
    at = overview_successor.standing_for(context())
    unit = at.selection.province
    if unit is None:
        overview_start.draw(at)
    elif at.unit_set == "34":
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
        st.html(at.cached(_sides))
    with right:
        _account(at, _gist(at))
    breathe()
    parts, passed = st.columns([13, 10], gap="medium")
    with parts:
        _profile(at, _gist(at))
    with passed:
        st.html(at.cached(_around))
    notes = _gist(at).whole.notes
    st.html(cards.notes(at.say("overview.notes"), (note.in_(at.lang) for note in notes), at.lang))


def _gist(at: Context) -> Gist:
    return Gist(at.resources, str(at.selection.province), at.index, at.selection.year, at.lang)


def _titled(at: Context) -> tuple[str, str]:
    return _gist(at).name, at.say("overview.below", index=at.index.name.in_(at.lang))


def _distance(at: Context) -> Figure | None:
    return distance_figure(_gist(at), at.mode)


def _around(at: Context) -> str:
    gist = _gist(at)
    return _crowd(at, gist) + _rivals(at, gist)


def _cards(at: Context) -> str:
    """All indices: those that lead large, the others small below them."""
    gist = _gist(at)
    indices = list(at.resources.frames.indices.values())
    large = index_card.grid(_card(at, gist, index, small=False) for index in indices[:LEADING])
    small = index_card.grid((_card(at, gist, index, small=True) for index in indices[LEADING:]), "vb-supporting")
    return large + small


def _card(at: Context, gist: Gist, index: Index, *, small: bool) -> str:
    found = gist.standing(index)
    if found is None:
        return index_card.empty(index.name.in_(at.lang), at.say("overview.nothing"), at.lang, small)
    chosen = index.code == gist.index.code
    lines = []
    if chosen and found.year != gist.asked:
        asked = words.edition(index, gist.asked, at.lang)
        lines.append(at.say("overview.not_known", edition=asked))
    if found.distance is not None and not small:
        lines.append(gist_words.short_distance(found.distance, index.score_decimals, at.lang))
    if found.newest["year"] > found.year:
        lines.append(words.newer(index, found.newest, at.lang))
    shown = Card(
        index=index,
        totals=found.totals,
        year=found.year,
        title=words.edition(index, found.year, at.lang),
        link=at.selection.link(index=index.code, year=found.year, province=gist.unit),
        chosen=chosen,
        small=small,
        lines=tuple(lines),
    )
    return index_card.card(shown, at.lang, at.mode)


def _sides(at: Context) -> str:
    """What holds it back and what carries it, with who answers; else why that isn't known."""
    gist = _gist(at)
    found = gist.strengths
    if found is None:
        sentence = gist_words.no_sides(gist.index, gist.name, gist.year, at.lang)
        mended = bool(gist.index.components_of(gist.year))
        link = (at.say("overview.sides.import"), at.selection.importing()) if mended else None
        return gist_panels.no_sides(sentence, link, at.lang)
    more = at.say("overview.sides.more"), "weaknesses" + _here(at, gist, found.year)
    return gist_panels.sides(found, gist.index, gist.agencies, gist.city, more, at.lang)


def _account(at: Context, gist: Gist) -> None:
    """Why the rank moved, the odds, where to read on; how good such odds were follows where it takes a second."""
    question, index, top = gist.trial
    ready = isinstance(gist.chance, Text) or at.resources.known(question, index, top)
    if ready:
        st.html(at.cached(_written, tested=True))
        return
    slot = st.empty()
    slot.html(at.cached(_written, tested=False))
    with st.spinner(at.say("overview.chance.testing")):
        gist.tested()
    slot.html(at.cached(_written, tested=True))


def _written(at: Context, *, tested: bool) -> str:
    gist = _gist(at)
    here = _here(at, gist, gist.year)
    sentence = gist_words.why(gist.index, gist.name, gist.year, gist.change, at.lang)
    why = (at.say("overview.why.more"), f"change{here}") if gist.change else None
    return (
        gist_panels.why(at.say("overview.why.title"), sentence, why, at.lang)
        + _odds(at, gist, tested=tested)
        + _onward(at, gist)
    )


def _odds(at: Context, gist: Gist, *, tested: bool) -> str:
    """The chance to be in the target group next time; else why there is none."""
    top = gist.distance.top if gist.distance else gist.index.target_group.get(at.unit_set, 0)
    wording = TargetWording(gist.index, gist.year, gist.name, at.lang, top)
    p = gist.chance
    title, refused = gist_words.odds(p, gist.distance, wording)
    if isinstance(p, Text) or isinstance(gist.outlook, Text):
        return gist_panels.odds(title, None, [refused], None, at.lang)
    said = [note.in_(at.lang) for note in gist.outlook.notes_only("odds_new_method")]
    said.append(gist_words.skill(gist.tested(), wording) if tested else at.say("overview.chance.testing"))
    inside = gist.distance is not None and gist.distance.inside
    name = at.say("overview.chance.more_inside" if inside else "overview.chance.more")
    more = name, "target" + _here(at, gist, gist.year)
    return gist_panels.odds(title, p, said, more, at.lang, busy=not tested)


def _onward(at: Context, gist: Gist) -> str:
    """The same province on the other pages."""
    here = _here(at, gist, gist.year)
    edition = words.edition(gist.index, gist.year, at.lang)
    links = [
        (at.say("overview.to_rankings", edition=edition), f"rankings{here}"),
        (at.say("overview.to_trends", name=gist.name), f"trends{here}"),
        (at.say("overview.to_data"), f"data{here}"),
    ]
    became = at.resources.names.successor.get(gist.unit)
    if became is not None:
        named = at.resources.names.name(became).in_(at.lang)
        # Its own code and no year: that is what the 34 are asked for by.
        links.append((at.say("overview.became", name=named), f"overview?province={became}&lang={at.lang}"))
    return rivals.onward(at.say("overview.onward"), links, at.lang)


def _here(at: Context, gist: Gist, year: int) -> str:
    return at.selection.link(year=year, province=gist.unit)


def _crowd(at: Context, gist: Gist) -> str:
    """How many are close by, and what a few tenths of a point are worth."""
    edition = words.edition(gist.index, gist.year, at.lang)
    crowd = gist.crowd
    said = sentences.density(crowd, at.lang) if crowd else at.say("overview.density_unknown", edition=edition)
    return rivals.crowding(at.say("overview.crowding"), said, at.lang)


def _rivals(at: Context, gist: Gist) -> str:
    """Whom the province overtook since the edition before, and who overtook it."""
    index = gist.index
    before = index.previous(gist.year)
    now = words.edition(index, gist.year, at.lang)
    if before is None:
        return rivals.unknown(at.say("overview.rivals_first", now=now), at.lang)
    then = words.edition(index, before.year, at.lang)
    own = gist.whole.rows.filter(unit=gist.unit)
    if own["change_rank"].drop_nulls().is_empty():
        return rivals.unknown(at.say("overview.rivals_unknown", name=gist.name, before=then, now=now), at.lang)
    met = at.resources.ask(overtaking, index.code, gist.year, gist.unit, OVERALL)
    partial = not gist.whole.figures["complete"] or not _complete(at.resources.frames, index, before.year)
    return rivals.panel(met, then, partial, at.selection, at.lang)


def _complete(frames: Frames, index: Index, year: int) -> bool:
    known = frames.score.filter(index=index.code, year=year, component=OVERALL)
    return known["score"].count() == index.edition(year).units


def _profile(at: Context, gist: Gist) -> None:
    """The components beside the median, in the publisher's order or by the gap."""
    answer = at.resources.ask(nearest_profile, at.index.code, gist.year, gist.unit)
    word = at.index.component_word.in_(at.lang)
    if answer is None:
        named = at.index.name.in_(at.lang)
        title = at.say("overview.profile.nothing", word=word, name=gist.name, index=named)
        command = at.say("empty.command", index=at.index.code, year=gist.year)
        st.html(
            cards.empty(title, [], "", [], (at.say("empty.import"), command), at.lang, at.selection.importing())
        )
        return
    if answer.year != at.selection.year:
        asked = words.edition(at.index, at.selection.year, at.lang)
        shown = words.edition(at.index, answer.year or 0, at.lang)
        said = at.say("overview.profile.stands_in", word=word, name=gist.name, asked=asked, shown=shown)
        st.html(cards.notices([said], at.lang))
    chart_card(at.cached(overview_charts.profile, gist.year, overview_charts.order(at)), at)
