"""The agency that leads a component: with a filled mark if a source names it, a hollow one if it is inferred."""

from __future__ import annotations

from markupsafe import Markup

from analytics.weakness.agency import Agency
from dashboard.html.cells import MISSING
from dashboard.html.markup import NOTHING, fragment, tag, visually_hidden
from dashboard.text import agency as words
from dashboard.text import say
from data.text import Language


def agency(found: Agency | None, lang: Language, *, city: bool = False) -> Markup:
    """Today's agency with its former name in brackets, marked as `styles/page.css` says; a dash for None.

    `city` is True for a city under the central government, whose agencies have names of their own.
    """
    if found is None:
        return MISSING
    today = words.name(found.today, lang, city=city)
    former = words.written(found, lang, city=city).removeprefix(today).strip() if found.former is not None else ""
    shown = fragment(today, " ", tag("span.vb-soft", former)) if former else today
    if not found.inferred:
        return tag("span.vb-agency", shown)
    said = say(lang, "agency.inferred")
    return tag("span.vb-agency.vb-inferred", shown, visually_hidden(f" ({said})"), title=said)


def legend(lang: Language) -> Markup:
    """The meaning of the marks."""
    sample = tag("span.vb-agency.vb-inferred", say(lang, "agency.inferred"))
    return tag("p.vb-source", say(lang, "agency.legend"), " ", sample, lang=lang)


def paragraph(found: Agency | None, lang: Language, *, city: bool) -> Markup:
    """The agency in a paragraph of its own; nothing where none is known."""
    return NOTHING if found is None else tag("p", agency(found, lang, city=city))
