"""All charts of a pack as pictures: PNG twice and four times as large as on a screen, SVG, PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.export.drawing import Form, Job
from dashboard.charts.export.files import with_font
from dashboard.charts.figure import Figure, standalone
from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.specification import Section
from dashboard.figures import document_course as images_course
from dashboard.figures import document_parts as images_parts
from dashboard.figures import document_places as images_places
from dashboard.figures import report as report_charts
from data.text import Language

Maker = Callable[[Chapter], Iterator[Figure]]

_MAKERS: dict[Section, tuple[Maker, ...]] = {
    Section.SUMMARY: (images_places.distance,),
    Section.HISTORY: (images_course.course,),
    Section.COMPONENTS: (images_parts.ordered,),
    Section.GRID: (images_course.components,),
    Section.CHANGE: (images_parts.moved,),
    Section.GAPS: (images_parts.gaps,),
    Section.INDICATORS: (images_parts.indicators,),
    Section.NEIGHBOURS: (images_places.among,),
    Section.ROUTES: (images_places.threshold,),
}
# Of the charts that the report has too, those drawn here; it has the course of the rank in a form for paper.
_OF_THE_REPORT = (Section.COMPONENTS, Section.CHANGE)
# A kind by its key among the texts (`chart_card.*`): how it is drawn, and what follows the name of its file.
KINDS: Mapping[str, tuple[Form, str]] = {
    "png": (("png", 2.0), ".png"),
    "png_large": (("png", 4.0), "@4x.png"),
    "svg": (("svg", 1.0), ".svg"),
    "pdf": (("pdf", 1.0), ".pdf"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A chart of a pack: in which section of which index; `stem` names its files."""

    index: str
    section: Section
    stem: str
    figure: Figure


def drawings(content: Content) -> tuple[Drawing, ...]:
    """The charts that figures and contents allow, in the order of the sections; nothing is drawn yet."""
    return tuple(drawing for chapter in content.chapters for drawing in _of(chapter, content))


def jobs(found: Sequence[Drawing], lang: Language, kinds: Sequence[str] = tuple(KINDS)) -> list[Job]:
    """The charts to be drawn, each in every kind; `kinds` are keys of `KINDS`."""
    forms = tuple(KINDS[kind][0] for kind in kinds)
    return [Job(standalone(item.figure, lang), forms) for item in found]


def files(
    found: Sequence[Drawing], drawn: Sequence[list[bytes]], kinds: Sequence[str] = tuple(KINDS)
) -> dict[str, bytes]:
    """The pictures by the names of their files; `drawn` holds what came of each of `jobs`."""
    named: dict[str, bytes] = {}
    for drawing, pictures in zip(found, drawn, strict=True):
        for kind, picture in zip(kinds, pictures, strict=True):
            named[drawing.stem + KINDS[kind][1]] = with_font(picture.decode()) if kind == "svg" else picture
    return named


def _of(chapter: Chapter, content: Content) -> Iterator[Drawing]:
    index, unit = chapter.index.code, chapter.material.unit
    shared = {
        chart.section: chart.figure
        for chart in report_charts.charts(replace(content, chapters=(chapter,)))
        if chart.section in _OF_THE_REPORT
    }
    for section in content.specification.contents:
        figures = [figure for maker in _MAKERS.get(section, ()) for figure in maker(chapter)]
        for figure in [shared[section], *figures] if section in shared else figures:
            yield Drawing(index, section, f"{index}-{chapter.year}-{unit}-{figure.name}", figure)
