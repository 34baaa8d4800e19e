"""A unit's neighbours in the ranking: whom it overtook, who overtook it, how many are close; links onward."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl
from markupsafe import Markup

from dashboard.html.cells import Row, better, worse
from dashboard.html.markup import NOTHING, fragment, items, link, tag
from dashboard.text import say
from data.text import Language


def overtaking(
    met: pl.DataFrame, before: str, partial: bool, address: Callable[[str], str], lang: Language
) -> Markup:
    """Whom a unit overtook and who overtook it since the edition `before`, in two lists.

    `met` are the rows of `analytics.core.ranking.overtaking`; `partial` is True where not every rank is known.
    `address` gives the address that a unit's name leads to.
    """
    return tag(
        "section.vb-neighbours",
        tag("h2", say(lang, "overview.neighbours", before=before)),
        _list(met, "overtaken", better, address, lang),
        _list(met, "overtook", worse, address, lang),
        tag("p.vb-soft", say(lang, "overview.neighbours_partial")) if partial else NOTHING,
        lang=lang,
    )


def _list(
    met: pl.DataFrame,
    relation: str,
    marked: Callable[[str], Markup],
    address: Callable[[str], str],
    lang: Language,
) -> Markup:
    rows = met.filter(relation=relation)
    if rows.is_empty():
        return tag("p.vb-soft", say(lang, f"overview.nobody_{relation}"))

    def one(row: Row) -> Markup:
        name = row["name"] if lang == "vi" else row["name_en"]
        moved = tag("span.vb-soft", f" {row['rank_before']}\u00a0→\u00a0{row['rank_after']}")
        return fragment(link(name, address(row["unit"])), moved)

    title = marked(" " + say(lang, f"overview.{relation}", count=rows.height))
    return fragment(tag("h3", title), tag("ul", items(one(row) for row in rows.iter_rows(named=True))))


def unknown(sentence: str, lang: Language) -> Markup:
    """In place of the lists: why they are not known."""
    return tag("section.vb-neighbours", tag("p.vb-soft", sentence), lang=lang)


def crowding(title: str, sentence: str, lang: Language) -> Markup:
    """How many units have nearly the same score, and how many places a few tenths of a point are worth."""
    return tag("section.vb-crowd", tag("h3", title), tag("p", sentence), lang=lang)


def onward(title: str, links: Iterable[tuple[str, str]], lang: Language) -> Markup:
    """Links to other pages about the same unit, as pairs of a label and an address."""
    listed = tag("ul", items(link(name, address) for name, address in links))
    return tag("nav.vb-onward", tag("h2", title), listed, lang=lang)
