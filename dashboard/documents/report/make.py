"""The report of a pack as a Word document, laid out as Decree 30/2020/NĐ-CP asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.table import Table
from dashboard.documents.report.body import ANNEXED, Body
from dashboard.documents.report.controls import Controls, Office, bind
from dashboard.documents.report.frame import annex, closing, heading, opening, signature, title
from dashboard.documents.report.parts import Parts, Placed
from dashboard.documents.report.pictures import Picture
from dashboard.documents.report.tables import table_xml
from dashboard.documents.report.template import ROOM, TEXT, WIDE_ROOM, blank, section
from dashboard.documents.report.xml import NAMESPACES, look, paragraph, run
from dashboard.text import grammar, say
from data.notes import Words

if TYPE_CHECKING:
    from docx.document import Document

Notes = Mapping[str, Mapping[str, Words]]
# Millimetres that a picture may take.
_PICTURE_WIDE, _PICTURE_HIGH = 150, 100


def report(
    content: Content, *, images: Sequence[Picture] = (), notes: Notes | None = None, office: Office | None = None
) -> bytes:
    """The report as a Word file.

    `images` are those of `report.pictures` (none: a report of tables only), `notes` what the province wrote of its
    components, by index and component (`data.notes.notes`), `office` what is known of who issues it; the rest
    stays as fields to fill in.
    """
    writer = _Writer(content, notes or {}, office or Office())
    return writer.written(images)


@dataclass(frozen=True, slots=True)
class _Annex:
    """An annex: its number in words, its name, and the long table in it (none: methods and sources)."""

    called: str
    name: str
    table: Table | None = None


@dataclass(slots=True)
class _Writer:
    content: Content
    notes: Notes
    office: Office

    def written(self, images: Sequence[Picture]) -> bytes:
        lang, several = self.content.lang, len(self.content.chapters) > 1
        document = blank(lang, several, self._subject().replace("\n", " "))
        placed = [_embedded(document, item) for item in images]
        controls = Controls(self.office, lang)
        parts = Parts(lang, several)
        body = self._body(document, controls, parts, placed)
        _put(document, body)
        bind(document, self.office, lang)
        file = BytesIO()
        document.save(file)
        return file.getvalue()

    def _body(self, document: Document, controls: Controls, parts: Parts, placed: Sequence[Placed]) -> str:
        annexes = self._annexes()
        named, methods = self._named(), ""
        if annexes and annexes[-1].table is None:
            methods = parts.say("methods", annex=annexes[-1].called)
        content = heading(controls) + title(controls.lang, self._subject()) + opening(controls, **named)
        for chapter in self.content.chapters:
            if parts.several:
                content += parts.heading("part", chapter.index.full_name.in_(controls.lang))
            content += self._chapter(parts, chapter, placed, annexes)
        content += closing(controls, methods=methods, **named) + signature(controls)
        sheets = [(content, False)]
        sheets += [(self._annex(controls, parts, item), item.table is not None) for item in annexes]
        return _bound(document, sheets)

    def _chapter(self, parts: Parts, chapter: Chapter, placed: Sequence[Placed], annexes: Sequence[_Annex]) -> str:
        own = [item for item in placed if item.picture.index == chapter.index.code]
        called = {item.table.name: item.called for item in annexes if item.table in chapter.tables and item.table}
        return Body(parts, chapter, self.notes.get(chapter.index.code, {}), own, called).written()

    def _annexes(self) -> list[_Annex]:
        """The annexes, numbered where there are several, as the decree asks."""
        lang = self.content.lang
        tables = [table for chapter in self.content.chapters for table in chapter.tables if table.name in ANNEXED]
        named: list[tuple[str, Table | None]] = [(table.title, table) for table in tables]
        if any(chapter.methods for chapter in self.content.chapters):
            named.append((say(lang, "report.methods_title"), None))
        word = say(lang, "report.annex")
        return [
            _Annex(word if len(named) == 1 else f"{word} {_ROMAN[place]}", name, table)
            for place, (name, table) in enumerate(named)
        ]

    def _annex(self, controls: Controls, parts: Parts, item: _Annex) -> str:
        room = WIDE_ROOM if item.table is not None else ROOM
        head = annex(controls, item.called, item.name, room)
        if item.table is not None:
            return head + table_xml(item.table, room) + parts.below(item.table.source, item.table.notes)
        return head + self._methods(parts)

    def _methods(self, parts: Parts) -> str:
        """How the figures of each index were computed, and the sources of the tables."""
        content = ""
        for chapter in self.content.chapters:
            content += _strong(chapter.title) if parts.several else ""
            content += "".join(parts.dashed(item) for item in chapter.methods)
        if parts.sources:
            content += _strong(parts.say("sources"))
            for source, tables in parts.sources.items():
                called = grammar.listed([item.called for item in tables], parts.lang)
                content += parts.dashed(f"{source} ({called}).")
        return content

    def _named(self) -> dict[str, object]:
        """What the report is about, for the sentences that say so."""
        lang, chapters = self.content.lang, self.content.chapters
        indices = [
            say(lang, "report.index", full=item.index.full_name.in_(lang), index=item.index.name.in_(lang))
            for item in chapters
        ]
        return {
            "indices": grammar.listed(indices, lang),
            "edition": self.content.specification.year,
            "province": self._province(),
        }

    def _province(self) -> str:
        """`tỉnh Nam Định`, as within a sentence."""
        if self.content.lang == "en":
            return self.content.name
        subject = self.content.chapters[0].subject
        official = str(subject.frames.unit.filter(unit=subject.unit)["official_vi"].item())
        return official[:1].lower() + official[1:]

    def _subject(self) -> str:
        return say(self.content.lang, "report.subject", **self._named())


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _strong(words: str) -> str:
    return paragraph(run(words, look(bold=True)), TEXT, "<w:keepNext/>")


def _bound(document: Document, sheets: Sequence[tuple[str, bool]]) -> str:
    """The text and its annexes, each in a section of its own; the last section closes the body."""
    content = ""
    for place, (text, wide) in enumerate(sheets):
        sheet = section(document, wide=wide, annex=place > 0)
        last = place == len(sheets) - 1
        tiny = f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{sheet}'
        # A table must not end the text: Word wants a paragraph after it.
        content += text + (paragraph(more=tiny.removesuffix(sheet)) + sheet if last else paragraph(more=tiny))
    return content


def _embedded(document: Document, picture: Picture) -> Placed:
    """A picture put into the file, as large as its room allows."""
    from docx.shared import Mm

    drawing = document.part.new_pic_inline(BytesIO(picture.png), Mm(_PICTURE_WIDE))
    if drawing.extent.cy > Mm(_PICTURE_HIGH):
        drawing = document.part.new_pic_inline(BytesIO(picture.png), height=Mm(_PICTURE_HIGH))
    return Placed(picture, drawing)


def _put(document: Document, content: str) -> None:
    """The body of the document, in place of the empty one."""
    from docx.oxml import parse_xml

    # All at once: moving paragraphs one by one takes longer than all else.
    body = parse_xml(f"<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>")
    document.part._element = body
