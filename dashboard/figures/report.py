"""The few charts that help a report, as pictures: the course of the rank, the components, what moved the total.

A picture carries no title and no source: both stand in its caption, as letters that can be searched and mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from dashboard.charts.export.drawing import Job
from dashboard.charts.figure import Figure, standalone
from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.specification import Section
from dashboard.figures import change, overview, trends
from dashboard.text import grammar, say

# A line through fewer points, or fewer components beside each other, say no more than their table.
_LEAST = 3
# Of the plot, in the theme's pixels: so narrow that letters of 12 pixels are read on paper.
_WIDTH = {Section.HISTORY: 560, Section.COMPONENTS: 330, Section.CHANGE: 420}
_SCALE = 3.0
# Paper needs no room for a finger: rows lie closer than on a page of the browser.
_ROWS = 0.78


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A chart of a report: of which index, in which section, its caption and what must be read with it."""

    index: str
    section: Section
    title: str
    note: str
    source: str
    figure: Figure


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


def picture(chart: Chart, content: Content) -> Picture:
    """A chart drawn. Each takes about half a second: whoever has many draws them in several processes."""
    from dashboard.charts.export.files import as_png

    return pictured(chart, as_png(_narrow(chart), content.lang, _SCALE, bare=True))


def job(chart: Chart, content: Content) -> Job:
    """The drawing of a chart, for whoever draws many at once; its picture is for `pictured`."""
    return Job(standalone(_narrow(chart), content.lang, bare=True), (("png", _SCALE),))


def pictured(chart: Chart, png: bytes) -> Picture:
    """A chart that has been drawn."""
    return Picture(chart.index, chart.section, chart.title, chart.note, chart.source, chart.figure.alt, png)


def _narrow(chart: Chart) -> Figure:
    spec = chart.figure.spec
    if chart.section != Section.HISTORY:
        spec = spec | {"height": round(_ROWS * spec["height"])}
    return replace(chart.figure, spec=spec, width=_WIDTH[chart.section])


def pictures(content: Content) -> tuple[Picture, ...]:
    """All of a report's pictures."""
    return tuple(picture(chart, content) for chart in charts(content))


def _charts(chapter: Chapter) -> Iterator[Chart]:
    wanted = chapter.material.specification.contents
    makers = ((Section.HISTORY, _rank), (Section.COMPONENTS, _profile), (Section.CHANGE, _contributions))
    for section, maker in makers:
        if section in wanted:
            found = maker(chapter)
            if found is not None:
                title, figure = found
                yield Chart(chapter.index.code, section, title, f"{figure.subtitle}.", figure.source, figure)


def _say(chapter: Chapter, key: str, **values: object) -> str:
    lang = chapter.material.specification.lang
    word = grammar.component_words(chapter.index, 1, lang)
    common: dict[str, object] = {
        "index": chapter.index.name.in_(lang),
        "name": chapter.name,
        "edition": chapter.title,
        "word": word,
    }
    return say(lang, key, **(common | values))


def _rank(chapter: Chapter) -> tuple[str, Figure] | None:
    """The rank of every edition known, up to this one."""
    material, table = chapter.material, chapter.table("history")
    rows = material.totals
    if table is None or rows.is_empty():
        return None
    if rows.select(pl.coalesce("rank", "published_rank").count()).item() < _LEAST:
        return None
    figure = trends.rank(material.subject)
    return None if figure is None else (_say(chapter, "report.chart.rank"), figure)


def _profile(chapter: Chapter) -> tuple[str, Figure] | None:
    """The components beside the median, the lowest and the highest of the edition."""
    subject = chapter.material.subject
    answer = subject.profile
    # Those of another edition don't stand in: the text is of this one.
    if answer is None or answer.year != subject.year or answer.rows["value"].count() < _LEAST:
        return None
    figure = overview.profile(subject)
    assert figure is not None  # there is a profile
    medians = answer.rows["median"].count()
    return _say(chapter, "report.chart.profile" if medians else "report.chart.components"), figure


def _contributions(chapter: Chapter) -> tuple[str, Figure] | None:
    """From one total to the other, component by component."""
    account = chapter.material.subject.change_wording
    if account is None or chapter.table("contributions") is None:
        return None
    if account.parts["contribution"].count() < _LEAST:
        return None
    title = _say(chapter, "report.chart.contributions", before=account.before)
    figure = change.contributions(chapter.material.subject)
    return None if figure is None else (title, figure)
