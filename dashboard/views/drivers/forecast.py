"""The next score of a province with its interval, and how far such forecasts missed so far."""

from __future__ import annotations

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.core.ranking import ranked
from analytics.forecast.forecast import forecast, forecast_origins
from analytics.forecast.forecast_backtest import forecast_backtest
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.outlook import errors_chart, outlook_chart
from dashboard.charts.theme import Mode
from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.text import estimates, say, sentences
from dashboard.text import forecast as words
from dashboard.text.forecast import Outlook
from dashboard.views.drivers.frame import Choose, Links, head, lacking, link, notes, notices, titled
from dashboard.widgets.chart_card import chart_card
from data import number
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.text import Language

_EDITIONS = 4


def draw(at: Context, choose: Choose) -> None:
    """The forecast of the province chosen, and the record of forecasts, which is everybody's."""
    chosen = at.selection
    tested = at.resources.ask(forecast_backtest, chosen.index, chosen.component)
    if chosen.province is None:
        what = words.what(at.index, chosen.component, at.lang)
        head(at, at.say("drivers.ahead.choose", index=what), at.say("drivers.ahead.lead_none"))
        choose("province", "index", "year", "component")
        notices(at)
        _record(at, tested)
        notes(at, tested.notes)
        return
    outlook = _outlook(at, chosen.province)
    answer = outlook.answer
    titled(at, _title(at, chosen.province))
    st.html(at.cached(_heading, chosen.province))
    choose("province", "index", "year", "component")
    notices(at)
    own = _own(at, chosen.province)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        if answer.figures["reason"] is not None:
            st.html(_cannot(at, chosen.province, outlook))
        if not own.is_empty():
            chart_card(at.cached(_ahead, chosen.province), at)
    with right:
        _record(at, tested)
    # Why there is no forecast is said above already.
    notes(at, (*answer.notes_except("reason"), *tested.notes))


def _outlook(at: Context, unit: str) -> Outlook:
    chosen = at.selection
    answer = at.resources.ask(forecast, unit, chosen.index, chosen.year, chosen.component)
    return Outlook(answer, at.index, at.resources.names.name(unit).in_(at.lang), at.lang)


def _own(at: Context, unit: str) -> pl.DataFrame:
    chosen = at.selection
    return at.resources.ask(known, unit, chosen.index, chosen.year, chosen.component)


def _title(at: Context, unit: str) -> str:
    return estimates.forecast_title(at.index, at.resources.names.name(unit), _outlook(at, unit).answer, at.lang)


def _heading(at: Context, unit: str) -> Markup:
    return cards.heading(_title(at, unit), _lead(_outlook(at, unit)), at.lang)


def _ahead(at: Context, unit: str) -> Figure:
    return ahead(_own(at, unit), _outlook(at, unit), at.mode)


def _errors(at: Context) -> Figure:
    tested = at.resources.ask(forecast_backtest, at.selection.index, at.selection.component)
    return errors(at.index, tested, at.lang, at.mode)


def known(frames: Frames, unit: str, index: str, year: int, component: str) -> pl.DataFrame:
    """A unit's scores on a component up to an edition."""
    rows = ranked(frames, frames.index(index))
    return rows.filter(pl.col("year") <= year, unit=unit, component=component).drop_nulls("score")


def ahead(own: pl.DataFrame, outlook: Outlook, mode: Mode) -> Figure:
    """The known scores, the next one with its interval, and what came."""
    title = words.chart_title(outlook)
    caption = Caption(
        title=title,
        subtitle=words.chart_subtitle(outlook, own),
        source=words.source(outlook.index, own, outlook.lang),
        alt=outlook.say("alt", first=own["year"].min(), last=own["year"].max(), title=title),
        lang=outlook.lang,
        mode=mode,
    )
    figure = outlook_chart(own, outlook.index, outlook.answer, caption)
    if outlook.answer.figures["reason"] is not None:
        return figure
    return with_caveat(figure, say(outlook.lang, "drivers.caveat_forecast"), mode)


def errors(index: Index, tested: Answer, lang: Language, mode: Mode) -> Figure:
    """How far past forecasts missed, beside taking the last score."""
    title = words.errors_title(tested, lang)
    years = spans(tested.rows["year"])
    caption = Caption(
        title=title,
        subtitle=words.errors_subtitle(index, tested, lang),
        source=say(
            lang, "trends.source", publisher=index.publisher.in_(lang), index=index.name.in_(lang), years=years
        ),
        alt=say(lang, "drivers.ahead.errors_alt", title=title),
        lang=lang,
        mode=mode,
    )
    return with_caveat(errors_chart(tested, caption), say(lang, "drivers.caveat_errors"), mode)


def _record(at: Context, tested: Answer) -> None:
    """The record of past forecasts, or why there is none."""
    if tested.rows.is_empty():
        why = [note.in_(at.lang) for note in tested.notes]
        st.html(lacking(at, at.say("drivers.ahead.errors_none"), why, at.say("drivers.elsewhere"), _others(at)))
        return
    chart_card(at.cached(_errors), at)


def _others(at: Context) -> Links:
    """Indices whose forecasts could be tested."""
    frames = at.resources.frames
    return [
        (index.name.in_(at.lang), link(at, index=code, year=at.resources.opening_year(code), component=OVERALL))
        for code, index in frames.indices.items()
        if at.resources.ask(forecast_backtest, code).rows.height
    ]


def _lead(outlook: Outlook) -> str:
    figures = outlook.answer.figures
    if figures["reason"] is not None:
        return outlook.say("lead_none")
    return outlook.say("lead", share=number.decimal(100 * figures["shrinkage"], 0, outlook.lang))


def _cannot(at: Context, unit: str, outlook: Outlook) -> Markup:
    """Why there is no forecast, and where there is one: from another edition, or of the units it was made of."""
    members = sorted(at.resources.names.members.get(unit, ()))
    if members:
        lead = at.say("drivers.elsewhere_members")
        links = [found for member in members for found in _starts(at, member, 1, named=True)]
    else:
        lead, links = outlook.say("starts"), _starts(at, unit, _EDITIONS)
    why = [note.in_(at.lang) for note in outlook.answer.notes_only("reason")]
    return lacking(at, outlook.say("cannot", year=outlook.answer.figures["from_year"]), why, lead, links)


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
