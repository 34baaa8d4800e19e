"""The pieces that a report's text is made of, each with its number: headings, captions, references, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dashboard.documents.content.table import Table
from dashboard.documents.report.tables import written
from dashboard.documents.report.template import CAPTION, PICTURE, ROOM, SOURCE, TEXT, headings
from dashboard.documents.report.xml import bookmark, emu, paragraph, run, spaced, text
from dashboard.documents.report.xml import field as worked_out
from dashboard.figures.report import Picture
from dashboard.text import say
from data.text import Language

Kind = Literal["table", "figure"]
# Millimetres that a picture may take.
_PICTURE, _PICTURE_HIGH = 150, 100


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered table or figure: what it is called, and the name it is referred to by."""

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
    """A picture inside the file: its relation, and how wide it is for its height."""

    picture: Picture
    relation: str
    ratio: float


@dataclass(slots=True)
class Parts:
    """Writes the pieces of one document and counts them; remembers which tables have which source."""

    lang: Language
    several: bool
    counts: dict[str, int] = field(default_factory=dict)
    sources: dict[str, list[Reference]] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """A text of the report."""
        return say(self.lang, f"report.{key}", **values)

    def heading(self, level: str, words: str) -> str:
        """A heading, which Word numbers; a part's name stands below its number."""
        style = headings(self.several)[level]
        return paragraph(run(f"\n{words.upper()}" if level == "part" else words), style)

    def sentence(self, words: str, references: Sequence[Reference] = ()) -> str:
        """A paragraph of the text; with references, it ends by saying where the figures are."""
        content = run(words)
        if references:
            before, after = self.say("detail", references="\0").split("\0")
            content = run(f"{words} {before}" if words else before) + self._listed(references) + run(after)
        return paragraph(content, TEXT)

    def dashed(self, words: str) -> str:
        """A paragraph of a list."""
        return paragraph(run(self.say("dash", text=words)), TEXT)

    def _listed(self, references: Sequence[Reference]) -> str:
        last = len(references) - 1
        content = ""
        for place, item in enumerate(references):
            if place:
                content += run(f" {self.say('and')} " if place == last else ", ")
            content += worked_out(f"REF {item.mark} \\h", item.called)
        return content

    def reference(self, kind: Kind) -> Reference:
        """The next number of a table or figure."""
        number = self._next(kind)
        return Reference(kind, number, self.say(kind), f"_Ref_{kind}_{number}")

    def caption(self, reference: Reference, title: str) -> str:
        """`Bảng 1. …`, whose number Word can count anew."""
        number = worked_out(f"SEQ {reference.label} \\* ARABIC", str(reference.number))
        called = bookmark(reference.mark, self._next("mark"), run(f"{reference.label} ") + number)
        return paragraph(called + run(f". {title}"), CAPTION)

    def table(self, reference: Reference, figures: Table) -> str:
        """A table below its caption, above its source and what must be read with it."""
        self.sources.setdefault(figures.source, []).append(reference)
        return (
            self.caption(reference, figures.title)
            + written(figures, ROOM)
            + self.below(figures.source, figures.notes)
        )

    def below(self, source: str, notes: Iterable[str]) -> str:
        """The lines below a table or figure."""
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
        """A picture above its caption and its source, with words for who can't see it."""
        wide = min(_PICTURE, _PICTURE_HIGH * placed.ratio)
        drawing = _drawing(placed, self._next("drawing"), emu(wide), emu(wide / placed.ratio), reference.called)
        shown = placed.picture
        return (
            paragraph(f"<w:r>{drawing}</w:r>", PICTURE)
            + self.caption(reference, shown.title)
            + self.below(shown.source, [shown.note] if shown.note else [])
        )

    def _next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


def _drawing(placed: Placed, number: int, wide: int, high: int, name: str) -> str:
    """A picture in a line of text."""
    alt, named = text(placed.picture.alt), text(name)
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="{named}" descr="{alt}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{named}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{placed.relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
