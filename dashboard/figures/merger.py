"""The figure of a merger: the 34 as an edition of the 63 would have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analytics.core.answer import Answer
from analytics.merger.merger import merger
from analytics.merger.newest_estimate import newest_estimate
from dashboard.charts.bands import What, bands_chart
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.subject import Subject
from dashboard.text import estimates, grammar, say, sentences
from data.definition import OVERALL
from data.text import Note

# So many are named where no unit is chosen.
_LEADERS = 3


def estimated(subject: Subject) -> Subject | None:
    """The total of one of the 34 in the newest edition of the 63 that gives it a rank, else that estimates it.

    None where no edition has all its members.
    """
    row = subject.ask(newest_estimate, subject.unit, subject.index.code)
    return None if row is None else replace(subject, year=row["year"], component=OVERALL)


def answer_of(subject: Subject) -> Answer:
    """The 34 estimated from the edition, an edition of the 63 (`analytics.merger.merger`)."""
    return subject.ask(merger, subject.index.code, subject.year, subject.component)


def notes(subject: Subject) -> tuple[Note, ...]:
    """The notes on the bands: that they are estimates, and by what they are weighted."""
    return answer_of(subject).notes_only("estimated", "weights")


def bands(subject: Subject, what: What = "score") -> Figure | None:
    """The estimate of each of the 34 with a band from its lowest to its highest member, by score or by rank.

    The subject's edition is one of the 63; strong is the unit, or the one that it became. None where none of the
    34 can be estimated.
    """
    answer = answer_of(subject)
    if answer.coverage.known == 0:
        return None
    own = subject.asker.names.successor.get(subject.unit, subject.unit)
    row = next(answer.rows.filter(unit=own).iter_rows(named=True), None)
    edition = sentences.edition(subject.index, subject.year, subject.component, subject.lang)
    title = _title(subject, answer, row, edition)
    caption = Caption(
        title=title,
        subtitle="; ".join(_marks(subject, answer, what)),
        source=say(
            subject.lang, "merged.source", publisher=subject.index.publisher.in_(subject.lang), edition=edition
        ),
        alt=say(subject.lang, "merged.alt", edition=edition, sentence=title),
        lang=subject.lang,
        mode=subject.mode,
    )
    return bands_chart(answer, own if row else None, what, caption)


def _title(subject: Subject, answer: Answer, row: dict[str, Any] | None, edition: str) -> str:
    """The place of the unit, or of the one that it became; the leaders, where there is no such place."""
    index, lang, units = subject.index, subject.lang, answer.figures["units"]
    if row is not None:
        name = subject.asker.names.name(row["unit"])
        return estimates.merger_title(index, name, row | {"year": subject.year}, units, lang, subject.component)
    if not answer.figures["complete"]:
        return say(lang, "merged.partly", known=answer.coverage.known, units=units, edition=edition)
    first = answer.rows.head(_LEADERS)["name" if lang == "vi" else "name_en"].to_list()
    return say(lang, "merged.first", edition=edition, names=grammar.listed(first, lang), units=units)


def _marks(subject: Subject, answer: Answer, what: What) -> Iterator[str]:
    """How the bars and dots are read, and how many of the 34 are drawn."""
    lang, figures = subject.lang, answer.figures
    yield say(lang, f"merged.sub_{what}", units=figures["units"])
    if figures["weight_year"]:
        yield say(lang, "merged.weighed_population", year=figures["weight_year"])
    yield say(lang, "merged.hollow")
    if not answer.coverage.complete:
        yield say(lang, "merged.some", known=answer.coverage.known, of=answer.coverage.of)
