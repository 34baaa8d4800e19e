"""The path to the target group: how far, which routes, what the sliders say, who has done it, how likely."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from analytics.core.edition import check_top
from dashboard.charts.figure import Figure
from dashboard.figures import target as figures
from dashboard.html import cards
from dashboard.html.markup import NOTHING, fragment
from dashboard.session.context import Context, context
from dashboard.subject import Subject
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from dashboard.views.target import lacking as target_lacking
from dashboard.views.target import precedents, routes, standing, tested
from dashboard.views.target import simulator as target_simulator
from dashboard.views.target.parameters import MARGINS, TargetParameters
from dashboard.views.target.subject import Aim, path_of, subject_of
from dashboard.widgets import filters, page_filters
from dashboard.widgets.chart_card import chart_card
from dashboard.widgets.notices import notices
from data.text import Problem, Text

# How large the group may be chosen to be, beside the definition's own size.
_SIZES = {"63": (5, 10, 15, 20, 30), "34": (3, 5, 8, 10, 15)}


def page() -> None:
    """Select, ask, draw."""
    at = context()
    size, said = _size(at)
    aim = Aim(size, TargetParameters.read().margin)
    subject = subject_of(at, aim)
    wording = subject.target_wording
    if not subject.unit:
        title = wording.say("title_none")
        _heading(at, wording, said, title, cards.heading(title, wording.say("below_start"), at.lang))
        target_lacking.start(at, wording)
    elif subject.target_path is None:
        title = wording.say("title_outside")
        _heading(at, wording, said, title, cards.heading(title, wording.say("below_empty"), at.lang))
        target_lacking.nothing(at, subject.unit, wording)
    else:
        target_simulator.forget_others(at, subject.unit)
        title, _ = words.heading(subject.target_path.figures, wording)
        _heading(at, wording, said, title, at.cached(_headed, aim))
        _draw(at, subject, aim)


def _headed(at: Context, aim: Aim) -> Markup:
    subject = subject_of(at, aim)
    return cards.heading(*words.heading(path_of(subject).figures, subject.target_wording), at.lang)


def _threshold(at: Context, aim: Aim) -> Figure | None:
    return figures.gap_history(subject_of(at, aim))


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
        return max((size for size in _SIZES.get(at.unit_set, _SIZES["34"]) if size < units), default=1)


def _heading(at: Context, wording: TargetWording, more: list[str], title: str, heading: Markup) -> None:
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(heading)
    said = cards.notices([*notices(at), *more], at.lang)
    if said:
        st.html(said)
    default = _default(at)
    most = at.index.edition(at.selection.year).units
    sizes = {size for size in _SIZES.get(at.unit_set, _SIZES["34"]) if size <= most} | {default, wording.top}
    top = page_filters.number(TargetParameters.read(), "top", sorted(sizes), default, wording.say("top"))
    margin = page_filters.buttons(
        TargetParameters.read(),
        "margin",
        MARGINS,
        wording.say("margin"),
        lambda name: wording.say(f"margin_{name}"),
    )
    filters.show(at, "province", "index", "year", beside=[top, margin])


def _draw(at: Context, subject: Subject, aim: Aim) -> None:
    question, index, top = subject.backtest_question
    ready = isinstance(subject.odds_by_gain, Text) or at.resources.known(question, index, top)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        figure = at.cached(_threshold, aim)
        assert figure is not None  # the size is one of the edition's
        chart_card(figure, at)
    with right:
        slot = None if ready else st.empty()
        (slot or right).html(at.cached(_standing, aim, trusted=ready))
    offered = at.cached(_routes, aim, TargetParameters.read())
    if offered:
        st.html(offered)
    target_simulator.draw(at, subject)
    _precedents(at, aim)
    _tested(at, subject, aim, slot)
    notes = at.cached(_notes, aim)
    if notes:
        st.html(notes)


def _notes(at: Context, aim: Aim) -> Markup:
    """The notes on the path."""
    subject = subject_of(at, aim)
    path = path_of(subject)
    # An interim target has a margin and a pace of its own, which would read like a contradiction here.
    interim = path.interim.notes_except("margin", "pace") if path.interim else ()
    notes = (note.in_(at.lang) for note in (*path.answer.notes, *interim))
    return cards.notes(subject.target_wording.say("notes"), notes, at.lang)


def _standing(at: Context, aim: Aim, *, trusted: bool) -> Markup:
    """The gap and the odds; with `trusted` also how right such odds have been, which takes a second to compute."""
    subject = subject_of(at, aim)
    path, odds, wording = path_of(subject), subject.odds_by_gain, subject.target_wording
    said = [words.trust(subject.backtest(), wording)] if trusted and not isinstance(odds, Text) else []
    return fragment(
        standing.gap(path.figures, subject.distance, wording),
        standing.odds(odds, path, wording, said),
    )


def _routes(at: Context, aim: Aim, parameters: TargetParameters) -> Markup:
    """The routes within the pace of the best tenth: into the group, or to the interim target."""
    subject = subject_of(at, aim)
    path, wording = path_of(subject), subject.target_wording
    planned = path.next_step
    if path.figures["inside"] or path.figures["need"] is None:
        return NOTHING
    if planned.rows.is_empty():
        key = "routes.no_stage" if path.figures["within_pace"] is False else "routes.none"
        return cards.section(wording.say(key), wording.say("routes.why"), at.lang)
    found = routes.distinct(planned.rows)
    facts = planned.figures["routes"]
    need = float(planned.figures["need"])
    title = words.routes_title({names[0]: facts[names[0]] for names in found}, need, wording)
    if path.interim is not None:
        title = wording.say("routes.stage", top=path.interim.figures["top"], title=title)
    known = routes.Agencies(subject.agencies, subject.city)

    def address(component: str) -> str:
        return at.selection.link(component=component, **parameters.link())

    # Beside the routes themselves: whose moves they lean on changes how far they can be believed.
    leaned = (note.in_(at.lang) for note in planned.notes_only("other_units"))
    return fragment(
        cards.section(title, " ".join((wording.say("routes.below"), *leaned)), at.lang),
        routes.cards(found, facts, known, wording, address),
    )


def _precedents(at: Context, aim: Aim) -> None:
    """Who gained what the path takes, of the total or of the component chosen, from a similar level."""
    title, table = at.cached(_precedents_found, aim)
    st.html(title)
    filters.show(at, "component")
    if table:
        st.html(table)


def _precedents_found(at: Context, aim: Aim) -> tuple[Markup, Markup]:
    """The heading and the table."""
    subject, chosen = subject_of(at, aim), at.selection
    wording, component = subject.target_wording, chosen.component
    found = subject.precedent(component, path_of(subject).gain(component))
    if found is None:
        part = at.index.component(component).short.in_(at.lang)
        below = wording.say("precedents.nothing", component=part)
        return cards.section(wording.say("precedents.heading"), below, at.lang), NOTHING

    def address(unit: str) -> str:
        return "trends" + chosen.link(province=unit, component=component)

    notes = (note.in_(at.lang) for note in found.notes_except("share"))
    return (
        cards.section(precedents.title(found, wording), precedents.below(found, wording), at.lang),
        fragment(
            precedents.rises(found, wording, address), cards.notes(wording.say("precedents.notes"), notes, at.lang)
        ),
    )


def _tested(at: Context, subject: Subject, aim: Aim, slot: DeltaGenerator | None) -> None:
    """The back-test of the odds: one sentence beside them (in `slot`), and all of it in an expander."""
    if isinstance(subject.odds_by_gain, Text):
        return
    wording = subject.target_wording
    if slot is not None:
        with st.spinner(wording.say("odds.testing")):
            subject.backtest()
        slot.html(at.cached(_standing, aim, trusted=True))
    answer = subject.backtest()
    if answer is None:
        return
    inside = st.expander(wording.say("tested.heading"), key="tested", on_change="rerun")
    if inside.open:
        with inside:
            left, right = st.columns([5, 6], gap="medium")
            with left:
                chart_card(figures.reliability(subject, answer), at)
            with right:
                st.html(tested.groups(answer, wording) + tested.bands(answer, wording))
                st.html(tested.reliability(answer, wording))
            st.html(cards.notes(wording.say("notes"), (note.in_(at.lang) for note in answer.notes), at.lang))
