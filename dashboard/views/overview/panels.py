"""The overview's panels: what holds back and what carries, why the rank moved, the odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from analytics.weakness.agency import Agency
from analytics.weakness.strengths import Strengths
from dashboard.html import agency
from dashboard.html.cells import Row, length
from dashboard.html.markup import NOTHING, fragment, items, tag
from dashboard.text import say
from dashboard.text import summary as words
from data.definition import Index
from data.text import Language

# What is read, and the address where it leads.
Link = tuple[str, str]


def strengths(
    found: Strengths, index: Index, agencies: Mapping[str, Agency], city: bool, more: Link, lang: Language
) -> Markup:
    """Weakest and strongest components side by side, each with its figure and the agency that leads it."""
    weak, strong = words.strengths_titles(found, index, lang)

    def listed(rows: Iterable[Row]) -> Markup:
        return tag("ol", items(_item(row, found, index, agencies, city, lang) for row in rows))

    behind = listed(found.weak) if found.weak else tag("p", words.no_weakness(found, index, lang))
    lists = tag(
        "div",
        tag("section", tag("h3", weak), behind),
        tag("section", tag("h3", strong), listed(found.strong)),
    )
    measure = tag("p.vb-soft", words.strengths_measure(found, index, lang), ".", _more(more))
    return tag("section.vb-strengths", _heading(lang), lists, measure, lang=lang)


def no_strengths(sentence: str, more: Link | None, lang: Language) -> Markup:
    """In place of the lists: why there are none, and a link to what would add them."""
    return tag("section.vb-strengths", _heading(lang), tag("p", sentence, _more(more)), lang=lang)


def why(title: str, sentence: str, more: Link | None, lang: Language) -> Markup:
    """The sentence on why the rank moved."""
    return tag("section.vb-why", tag("h2", title), tag("p", sentence, _more(more)), lang=lang)


def odds(
    title: str,
    share: float | None,
    sentences: Iterable[str],
    more: Link | None,
    lang: Language,
    *,
    busy: bool = False,
) -> Markup:
    """The chance as a title and a bar (`share` of 1), or why there is none; `busy` during its back-test."""
    return tag(
        "section.vb-odds",
        tag("h2", title),
        NOTHING if share is None else tag("span.vb-track", length(share), aria_hidden="true"),
        tag("p.vb-soft", " ".join(sentences), _more(more)),
        lang=lang,
        aria_busy="true" if busy else None,
    )


def _heading(lang: Language) -> Markup:
    return tag("h2.vb-hidden", say(lang, "overview.strengths.heading"))


def _item(
    row: Row, found: Strengths, index: Index, agencies: Mapping[str, Agency], city: bool, lang: Language
) -> Markup:
    code, direction = row["component"], words.direction(row, found)
    amount = tag(f"span.vb-{direction}" if direction else "span", words.amount(row, found, index, lang))
    name = tag("b", index.component(code).name.in_(lang))
    return fragment(tag("p", name, amount), agency.paragraph(agencies.get(code), lang, city=city))


def _more(link: Link | None) -> Markup:
    """A link after a sentence."""
    return NOTHING if link is None else fragment(" ", tag("a.vb-more", link[0], href=link[1], target="_self"))
