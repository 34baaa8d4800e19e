"""The figures of a chapter: those of the pages, where enough is known for a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.documents.content.specification import Section
from dashboard.figures import change, overview, ranking, target, trends, weakness
from dashboard.subject import Subject

# A line through fewer points shows no trend; fewer components in a picture say no more than their table.
_LEAST = 3


def figures(subject: Subject, section: Section) -> tuple[Figure, ...]:
    """The figures of a section, in order; empty where too little is known. Nothing is drawn yet."""
    made = _FIGURES[section](subject) if section in _FIGURES else ()
    return tuple(figure for figure in made if figure is not None)


def _summary(subject: Subject) -> Iterator[Figure | None]:
    yield overview.distance(subject)


def _history(subject: Subject) -> Iterator[Figure | None]:
    known = subject.totals.select(pl.coalesce("published_rank", "rank").count(), pl.col("score").count())
    ranks, scores = known.row(0)
    if ranks >= _LEAST:
        yield trends.rank(subject)
    if scores >= _LEAST:
        yield trends.score(subject)


def _components(subject: Subject) -> Iterator[Figure | None]:
    answer = subject.profile
    # The page falls back to another edition; the text here is of this one.
    if answer is not None and answer.year == subject.year and answer.rows["value"].count() >= _LEAST:
        yield overview.profile(subject)
    yield overview.orders(subject)


def _grid(subject: Subject) -> Iterator[Figure | None]:
    codes = [part.code for part in subject.index.components_of(subject.year)]
    rows = subject.history.rows.filter(pl.col("component").is_in(codes), pl.col("year") <= subject.year)
    if rows.drop_nulls("score")["year"].n_unique() >= _LEAST:
        yield trends.components(subject)


def _change(subject: Subject) -> Iterator[Figure | None]:
    wording = subject.change_wording
    if wording is not None and wording.parts["contribution"].count() >= _LEAST:
        yield change.contributions(subject)
    yield change.rank_parts(subject)


def _gaps(subject: Subject) -> Iterator[Figure | None]:
    yield weakness.gaps(subject)


def _indicators(subject: Subject) -> Iterator[Figure | None]:
    for component in subject.largest_gaps:
        figure = weakness.indicators(subject, component)
        # A page shows one at a time, a document several: each has a name of its own.
        yield None if figure is None else replace(figure, name=f"{figure.name}-{component}")


def _neighbours(subject: Subject) -> Iterator[Figure | None]:
    yield ranking.province_map(subject)
    own = subject.ranking.rows.filter(unit=subject.unit)
    if own["rank"].count() or own["published_rank"].count():
        yield ranking.slope(subject)


def _routes(subject: Subject) -> Iterator[Figure | None]:
    figure = target.gap_history(subject)
    if figure is not None and _shows_trend(figure):
        yield figure


def _shows_trend(figure: Figure) -> bool:
    """Whether the threshold has a line and the unit a point beside it."""
    line = figure.rows.filter(pl.col("kind") == "line", ~pl.col("dashed"))
    return {"own", "target"} <= set(line["role"]) and line.filter(role="target")["year"].n_unique() > 1


_FIGURES: dict[Section, Callable[[Subject], Iterable[Figure | None]]] = {
    Section.SUMMARY: _summary,
    Section.HISTORY: _history,
    Section.COMPONENTS: _components,
    Section.GRID: _grid,
    Section.CHANGE: _change,
    Section.GAPS: _gaps,
    Section.INDICATORS: _indicators,
    Section.NEIGHBOURS: _neighbours,
    Section.ROUTES: _routes,
}
