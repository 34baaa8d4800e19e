"""The charts of a report as pictures: the rank over the editions, the components, what moved the total.

A picture has no title and no source line: both are in its caption, as text that can be searched and edited.
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

# Which figure of a section is printed, and how wide its drawing is, in pixels: so narrow that letters of 12 pixels
# can be read on paper.
_PRINTED = {
    Section.HISTORY: ("rank", 560),
    Section.COMPONENTS: ("profile", 560),
    Section.CHANGE: ("change-parts", 560),
}
_SCALE = 3.0
# Rows are closer than on a screen, where each needs room for a finger.
_ROWS = 0.78


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A figure of a report, in a section on an index, and its caption."""

    index: str
    section: Section
    title: str
    figure: Figure

    @property
    def note(self) -> str:
        """How the figure is read."""
        return f"{self.figure.subtitle}."


@dataclass(frozen=True, slots=True)
class Picture:
    """The same as a picture (PNG), with the texts around it; `alt` describes it."""

    index: str
    section: Section
    title: str
    note: str
    source: str
    alt: str
    png: bytes


def charts(content: Content) -> tuple[Chart, ...]:
    """The charts of the sections asked for, in order, where enough is known; nothing is drawn yet."""
    return tuple(chart for chapter in content.chapters for chart in _charts(chapter))


def job(chart: Chart, lang: Language) -> Job:
    """The drawing of a chart; its result goes to `picture`."""
    _, width = _PRINTED[chart.section]
    # The rank is a line chart, without rows.
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
    """What the chart shows, as the caption says it; the finding is in the text."""
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
