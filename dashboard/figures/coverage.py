"""The figure of what is known of an index, edition by edition."""

from __future__ import annotations

from analytics.core.coverage import coverage
from dashboard.charts import coverage as charts
from dashboard.charts.figure import Figure
from dashboard.subject import Subject


def known_scores(subject: Subject) -> Figure:
    """A cell for each component and edition of the index with how many scores are known, the edition marked."""
    rows = subject.ask(coverage, subject.index.code).rows
    return charts.coverage(subject.index, rows, subject.lang, subject.mode, subject.year)
