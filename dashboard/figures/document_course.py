"""The course of a province over the editions as charts to take away: rank, score, every component in a panel."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.documents.content.content import Chapter
from dashboard.figures import trends

# A line through fewer points shows no course.
_LEAST = 3


def course(chapter: Chapter) -> Iterator[Figure]:
    """The total's rank and score up to the edition."""
    subject, totals = chapter.material.subject, chapter.material.totals
    if totals.height and totals.select(pl.coalesce("rank", "published_rank").count()).item() >= _LEAST:
        figure = trends.rank(subject)
        if figure is not None:
            yield figure
    if totals.height and totals["score"].count() >= _LEAST:
        figure = trends.score(subject)
        if figure is not None:
            yield figure


def components(chapter: Chapter) -> Iterator[Figure]:
    """Every component of the edition in a panel of its own, by score; by its share where maxima changed."""
    history = chapter.material.history
    if history is None:
        return
    codes = [part.code for part in chapter.index.components_of(chapter.year)]
    known = history.rows.filter(pl.col("component").is_in(codes), pl.col("year") <= chapter.year).drop_nulls(
        "score"
    )
    if known["year"].n_unique() < _LEAST:
        return
    figure = trends.components(chapter.material.subject)
    if figure is not None:
        yield figure
