"""The overview's panels as HTML: what holds back and what carries, why the rank moved, the odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from analytics.weakness.agency import Agency
from analytics.weakness.strengths import Strengths
from dashboard.html.agency import answerable
from dashboard.text import say
from dashboard.text import summary as words
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]
Link = tuple[str, str]


def sides(
    found: Strengths, index: Index, agencies: Mapping[str, Agency], city: bool, more: Link, lang: Language
) -> str:
    """Two lists side by side, each component with its figure and who answers for it."""
    weak, strong = words.side_titles(found, index, lang)
    nothing = f"<p>{escape(words.no_weakness(found, index, lang))}</p>"

    def items(rows: Iterable[Row]) -> str:
        return "".join(_item(row, found, index, agencies, city, lang) for row in rows)

    measure = escape(words.side_measure(found, index, lang))
    behind = f"<ol>{items(found.weak)}</ol>" if found.weak else nothing
    return (
        f'<section class="vb-sides" lang="{lang}">{_heading(lang)}'
        f"<div><section><h3>{escape(weak)}</h3>{behind}</section>"
        f"<section><h3>{escape(strong)}</h3><ol>{items(found.strong)}</ol></section></div>"
        f'<p class="vb-soft">{measure}. {_more(more)}</p></section>'
    )


def no_sides(sentence: str, link: Link | None, lang: Language) -> str:
    """Why there are no lists, and what mends it."""
    way = f" {_more(link)}" if link else ""
    return f'<section class="vb-sides" lang="{lang}">{_heading(lang)}<p>{escape(sentence)}{way}</p></section>'


def why(title: str, sentence: str, more: Link | None, lang: Language) -> str:
    """The sentence on why the rank moved."""
    way = f" {_more(more)}" if more else ""
    return (
        f'<section class="vb-why" lang="{lang}"><h2>{escape(title)}</h2><p>{escape(sentence)}{way}</p></section>'
    )


def odds(
    title: str,
    share: float | None,
    sentences: Iterable[str],
    more: Link | None,
    lang: Language,
    *,
    busy: bool = False,
) -> str:
    """The chance as a title and a length, or why there is none; `busy` while how good it is isn't known yet."""
    bar = ""
    if share is not None:
        bar = f'<span class="vb-track" aria-hidden="true"><i style="width:{100 * share:.1f}%"></i></span>'
    said = " ".join(escape(sentence) for sentence in sentences)
    way = f" {_more(more)}" if more else ""
    state = ' aria-busy="true"' if busy else ""
    return (
        f'<section class="vb-odds" lang="{lang}"{state}><h2>{escape(title)}</h2>{bar}'
        f'<p class="vb-soft">{said}{way}</p></section>'
    )


def _heading(lang: Language) -> str:
    return f'<h2 class="vb-hidden">{escape(say(lang, "overview.sides.heading"))}</h2>'


def _item(
    row: Row, found: Strengths, index: Index, agencies: Mapping[str, Agency], city: bool, lang: Language
) -> str:
    code = row["component"]
    way = words.way(row, found)
    style = f' class="vb-{way}"' if way else ""
    led = f"<p>{answerable(agencies[code], lang, city=city)}</p>" if code in agencies else ""
    return (
        f"<li><p><b>{escape(index.component(code).name.in_(lang))}</b>"
        f"<span{style}>{escape(words.amount(row, found, index, lang))}</span></p>{led}</li>"
    )


def _more(link: Link) -> str:
    name, address = link
    return f'<a class="vb-more" href="{escape(address)}" target="_self">{escape(name)}</a>'
