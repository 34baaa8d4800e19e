"""The figures of a forecast: the next score with its interval, and the errors of past forecasts."""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer
from analytics.core.ranking import ranked
from analytics.forecast.forecast import forecast
from analytics.forecast.forecast_backtest import forecast_backtest
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.outlook import errors_chart, outlook_chart
from dashboard.subject import Subject
from dashboard.text import forecast as words
from dashboard.text import say
from dashboard.text.forecast import ForecastWording
from data.definition import spans
from data.frames import Frames


def wording_of(subject: Subject) -> ForecastWording:
    """The names and number formats of sentences on the unit's forecast."""
    answer = subject.ask(forecast, subject.unit, subject.index.code, subject.year, subject.component)
    return ForecastWording(subject.index, answer.figures["from_year"], subject.name, subject.lang, answer)


def next_score(subject: Subject) -> Figure | None:
    """The unit's scores up to the edition, the next one with its interval, and the actual one where it is known.

    None where no score of it is known.
    """
    asked = (subject.unit, subject.index.code, subject.year, subject.component)
    own = subject.ask(_known, *asked)
    if own.is_empty():
        return None
    wording = wording_of(subject)
    title = words.chart_title(wording)
    caption = Caption(
        title=title,
        subtitle=words.chart_subtitle(wording, own),
        source=words.source(subject.index, own, subject.lang),
        alt=wording.say("alt", first=own["year"].min(), last=own["year"].max(), title=title),
        lang=subject.lang,
        mode=subject.mode,
    )
    figure = outlook_chart(own, subject.index, wording.answer, caption)
    if wording.answer.figures["reason"] is not None:
        return figure
    return with_caveat(figure, say(subject.lang, "drivers.caveat_forecast"), subject.mode)


def tested(subject: Subject) -> Answer:
    """The errors of past forecasts of the component (`analytics.forecast.forecast_backtest`)."""
    return subject.ask(forecast_backtest, subject.index.code, subject.component)


def errors(subject: Subject) -> Figure | None:
    """The errors of past forecasts, in points, beside those of the last score; None where none could be tested."""
    answer, index, lang = tested(subject), subject.index, subject.lang
    if answer.rows.is_empty():
        return None
    title = words.errors_title(answer, lang)
    named = {"publisher": index.publisher.in_(lang), "index": index.name.in_(lang)}
    caption = Caption(
        title=title,
        subtitle=words.errors_subtitle(index, answer, lang),
        source=say(lang, "trends.source", years=spans(answer.rows["year"]), **named),
        alt=say(lang, "drivers.ahead.errors_alt", title=title),
        lang=lang,
        mode=subject.mode,
    )
    return with_caveat(errors_chart(answer, caption), say(lang, "drivers.caveat_errors"), subject.mode)


def _known(frames: Frames, unit: str, index: str, year: int, component: str) -> pl.DataFrame:
    """A unit's scores on a component up to an edition."""
    rows = ranked(frames, frames.index(index))
    return rows.filter(pl.col("year") <= year, unit=unit, component=component).drop_nulls("score")
