"""The figures of a ranking: the map, the tile map, and the ranks of two editions side by side."""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer
from analytics.core.ranking import ranked, ranking
from analytics.standing.regions import region_medians
from analytics.standing.slope import largest, rank_pairs
from dashboard.charts import province_map as maps
from dashboard.charts import shades
from dashboard.charts import slope as slopes
from dashboard.charts import tile_map as tiles
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.figures.background import background
from dashboard.figures.names import short_names
from dashboard.subject import Subject
from dashboard.text import say, sentences
from dashboard.text.pictures import map_title, shades_subtitle, slope_subtitle, slope_title, tiles_title
from dashboard.text.shades import Shades
from data.frames import Frames
from data.names import UnitSet
from data.text import Language, Text

# How many of the largest rises and falls are named.
_MOVERS = 3


def province_map(subject: Subject, base: str = "") -> Figure | None:
    """A map with each unit shaded by its score, rank or order; None where nothing of the edition is known.

    `base` is the path that the app is served under, where a browser draws the map.
    """
    answer, drawn, units = _shaded(subject)
    if drawn.unknown == drawn.rows.height:
        return None
    medians, of = region_medians(answer.rows, units), answer.coverage.of
    places, regions = subject.index.score_decimals, _regions(subject)
    title = map_title(edition(subject), drawn, medians, regions, of, places, subject.lang)
    caption = _caption(subject, answer, drawn, units, "map", title)
    return maps.province_map(drawn, short_names(subject), subject.edition.unit_set, base, caption)


def tile_map(subject: Subject) -> Figure | None:
    """The same with each unit as a square of one size; None where nothing of the edition is known."""
    answer, drawn, units = _shaded(subject)
    if drawn.unknown == drawn.rows.height:
        return None
    title = tiles_title(edition(subject), answer, drawn, _regions(subject), subject.lang)
    caption = _caption(subject, answer, drawn, units, "tiles", title)
    return tiles.tile_map(drawn, subject.frames.tile.filter(unit_set=subject.edition.unit_set), caption)


def comparable(subject: Subject) -> list[int]:
    """The years of the other editions of the unit set in which any rank is known, newest first.

    Empty where no rank of the subject's own edition is known.
    """
    rows = ranked(subject.frames, subject.index).filter(component=subject.component)
    known = rows.drop_nulls("shown_rank")["year"].unique().to_list()
    if subject.year not in known:
        return []
    last = subject.through or max(subject.index.years)
    unit_set = subject.edition.unit_set
    return [
        item.year
        for item in reversed(subject.index.editions)
        if item.year in known and item.year != subject.year and item.unit_set == unit_set
        if item.year <= last
    ]


def usual(subject: Subject) -> int | None:
    """The year that `slope` compares with by default: the nearest earlier one, else the newest."""
    others = comparable(subject)
    return max((year for year in others if year < subject.year), default=next(iter(others), None))


def slope(subject: Subject, other: int | None = None) -> Figure | None:
    """The ranks in the edition and in another one (default: the `usual`), a line for each unit.

    The unit's line is strong, those of its background medium; the largest rises and falls are named. None where
    no unit's rank is known in both.
    """
    index, lang, year = subject.index, subject.lang, other or usual(subject)
    if year is None:
        return None
    years = (min(year, subject.year), max(year, subject.year))
    pairs = rank_pairs(ranked(subject.frames, index), *years, subject.component)
    if pairs.is_empty():
        return None
    before, after = (index.edition(year).units_of(subject.component) for year in years)
    ends = (f"{index.name.in_(lang)} {years[0]}", f"{index.name.in_(lang)} {years[1]}")
    own = subject.name if subject.unit in pairs["unit"].to_list() else None
    behind = background(subject)
    title = slope_title(pairs, subject.unit or None, ends, (before, after), lang)
    newer = subject.ask(ranking, index.code, years[1], subject.component)
    alt = {"index": index.name.in_(lang), "title": title, "from": years[0], "to": years[1]}
    caption = Caption(
        title=title,
        subtitle=slope_subtitle(index, pairs, years, (before, after), own, behind.label, lang),
        source=sentences.source(index, newer, lang),
        alt=say(lang, "slope.alt", **alt),
        lang=lang,
        mode=subject.mode,
    )
    named = largest(pairs, _MOVERS)["unit"].to_list()
    return slopes.slope(pairs, short_names(subject), named, subject.unit or None, behind.units, years, caption)


def _shaded(subject: Subject) -> tuple[Answer, Shades, pl.DataFrame]:
    """The ranking, the shade of every unit, and the units of the edition's year."""
    asked = (subject.index.code, subject.year, subject.component)
    # The same whichever unit is chosen, so it is kept once for all.
    drawn = subject.ask(_shades, *asked, subject.region, subject.lang)
    units = subject.ask(_units, subject.edition.unit_set, subject.year)
    return subject.ask(ranking, *asked), shades.chosen(drawn, subject.unit or None), units


def _units(frames: Frames, unit_set: UnitSet, year: int) -> pl.DataFrame:
    return frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=unit_set,
    ).select("unit", "name_vi", "name_en", "region")


def _shades(frames: Frames, index: str, year: int, component: str, region: str | None, lang: Language) -> Shades:
    definition, answer = frames.index(index), ranking(frames, index, year, component)
    units = _units(frames, definition.edition(year).unit_set, year)
    return shades.shaded(answer.rows, units, answer.coverage.of, lang, definition.score_decimals, region=region)


def _caption(
    subject: Subject, answer: Answer, drawn: Shades, units: pl.DataFrame, picture: str, title: str
) -> Caption:
    lang, named = subject.lang, edition(subject)
    known = answer.rows.drop_nulls("score")["score_status"]
    if drawn.measure == "rank":
        known = answer.rows["rank_status"].drop_nulls()
    elif drawn.measure == "order":
        known = known.clear()
    scored = units.height == answer.coverage.of
    region = subject.region_names[subject.region] if subject.region else None
    subtitle = shades_subtitle(named, drawn, known, picture, scored, region, lang)
    placed = subject.frames.tile["unit"].to_list()
    rows = drawn.rows.drop_nulls("value").select("unit", "name").iter_rows()
    lost = [name for unit, name in rows if unit not in placed]
    if lost:
        subtitle += "; " + say(lang, "pictures.undrawn", names=", ".join(lost))
    return Caption(
        title=title,
        subtitle=subtitle,
        source=sentences.source(subject.index, answer, lang),
        alt=say(lang, f"pictures.alt_{picture}", edition=named, units=subject.edition.unit_set, title=title),
        lang=lang,
        mode=subject.mode,
    )


def _regions(subject: Subject) -> dict[str, Text]:
    rows = subject.frames.region.filter(unit_set=subject.edition.unit_set)
    return {code: Text(vi, en) for code, vi, en in rows.select("region", "name_vi", "name_en").iter_rows()}


def edition(subject: Subject) -> str:
    """What is ranked: `PCI 2023`, or one of its components."""
    return sentences.edition(subject.index, subject.year, subject.component, subject.lang)
