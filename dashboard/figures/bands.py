"""Where one of the 34 would stand by the 63 it was made of, for the overview and for the brief."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.core.answer import Answer
from analytics.core.ranking import ranking
from analytics.merger.merger import merger
from analytics.merger.successor import newest_band
from analytics.standing.profile import orders
from dashboard.charts.bands import bands_chart
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.theme import Mode
from dashboard.subject import Asked
from dashboard.text import estimates, say, sentences
from data import number
from data.definition import OVERALL, Index
from data.text import Language, Note, Text


def bands_figure(source: Asked, unit: str, index: Index, lang: Language, mode: Mode) -> Figure | None:
    """The bands of the total of the edition that tells most; None where the members are nowhere all known."""
    row = source.ask(newest_band, unit, index.code)
    if row is None:
        return None
    answer: Answer = source.ask(merger, index.code, row["year"])
    edition = sentences.edition(index, row["year"], OVERALL, lang)
    title = _title(index, source.names.name(unit), row, lang)
    said = [say(lang, "overview.bands.subtitle", edition=edition), say(lang, "overview.bands.hollow")]
    line = sentences.source(index, source.ask(ranking, index.code, row["year"], OVERALL), lang)
    below = "; ".join(said)
    if not answer.coverage.complete:
        known = {"known": answer.coverage.known, "of": answer.coverage.of}
        below = say(lang, "overview.bands.some", said=below, **known)
    alt = say(lang, "overview.bands.alt", edition=edition, sentence=title)
    return bands_chart(answer, unit, "score", Caption(title, below, line, alt, lang, mode))


def _title(index: Index, name: Text, row: Mapping[str, Any], lang: Language) -> str:
    if row["rank_mean"] is not None or row["score_status"] == "estimated":
        return estimates.merger_title(index, name, row, row["units"], lang)
    # Not merged, and the others not all known: a real score among no ranks.
    edition = sentences.edition(index, row["year"], OVERALL, lang)
    score = number.decimal(row["mean"], index.score_decimals, lang)
    return say(lang, "overview.bands.same", name=name.in_(lang), edition=edition, score=score)


def estimate_notes(source: Asked, unit: str, index: Index) -> tuple[Note, ...]:
    """What must be read with the bands: that they are estimates, of what, weighted by what."""
    row = source.ask(newest_band, unit, index.code)
    if row is None:
        return ()
    return source.ask(merger, index.code, row["year"]).notes_only("estimated", "weights")


def known_edition(source: Asked, index: Index, year: int) -> tuple[Index, int] | None:
    """The edition asked for, if the order on its components is known; else the first of the 34 of which it is."""
    newer = [
        (other, item.year)
        for other in source.frames.indices.values()
        for item in reversed(other.editions)
        if item.unit_set == "34"
    ]
    for other, edition in [(index, year), *newer]:
        if not source.ask(orders, other.code, edition).is_empty():
            return other, edition
    return None
