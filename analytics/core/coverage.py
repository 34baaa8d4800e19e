"""What is known of each index, edition by edition and component by component?"""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.ranking import ranked
from data.definition import OVERALL, Index
from data.frames import Frames
from data.names import UnitSet
from data.status import STATUSES


def coverage(frames: Frames, index: str | None = None) -> Answer:
    """How many scores and ranks are known, of how many units scored, and how they are known.

    Rows: index, year, component, unit_set, units, scores_known, ranks_known (published ranks), complete (a rank
    may be computed), and one count per score status (`published`, `provincial`, `derived`, `range`,
    `estimated`, `censored`); every component of every edition has a row, known or not. The answer's coverage
    counts totals over all its editions.

    Raises Problem for an index that does not exist.
    """
    chosen = (
        list(frames.indices.values()) if index is None else list(frames.blocks(index) or [frames.index(index)])
    )
    rows = pl.concat(_of_index(frames, item) for item in chosen)
    totals = rows.filter(component=OVERALL)
    return Answer(
        question="coverage",
        index=None if index is None else chosen[0].family,
        year=None,
        unit=None,
        rows=rows,
        coverage=Coverage(int(totals["scores_known"].sum()), int(totals["units"].sum())),
    )


def opening_year(frames: Frames, index: str, unit_set: UnitSet | None = None) -> int:
    """The year that an index opens with: its newest complete edition, else the newest with anything known.

    `unit_set` leaves those of other units out, as long as there are any of it. Raises Problem for an index that
    does not exist.
    """
    totals = coverage(frames, index).rows.filter(component=OVERALL)
    of_set = totals.filter(unit_set=unit_set or "")
    totals = of_set if len(of_set) else totals
    complete = totals.filter("complete")
    something = totals.filter((pl.col("scores_known") > 0) | (pl.col("ranks_known") > 0))
    best = next(rows for rows in (complete, something, totals) if len(rows))
    return int(best["year"].tail(1).item())


def by_index(rows: pl.DataFrame) -> pl.DataFrame:
    """How far each index is known as a whole; `rows` are those of `coverage`.

    One row per index, in their order: index, editions, first, last, `complete` (editions whose total is known of
    every unit scored), `newest_complete`, `newest_known` (a year each, null where there is none), totals_known,
    totals, parts_known, parts (figures of components, and how many there would be).
    """
    total = pl.col("component") == OVERALL
    whole = total & (pl.col("scores_known") == pl.col("units"))
    something = pl.any_horizontal(pl.col("scores_known", "ranks_known", "range") > 0)
    return rows.group_by("index", maintain_order=True).agg(
        editions=total.sum().cast(pl.Int64),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
        complete=whole.sum().cast(pl.Int64),
        newest_complete=pl.col("year").filter(whole).max(),
        newest_known=pl.col("year").filter(something).max(),
        totals_known=pl.col("scores_known").filter(total).sum(),
        totals=pl.col("units").filter(total).sum(),
        parts_known=pl.col("scores_known").filter(~total).sum(),
        parts=pl.col("units").filter(~total).sum(),
    )


def unlisted(units: pl.DataFrame, rows: pl.DataFrame, year: int, of: int) -> list[str]:
    """The units of `units` (rows of the table `unit`) that were scored in a year and have no row in `rows`.

    `of` is how many units the publisher scored. Empty where these were fewer than there were units: then nobody
    here knows which.
    """
    there = units.filter(pl.col("valid_from").fill_null(year) <= year, pl.col("valid_to").fill_null(year) >= year)
    if there.height != of:
        return []
    return there.join(rows, on="unit", how="anti")["unit"].to_list()


def _of_index(frames: Frames, index: Index) -> pl.DataFrame:
    frame = pl.DataFrame(
        [
            {
                "index": index.code,
                "year": edition.year,
                "component": component.code,
                "unit_set": edition.unit_set,
                "units": edition.units_of(component.code),
            }
            for edition in index.editions
            for component in (index.component(OVERALL), *index.components_of(edition.year))
        ],
        schema_overrides={"year": pl.Int32},
    )
    counts = (
        ranked(frames, index)
        .group_by("year", "component")
        .agg(
            pl.col("score").count().alias("scores_known"),
            pl.col("published_rank").count().alias("ranks_known"),
            pl.col("complete").first(),
            *((pl.col("score_status") == status).sum().alias(status) for status in STATUSES),
        )
    )
    return (
        frame.join(counts, on=["year", "component"], how="left", maintain_order="left")
        .with_columns(pl.col("complete").fill_null(False))
        .with_columns(pl.col("scores_known", "ranks_known", *STATUSES).fill_null(0).cast(pl.Int64))
    )
