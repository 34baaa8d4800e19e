"""The charts of the way into the target group: asks for what they draw and writes the words around them."""

from __future__ import annotations

from analytics.core.answer import Answer
from analytics.core.ranking import ranking
from analytics.standing.gap_history import THRESHOLD, gap_history, gaps
from analytics.standing.trend import bands
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gap_history import Scene, gap_history_chart
from dashboard.charts.reliability import reliability_chart, value
from dashboard.charts.tile_map import short
from dashboard.session.context import Context
from dashboard.text import sentences
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from dashboard.views.target import tested
from data.definition import OVERALL


def threshold(at: Context, unit: str | None, wording: TargetWording) -> Figure:
    """The threshold of every edition of the same units, with the unit's own scores."""
    index, year = at.index, at.selection.year
    rows = at.resources.ask(gap_history, index.code, year, wording.top, unit)
    years = [item.year for item in index.editions if item.unit_set == at.unit_set]
    title = words.chart_title(rows, unit, wording)
    known = gaps(rows, index, unit).filter(year=year) if unit else None
    gap = None if known is None or known.is_empty() else abs(float(known["gap"][0]))
    tiles = dict(at.resources.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows())
    names = {THRESHOLD: wording.say("chart.threshold")}
    if unit:
        names[unit] = short(tiles[unit], at.lang) if unit in tiles else wording.name
    scene = Scene(
        first=years[0],
        last=years[-1],
        bands=bands(index, at.unit_set),
        year=year,
        names=names,
        gap=None if gap is None else wording.say("chart.gap", gap=wording.points(gap)),
    )
    whole = at.resources.ask(ranking, index.code, year, OVERALL)
    caption = Caption(
        title=title,
        subtitle=words.chart_subtitle(rows, wording),
        source=sentences.source(index, whole, at.lang),
        alt=wording.say("chart.alt", title=title, to=years[-1], **{"from": years[0]}),
        lang=at.lang,
        mode=at.mode,
    )
    return gap_history_chart(rows, scene, index.score_decimals, caption)


def reliability(at: Context, answer: Answer, wording: TargetWording) -> Figure:
    """What was told beside what came."""
    index = at.index
    title = tested.title(answer, wording)
    spoken = "; ".join(value(row, at.lang) for row in answer.rows.iter_rows(named=True) if row["forecasts"])
    named = {"index": index.name.in_(at.lang), "years": tested.years(answer)}
    caption = Caption(
        title=title,
        subtitle=wording.say("tested.subtitle", years=named["years"]),
        source=wording.say("tested.source", publisher=index.publisher.in_(at.lang), **named),
        alt=wording.say("tested.alt", title=title, values=spoken),
        lang=at.lang,
        mode=at.mode,
    )
    return reliability_chart(answer.rows, caption)
