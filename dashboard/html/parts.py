"""Titled parts of a page, their sentences and facts; whatever is empty is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from dashboard.html.markup import NOTHING, fragment, items, tag
from dashboard.html.table import Column, table
from data.text import Language

R = TypeVar("R")


def part(title: str, *bodies: str, lang: Language) -> Markup:
    """A titled part of the page, text as paragraphs; empty bodies are left out, and without any the whole part."""
    said = fragment(*(body if isinstance(body, Markup) else tag("p", body) for body in bodies if body))
    return tag("section.vb-part", tag("h2", title), said, lang=lang) if said else NOTHING


def bare(title: str, lang: Language) -> Markup:
    """A title over something that is no HTML, or that says all there is to say."""
    return tag("section.vb-part", tag("h2", title), lang=lang)


def facts(pairs: Iterable[tuple[str, str]], lang: Language) -> Markup:
    """Names and what they are, one below the other."""
    listed = fragment(*(fragment(tag("dt", name), tag("dd", value)) for name, value in pairs))
    return tag("dl.vb-facts", listed, lang=lang)


def sentences(said: Iterable[str], lang: Language) -> Markup:
    """Sentences as a list; nothing where there are none."""
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
    """A table that is as wide as its content and scrolls where there is no room; the `chosen` row is set apart."""
    shown = table(
        columns,
        rows,
        caption,
        lang,
        style="vb-plain",
        attributes=lambda row: {"class": "vb-here"} if chosen(row) else {},
    )
    return tag("div.vb-scroll", shown)
