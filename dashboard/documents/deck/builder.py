"""Builds the slides of one chapter: titles that are findings, charts with sentences beside them, tables, text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart
from dashboard.documents.deck.chart_common import sign_notes
from dashboard.documents.deck.notes import Remarks, remark_lines, speaker_notes
from dashboard.documents.deck.slide import Picture, Slide
from dashboard.documents.deck.template import INNER, TITLE_LINES, TITLE_SIZE
from dashboard.documents.deck.text import Paragraph, line_count
from dashboard.text import say
from data.text import Language


@dataclass
class SlideBuilder:
    """A chapter, what the province wrote of it, its map, and which of its findings are titles already."""

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
        """The first of these findings that is not a title yet and fits two lines; else `otherwise`."""
        for key in keys:
            found = self.chapter.finding(key)
            if found is None or key in self.used:
                continue
            said = found.headline or found.sentence.rstrip(".")
            if line_count(said, TITLE_SIZE, INNER * 72, bold=True) <= TITLE_LINES:
                self.used.add(key)
                return said
        return otherwise

    def sentences(self, *keys: str) -> tuple[str, ...]:
        """The findings of these keys, as sentences."""
        return tuple(found.sentence for key in keys if (found := self.chapter.finding(key)) is not None)

    def words(self, *keys: str) -> tuple[Paragraph, ...]:
        """The same as paragraphs."""
        return tuple(Paragraph(item) for item in self.sentences(*keys))

    def source(self, *tables: str) -> str:
        """The source line of the first of these tables that exists, else of any table of the chapter."""
        found = (self.chapter.table(name) for name in tables)
        return next((table.source for table in (*found, *self.chapter.tables) if table is not None), "")

    def chart_slide(
        self, key: str, section: Section, chart: Chart | None, table: str, titles: tuple[str, ...], *beside: str
    ) -> Iterator[Slide]:
        """The slide of a chart, the findings `beside` it, and its table's figures for the speaker.

        `titles` are the findings that may be its title. No slide without a chart.
        """
        if chart is None:
            return
        found = self.chapter.table(table)
        remarks = remark_lines(self.chapter, self.remarks, self.lang)
        yield self.slide(
            key,
            section,
            self.title(*titles, otherwise=chart.caption),
            source=self.source(table),
            charts=(chart,),
            words=self.words(*beside),
            remarks=sign_notes(found) if found is not None else (),
            notes=(*speaker_notes(self.sentences(*beside), [found]), *remarks),
        )

    def table_slide(self, key: str, section: Section, table: Table | None, *titles: str) -> Iterator[Slide]:
        """The slide of a table; none without one."""
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
            notes=speaker_notes(self.sentences(*titles), [table]),
        )

    def text_slide(self, section: Section, *titles: str) -> Iterator[Slide]:
        """A slide of sentences, for a section with findings but no figures for a chart or a table."""
        said = self.chapter.sentences(section)
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
