"""The pieces that pages share: headings, notices, a unit's standing, empty states, notes, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from dashboard.html import cells
from dashboard.html.cells import Row, Setting
from dashboard.html.markup import NOTHING, fill, fragment, items, link, paragraphs, tag
from data import number
from data.text import Language

# Pairs of a label and an address.
Links = Sequence[tuple[str, str]]


def heading(title: str, below: str, lang: Language) -> Markup:
    """A page's title and the sentence below it."""
    return tag("header.vb-heading", tag("h1", title), tag("p", below), lang=lang)


def section(title: str, below: str, lang: Language) -> Markup:
    """A heading inside a page and the sentence below it."""
    return tag("header.vb-section", tag("h2", title), tag("p", below), lang=lang)


def notices(sentences: Iterable[str], lang: Language) -> Markup:
    """Messages about what could not be shown as asked; empty without sentences."""
    said = paragraphs(sentences)
    return tag("div.vb-notice", said, role="status", lang=lang) if said else NOTHING


def standing(row: Row, of: int, ordered: bool, sentences: Iterable[str], setting: Setting) -> Markup:
    """A unit's rank and score in large figures, with `sentences` and the note on the figure below.

    `row` is one of `analytics.core.ranking.ranking`, `of` the number of units of the edition; `ordered` is True
    where only the order of the units is known, no ranks.
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
    """In place of a unit's standing where it has none: why."""
    return tag("section.vb-standing", tag("h2", name), tag("p", sentence), lang=lang)


def links(lead: str, listed: Links) -> Markup:
    """A list of links below a lead; empty without links."""
    if not listed:
        return NOTHING
    return fragment(tag("p", tag("b", lead)), tag("ul", items(link(*item) for item in listed)))


def examples(lead: str, listed: Links, lang: Language) -> Markup:
    """A box with links for readers who have not chosen anything yet."""
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
    """The empty state of a page: what is missing, why, links to what is known, and how to import it.

    `importing` is the address of the import page. `command` is a pair: the label of the link there, and the
    command line that does the same.
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
    """In place of a chart or a table: what is missing and why, followed by `more`."""
    return tag("section.vb-empty", tag("h2", title), paragraphs(why), more, lang=lang)


def notes(title: str, sentences: Iterable[str], lang: Language) -> Markup:
    """The notes below a page's figures; a sentence that occurs twice is written once."""
    return tag("section.vb-notes", tag("h2", title), tag("ul", items(dict.fromkeys(sentences))), lang=lang)


def folded(title: str, body: str, lang: Language) -> Markup:
    """Content that opens on a click on its title."""
    return tag("details.vb-notes", tag("summary", title), body, lang=lang)


def missing(title: str, names: Iterable[str], lang: Language) -> Markup:
    """Names of units, folded."""
    return folded(title, tag("p", ", ".join(names)), lang)


def source(line: str, lang: Language) -> Markup:
    """The source line below a chart or a table."""
    return tag("p.vb-source", line, lang=lang)


def figure(title: str, lang: Language, *, level: int = 2) -> Markup:
    """A table's heading, styled like a chart's."""
    return tag("div.vb-figure", tag(f"h{level}", title), lang=lang)
