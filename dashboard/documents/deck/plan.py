"""Which slides a deck has, in order, with their titles: plain data, before PowerPoint is asked for anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.specification import Section
from dashboard.documents.deck import sections
from dashboard.documents.deck.builder import SlideBuilder
from dashboard.documents.deck.notes import Remarks
from dashboard.documents.deck.slide import Picture, Slide
from dashboard.documents.deck.text import Paragraph
from dashboard.text import say


def slides(
    content: Content,
    images: Mapping[str, Picture] | None = None,
    notes: Mapping[str, Remarks] | None = None,
) -> tuple[Slide, ...]:
    """The slides of a deck: cover, the sections asked for of each index, what is not known, methods.

    `images` are maps by index, `notes` what the province wrote (Markdown), by index and component.
    """
    found = [_cover(content)]
    for chapter in content.chapters:
        build = SlideBuilder(
            chapter,
            content.lang,
            (notes or {}).get(chapter.index.code, {}),
            (images or {}).get(chapter.index.code),
        )
        if len(content.chapters) > 1:
            found.append(_divider(content, chapter))
        found += _chapter(content, build)
    return tuple(found)


def _chapter(content: Content, build: SlideBuilder) -> Iterator[Slide]:
    asked = content.specification.contents
    for section in asked:
        if section in sections.MAKERS:
            yield from sections.MAKERS[section](build)
        if section == Section.SUMMARY and Section.NEIGHBOURS not in asked:
            yield from sections.map_slide(build)
    yield from sections.remarks(build)
    yield from sections.unknown(build)
    yield from sections.method(build)


def _cover(content: Content) -> Slide:
    lang = content.lang
    lead = (Paragraph(item.index.full_name.in_(lang)) for item in content.chapters)
    sources = dict.fromkeys(item.index.publisher.in_(lang) for item in content.chapters)
    source = say(lang, "deck.cover.source", publishers=", ".join(sources))
    # A name is not broken across lines.
    title = content.title
    for whole in (
        content.name,
        *(f"{chapter.index.name.in_(lang)} {chapter.year}" for chapter in content.chapters),
    ):
        title = title.replace(whole, whole.replace(" ", "\N{NO-BREAK SPACE}"))
    return Slide("cover", "", title, source=source, words=tuple(lead), notes=(content.title, source))


def _divider(content: Content, chapter: Chapter) -> Slide:
    lang = content.lang
    said = chapter.sentences(Section.SUMMARY)[:1] or chapter.unknowns[:1]
    publisher = say(lang, "deck.cover.source", publishers=chapter.index.publisher.in_(lang))
    words = tuple(Paragraph(item) for item in (said or (chapter.index.full_name.in_(lang),)))
    return Slide("divider", "", chapter.title, source=publisher, words=words, notes=said)
