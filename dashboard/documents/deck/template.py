"""The deck's template: `template.pptx` beside this module, opened in the language of a deck.

The file holds the theme (font, the palette's colours), the master, the four layouts that the deck uses and the
master of the speaker's notes. It is edited in PowerPoint or LibreOffice Impress like any other; no program writes
it. Layouts and placeholders are named by key there (`finding`, `title`), and their names and prompts are put in
the reader's language here. Be Vietnam Pro is classified in the theme as Arial is (panose), so that a computer
without it takes Arial instead.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.documents.properties import LANGUAGE_TAGS
from dashboard.text import say
from data.text import Language

TEMPLATE = Path(__file__).with_name("template.pptx")
LAYOUTS = ("cover", "divider", "finding", "words")
COVER, DIVIDER, FINDING, WORDS = range(len(LAYOUTS))
# The placeholders of the layouts beside the title, by their number (`idx`).
KICKER, SOURCE, BODY, NUMBER = 10, 11, 12, 13

# Measures that the plan of a deck needs before PowerPoint's library is loaded; a test holds them to the file.
TITLE_SIZE, TITLE_LINES = 26.0, 2
# Left, top, width and height of the placeholder for text, in inches.
BODY_BOX = (0.6, 1.78, 40 / 3 - 1.2, 4.92)
INNER = BODY_BOX[2]


def blank(lang: Language) -> Any:
    """An empty presentation of the template (`pptx.presentation.Presentation`), in a language."""
    from pptx import Presentation

    return Presentation(io.BytesIO(_translated(lang)))


@cache
def _translated(lang: Language) -> bytes:
    """The template with names, prompts and the language of its text in `lang`."""
    from pptx import Presentation

    deck = Presentation(str(TEMPLATE))
    master, notes = deck.slide_master, deck.notes_master
    for layout in deck.slide_layouts:
        layout.name = say(lang, f"deck.layout.{layout.name}")
    for holder in (deck, master, notes, *deck.slide_layouts):
        for element in holder.element.iter():
            if element.get("lang"):
                element.set("lang", LANGUAGE_TAGS[lang])
    for place in _placeholders(master, notes, *deck.slide_layouts):
        place.name = say(lang, f"deck.prompt.{place.name}")
        for run in (run for paragraph in place.text_frame.paragraphs for run in paragraph.runs):
            run.text = place.name
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _placeholders(*holders: Any) -> Iterator[Any]:
    for holder in holders:
        yield from holder.placeholders
