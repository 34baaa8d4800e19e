"""The figures of the target group: the threshold over the editions, and how reliable past chances were."""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer
from analytics.standing import gap_history as history
from analytics.standing.gap_history import THRESHOLD
from analytics.standing.trend import bands
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gap_history import Scene, gap_history_chart
from dashboard.charts.reliability import reliability_chart, value
from dashboard.figures.names import short_names
from dashboard.subject import Subject
from dashboard.text import sentences
from dashboard.text.target import chart_subtitle, chart_title, tested_title, tested_years


def gap_history(subject: Subject) -> Figure | None:
    """The threshold of the target group in every edition of the same units, with the unit's own scores.

    None where neither is known of any, and where the group is larger than the edition.
    """
    index, unit, wording = subject.index, subject.unit or None, subject.target_wording
    rows = subject.known(history.gap_history, index.code, subject.year, wording.top, unit)
    last = subject.through or max(index.years)
    rows = None if rows is None else rows.filter(pl.col("year") <= last)
    if rows is None or not sum(rows[column].count() for column in ("score", "low", "high")):
        return None
    unit_set = subject.edition.unit_set
    years = [item.year for item in index.editions if item.unit_set == unit_set and item.year <= last]
    names = {THRESHOLD: wording.say("chart.threshold")}
    if unit:
        names[unit] = short_names(subject).get(unit, subject.name)
    scene = Scene(
        first=years[0],
        last=years[-1],
        bands=[band for band in bands(index, unit_set) if band.first <= last],
        year=subject.year,
        names=names,
        gap=_gap(subject, rows),
    )
    title = chart_title(rows, unit, wording)
    caption = Caption(
        title=title,
        subtitle=chart_subtitle(rows, wording),
        source=sentences.source(index, subject.ranking, subject.lang),
        alt=wording.say("chart.alt", title=title, to=years[-1], **{"from": years[0]}),
        lang=subject.lang,
        mode=subject.mode,
    )
    return gap_history_chart(rows, scene, index.score_decimals, caption)


def _gap(subject: Subject, rows: pl.DataFrame) -> str | None:
    """What is written at the distance to the threshold in the edition; None where it isn't known."""
    if not subject.unit:
        return None
    known = history.gaps(rows, subject.index, subject.unit).filter(year=subject.year)
    if known.is_empty():
        return None
    wording = subject.target_wording
    return wording.say("chart.gap", gap=wording.points(abs(float(known["gap"][0]))))


def reliability(subject: Subject, answer: Answer) -> Figure:
    """Past chances of all units beside how often they came true; `answer` is that of `analytics.path.backtest`."""
    wording = subject.target_wording
    title, years = tested_title(answer, wording), tested_years(answer)
    spoken = "; ".join(value(row, subject.lang) for row in answer.rows.iter_rows(named=True) if row["forecasts"])
    publisher = subject.index.publisher.in_(subject.lang)
    caption = Caption(
        title=title,
        subtitle=wording.say("tested.subtitle", years=years),
        source=wording.say("tested.source", publisher=publisher, years=years),
        alt=wording.say("tested.alt", title=title, values=spoken),
        lang=subject.lang,
        mode=subject.mode,
    )
    return reliability_chart(answer.rows, caption)
