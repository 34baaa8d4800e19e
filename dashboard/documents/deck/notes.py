"""The speaker's notes of a slide: its sentences, its figures line by line, what the province wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.prose import paragraphs
from dashboard.documents.content.table import Table
from dashboard.documents.deck.text import Paragraph
from dashboard.text import say
from data.notes import Words
from data.text import Language

# What a province wrote of its components (Markdown), by component.
Remarks = Mapping[str, str]


def remarks(notes: Mapping[str, Mapping[str, Words]], lang: Language) -> dict[str, dict[str, str]]:
    """What the province wrote of each component as one text in Markdown, each part after its name."""

    def text(words: Words) -> str:
        parts = {name: getattr(words, name) for name in ("cause", "remedy", "responsible", "deadline")}
        # A list stands below the name, words behind it.
        return "\n\n".join(
            f"**{say(lang, f'pack.remark.{name}')}:**" + (" " if written[0].isalpha() else "\n\n") + written
            for name, written in parts.items()
            if written
        )

    return {
        index: {component: text(words) for component, words in found.items() if words}
        for index, found in notes.items()
    }


def figures(table: Table) -> Iterator[str]:
    """A table as lines to be read out: each row by name, each figure by its heading; then its notes and source."""
    yield f"{table.title}:"
    for row in range(table.rows.height):
        first, *rest = table.columns
        said = [
            f"{column.heading if column.group is None else f'{column.group} – {column.heading}'} "
            f"{table.cell(row, column.key)}"
            for column in rest
            if table.rows[column.key][row] is not None
        ]
        yield f"{table.cell(row, first.key)}: {'; '.join(said)}"
    yield from table.notes
    yield table.source


def speaker_notes(sentences: Iterable[str], tables: Iterable[Table | None] = ()) -> tuple[str, ...]:
    """The sentences, then the figures of the tables; no line twice."""
    found = [*sentences]
    for table in tables:
        if table is not None:
            found += figures(table)
    return tuple(dict.fromkeys(found))


def remark_lines(chapter: Chapter, remarks: Remarks, lang: Language) -> tuple[str, ...]:
    """What the province wrote, a plain line for each component."""
    return tuple(
        say(lang, "deck.remark", component=name, text=" ".join(item.text for item in paragraphs(text)))
        for name, text in _written(chapter, remarks, lang)
    )


def remark_paragraphs(chapter: Chapter, remarks: Remarks, lang: Language) -> tuple[Paragraph, ...]:
    """The same as paragraphs of a slide: the component's name, then what was written of it."""
    found: list[Paragraph] = []
    for name, text in _written(chapter, remarks, lang):
        found.append(Paragraph(name, bold=True))
        for item in paragraphs(text):
            # A numbered list keeps its numbers.
            numbered = f"{item.mark} " if item.mark not in ("", "-") else ""
            found.append(Paragraph(numbered + item.text, bullet=item.mark == "-"))
    return tuple(found)


def _written(chapter: Chapter, remarks: Remarks, lang: Language) -> Iterator[tuple[str, str]]:
    """The components of which something was written, in the index's order: name, text."""
    for component in chapter.index.components:
        if remarks.get(component.code, "").strip():
            yield component.name.in_(lang), remarks[component.code]
