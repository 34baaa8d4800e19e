"""What a slide holds, as plain data: a page shows its title before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart
from dashboard.documents.deck.text import Paragraph


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made elsewhere (PNG): what it finds, what a reader would see, whose figures; shown as it is."""

    png: bytes
    title: str
    alt: str
    source: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thought: a label, a figure, what must be read with it."""

    label: str
    figure: str
    beside: str = ""
    role: str = "ink"


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """A slide: a `key` that names it, the part it belongs to, its finding, what it stands on, whose figures.

    `charts` lie beside or below each other, `words` beside them; a table has the slide for itself, with `remarks`
    (what its signs mean) below. `notes` are what the speaker sees, paragraph by paragraph.
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
