"""Overview: one province on one screen; its form for one of the 34 and the first screen are views beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
import streamlit as st

from analytics.answer import Answer
from analytics.history import history
from analytics.profile import nearest_profile
from analytics.ranking import density, overtaking, ranking
from analytics.standing import Distance, distance
from dashboard import cards, controls, index_card, rivals
from dashboard.controls import Here
from dashboard.exhibit import exhibit, mode
from dashboard.index_card import Card
from dashboard.text import overview as words
from dashboard.text import sentences
from dashboard.views import overview_charts, overview_start, overview_successor
from dashboard.views.overview_heading import heading
from data.definition import OVERALL, Index
from data.frames import Frames

STYLE = Path(__file__).parent.parent / "overview.css"
# The indices that come first in their definitions are the question; the others stand beside them.
LEADING = 2


@dataclass(frozen=True)
class View:
    """One province of the 63 on all indices, and the edition that is looked at closely."""

    at: Here
    unit: str

    @property
    def name(self) -> str:
        """The province's name in the language chosen."""
        return self.at.resources.names.name(self.unit).in_(self.at.lang)

    @cached_property
    def year(self) -> int:
        """The edition of the index chosen: the one asked for, else the nearest in which the province is known."""
        return shown_year(self.at, self.unit, self.at.index) or self.at.selection.year

    @cached_property
    def whole(self) -> Answer:
        """The ranking of that edition."""
        return self.at.resources.ask(ranking, self.at.index.code, self.year, OVERALL)

    @cached_property
    def distance(self) -> Distance | None:
        """How far it is from the target group there."""
        return self.at.resources.ask(distance, self.at.index.code, self.year, self.unit)


def page() -> None:
    """Select, ask, draw: the province chosen, or a first screen that asks for one."""
    at = overview_successor.standing_for(controls.here())
    st.html(STYLE)
    unit = at.selection.province
    if unit is None:
        overview_start.draw(at)
    elif at.unit_set == "34":
        overview_successor.draw(at, unit)
    else:
        _draw(View(at, unit))


def shown_year(at: Here, unit: str, index: Index) -> int | None:
    """The edition that a card is of: the one chosen for the index chosen, else the newest that is known."""
    totals = at.resources.ask(history, unit, index.code, OVERALL).rows
    if totals.is_empty():
        return None
    if index.code == at.selection.index:
        wanted = totals.filter(pl.col("year") <= at.selection.year)
        totals = totals if wanted.is_empty() else wanted
    newest: int = max(totals["year"].to_list())
    return newest


def _draw(view: View) -> None:
    at = view.at
    heading(at, view.name, at.say("overview.below", index=at.index.name.in_(at.lang)))
    beside, close = st.columns([6, 5], gap="medium")
    with beside:
        st.html(_cards(view))
    with close:
        _close(view)
    parts, passed = st.columns([6, 5], gap="medium")
    with parts:
        _profile(view)
    with passed:
        st.html(_rivals(view))
        st.html(_onward(view))
    st.html(cards.notes(at.say("overview.notes"), (note.in_(at.lang) for note in view.whole.notes), at.lang))


def _cards(view: View) -> str:
    """All indices: those that lead large, the others small below them."""
    indices = list(view.at.resources.frames.indices.values())
    large = index_card.grid(_card(view, index, small=False) for index in indices[:LEADING])
    small = index_card.grid((_card(view, index, small=True) for index in indices[LEADING:]), "vb-supporting")
    return large + small


def _card(view: View, index: Index, *, small: bool) -> str:
    at = view.at
    chosen = index.code == at.selection.index
    year = view.year if chosen else shown_year(at, view.unit, index)
    totals = at.resources.ask(history, view.unit, index.code, OVERALL).rows
    if year is None or totals.is_empty():
        return index_card.empty(index.name.in_(at.lang), at.say("overview.nothing"), at.lang, small)
    lines = []
    if chosen and year != at.selection.year:
        asked = words.edition(index, at.selection.year, at.lang)
        lines.append(at.say("overview.not_known", edition=asked))
    found = at.resources.ask(distance, index.code, year, view.unit)
    if found is not None and not small:
        lines.append(words.distance(found, index.score_decimals, at.lang))
    newest = totals.row(-1, named=True)
    if newest["year"] > year:
        lines.append(words.newer(index, newest, at.lang))
    shown = Card(
        index=index,
        totals=totals,
        year=year,
        title=words.edition(index, year, at.lang),
        link=at.selection.link(index=index.code, year=year, province=view.unit),
        chosen=chosen,
        small=small,
        lines=tuple(lines),
    )
    return index_card.card(shown, at.lang, mode())


