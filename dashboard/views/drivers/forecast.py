"""The next score of a province with its interval, and how far such forecasts missed so far."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.forecast.forecast import forecast_origins
from analytics.forecast.forecast_backtest import forecast_backtest
from dashboard.charts.figure import Figure
from dashboard.figures import forecast as figures
from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.text import estimates, sentences
from dashboard.text import forecast as words
from dashboard.text.forecast import ForecastWording
from dashboard.views.drivers.frame import Choose, Links, head, lacking, link, notes, notices, titled
from dashboard.widgets.chart_card import chart_card
from data import number
from data.definition import OVERALL

_EDITIONS = 4


def draw(at: Context, choose: Choose) -> None:
    """The forecast for the chosen province, and the record of past forecasts of all provinces."""
    chosen = at.selection
    tested = figures.tested(at.subject())
    if chosen.province is None:
        what = words.what(at.index, chosen.component, at.lang)
        head(at, at.say("drivers.ahead.choose", index=what), at.say("drivers.ahead.lead_none"))
        choose("province", "index", "year", "component")
        notices(at)
        _record(at, tested)
        notes(at, tested.notes)
        return
    wording = figures.wording_of(at.subject())
    answer = wording.answer
    titled(at, _title(at))
    st.html(at.cached(_heading))
    choose("province", "index", "year", "component")
    notices(at)
    figure = at.cached(_next_score)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        if answer.figures["reason"] is not None:
            st.html(_cannot(at, chosen.province, wording))
        if figure is not None:
            chart_card(figure, at)
    with right:
        _record(at, tested)
    # The page has said already why there is no forecast.
    notes(at, (*answer.notes_except("reason"), *tested.notes))


def _title(at: Context) -> str:
    subject = at.subject()
    name = subject.asker.names.name(subject.unit)
    return estimates.forecast_title(at.index, name, figures.wording_of(subject).answer, at.lang)


def _heading(at: Context) -> Markup:
    return cards.heading(_title(at), _lead(figures.wording_of(at.subject())), at.lang)


def _next_score(at: Context) -> Figure | None:
    return figures.next_score(at.subject())


def _errors(at: Context) -> Figure | None:
    return figures.errors(at.subject())


def _record(at: Context, tested: Answer) -> None:
    """The record of past forecasts, or why there is none."""
    figure = at.cached(_errors)
    if figure is None:
        why = [note.in_(at.lang) for note in tested.notes]
        st.html(lacking(at, at.say("drivers.ahead.errors_none"), why, at.say("drivers.elsewhere"), _others(at)))
        return
    chart_card(figure, at)


def _others(at: Context) -> Links:
    """Indices whose forecasts could be tested."""
    frames = at.resources.frames
    return [
        (index.name.in_(at.lang), link(at, index=code, year=at.resources.opening_year(code), component=OVERALL))
        for code, index in frames.indices.items()
        if at.resources.ask(forecast_backtest, code).rows.height
    ]


def _lead(wording: ForecastWording) -> str:
    found = wording.answer.figures
    if found["reason"] is not None:
        return wording.say("lead_none")
    return wording.say("lead", share=number.decimal(100 * found["shrinkage"], 0, wording.lang))


def _cannot(at: Context, unit: str, wording: ForecastWording) -> Markup:
    """Why there is no forecast, and links to where there is one: other editions, or the unit's members."""
    members = sorted(at.resources.names.members.get(unit, ()))
    if members:
        lead = at.say("drivers.elsewhere_members")
        links = [found for member in members for found in _starts(at, member, 1, named=True)]
    else:
        lead, links = wording.say("starts"), _starts(at, unit, _EDITIONS)
    why = [note.in_(at.lang) for note in wording.answer.notes_only("reason")]
    return lacking(at, wording.say("cannot", year=wording.answer.figures["from_year"]), why, lead, links)


def _starts(at: Context, unit: str, most: int, *, named: bool = False) -> Links:
    """Editions that a forecast of a unit can start from."""
    component = at.selection.component
    years = at.resources.ask(forecast_origins, unit, at.index.code, component, most)
    links = []
    for year in years:
        edition = sentences.edition(at.index, year, OVERALL, at.lang)
        said = at.say("drivers.ahead.start", edition=edition)
        name = at.resources.names.name(unit).in_(at.lang)
        links.append((f"{name}, {edition}" if named else said, link(at, province=unit, year=year)))
    return links
