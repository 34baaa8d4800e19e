"""The content of a pack: the same tables and sentences for slides, report and workbook, made once."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.core.asker import PlainAsker
from dashboard.documents.content.findings import Finding, findings, unknowns
from dashboard.documents.content.methods import methods
from dashboard.documents.content.specification import Section, Specification
from dashboard.documents.content.table import Absent, Table
from dashboard.documents.content.tables import tables
from dashboard.subject import Subject
from dashboard.text import say
from dashboard.text.grammar import listed
from data.definition import Index
from data.frames import Frames
from data.text import Language


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """What a pack says on one index: findings in order, tables, what couldn't be shown, what isn't known.

    `subject` holds the answers that it is made of, `contents` the sections asked for. `findings` are those that
    enough is known for, `unknowns` sentences on what isn't known, `methods` those of the annex.
    """

    subject: Subject
    contents: tuple[Section, ...]
    tables: tuple[Table, ...]
    absent: tuple[Absent, ...]
    findings: tuple[Finding, ...]
    unknowns: tuple[str, ...]
    methods: tuple[str, ...]

    @property
    def index(self) -> Index:
        """The index."""
        return self.subject.index

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.subject.year

    @property
    def name(self) -> str:
        """The province's name."""
        return self.subject.name

    @property
    def title(self) -> str:
        """`PCI 2023`."""
        return self.subject.wording.edition

    def table(self, name: str) -> Table | None:
        """A table by its name; None where too little is known for it, or its section isn't asked for."""
        return next((item for item in self.tables if item.name == name), None)

    def finding(self, key: str) -> Finding | None:
        """A finding by its key; None where too little is known for it."""
        return next((item for item in self.findings if item.key == key), None)

    def sentences(self, section: Section) -> tuple[str, ...]:
        """The findings of a section, as sentences in order."""
        return tuple(item.sentence for item in self.findings if item.section == section)


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """All of a pack: a chapter per index, in the order asked for."""

    specification: Specification
    name: str
    title: str
    chapters: tuple[Chapter, ...]

    @property
    def lang(self) -> Language:
        """The language of every word in it."""
        return self.specification.lang


def content(frames: Frames, specification: Specification) -> Content:
    """The content of a pack; a Problem where the specification asks for what there is not.

    A partial edition gives fewer tables and findings, and sentences on what is missing; never an empty table.
    """
    specification.check(frames)
    subjects = specification.subjects(PlainAsker.of(frames))
    chapters = tuple(_chapter(subject, specification.contents) for subject in subjects)
    lang, name = specification.lang, chapters[0].name
    indices = listed([chapter.index.name.in_(lang) for chapter in chapters], lang)
    title = say(lang, "documents.title", index=indices, year=specification.year, name=name)
    return Content(specification, name, title, chapters)


def _chapter(subject: Subject, contents: tuple[Section, ...]) -> Chapter:
    made, absent = tables(subject, contents)
    found = tuple(findings(subject, contents))
    sentences = {item.sentence for item in found}
    return Chapter(
        subject=subject,
        contents=contents,
        tables=made,
        # A finding may be the very reason.
        absent=tuple(item for item in absent if item.reason not in sentences),
        findings=found,
        unknowns=tuple(dict.fromkeys(unknowns(subject))),
        methods=methods(subject, made, found) if Section.METHOD in contents else (),
    )
