"""Titled parts of a page with their text, lists and plain tables; what is empty is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from dashboard.html.markup import NOTHING, fragment, items, tag
from dashboard.html.table import Column, table
from data.text import Language

R = TypeVar("R")


def part(title: str, *bodies: str, lang: Language) -> Markup:
    """A title with bodies below it; plain strings become paragraphs. Empty where all bodies are."""
    said = fragment(*(body if isinstance(body, Markup) else tag("p", body) for body in bodies if body))
    return tag("section.vb-part", tag("h2", title), said, lang=lang) if said else NOTHING


def bare(title: str, lang: Language) -> Markup:
    """A title alone, for instance above widgets."""
    return tag("section.vb-part", tag("h2", title), lang=lang)


def facts(pairs: Iterable[tuple[str, str]], lang: Language) -> Markup:
    """A list of names and values (`<dl>`)."""
    listed = fragment(*(fragment(tag("dt", name), tag("dd", value)) for name, value in pairs))
    return tag("dl.vb-facts", listed, lang=lang)


def sentences(said: Iterable[str], lang: Language) -> Markup:
    """A list of sentences; empty without any."""
    listed = items(said)
    return tag("ul.vb-list", listed, lang=lang) if listed else NOTHING


def plain(
    columns: Sequence[Column[R]],
    rows: Iterable[R],
    caption: str,
    lang: Language,
    *,
    chosen: Callable[[R], bool] = lambda _: False,
) -> Markup:
    """A table as wide as its content, which scrolls on narrow screens; `chosen` rows are highlighted."""
    shown = table(
        columns,
        rows,
        caption,
        lang,
        style="vb-plain",
        attributes=lambda row: {"class": "vb-here"} if chosen(row) else {},
    )
    return tag("div.vb-scroll", shown)
