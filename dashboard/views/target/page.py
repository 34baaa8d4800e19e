"""The way into the target group: how far, which routes, what the sliders say, who has done it, how likely."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from analytics.core.answer import Answer
from analytics.core.edition import check_top
from analytics.path.backtest import backtest
from analytics.path.interim_target import interim_target
from analytics.path.precedent import precedent
from analytics.path.simulation import OddsByGain, odds_by_gain
from analytics.path.target import target
from analytics.standing.standing import Distance, distance
from analytics.weakness.agency import agencies
from dashboard.charts.figure import Figure
from dashboard.figures import target as figures
from dashboard.html import cards
from dashboard.html.markup import NOTHING, fragment
from dashboard.session.context import Context, context, in_its_edition
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from dashboard.views.target import lacking as target_lacking
from dashboard.views.target import precedents, routes, standing, tested
from dashboard.views.target import simulator as target_simulator
from dashboard.views.target.parameters import TargetParameters
from dashboard.views.target.way import Way
from dashboard.widgets import filters, page_filters
from dashboard.widgets.chart_card import chart_card
from data.text import Problem, Text

# How large the group may be chosen to be, beside the definition's own size.
_SIZES = {"63": (5, 10, 15, 20, 30), "34": (3, 5, 8, 10, 15)}


def page() -> None:
    """Select, ask, draw."""
    at = in_its_edition(context())
    unit = at.selection.province
    size, said = _size(at)
    name = at.resources.names.name(unit).in_(at.lang) if unit else ""
    wording = TargetWording(at.index, at.selection.year, name, at.lang, size)
    found = _asked(at, unit, size) if unit else None
    if unit is None or found is None:
        title = wording.say("title_none")
        _heading(at, wording, said, title, cards.heading(title, wording.say("below_start"), at.lang))
        target_lacking.start(at, wording)
    elif isinstance(found, Problem):
        title = wording.say("title_outside")
        _heading(at, wording, said, title, cards.heading(title, wording.say("below_empty"), at.lang))
        target_lacking.nothing(at, unit, wording)
    else:
        target_simulator.forget_others(at, unit)
        _heading(at, wording, said, words.heading(found.figures, wording)[0], at.cached(_headed, size))
        _draw(_way(at, size), size)


def _way(at: Context, size: int) -> Way:
    """The way of the province chosen, which has one."""
    unit, chosen = str(at.selection.province), at.selection
    found = at.resources.ask(target, unit, chosen.index, chosen.year, size, simulations=0)
    name = at.resources.names.name(unit).in_(at.lang)
    wording = TargetWording(at.index, chosen.year, name, at.lang, size)
    return Way(at, unit, wording, found, *_stage(at, unit, found))


def _headed(at: Context, size: int) -> Markup:
    way = _way(at, size)
    return cards.heading(*words.heading(way.figures, way.wording), at.lang)


def _threshold(at: Context, size: int) -> Figure | None:
    return figures.gap_history(replace(at.subject(), top=size))


def _asked(at: Context, unit: str, size: int) -> Answer | Problem:
    try:
        return at.resources.ask(target, unit, at.selection.index, at.selection.year, size, simulations=0)
    except Problem as problem:
        return problem


def _stage(at: Context, unit: str, found: Answer) -> tuple[int | None, Answer | None]:
    """The nearest group within one edition's reach and the way there, where the target group itself isn't."""
    if found.figures["within_one_edition"] is not False:
        return None, None
    chosen = at.selection
    size = at.resources.ask(interim_target, unit, chosen.index, chosen.year, int(found.figures["top"]))
    if size is None:
        return None, None
    return size, at.resources.ask(target, unit, chosen.index, chosen.year, size, simulations=0)


def _size(at: Context) -> tuple[int, list[str]]:
    """The size of the group that the address asks for, and what is to be said where there can be none such."""
    default = _default(at)
    try:
        return check_top(at.index, at.selection.year, TargetParameters.read().top), []
    except Problem as problem:
        return default, [problem.text.in_(at.lang)]


def _default(at: Context) -> int:
    """The definition's group; where the edition has fewer units than that, the largest one offered below them."""
    try:
        return check_top(at.index, at.selection.year, None)
    except Problem:
        units = at.index.edition(at.selection.year).units
        return max((size for size in _SIZES[at.unit_set] if size < units), default=1)


def _heading(at: Context, wording: TargetWording, notices: list[str], title: str, heading: Markup) -> None:
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(heading)
    said = cards.notices([*(notice.in_(at.lang) for notice in at.reading.notices), *notices], at.lang)
    if said:
        st.html(said)
    default = _default(at)
    most = at.index.edition(at.selection.year).units
    sizes = {size for size in _SIZES[at.unit_set] if size <= most} | {default, wording.top}
    top = page_filters.number(TargetParameters.read(), "top", sorted(sizes), default, wording.say("top"))
    filters.show(at, "province", "index", "year", beside=[top])


def _draw(way: Way, size: int) -> None:
    at = way.at
    ready = isinstance(_prospect(way), Text) or at.resources.known(backtest, at.selection.index, size)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        figure = at.cached(_threshold, size)
        assert figure is not None  # the size is one of the edition's
        chart_card(figure, at)
    with right:
        slot = None if ready else st.empty()
        (slot or right).html(at.cached(_standing, size, trusted=ready))
    offered = at.cached(_routes, size, TargetParameters.read())
    if offered:
        st.html(offered)
    target_simulator.draw(way)
    _precedents(at, size)
    _tested(way, slot)
    notes = at.cached(_notes, size)
    if notes:
        st.html(notes)


