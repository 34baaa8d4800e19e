"""The tables of a province's history: its total year by year, its components' scores and ranks by edition."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from dashboard.documents.content import unknown
from dashboard.documents.content.draft import COMPUTED, Draft
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Absent, Table
from dashboard.subject import Subject
from dashboard.text.findings.standing import tier_name
from data.definition import OVERALL, spans

# As many editions as fit side by side on an upright page.
GRID_EDITIONS = 8
# Two editions are no history: a section of their own compares them.
_LEAST_EDITIONS = 3


def history(subject: Subject) -> Table | Absent:
    """Year, score, change, rank, of, change of rank, group, rank in the region; the edition's row highlighted."""
    draft = Draft(subject, "history", Section.HISTORY)
    totals = subject.totals
    if totals.height:
        totals = totals.filter(pl.any_horizontal(pl.col("score", "rank", "published_rank").is_not_null()))
    if totals.is_empty():
        return Absent(draft.name, draft.section, unknown.total(subject))
    lang = subject.lang
    rows = totals.select(
        "year",
        "score",
        "change_score",
        pl.coalesce(pl.col("published_rank").cast(pl.Int64), "rank").alias("rank"),
        "of",
        "change_rank",
        pl.Series("tier", [tier_name(subject.index, tier, lang) for tier in totals["tier"]], dtype=pl.String),
        "rank_in_region",
    )
    draft.mark_status(rows, "score", totals["score_status"])
    draft.mark_status(rows, "rank", totals["rank_status"])
    mark_computed(draft, totals)
    _note_regimes(draft, totals)
    draft.note(draft.say("note.change_rank"))
    columns = (
        draft.column("year", "year"),
        draft.column("score", "score"),
        draft.column("change_score", "change"),
        draft.column("rank", "rank"),
        draft.column("of", "whole"),
        draft.column("change_rank", "change", 0),
        draft.column("tier"),
        draft.column("rank_in_region", "rank"),
    )
    years = rows["year"].to_list()
    highlighted = years.index(subject.year) if subject.year in years else None
    return draft.table(columns, rows, draft.source(years, _statuses(totals)), highlighted=highlighted)


def mark_computed(draft: Draft, totals: pl.DataFrame) -> None:
    """A star on the ranks of totals that are computed, not published."""
    computed = totals.select(pl.col("published_rank").is_null() & pl.col("rank").is_not_null()).to_series()
    for row in computed.arg_true():
        draft.mark(row, "rank", COMPUTED)
    if computed.any():
        draft.note(draft.say("note.computed"))


def _note_regimes(draft: Draft, totals: pl.DataFrame) -> None:
    """Says between which of the years scores can't be compared."""
    index = draft.subject.index
    years = totals["year"].to_list()
    changes = [f"{before}–{after}" for before, after in pairwise(years) if not index.comparable(before, after)]
    if changes:
        draft.note(draft.say("note.regimes", years=", ".join(changes)))


def grid_score(subject: Subject) -> Table | Absent:
    """Components down, the last editions across: scores."""
    return _grid(subject, "grid_score")


def grid_rank(subject: Subject) -> Table | Absent:
    """Components down, the last editions across: ranks as shown."""
    return _grid(subject, "grid_rank")


def _grid(subject: Subject, name: str) -> Table | Absent:
    draft = Draft(subject, name, Section.GRID)
    by_score = name == "grid_score"
    known = _known(subject, by_score)
    years = _years(known)
    if not years:
        # Where neither is known, one reason is enough for both tables.
        both = not _years(_known(subject, not by_score))
        return draft.absent("grid" if both else name)
    shown, earlier = years[-GRID_EDITIONS:], years[:-GRID_EDITIONS]
    known = known.filter(pl.col("year").is_in(shown))
    order = {item.code: place for place, item in enumerate(subject.index.components)}
    # The total closes the table.
    order[OVERALL] = len(order)
    codes = sorted(set(known["component"]), key=lambda code: order[code])
    cells = {(code, year): value for code, year, value in known.select("component", "year", "value").iter_rows()}
    kind = pl.Float64 if by_score else pl.Int64
    rows = pl.DataFrame(
        {"component": [draft.component(code, "overall" if by_score else "overall_rank") for code in codes]}
        | {str(year): pl.Series([cells.get((code, year)) for code in codes], dtype=kind) for year in shown}
    )
    for year in shown:
        draft.mark_own(rows, str(year), codes, year, "score" if by_score else "rank")
    if earlier:
        draft.note(draft.say("note.earlier", count=len(shown), years=spans(earlier)))
    if by_score:
        _note_regimes(draft, pl.DataFrame({"year": shown}))
    columns = [draft.column("component")]
    for year in shown:
        columns.append(draft.column(str(year), "score" if by_score else "rank", heading="before_short", year=year))
    return draft.table(columns, rows, draft.source(shown, _statuses(known)))


def ends(subject: Subject, by_score: bool) -> tuple[int, int, list[float]] | None:
    """The first and the last edition of a grid that can be compared, and how the components moved between them.

    None where there is no edition between the two: those have a section of their own. Scores are compared inside
    a regime alone; a change of rank is positive where it moved up.
    """
    known = _known(subject, by_score)
    shown = _years(known)[-GRID_EDITIONS:]
    if by_score:
        shown = [year for year in shown if subject.index.comparable(year, shown[-1])]
    if len(shown) < _LEAST_EDITIONS:
        return None
    parts = known.filter(pl.col("component") != OVERALL)
    first, last = (parts.filter(year=shown[place]).select("component", "value") for place in (0, -1))
    both = first.join(last, on="component", suffix="_last")
    moved = both["value_last"] - both["value"] if by_score else both["value"] - both["value_last"]
    return shown[0], shown[-1], [round(change, 6) for change in moved]


def _years(known: pl.DataFrame) -> list[int]:
    """The years of which a component is known."""
    return sorted(set(known.filter(pl.col("component") != OVERALL)["year"])) if known.height else []


def _known(subject: Subject, by_score: bool) -> pl.DataFrame:
    """The figures that a grid shows: component, year, value, how they are known."""
    rows = subject.history.rows.filter(pl.col("year") <= subject.year)
    value = pl.col("score") if by_score else pl.coalesce(pl.col("published_rank").cast(pl.Int64), "rank")
    return rows.with_columns(value=value).drop_nulls("value")


def _statuses(rows: pl.DataFrame) -> list[str | None]:
    return [*rows["score_status"], *rows["rank_status"]]
