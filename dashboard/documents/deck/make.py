"""The deck: 16:9 slides with native charts and tables, a finding as each title, and speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from dashboard.documents.content.content import Content
from dashboard.documents.deck import layout
from dashboard.documents.deck.notes import Remarks
from dashboard.documents.deck.plan import slides
from dashboard.documents.deck.slide import Picture, Slide
from dashboard.documents.deck.table import subset
from dashboard.documents.deck.template import (
    BODY,
    COVER,
    DIVIDER,
    FINDING,
    INNER,
    KICKER,
    NUMBER,
    SOURCE,
    TITLE_LINES,
    TITLE_SIZE,
    WORDS,
    blank,
)
from dashboard.documents.deck.text import line_count, paragraph_xml, plain_xml, set_paragraphs
from dashboard.documents.properties import describe
from data.text import Language

_TITLE_SIZES = (TITLE_SIZE, 24.0, 22.0, 20.0, 18.0)


def deck(
    content: Content,
    images: Mapping[str, Picture] | None = None,
    notes: Mapping[str, Remarks] | None = None,
) -> bytes:
    """The slides of a pack as a PowerPoint file.

    `images` are maps by index (`deck.map`), `notes` what the province wrote (Markdown), by index and component:
    it has a slide and is in the speaker's notes.
    """
    lang = content.lang
    made = blank(lang)
    for planned in slides(content, images, notes):
        for slide in _pages(planned):
            _write(made, slide, lang)
    editions = ", ".join(chapter.title for chapter in content.chapters)
    describe(made.core_properties, lang, title=content.title, subject=content.name, keywords=editions)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _pages(slide: Slide) -> Iterator[Slide]:
    """A slide, or as many as its table or its text needs."""
    if slide.table is not None:
        laid = layout.slide_table_fit(slide)
        for number, page in enumerate(laid.pages, start=1):
            rows = None if len(laid.pages) == 1 else page
            table = slide.table if rows is None else subset(slide.table, _keys(slide), rows)
            yield replace(slide, table=table, title=_counted(slide.title, number, len(laid.pages)))
        return
    parts = layout.slide_words_fit(slide)[1] if slide.words else [[]]
    for number, words in enumerate(parts, start=1):
        kept = slide if number == 1 else replace(slide, cards=(), charts=(), picture=None)
        yield replace(kept, words=tuple(words), title=_counted(slide.title, number, len(parts)))


def _keys(slide: Slide) -> list[str]:
    assert slide.table is not None
    return [column.key for column in slide.table.columns]


def _counted(title: str, number: int, of: int) -> str:
    return title if of == 1 else f"{title} ({number}/{of})"


def _write(made: Any, slide: Slide, lang: Language) -> None:
    """Adds a slide: fills its placeholders, removes those left empty, draws charts, table and picture."""
    covers = {"cover": COVER, "divider": DIVIDER}
    number = covers.get(slide.key, WORDS if slide.words else FINDING)
    drawn = made.slides.add_slide(made.slide_layouts[number])
    places = {place.placeholder_format.idx: place for place in drawn.placeholders}
    _title(drawn.shapes.title, slide, lang, dark=number in (COVER, DIVIDER))
    for place, text in ((KICKER, slide.part), (SOURCE, slide.source)):
        if place in places and text:
            set_paragraphs(places.pop(place).text_frame, [plain_xml(text, lang)])
    if slide.words:
        body = places.pop(BODY)
        if number in (COVER, DIVIDER):
            set_paragraphs(body.text_frame, [plain_xml(item.text, lang) for item in slide.words])
        else:
            box = layout.words_box(slide)
            layout.move_to(body, box)
            size, _ = layout.slide_words_fit(slide)
            set_paragraphs(body.text_frame, [paragraph_xml(item, lang, size) for item in slide.words])
    for left in places.values():
        if left.placeholder_format.idx:  # the title's is 0
            left._element.getparent().remove(left._element)
    layout.draw_body(drawn.shapes, slide, lang)
    if number not in (COVER, DIVIDER):
        _number(drawn)
    _speak(drawn, slide, lang)


def _title(place: Any, slide: Slide, lang: Language, *, dark: bool) -> None:
    set_paragraphs(place.text_frame, [plain_xml(slide.title, lang)])
    if dark:
        return
    room = INNER * 72
    size = next(
        (size for size in _TITLE_SIZES if line_count(slide.title, size, room, bold=True) <= TITLE_LINES),
        _TITLE_SIZES[-1],
    )
    if size != TITLE_SIZE:
        from pptx.util import Pt

        place.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _number(drawn: Any) -> None:
    """The number of the slide: a copy of the layout's placeholder, which the library leaves out of new slides."""
    (place,) = (item for item in drawn.slide_layout.placeholders if item.placeholder_format.idx == NUMBER)
    copied = deepcopy(place._element)
    # Where it lies and how it looks stays with the layout.
    for own in (copied.spPr, copied.txBody.find("{*}lstStyle")):
        own.clear()
    copied.txBody.find("{*}bodyPr").clear()
    copied.nvSpPr.cNvPr.id = drawn.shapes._next_shape_id
    drawn.shapes._spTree.append(copied)


def _speak(drawn: Any, slide: Slide, lang: Language) -> None:
    """The speaker's notes, and the number of their page, which the library leaves empty as well."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    if not slide.notes:
        return
    page = drawn.notes_slide
    set_paragraphs(page.notes_text_frame, [plain_xml(text, lang) for text in slide.notes])

    def numbers(holder: Any) -> Iterator[Any]:
        return (
            item for item in holder.placeholders if item.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
        )

    (master,) = numbers(page.part.notes_master)
    for place in numbers(page):
        body = place.text_frame._txBody
        body.replace(body.p_lst[0], deepcopy(master._element.txBody.p_lst[0]))
