"""A province among the others as charts to take away: distance to the group, map, two editions, threshold."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analytics.core.ranking import ranked
from analytics.standing.slope import largest, rank_pairs
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.slope import slope
from dashboard.charts.tile_map import short
from dashboard.documents.content.content import Chapter
from dashboard.figures import overview, target
from dashboard.figures.map import map_figure
from dashboard.text import pictures, say, sentences
from data.definition import OVERALL
from data.text import Language

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
    title = pictures.slope_title(pairs, material.unit, titles, of, lang)
    caption = Caption(
        title=title,
        subtitle=pictures.slope_subtitle(index, pairs, years, of, chapter.name, region, lang),
        source=sentences.source(index, whole, lang),
        alt=say(lang, "slope.alt", index=index.name.in_(lang), title=title, **{"from": years[0], "to": years[1]}),
        lang=lang,
        mode="light",
    )
    named = largest(pairs, _MOVERS)["unit"].to_list()
    behind = material.region_units if region else []
    yield slope(pairs, _labels(chapter), named, material.unit, behind, years, caption)


def threshold(chapter: Chapter) -> Iterator[Figure]:
    """The threshold of every edition of the same units up to this one, with the province's own scores."""
    figure = target.gap_history(chapter.material.subject)
    if figure is not None and _shows_course(figure):
        yield figure


def _shows_course(figure: Figure) -> bool:
    """Whether the threshold has a line and the province a point beside it."""
    line = figure.rows.filter(pl.col("kind") == "line", ~pl.col("dashed"))
    return {"own", "target"} <= set(line["role"]) and line.filter(role="target")["year"].n_unique() > 1


def _lang(chapter: Chapter) -> Language:
    return chapter.material.specification.lang


def _labels(chapter: Chapter) -> dict[str, str]:
    """Short names, as they stand on the tiles."""
    tiles = chapter.material.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    return {unit: short(label, _lang(chapter)) for unit, label in tiles}
