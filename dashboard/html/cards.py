"""Small pieces of every page: heading, notices, a unit's standing, what to do where there is nothing, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from dashboard.html import cells
from dashboard.html.cells import Row, Setting
from dashboard.html.markup import NOTHING, fill, fragment, items, link, paragraphs, tag
from data import number
from data.text import Language

# What is read, and the address where it leads.
Links = Sequence[tuple[str, str]]


def heading(title: str, below: str, lang: Language) -> Markup:
    """A page's title and the sentence that must be read with it."""
    return tag("header.vb-heading", tag("h1", title), tag("p", below), lang=lang)


def section(title: str, below: str, lang: Language) -> Markup:
    """A heading inside a page, and the sentence that must be read with what follows."""
    return tag("header.vb-section", tag("h2", title), tag("p", below), lang=lang)


def notices(sentences: Iterable[str], lang: Language) -> Markup:
    """What was asked for and could not be had; empty where there is nothing to say."""
    said = paragraphs(sentences)
    return tag("div.vb-notice", said, role="status", lang=lang) if said else NOTHING


def standing(row: Row, of: int, ordered: bool, sentences: Iterable[str], setting: Setting) -> Markup:
    """One unit's rank and score large, and what is to be said about them below.

    `row` is one of `analytics.core.ranking.ranking`, `of` the number of units, `ordered` whether only the order of
    the units is known.
    """
    value = row["order"] if ordered else row["published_rank"]
    computed = value is None and row["rank"] is not None
    place = number.standing(row["rank"] if computed else value, of, setting.lang)
    how = "standing.ordered" if ordered else "standing.computed" if computed else ""
    figures = [tag("span.vb-big", place)]
    if how:
        figures.append(tag("span.vb-soft", setting.say(how)))
    if any(row[name] is not None for name in ("score", "score_low", "score_high")):
        figures.append(tag("span.vb-points", _points(row, setting)))
    return tag(
        "section.vb-standing",
        tag("h2", setting.name(row)),
        tag("p.vb-figures", *figures),
        paragraphs([*sentences, *filter(None, [setting.note(row)])]),
        lang=setting.lang,
    )


def _points(row: Row, setting: Setting) -> Markup:
    return fill(setting.say("standing.points", points="{points}"), points=cells.score(row, setting))


def unknown(name: str, sentence: str, lang: Language) -> Markup:
    """A unit of which nothing is known here."""
    return tag("section.vb-standing", tag("h2", name), tag("p", sentence), lang=lang)


def links(lead: str, listed: Links) -> Markup:
    """Links below a lead; nothing where there are none."""
    if not listed:
        return NOTHING
    return fragment(tag("p", tag("b", lead)), tag("ul", items(link(*item) for item in listed)))


def examples(lead: str, listed: Links, lang: Language) -> Markup:
    """Where a reader who has chosen nothing yet may begin."""
    return tag("section.vb-empty", links(lead, listed), lang=lang)


def empty(
    title: str,
    why: Iterable[str],
    lead: str,
    listed: Links,
    command: tuple[str, str],
    lang: Language,
    importing: str,
) -> Markup:
    """Nothing to show: what is missing, why, where to go from here, and what mends it.

    `importing` is the address where a table is taken in; `command` says the same for the command line.
    """
    return tag(
        "section.vb-empty",
        tag("h2", title),
        paragraphs(why),
        links(lead, listed),
        tag("p", link(tag("b", command[0]), importing)),
        tag("code", command[1]),
        lang=lang,
    )


def panel(title: str, why: Iterable[str], more: Markup, lang: Language) -> Markup:
    """In place of a chart or a table: what is missing, why, and `more`."""
    return tag("section.vb-empty", tag("h2", title), paragraphs(why), more, lang=lang)


def notes(title: str, sentences: Iterable[str], lang: Language) -> Markup:
    """Sentences that must be read with the figures, each said once."""
    return tag("section.vb-notes", tag("h2", title), tag("ul", items(dict.fromkeys(sentences))), lang=lang)


def folded(title: str, body: str, lang: Language) -> Markup:
    """What is there for those who ask."""
    return tag("details.vb-notes", tag("summary", title), body, lang=lang)


def missing(title: str, names: Iterable[str], lang: Language) -> Markup:
    """The units of which nothing is known, folded away."""
    return folded(title, tag("p", ", ".join(names)), lang)


def source(line: str, lang: Language) -> Markup:
    """Whose figures they are."""
    return tag("p.vb-source", line, lang=lang)


def figure(title: str, lang: Language, *, level: int = 2) -> Markup:
    """A heading as charts have it, above a table."""
    return tag("div.vb-figure", tag(f"h{level}", title), lang=lang)