def _close(view: View) -> None:
    """The edition chosen from close by: the distance to the target group and the crowd around us."""
    at = view.at
    figure = overview_charts.distance(at, view.unit, view.whole, view.distance)
    if figure is not None:
        exhibit(figure, at)
    crowd = at.resources.ask(density, at.index.code, view.year, view.unit, OVERALL)
    edition = words.edition(at.index, view.year, at.lang)
    said = sentences.density(crowd, at.lang) if crowd else at.say("overview.density_unknown", edition=edition)
    st.html(rivals.crowding(at.say("overview.crowding"), said, at.lang))


def _rivals(view: View) -> str:
    """Whom the province overtook since the edition before, and who overtook it."""
    at, index = view.at, view.at.index
    before = index.previous(view.year)
    now = words.edition(index, view.year, at.lang)
    if before is None:
        return rivals.unknown(at.say("overview.rivals_first", now=now), at.lang)
    then = words.edition(index, before.year, at.lang)
    own = view.whole.rows.filter(unit=view.unit)
    if own["change_rank"].drop_nulls().is_empty():
        return rivals.unknown(at.say("overview.rivals_unknown", name=view.name, before=then, now=now), at.lang)
    met = at.resources.ask(overtaking, index.code, view.year, view.unit, OVERALL)
    partial = not view.whole.figures["complete"] or not _complete(at.resources.frames, index, before.year)
    return rivals.panel(met, then, partial, at.selection, at.lang)


def _complete(frames: Frames, index: Index, year: int) -> bool:
    known = frames.score.filter(index=index.code, year=year, component=OVERALL)
    return known["score"].count() == index.edition(year).units


def _profile(view: View) -> None:
    """The components beside the median, in the publisher's order or by the gap."""
    at = view.at
    answer = at.resources.ask(nearest_profile, at.index.code, view.year, view.unit)
    word = at.index.component_word.in_(at.lang)
    if answer is None:
        named = at.index.name.in_(at.lang)
        title = at.say("overview.profile.nothing", word=word, name=view.name, index=named)
        command = at.say("empty.command", index=at.index.code, year=view.year)
        st.html(
            cards.empty(title, [], "", [], (at.say("empty.import"), command), at.lang, at.selection.importing())
        )
        return
    if answer.year != at.selection.year:
        asked = words.edition(at.index, at.selection.year, at.lang)
        shown = words.edition(at.index, answer.year or 0, at.lang)
        said = at.say("overview.profile.stands_in", word=word, name=view.name, asked=asked, shown=shown)
        st.html(cards.notices([said], at.lang))
    exhibit(overview_charts.profile(at, view.unit, answer, overview_charts.order(at)), at)


def _onward(view: View) -> str:
    """The same province on the other pages."""
    at = view.at
    here = at.selection.link(year=view.year, province=view.unit)
    edition = words.edition(at.index, view.year, at.lang)
    links = [
        (at.say("overview.to_rankings", edition=edition), f"rankings{here}"),
        (at.say("overview.to_trends", name=view.name), f"trends{here}"),
        (at.say("overview.to_data"), f"data{here}"),
    ]
    became = at.resources.names.successor.get(view.unit)
    if became is not None:
        named = at.resources.names.name(became).in_(at.lang)
        # Its own code and no year: that is what the 34 are asked for by.
        links.append((at.say("overview.became", name=named), f"overview?province={became}&lang={at.lang}"))
    return rivals.onward(at.say("overview.onward"), links, at.lang)
