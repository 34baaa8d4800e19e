"""The few charts that help a report, as pictures: the course of the rank, the components, what moved the total.

A picture carries no title and no source: both stand in its caption, as letters that can be searched and mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts.export.drawing import Job
from dashboard.charts.figure import Figure, standalone
from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.figures import figures
from dashboard.documents.content.specification import Section
from dashboard.text import say
from data.text import Language

# Which figure of a section is printed, and how wide its plot is, in the theme's pixels: so narrow that letters of
# 12 pixels are read on paper.
_PRINTED = {
    Section.HISTORY: ("rank", 560),
    Section.COMPONENTS: ("profile", 330),
    Section.CHANGE: ("change-parts", 420),
}
_SCALE = 3.0
# Paper needs no room for a finger: rows lie closer than on a page of the browser.
_ROWS = 0.78


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A figure of a report: of which index, in which section, and its caption."""

    index: str
    section: Section
    title: str
    figure: Figure

    @property
    def note(self) -> str:
        """How it is read."""
        return f"{self.figure.subtitle}."


@dataclass(frozen=True, slots=True)
class Picture:
    """The same as a picture (PNG), with words for who can't see it."""

    index: str
    section: Section
    title: str
    note: str
    source: str
    alt: str
    png: bytes


def charts(content: Content) -> tuple[Chart, ...]:
    """The charts that figures and contents allow, in the order of the report; nothing is drawn yet."""
    return tuple(chart for chapter in content.chapters for chart in _charts(chapter))


def job(chart: Chart, lang: Language) -> Job:
    """The drawing of a chart, for whoever draws many at once; what comes of it is for `picture`."""
    _, width = _PRINTED[chart.section]
    # The course of a rank has no rows.
    rows = 1.0 if chart.section == Section.HISTORY else _ROWS
    figure = chart.figure.sized(width, rows=rows)
    return Job(standalone(figure, lang, bare=True), (("png", _SCALE),))


def picture(chart: Chart, png: bytes) -> Picture:
    """A chart that has been drawn."""
    figure = chart.figure
    return Picture(chart.index, chart.section, chart.title, chart.note, figure.source, figure.alt, png)


def _charts(chapter: Chapter) -> Iterator[Chart]:
    for section, (name, _) in _PRINTED.items():
        if section in chapter.contents:
            for figure in figures(chapter.subject, section):
                if figure.name == name:
                    yield Chart(chapter.index.code, section, _title(chapter, section), figure)


def _title(chapter: Chapter, section: Section) -> str:
    """What the caption says that is seen: what is found stands in the text."""
    subject = chapter.subject
    key = "rank"
    values: dict[str, object] = {}
    if section == Section.CHANGE and subject.change_wording is not None:
        key, values = "contributions", {"before": subject.change_wording.before}
    elif section == Section.COMPONENTS and subject.profile is not None:
        key = "profile" if subject.profile.rows["median"].count() else "components"
    wording = subject.wording
    named = {"index": subject.index.name.in_(subject.lang), "name": subject.name, "edition": wording.edition}
    return say(subject.lang, f"report.chart.{key}", word=wording.words(1), **named, **values)
