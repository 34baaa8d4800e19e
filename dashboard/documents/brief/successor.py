"""The parts of the sheet that differ for one of the 34: its members, and the estimate of its total."""

from __future__ import annotations

from typing import Any

from dashboard.documents.brief.tables import members, sources
from dashboard.documents.content import strip
from dashboard.figures import merger
from dashboard.subject import Subject
from dashboard.text import grammar, say

Sheet = dict[str, Any]


def body(asked: Subject) -> tuple[Subject, Sheet]:
    """The content, and the subject in its edition: the one asked for, else the newest with an order of the 34."""
    lang, names = asked.lang, asked.asker.names
    known, estimated = asked.ordered(), merger.estimated(asked)
    subject = known or asked
    figure = None if estimated is None else merger.bands(estimated)
    drawn = None
    if figure is not None:
        drawn = {"title": figure.title, "below": figure.subtitle, "alt": figure.alt}
        drawn |= strip.of_bands(figure, lang)
    units = sorted(names.members.get(asked.unit, ()))
    notes = [note.in_(lang) for note in merger.notes(estimated)] if estimated else []
    notes.append(say(lang, "overview.members.never_joined"))
    if known is None or known.index.code != asked.index.code:
        notes.insert(0, say(lang, "overview.members.empty", edition=asked.wording.edition))
    named = grammar.listed([names.name(unit).in_(lang) for unit in units], lang)
    said = say(lang, "overview.members.title_same", name=asked.name) + "."
    if len(units) > 1:
        said = say(lang, "brief.merged", members=named)
    return subject, {
        "title": say(lang, "overview.since", name=asked.name),
        "edition": subject.wording.edition,
        "lead": said,
        "table": members(asked, units),
        "figure": drawn,
        "why": None,
        "sources": [*sources([estimated] if estimated else []), *([_orders_source(known)] if known else [])],
        "notes": notes,
    }


def _orders_source(subject: Subject) -> str:
    publisher = subject.index.publisher.in_(subject.lang)
    return say(subject.lang, "overview.orders.source", publisher=publisher, edition=subject.wording.edition)
