"""The map of a chapter as a picture for a slide; drawn apart from the deck: it costs as much as all of that."""

from __future__ import annotations

import io

from dashboard.charts.export.drawing import Job
from dashboard.charts.figure import Figure, standalone
from dashboard.documents.content.content import Content
from dashboard.documents.content.specification import Section
from dashboard.documents.deck.slide import Picture
from dashboard.figures.ranking import province_map
from data.text import Language

# Of the plot, in the theme's pixels: so small that its letters are read on a slide.
_WIDTH, _HEIGHT, _SCALE = 380, 460, 4.0


def maps(content: Content) -> dict[str, Figure]:
    """The maps that the contents ask for, by index; nothing is drawn yet."""
    if not {Section.SUMMARY, Section.NEIGHBOURS} & set(content.specification.contents):
        return {}
    found = {chapter.index.code: province_map(chapter.subject) for chapter in content.chapters}
    return {code: figure for code, figure in found.items() if figure is not None}


def job(figure: Figure, lang: Language) -> Job:
    """The drawing of a map; what comes of it is for `picture`."""
    return Job(standalone(figure.sized(_WIDTH, _HEIGHT), lang, bare=True), (("png", _SCALE),))


def picture(figure: Figure, png: bytes = b"") -> Picture:
    """A map that has been drawn, or will be; title, measure and source are the slide's own."""
    return Picture(_trimmed(png) if png else b"", figure.title, figure.alt, figure.source, figure.subtitle)


def _trimmed(png: bytes) -> bytes:
    """Without the white edges, which would make the map smaller on its slide."""
    from PIL import Image, ImageChops

    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    file = io.BytesIO()
    picture.crop(box).save(file, "PNG", optimize=True)
    return file.getvalue()
