"""All charts of a pack as pictures: PNG twice and four times as large as on a screen, SVG, PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.export.drawing import Form, Job
from dashboard.charts.export.files import with_font
from dashboard.charts.figure import Figure, standalone
from dashboard.documents.content.content import Content
from dashboard.documents.content.figures import figures
from dashboard.documents.content.specification import Section
from data.text import Language

# By its key among the texts (`chart_card.*`): the form in which a chart is drawn, and the ending of its file.
KINDS: Mapping[str, tuple[Form, str]] = {
    "png": (("png", 2.0), ".png"),
    "png_large": (("png", 4.0), "@4x.png"),
    "svg": (("svg", 1.0), ".svg"),
    "pdf": (("pdf", 1.0), ".pdf"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A chart of a pack, in a section on an index; `stem` begins the names of its files."""

    index: str
    section: Section
    stem: str
    figure: Figure


def drawings(content: Content) -> tuple[Drawing, ...]:
    """The charts of the sections asked for, in order, where enough is known; nothing is drawn yet."""
    return tuple(
        Drawing(
            chapter.index.code,
            section,
            f"{chapter.index.code}-{chapter.year}-{chapter.subject.unit}-{figure.name}",
            figure,
        )
        for chapter in content.chapters
        for section in chapter.contents
        for figure in figures(chapter.subject, section)
    )


def jobs(found: Sequence[Drawing], lang: Language, kinds: Sequence[str] = tuple(KINDS)) -> list[Job]:
    """The drawing of each chart in every kind; `kinds` are keys of `KINDS`."""
    forms = tuple(KINDS[kind][0] for kind in kinds)
    return [Job(standalone(item.figure, lang), forms) for item in found]


def files(
    found: Sequence[Drawing], drawn: Sequence[list[bytes]], kinds: Sequence[str] = tuple(KINDS)
) -> dict[str, bytes]:
    """The pictures by file name; `drawn` holds the results of `jobs`, in its order."""
    named: dict[str, bytes] = {}
    for drawing, pictures in zip(found, drawn, strict=True):
        for kind, picture in zip(kinds, pictures, strict=True):
            named[drawing.stem + KINDS[kind][1]] = with_font(picture.decode()) if kind == "svg" else picture
    return named
