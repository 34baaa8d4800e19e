"""The parts of a report's text, as XML: headings, sentences, captions with their numbers, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.documents.content.table import Table
from dashboard.documents.report.pictures import Picture
from dashboard.documents.report.tables import table_xml
from dashboard.documents.report.template import CAPTION, PICTURE, ROOM, SOURCE, TEXT, headings
from dashboard.documents.report.xml import bookmark, paragraph, run, spaced, word_field
from dashboard.text import say
from data.text import Language

Kind = Literal["table", "figure"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered table or figure: its label, and the bookmark that refers to it."""

    kind: Kind
    number: int
    label: str
    mark: str

    @property
    def called(self) -> str:
        """`Bảng 1`."""
        return f"{self.label} {self.number}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that is in the file, and its drawing (python-docx's `CT_Inline`)."""

    picture: Picture
    drawing: Any


@dataclass(slots=True)
class Parts:
    """Writes the parts of one document and numbers them; keeps which tables have which source."""

    lang: Language
    several: bool
    counts: dict[str, int] = field(default_factory=dict)
    sources: dict[str, list[Reference]] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """A text of the report."""
        return say(self.lang, f"report.{key}", **values)

    def heading(self, level: str, words: str) -> str:
        """A heading, which Word numbers; `level` is one of `template.LEVELS`."""
        style = headings(self.several)[level]
        return paragraph(run(f"\n{words.upper()}" if level == "part" else words), style)

    def sentence(self, words: str, references: Sequence[Reference] = ()) -> str:
        """A paragraph of the text; with references, it ends by pointing to those tables and figures."""
        content = run(words)
        if references:
            before, after = self.say("detail", references="\0").split("\0")
            content = run(f"{words} {before}" if words else before) + self._listed(references) + run(after)
        return paragraph(content, TEXT)

    def dashed(self, words: str) -> str:
        """An item of a list."""
        return paragraph(run(self.say("dash", text=words)), TEXT)

    def _listed(self, references: Sequence[Reference]) -> str:
        last = len(references) - 1
        content = ""
        for place, item in enumerate(references):
            if place:
                content += run(f" {self.say('and')} " if place == last else ", ")
            content += word_field(f"REF {item.mark} \\h", item.called)
        return content

    def reference(self, kind: Kind) -> Reference:
        """The next number of a table or figure."""
        number = self._next(kind)
        return Reference(kind, number, self.say(kind), f"_Ref_{kind}_{number}")

    def caption(self, reference: Reference, title: str) -> str:
        """`Bảng 1. …`, with a number that Word can update."""
        number = word_field(f"SEQ {reference.label} \\* ARABIC", str(reference.number))
        called = bookmark(reference.mark, self._next("mark"), run(f"{reference.label} ") + number)
        return paragraph(called + run(f". {title}"), CAPTION)

    def table(self, reference: Reference, figures: Table) -> str:
        """A table with its caption above, its source and notes below."""
        self.sources.setdefault(figures.source, []).append(reference)
        return (
            self.caption(reference, figures.title)
            + table_xml(figures, ROOM)
            + self.below(figures.source, figures.notes)
        )

    def below(self, source: str, notes: Iterable[str]) -> str:
        """The source and the notes below a table or figure."""
        notes = " ".join(notes)
        lines = [source, self.say("note", text=notes)] if notes else [source]
        return "".join(
            paragraph(
                run(line),
                SOURCE,
                spaced(before=2, after=10) if place == len(lines) - 1 else "<w:keepNext/>" + spaced(before=2),
            )
            for place, line in enumerate(lines)
        )

    def picture(self, reference: Reference, placed: Placed) -> str:
        """A picture with its alternative text, above its caption and source."""
        shown, about = placed.picture, placed.drawing.docPr
        about.id, about.name = self._next("drawing"), reference.called
        about.set("descr", shown.alt)
        return (
            paragraph(f"<w:r><w:drawing>{placed.drawing.xml}</w:drawing></w:r>", PICTURE)
            + self.caption(reference, shown.title)
            + self.below(shown.source, [shown.note] if shown.note else [])
        )

    def _next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]
