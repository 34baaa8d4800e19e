"""The map of a chapter as a picture for a slide; made apart from the deck: it costs as much as all of that."""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl

from analytics.standing.regions import region_medians
from dashboard.charts import shades
from dashboard.charts.caption import Caption
from dashboard.charts.export.drawing import Job
from dashboard.charts.export.files import as_png
from dashboard.charts.figure import Figure, standalone
from dashboard.charts.province_map import province_map
from dashboard.charts.tile_map import short
from dashboard.documents.content.content import Chapter
from dashboard.documents.deck.slide import Picture
from dashboard.text import pictures, say, sentences
from data.text import Language, Text

# Of the plot, in the theme's pixels: so small that its letters are read on a slide.
_WIDE, _HIGH, _SCALE = 380, 460, 4.0


def map_picture(chapter: Chapter) -> Picture | None:
    """The map with the province in it; None where nothing of the edition is known."""
    figure = map_figure(chapter)
    if figure is None:
        return None
    return pictured(figure, as_png(_small(figure), chapter.material.specification.lang, _SCALE, bare=True))


def map_job(figure: Figure, lang: Language) -> Job:
    """The drawing of a map, for whoever draws many things at once; its picture is for `pictured`."""
    return Job(standalone(_small(figure), lang, bare=True), (("png", _SCALE),))


def pictured(figure: Figure, png: bytes) -> Picture:
    """A map that has been drawn; title, measure and source are the slide's own."""
    return Picture(_trimmed(png), figure.title, figure.alt, figure.source, figure.subtitle)


def _small(figure: Figure) -> Figure:
    return replace(figure, width=_WIDE, height=_HIGH)


def _trimmed(png: bytes) -> bytes:
    """Without the white edges, which would make the map smaller on its slide."""
    from PIL import Image, ImageChops

    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    file = io.BytesIO()
    picture.crop(box).save(file, "PNG", optimize=True)
    return file.getvalue()


def map_figure(chapter: Chapter) -> Figure | None:
    """The same as a chart, with its title, what it measures and its source."""
    material, index, year = chapter.material, chapter.index, chapter.year
    lang, answer = material.specification.lang, material.ranking
    if answer is None:
        return None
    units = material.frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=material.edition.unit_set,
    ).select("unit", "name_vi", "name_en", "region")
    drawn = shades.shaded(answer.rows, units, answer.coverage.of, lang, index.score_decimals, material.unit)
    if drawn.unknown == drawn.rows.height:
        return None
    regions = {
        row["region"]: Text(row["name_vi"], row["name_en"])
        for row in material.frames.region.filter(unit_set=material.edition.unit_set).iter_rows(named=True)
    }
    medians = region_medians(answer.rows, units)
    of, places = answer.coverage.of, index.score_decimals
    title = pictures.map_title(chapter.title, drawn, medians, regions, of, places, lang)
    key = "rank_status" if drawn.measure == "rank" else "score_status"
    statuses = answer.rows.drop_nulls("score")[key] if drawn.measure != "order" else answer.rows[key].clear()
    scored = units.height == of
    subtitle = pictures.shades_subtitle(chapter.title, drawn, statuses, "map", scored, None, lang)
    caption = Caption(
        title=title,
        subtitle=subtitle,
        source=sentences.source(index, answer, lang),
        alt=say(lang, "pictures.alt_map", edition=chapter.title, units=material.edition.unit_set, title=title),
        lang=lang,
        mode="light",
    )
    tiles = material.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    labels = {unit: short(label, lang) for unit, label in tiles}
    return province_map(drawn, labels, material.edition.unit_set, "", caption)