def _notes(at: Context, size: int) -> Markup:
    """What must be read with the page."""
    way = _way(at, size)
    # A stage has a margin and a pace of its own, which would read like a contradiction here.
    of_stage = way.stage.notes_except("margin", "pace") if way.stage else ()
    notes = (note.in_(at.lang) for note in (*way.answer.notes, *of_stage))
    return cards.notes(way.wording.say("notes"), notes, at.lang)


def _distance(way: Way) -> Distance | None:
    chosen = way.at.selection
    return way.at.resources.ask(distance, chosen.index, chosen.year, way.unit, way.wording.top)


def _prospect(way: Way) -> OddsByGain | Text:
    chosen = way.at.selection
    return way.at.resources.ask(odds_by_gain, way.unit, chosen.index, chosen.year, way.wording.top)


def _standing(at: Context, size: int, *, trusted: bool) -> Markup:
    """The gap and the odds; `trusted`: with how right such odds have been, which takes a second to find out."""
    way = _way(at, size)
    wording, said = way.wording, []
    if trusted and not isinstance(_prospect(way), Text):
        answer = _backtest(way)
        said = [words.trust(answer.figures if answer else None, wording)]
    inside = bool(way.figures["inside"])
    return fragment(
        standing.gap(way.figures, _distance(way), wording),
        standing.odds(_prospect(way), inside, way.plan, wording, said),
    )


def _routes(at: Context, size: int, parameters: TargetParameters) -> Markup:
    """The routes into the group; those of a first stage where one edition is not enough."""
    way = _way(at, size)
    wording, planned = way.wording, way.planned
    if way.figures["inside"] or way.figures["need"] is None:
        return NOTHING
    if planned.rows.is_empty():
        key = "routes.no_stage" if way.figures["within_one_edition"] is False else "routes.none"
        return cards.section(wording.say(key), wording.say("routes.why"), at.lang)
    found = routes.distinct(planned.rows)
    facts = planned.figures["routes"]
    need = float(planned.figures["need"])
    title = words.routes_title({names[0]: facts[names[0]] for names in found}, need, wording)
    if way.stage is not None:
        title = wording.say("routes.stage", top=way.stage_top, title=title)
    city = bool(at.resources.frames.unit.filter(unit=way.unit)["is_city"].item())
    known = routes.Agencies(at.resources.ask(agencies, at.index.code), city)

    def address(component: str) -> str:
        return at.selection.link(component=component, **parameters.link())

    return fragment(
        cards.section(title, wording.say("routes.below"), at.lang),
        routes.cards(found, facts, known, wording, address),
    )


def _precedents(at: Context, size: int) -> None:
    """Who started near our level, on the total or on the component chosen, and gained what it takes."""
    title, table = at.cached(_precedents_found, size)
    st.html(title)
    filters.show(at, "component")
    if table:
        st.html(table)


def _precedents_found(at: Context, size: int) -> tuple[Markup, Markup]:
    """The heading and the table."""
    way, chosen = _way(at, size), at.selection
    found, wording = _precedent(way), way.wording
    if found is None:
        part = at.index.component(chosen.component).short.in_(at.lang)
        below = wording.say("precedents.nothing", component=part)
        return cards.section(wording.say("precedents.heading"), below, at.lang), NOTHING

    def address(unit: str) -> str:
        return "trends" + chosen.link(province=unit, component=chosen.component)

    notes = (note.in_(at.lang) for note in found.notes_except("share"))
    return (
        cards.section(precedents.title(found, wording), precedents.below(found, wording), at.lang),
        fragment(
            precedents.rises(found, wording, address), cards.notes(wording.say("precedents.notes"), notes, at.lang)
        ),
    )


def _precedent(way: Way) -> Answer | None:
    chosen = way.at.selection
    try:
        gain = way.gain(chosen.component)
        return way.at.resources.ask(precedent, way.unit, chosen.index, chosen.year, chosen.component, gain)
    except Problem:
        return None


def _tested(way: Way, slot: DeltaGenerator | None) -> None:
    """How right the odds have been: one sentence beside them (in `slot`), the whole where somebody opens it."""
    at, wording = way.at, way.wording
    if isinstance(_prospect(way), Text):
        return
    if slot is not None:
        with st.spinner(wording.say("odds.testing")):
            _backtest(way)
        slot.html(at.cached(_standing, wording.top, trusted=True))
    answer = _backtest(way)
    if answer is None:
        return
    inside = st.expander(wording.say("tested.heading"), key="tested", on_change="rerun")
    if inside.open:
        with inside:
            left, right = st.columns([5, 6], gap="medium")
            with left:
                chart_card(figures.reliability(replace(at.subject(), top=wording.top), answer), at)
            with right:
                st.html(tested.bands(answer, wording) + tested.reliability(answer, wording))
            st.html(cards.notes(wording.say("notes"), (note.in_(at.lang) for note in answer.notes), at.lang))


def _backtest(way: Way) -> Answer | None:
    try:
        return way.at.resources.ask(backtest, way.at.selection.index, way.wording.top)
    except Problem:
        return None
