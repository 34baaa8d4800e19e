"""A chapter on its way into slides: titles that are findings, charts with sentences beside them, tables, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart
from dashboard.documents.deck.common import signs_meant
from dashboard.documents.deck.notes import Remarks, remarked, speaker
from dashboard.documents.deck.slide import Picture, Slide
from dashboard.documents.deck.template import INNER, TITLE_LINES, TITLE_SIZE
from dashboard.documents.deck.text import Paragraph, lines
from dashboard.text import say
from data.text import Language


@dataclass
class Part:
    """A chapter on its way into slides: which findings are titles already, what the province wrote of it."""

    chapter: Chapter
    lang: Language
    remarks: Remarks
    picture: Picture | None = None
    used: set[str] = field(default_factory=set)

    def slide(self, key: str, section: Section, title: str, **holds: object) -> Slide:
        """A slide of a section of this chapter."""
        part = say(
            self.lang, "deck.part", part=say(self.lang, f"documents.section.{section}"), of=self.chapter.title
        )
        return Slide(key, part, title, **holds)  # type: ignore[arg-type]

    def title(self, *keys: str, otherwise: str) -> str:
        """The first of these findings that is no title yet and fits as one; else what is offered."""
        for key in keys:
            found = self.chapter.finding(key)
            if found is None or key in self.used:
                continue
            said = found.headline or found.sentence.rstrip(".")
            if lines(said, TITLE_SIZE, INNER * 72, bold=True) <= TITLE_LINES:
                self.used.add(key)
                return said
        return otherwise

    def sentences(self, *keys: str) -> tuple[str, ...]:
        """The findings of these keys, as sentences."""
        return tuple(found.sentence for key in keys if (found := self.chapter.finding(key)) is not None)

    def words(self, *keys: str) -> tuple[Paragraph, ...]:
        """The same as paragraphs beside a chart."""
        return tuple(Paragraph(item) for item in self.sentences(*keys))

    def source(self, *tables: str) -> str:
        """The source of the first of these tables that there is, else of any."""
        found = (self.chapter.table(name) for name in tables)
        return next((table.source for table in (*found, *self.chapter.tables) if table is not None), "")

    def charted(
        self, key: str, section: Section, chart: Chart | None, table: str, titles: tuple[str, ...], *beside: str
    ) -> Iterator[Slide]:
        """A slide of a chart with sentences beside it, the figures of its table for the speaker."""
        if chart is None:
            return
        found = self.chapter.table(table)
        remarks = remarked(self.chapter, self.remarks, self.lang)
        yield self.slide(
            key,
            section,
            self.title(*titles, otherwise=chart.caption),
            source=self.source(table),
            charts=(chart,),
            words=self.words(*beside),
            remarks=signs_meant(found) if found is not None else (),
            notes=(*speaker(self.sentences(*beside), [found]), *remarks),
        )

    def tabled(self, key: str, section: Section, table: Table | None, *titles: str) -> Iterator[Slide]:
        """A slide of a table."""
        if table is None:
            return
        remarks = tuple(note for note in table.notes if not note[0].isalpha())
        yield self.slide(
            key,
            section,
            self.title(*titles, otherwise=table.title),
            source=table.source,
            table=table,
            remarks=remarks,
            notes=speaker(self.sentences(*titles), [table]),
        )

    def spoken(self, section: Section, *titles: str) -> Iterator[Slide]:
        """A slide of words, where a section has findings and no figures for a chart or table."""
        said = self.chapter.said(section)
        if said:
            heading = say(self.lang, f"documents.section.{section}")
            yield self.slide(
                str(section),
                section,
                self.title(*titles, otherwise=heading),
                source=self.source(),
                words=tuple(Paragraph(item, bullet=True) for item in said),
                notes=said,
            )
