"""What a slide holds, as plain data: the page shows its title before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart
from dashboard.documents.deck.text import Paragraph


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) with its title, alternative text, source line and caption."""

    png: bytes
    title: str
    alt: str
    source: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure with its label and the words that qualify it."""

    label: str
    figure: str
    beside: str = ""
    role: str = "ink"


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """A slide: its `key`, the line above the title (`part`), its title, and the source of its figures.

    `charts` lie beside or below each other, `words` beside them; a table has the slide for itself. `remarks` say
    what signs mean, `notes` are the speaker's, paragraph by paragraph.
    """

    key: str
    part: str
    title: str
    source: str = ""
    charts: tuple[Chart, ...] = ()
    table: Table | None = None
    remarks: tuple[str, ...] = ()
    words: tuple[Paragraph, ...] = ()
    cards: tuple[Card, ...] = ()
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
