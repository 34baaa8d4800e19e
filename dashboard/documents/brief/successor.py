"""The sheet of one of the 34: its members and the band of its total by estimate; the rest is as for the 63."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analytics.merger.successor import newest_band
from dashboard.documents.brief.tables import members, sources
from dashboard.documents.content import strip
from dashboard.figures.bands import bands_figure, estimate_notes, known_edition
from dashboard.subject import Gist
from dashboard.text import grammar, say
from dashboard.text import overview as words
from data.definition import Index
from data.text import Language

Sheet = dict[str, Any]


def body(gist: Gist) -> tuple[Gist, Sheet]:
    """What is known of it, and of which edition: the one asked for, else one with anything of the 34."""
    source, lang, names = gist.source, gist.lang, gist.source.names
    found = known_edition(source, gist.index, gist.asked)
    index, year = found or (gist.index, gist.asked)
    figure = bands_figure(source, gist.unit, gist.index, lang, "light")
    drawn = None
    if figure is not None:
        drawn = {"title": figure.title, "below": figure.subtitle, "alt": figure.alt}
        drawn |= strip.of_bands(figure, lang)
    units = sorted(names.members.get(gist.unit, ()))
    row = source.ask(newest_band, gist.unit, gist.index.code)
    editions = [] if row is None else [(gist.index, int(row["year"]))]
    notes = [note.in_(lang) for note in estimate_notes(source, gist.unit, gist.index)]
    notes.append(say(lang, "overview.members.never_joined"))
    if found is None or index.code != gist.index.code:
        notes.insert(0, say(lang, "overview.members.empty", edition=words.edition(gist.index, gist.asked, lang)))
    named = grammar.listed([names.name(unit).in_(lang) for unit in units], lang)
    said = say(lang, "overview.members.title_same", name=gist.name) + "."
    if len(units) > 1:
        said = say(lang, "brief.merged", members=named)
    lead = next(iter(source.frames.indices.values()))
    return replace(gist, index=index, asked=year), {
        "title": say(lang, "overview.since", name=gist.name),
        "edition": words.edition(index, year, lang),
        "lead": said,
        "table": members(source, units, lead, lang),
        "figure": drawn,
        "why": None,
        "sources": [*sources(source, editions, lang), *_orders_source(index, year, lang, found is not None)],
        "notes": notes,
    }


def _orders_source(index: Index, year: int, lang: Language, known: bool) -> list[str]:
    edition = words.edition(index, year, lang)
    return (
        [say(lang, "overview.orders.source", publisher=index.publisher.in_(lang), edition=edition)]
        if known
        else []
    )
