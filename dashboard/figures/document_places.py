"""A province among the others as charts to take away: distance to the group, map, two editions, threshold."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analytics.core.ranking import ranked
from analytics.standing.gap_history import THRESHOLD, gap_history
from analytics.standing.gap_history import gaps as gaps_to
from analytics.standing.slope import largest, rank_pairs
from analytics.standing.trend import bands
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gap_history import Scene, gap_history_chart
from dashboard.charts.slope import slope
from dashboard.charts.tile_map import short
from dashboard.documents.content.content import Chapter
from dashboard.figures import overview
from dashboard.figures.map import map_figure
from dashboard.text import pictures, say, sentences
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from data.definition import OVERALL
from data.text import Language, Problem

# How many that rose and that fell furthest are named.
_MOVERS = 3


def distance(chapter: Chapter) -> Iterator[Figure]:
    """Where all who are known stand, with the target group and the province."""
    figure = overview.distance(chapter.material.subject)
    if figure is not None:
        yield figure


def among(chapter: Chapter) -> Iterator[Figure]:
    """The map, and the ranks of all beside those of the edition before."""
    drawn = map_figure(chapter)
    if drawn is not None:
        yield drawn
    yield from _two_editions(chapter)


def _two_editions(chapter: Chapter) -> Iterator[Figure]:
    index, lang, material = chapter.index, _lang(chapter), chapter.material
    before, whole = index.previous(chapter.year), material.ranking
    if before is None or whole is None or before.unit_set != material.edition.unit_set:
        return
    years = (before.year, chapter.year)
    pairs = rank_pairs(ranked(material.frames, index), *years, OVERALL)
    if material.unit not in pairs["unit"].to_list():
        return
    of = (index.edition(years[0]).units, index.edition(years[1]).units)
    titles = (f"{index.name.in_(lang)} {years[0]}", f"{index.name.in_(lang)} {years[1]}")
    region = material.region_name if material.specification.region else None
    caption = Caption(
        title=pictures.slope_title(pairs, material.unit, titles, of, lang),
        subtitle=pictures.slope_subtitle(index, pairs, years, of, chapter.name, region, lang),
        source=sentences.source(index, whole, lang),
        alt=say(lang, "slope.alt", index=index.name.in_(lang), **{"from": years[0], "to": years[1]}),
        lang=lang,
        mode="light",
    )
    named = largest(pairs, _MOVERS)["unit"].to_list()
    behind = material.region_units if region else []
    yield slope(pairs, _labels(chapter), named, material.unit, behind, years, caption)


def threshold(chapter: Chapter) -> Iterator[Figure]:
    """The threshold of every edition of the same units up to this one, with the province's own scores."""
    index, year, unit = chapter.index, chapter.year, chapter.material.unit
    top = chapter.material.specification.top or index.target_group[chapter.material.edition.unit_set]
    try:
        rows = gap_history(chapter.material.frames, index.code, year, top, unit).filter(pl.col("year") <= year)
    except Problem:  # the group is larger than the edition
        return
    if rows.filter(unit=unit).is_empty() or rows.filter(unit=THRESHOLD)["year"].n_unique() < 2:
        return
    wording = TargetWording(index, year, chapter.name, _lang(chapter), top)
    known = gaps_to(rows, index, unit).filter(year=year)
    gap = None if known.is_empty() else abs(float(known["gap"][0]))
    unit_set = chapter.material.edition.unit_set
    years = [item.year for item in index.editions if item.unit_set == unit_set and item.year <= year]
    scene = Scene(
        first=years[0],
        last=years[-1],
        bands=[band for band in bands(index, unit_set) if band.first <= year],
        year=year,
        names={THRESHOLD: wording.say("chart.threshold"), unit: _labels(chapter).get(unit, chapter.name)},
        gap=None if gap is None else wording.say("chart.gap", gap=wording.points(gap)),
    )
    title, whole = words.chart_title(rows, unit, wording), chapter.material.ranking
    assert whole is not None  # there are totals
    caption = Caption(
        title=title,
        subtitle=words.chart_subtitle(rows, wording),
        source=sentences.source(index, whole, wording.lang),
        alt=wording.say("chart.alt", title=title, to=years[-1], **{"from": years[0]}),
        lang=wording.lang,
        mode="light",
    )
    yield gap_history_chart(rows, scene, index.score_decimals, caption)


def _lang(chapter: Chapter) -> Language:
    return chapter.material.specification.lang


def _labels(chapter: Chapter) -> dict[str, str]:
    """Short names, as they stand on the tiles."""
    tiles = chapter.material.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    return {unit: short(label, _lang(chapter)) for unit, label in tiles}
