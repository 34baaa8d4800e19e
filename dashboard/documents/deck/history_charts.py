"""Line charts of a province's ranks and scores, broken where editions can't be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.documents.content.content import Chapter
from dashboard.documents.deck.chart import Chart, Format, Series
from dashboard.text import say
from dashboard.text.sentences import shown_rank
from data.definition import spans
from data.text import Language

# A line has two ends.
_LEAST = 2
_BELOW = 0.15


def ranks(chapter: Chapter, lang: Language) -> Chart | None:
    """The rank of the total, first place on top, with the edge of the target group; None for fewer than two."""
    totals = chapter.subject.totals
    rows = totals.to_dicts() if totals.height else []
    known = {row["year"]: rank for row in rows if (rank := shown_rank(row)) is not None}
    if len(known) < _LEAST:
        return None
    # Not joined where the number of units changed: 38th of 42 and 44th of 64 can't be compared.
    units = {row["year"]: row["of"] for row in rows if row["year"] in known}
    years = range(min(known), max(known) + 1)
    series = [*_lines(known, units, years, "whole"), *_edge(chapter, known, units, years, lang)]
    caption = say(lang, "deck.chart.ranks", index=chapter.index.name.in_(lang), name=chapter.name)
    # A place above the first and one below the last, for their labels.
    return _chart(caption, years, series, lang, low=-3, high=max(units.values()) + 1, reversed=True)


def scores(chapter: Chapter, lang: Language) -> Chart | None:
    """The score of the total, a line for each method; None for fewer than two."""
    totals = chapter.subject.totals
    known = dict(totals.drop_nulls("score").select("year", "score").iter_rows()) if totals.height else {}
    if len(known) < _LEAST:
        return None
    years = range(min(known), max(known) + 1)
    regimes = {year: chapter.index.regime(year).code for year in known}
    caption = say(lang, "deck.chart.scores", index=chapter.index.name.in_(lang), name=chapter.name)
    # The axis of a line need not start at zero: room for labels above, a little below.
    low = max(0.0, math.floor(min(known.values()) - _BELOW * _range(known)))
    series = _lines(known, regimes, years, "score")
    return _chart(caption, years, series, lang, decimals=chapter.index.score_decimals, low=low)


def _chart(caption: str, years: range, series: Sequence[Series], lang: Language, **axis: Any) -> Chart:
    alt = say(lang, "deck.alt.line", caption=caption, first=years[0], last=years[-1])
    return Chart("line", caption, alt, tuple(map(str, years)), tuple(series), lang, **axis)


def _range(known: Mapping[int, float]) -> float:
    return max(max(known.values()) - min(known.values()), 1.0)


def _lines(
    known: Mapping[int, float], alike: Mapping[int, object], years: range, form: Format
) -> tuple[Series, ...]:
    """A line for each group of years with the same value in `alike`, named after its years."""
    found = []
    for kind in dict.fromkeys(alike[year] for year in sorted(known)):
        held = {year: value for year, value in known.items() if alike[year] == kind}
        values = tuple(held.get(year) for year in years)
        found.append(Series(spans(held), values, "chosen", form, "chosen", bold=True))
    return tuple(found)


def _edge(
    chapter: Chapter, known: Mapping[int, int], units: Mapping[int, int], years: range, lang: Language
) -> tuple[Series, ...]:
    """The last rank of the target group, over the editions with as many units as this one."""
    found, current = chapter.subject.distance, units.get(chapter.year)
    if found is None or current is None:
        return ()
    values = tuple(found.top if units.get(year) == current else None for year in years)
    if sum(value is not None for value in values) < _LEAST:
        return ()
    name = say(lang, "deck.series.top", top=found.top)
    return (Series(name, values, "target", "whole", "target", dashed=True, named=_free(known, values, years)),)


def _free(known: Mapping[int, int], edge: tuple[int | None, ...], years: range) -> tuple[int, bool]:
    """The point at which the threshold's label is furthest from the province's own line, and whether below it."""

    def apart(place: int) -> list[int]:
        near = (years[at] for at in range(max(place - 1, 0), min(place + 2, len(years))))
        return [known[year] - (edge[place] or 0) for year in near if year in known]

    places = [place for place, value in enumerate(edge) if value is not None]
    # A name in the middle of its point needs a step on either side.
    inner = [place for place in places if 0 < place < len(years) - 1] or places
    best = max(inner, key=lambda place: min((abs(gap) for gap in apart(place)), default=0))
    return best, sum(apart(best)) < 0
