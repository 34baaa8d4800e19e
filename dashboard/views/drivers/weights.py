"""Ranks under other weights: bands, each component left out, and the weights that suit a province best."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.weights.benefit_of_doubt import benefit_of_doubt
from analytics.weights.robustness import robustness
from dashboard.charts.figure import Figure
from dashboard.figures import robustness as figures
from dashboard.html import cards
from dashboard.html.markup import NOTHING
from dashboard.session.context import Context
from dashboard.text import robustness as words
from dashboard.views.drivers.favourable import favourable_weights
from dashboard.views.drivers.frame import Choose, elsewhere, head, lacking, notes, notices, titled
from dashboard.widgets.chart_card import chart_card
from data.frames import Frames


def draw(at: Context, choose: Choose) -> None:
    """The chart of bands, and beside it the rank without each component."""
    wording = figures.wording_of(at.subject())
    if wording is None:
        edition = at.subject().wording.edition
        title = at.say("drivers.robustness.title_unknown", edition=edition)
        head(at, title, at.say("drivers.caveat_weights") + ".")
        choose("province", "index", "year")
        notices(at)
        st.html(_cannot(at, edition))
        return
    titled(at, words.title(wording))
    st.html(at.cached(_heading))
    choose("province", "index", "year")
    unknown = [wording.say("robustness.not_here")] if wording.unit and wording.own is None else []
    notices(at, *unknown)
    _figures(at, at.cached(_bands), at.cached(_left_out))
    best = at.cached(_favourable)
    if best:
        st.html(best)
    notes(at, wording.answer.notes)


def _figures(at: Context, bands: Figure | None, left_out: Figure | None) -> None:
    assert bands is not None  # there are weights to vary
    if left_out is None:
        chart_card(bands, at)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        chart_card(bands, at)
    with right:
        chart_card(left_out, at)


def _heading(at: Context) -> Markup:
    wording = figures.wording_of(at.subject())
    assert wording is not None  # there are weights to vary
    return cards.heading(words.title(wording), words.lead(wording), at.lang)


def _bands(at: Context) -> Figure | None:
    return figures.bands(at.subject())


def _left_out(at: Context) -> Figure | None:
    return figures.left_out(at.subject())


def _favourable(at: Context) -> Markup:
    """The weights most favourable to the unit and its rank under them; nothing without a unit that has a rank."""
    wording = figures.wording_of(at.subject())
    assert wording is not None  # there are weights to vary
    answer = at.subject().known(benefit_of_doubt, wording.unit, at.index.code, at.selection.year)
    return NOTHING if answer is None else favourable_weights(wording, answer)


def tried(frames: Frames, index: str, year: int) -> Answer:
    """Whether weights can be varied at all: one draw tells."""
    return robustness(frames, index, year, draws=1)


def _cannot(at: Context, edition: str) -> Markup:
    word = at.index.component_word.in_(at.lang)
    parts = at.index.components_of(at.selection.year)
    why = at.say(f"drivers.robustness.cannot_{'why' if parts else 'parts'}", edition=edition, word=word)
    return lacking(at, at.say("drivers.missing"), [why], at.say("drivers.elsewhere"), elsewhere(at, tried))
