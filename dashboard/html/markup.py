"""Small tables and lists as HTML; every cell is escaped unless it says that it is HTML already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from dashboard.text import say
from dashboard.text.dates import local
from dashboard.text.signs import SIGNS
from data import number
from data.definition import Index
from data.text import Language

_MOST_PLACES = 6


class Html(str):
    """Text that is HTML already: put together here, its parts escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; `style` holds further classes (`vb-wide` goes first where room is short)."""

    title: str
    number: bool = False
    style: str = ""

    @property
    def classes(self) -> str:
        return f"{'vb-number ' if self.number else ''}{self.style}".strip()


def html(text: str) -> Html:
    return text if isinstance(text, Html) else Html(escape(text))


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    lang: Language,
    *,
    chosen: int | None = None,
) -> Html:
    """A table whose first column names its rows; `chosen` is the place of the row to set apart."""
    head = "".join(f'<th scope="col" class="{item.classes}">{escape(item.title)}</th>' for item in columns)
    body = []
    for place, row in enumerate(rows):
        cells = [
            f'<{"th" if first else "td"}{" scope=row" if first else ""} class="{column.classes}">{html(cell)}'
            f"</{'th' if first else 'td'}>"
            for first, column, cell in zip([True, *[False] * len(columns)], columns, row, strict=False)
        ]
        mark = ' class="vb-here"' if place == chosen else ""
        body.append(f"<tr{mark}>{''.join(cells)}</tr>")
    return Html(
        f'<div class="vb-scroll" lang="{lang}"><table class="vb-table vb-plain">'
        f'<caption class="vb-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def facts(pairs: Iterable[tuple[str, str]], lang: Language) -> Html:
    """Names and what they are, one below the other."""
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{html(value)}</dd>" for name, value in pairs)
    return Html(f'<dl class="vb-facts" lang="{lang}">{listed}</dl>')


def part(title: str, *bodies: str, lang: Language) -> Html:
    """A titled part of the page; empty bodies are left out, and without any the whole part."""
    said = "".join(body if isinstance(body, Html) else f"<p>{escape(body)}</p>" for body in bodies if body)
    return Html(f'<section class="vb-part" lang="{lang}"><h2>{escape(title)}</h2>{said}</section>' if said else "")


def bare(title: str, lang: Language) -> Html:
    """A title over something that is no HTML, or that says all there is to say."""
    return Html(f'<section class="vb-part" lang="{lang}"><h2>{escape(title)}</h2></section>')


def folded(title: str, body: str, lang: Language) -> Html:
    """What is there for those who ask."""
    return Html(
        f'<details class="vb-notes" lang="{lang}"><summary>{escape(title)}</summary>{html(body)}</details>'
    )


def listed(sentences: Iterable[str], lang: Language) -> Html:
    """Sentences as a list."""
    items = "".join(f"<li>{html(sentence)}</li>" for sentence in sentences)
    return Html(f'<ul class="vb-list" lang="{lang}">{items}</ul>' if items else "")


def link(text: str, address: str) -> Html:
    return Html(f'<a href="{escape(address)}" target="_self">{html(text)}</a>')


def status(code: str | None, lang: Language) -> str:
    """How a figure is known, in a word, after the sign it carries on other pages."""
    if code is None:
        return number.MISSING
    sign = SIGNS.get(code, "")
    # A range shows itself: its sign is for legends only.
    return f"{sign if len(sign) == 1 else ''} {say(lang, f'status.{code}')}".strip()


def exact(value: float | None, index: Index, lang: Language) -> str:
    """A score with all its decimals: the fewest that lose none, and no fewer than the index prints."""
    if value is None:
        return number.MISSING
    least = index.score_decimals
    places = next(
        (places for places in range(least, _MOST_PLACES) if abs(round(value, places) - value) < 1e-9), _MOST_PLACES
    )
    return number.decimal(value, places, lang)


def share(known: int, of: int, lang: Language) -> Html:
    """How many of how many, with a bar as long as the share."""
    full = " vb-full" if known == of else ""
    written = f"{number.whole(known, lang)}/{number.whole(of, lang)}"
    width = 100 * known / of if of else 0
    return Html(
        f'<span class="vb-share{full}">{written}'
        f'<span class="vb-bar" aria-hidden="true"><i style="width:{width:.1f}%"></i></span></span>'
    )


def moment(when: datetime, lang: Language) -> str:
    """A time of the store as people in Vietnam would tell it."""
    shown = local(when)
    written = f"{shown:%H:%M %d/%m/%Y}" if lang == "vi" else f"{shown:%d %b %Y %H:%M}"
    return say(lang, "data.utc7", moment=written)
