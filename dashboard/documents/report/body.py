"""The text of a report on one index: findings in the order of official reports, with their tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Table
from dashboard.documents.report.notes import notes_table
from dashboard.documents.report.parts import Parts, Placed, Reference
from dashboard.text import grammar, say
from data.notes import Words

NOTES = "notes"
# The sections in groups, in the order in which provinces report; the notes follow what they explain.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("result", (Section.SUMMARY, Section.HISTORY, Section.NEIGHBOURS)),
    ("components", (Section.COMPONENTS, Section.GRID, Section.INDICATORS)),
    ("causes", (Section.CHANGE, Section.GAPS, NOTES)),
    ("ways", (Section.ROUTES, Section.PRECEDENTS)),
)
# Sections with two tables, each with the finding that goes with it.
POINTS: dict[str, tuple[tuple[str, str], ...]] = {
    Section.NEIGHBOURS: (("region", "region"), ("peers", "peers")),
    Section.ROUTES: (("routes", "route"), ("agencies", "agencies")),
}
# Sections that are missing because another one is: the reason is given once.
CONSEQUENCES: dict[str, str] = {Section.GRID: Section.COMPONENTS, Section.PRECEDENTS: Section.GAPS}
# Tables too long for the text, printed as annexes.
ANNEXED = ("indicators",)


@dataclass(frozen=True, slots=True)
class Body:
    """What the text on one index is written from; `annexes` are the labels of the annexes, by table."""

    parts: Parts
    chapter: Chapter
    notes: Mapping[str, Words]
    pictures: Sequence[Placed]
    annexes: Mapping[str, str]

    def written(self) -> str:
        """All groups with findings, tables or pictures, then what is not known; as XML."""
        return "".join(self._groups())

    def _groups(self) -> Iterator[str]:
        for group, sections in GROUPS:
            shown = [section for section in sections if self._has(section)]
            if not shown:
                continue
            if len(shown) == 1:
                # One alone isn't numbered within its group.
                yield self.parts.heading("group", self._named(shown[0])) + self._section(shown[0], alone=True)
                continue
            yield self.parts.heading("group", self.parts.say(f"group.{group}"))
            for section in shown:
                yield self.parts.heading("section", self._named(section)) + self._section(section)
        yield self._lacking()

    def _named(self, section: str) -> str:
        if section == NOTES:
            return self.parts.say("section.notes")
        return say(self.parts.lang, f"documents.section.{section}")

    def _has(self, section: str) -> bool:
        if section == NOTES:
            return bool(self.notes)
        return (
            any(item.section == section for item in self.chapter.findings)
            or any(table.section == section for table in self.chapter.tables)
            or bool(self._drawn(section))
        )

    def _drawn(self, section: str) -> list[Placed]:
        return [item for item in self.pictures if item.picture.section == section]

    def _section(self, section: str, *, alone: bool = False) -> str:
        if section == NOTES:
            return self._notes()
        points = [(name, key) for name, key in POINTS.get(section, ()) if self.chapter.table(name) is not None]
        told = {item.sentence for item in self.chapter.findings}
        reasons = "".join(
            self.parts.sentence(item.reason)
            for item in self.chapter.absent
            if item.section == section and item.reason not in told
        )
        if len(points) < 2:
            said = [item.sentence for item in self.chapter.findings if item.section == section]
            tables = [table for table in self.chapter.tables if table.section == section]
            return self._block(said, tables, self._drawn(section)) + reasons
        content = ""
        for name, key in points:
            table, finding = self.chapter.table(name), self.chapter.finding(key)
            assert table is not None
            content += self.parts.heading("section" if alone else "point", self.parts.say(f"point.{name}"))
            content += self._block([finding.sentence] if finding else [], [table], [])
        return content + reasons

    def _block(self, said: Sequence[str], tables: Sequence[Table], pictures: Sequence[Placed]) -> str:
        """Sentences, the last of which points to the tables and pictures; then these."""
        printed = [(self.parts.reference("table"), table) for table in tables if table.name not in ANNEXED]
        drawn = [(self.parts.reference("figure"), item) for item in pictures]
        references: list[Reference] = [item for item, _ in printed] + [item for item, _ in drawn]
        sentences = list(said)
        if references and not sentences:
            sentences = [""]
        last = len(sentences) - 1
        content = "".join(
            self.parts.sentence(words, references if place == last else ())
            for place, words in enumerate(sentences)
        )
        content += "".join(self.parts.table(reference, table) for reference, table in printed)
        content += "".join(self.parts.picture(reference, item) for reference, item in drawn)
        for table in tables:
            if table.name in ANNEXED:
                content += self.parts.sentence(self.parts.say("annexed", annex=self.annexes[table.name]))
        return content

    def _notes(self) -> str:
        """What the province wrote of its components, as a table."""
        lang, chapter = self.parts.lang, self.chapter
        reference = self.parts.reference("table")
        names = {code: chapter.index.component(code).name.in_(lang) for code in self.notes}
        word = grammar.component_words(chapter.index, 1, lang)
        title = self.parts.say("note_title", word=word, edition=chapter.title, name=chapter.name)
        return (
            self.parts.sentence("", [reference])
            + self.parts.caption(reference, title)
            + notes_table(self.notes, names, title, lang)
            + self.parts.below(self.parts.say("note_source"), ())
        )

    def _lacking(self) -> str:
        """What is not known, and why sections are missing; empty where nothing is."""
        reasons: dict[str, str] = {}
        for item in self.chapter.absent:
            if not self._has(item.section):
                reasons.setdefault(item.section, item.reason)
        for section, cause in CONSEQUENCES.items():
            if cause in reasons:
                reasons.pop(section, None)
        sentences = list(dict.fromkeys([*self.chapter.unknowns, *reasons.values()]))
        if not sentences:
            return ""
        heading = self.parts.heading("group", self.parts.say("group.lacking"))
        return heading + "".join(self.parts.dashed(item) for item in sentences)
