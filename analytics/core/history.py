"""How has one unit stood on an index over its editions?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.ranking import SCORE_COLUMNS, ranked
from data.definition import OVERALL, Index
from data.frames import Frames
from data.names import set_of
from data.text import Note

HISTORY_COLUMNS = (
    "year",
    "component",
    *SCORE_COLUMNS,
    "order",
    "published_score",
    "rank",
    "published_rank",
    "rank_status",
    "of",
    "rank_in_region",
    "tier",
    "regime",
    "change_score",
    "change_rank",
    "source",
    "note_vi",
    "note_en",
)


def history(frames: Frames, unit: str, index: str, component: str | None = None) -> Answer:
    """Score and rank of a unit on the total and every component, edition by edition.

    Rows (`HISTORY_COLUMNS`): ordered by year, the total first; ranks and changes as in `ranking`, `of` the
    number of units scored. Lines must not be joined across a change of `regime`. Coverage counts the editions
    of the unit's set in which its total is known.

    Notes: `unknown` (nothing is), `successor` (what the unit is part of since 2025), `units_changed` (ranks are
    among different numbers of units).

    Raises Problem for an index or component that does not exist.
    """
    definition = frames.index(index)
    if component is not None:
        definition.component(component)
    order = {item.code: place for place, item in enumerate(definition.components)}
    rows = ranked(frames, definition).filter(unit=unit)
    if component is not None:
        rows = rows.filter(component=component)
    rows = rows.sort("year", pl.col("component").replace_strict(order, return_dtype=pl.Int64))
    editions = [item for item in definition.editions if item.unit_set == set_of(unit)]
    wanted = component or OVERALL
    known = rows.filter(pl.col("score").is_not_null(), component=wanted)["year"].n_unique()
    return Answer(
        question="history",
        index=definition.code,
        year=None,
        unit=unit,
        rows=rows.select(HISTORY_COLUMNS),
        coverage=Coverage(known, len(editions)),
        notes=_notes(frames, definition, unit, rows),
    )


def scored(frames: Frames, unit: str, index: str, year: int) -> bool:
    """Whether a total of the unit is known in any edition, or its score on every component of that of `year`.

    Raises Problem for an index or edition that does not exist.
    """
    definition = frames.index(index)
    rows = history(frames, unit, index).rows
    if not rows.filter(component=OVERALL).is_empty():
        return True
    parts = {item.code for item in definition.components_of(year)}
    return bool(parts) and parts <= {*rows.drop_nulls("score").filter(year=year)["component"]}


def _notes(frames: Frames, index: Index, unit: str, rows: pl.DataFrame) -> tuple[Note, ...]:
    notes = list(_successor(frames, unit))
    name = frames.unit.filter(unit=unit).select("name_vi", "name_en").row(0)
    if rows.is_empty():
        notes.insert(
            0,
            Note.of(
                "unknown",
                f"Chưa biết điểm và hạng nào của {name[0]} ở {index.name.vi}.",
                f"No score or rank of {name[1]} on {index.name.en} is known.",
            ),
        )
    ranked_among = rows.filter(pl.coalesce("published_rank", "rank").is_not_null(), component=OVERALL)["of"]
    if ranked_among.n_unique() > 1:
        notes.append(
            Note.of(
                "units_changed",
                "Số đơn vị được xếp đổi qua các năm (cột “Trong số”): hạng không cùng số đơn vị.",
                "The number of units ranked changes over the years (column “Of”), so ranks are not alike.",
            )
        )
    return tuple(notes)


def _successor(frames: Frames, unit: str) -> tuple[Note, ...]:
    became = frames.crosswalk.filter(pl.col("merged"), old_unit=unit)
    if became.is_empty():
        return ()
    new = became["new_unit"].item()
    vi, en = frames.unit.filter(unit=new).select("name_vi", "name_en").row(0)
    return (
        Note.of(
            "successor",
            f"Từ 1/7/2025 thuộc {vi} ({new}); số liệu của 34 tỉnh, thành phố không nối tiếp chuỗi này.",
            f"Part of {en} ({new}) since 1 July 2025; figures of the 34 do not continue this series.",
        ),
    )


Step = Literal["joined", "dashed"]


@dataclass(frozen=True, slots=True)
class Point:
    """A rank in an edition of `of` units; `printed` by its publisher. `step` leads to the one before."""

    year: int
    rank: int
    of: int
    printed: bool
    step: Step | None = None


def rank_points(totals: pl.DataFrame, index: Index) -> list[Point]:
    """The known ranks among a unit's totals (rows of `history`), and which are joined."""
    rows = totals.with_columns(shown=pl.coalesce("published_rank", "rank")).drop_nulls("shown").sort("year")
    found: list[Point] = []
    for row in rows.iter_rows(named=True):
        printed = row["published_rank"] is not None and row["rank_status"] == "published"
        step = _step(index, found[-1].year if found else None, row["year"])
        found.append(Point(row["year"], row["shown"], row["of"], printed, step))
    return found


def _step(index: Index, before: int | None, year: int) -> Step | None:
    previous = index.previous(year)
    if before is None or previous is None or previous.year != before or not index.comparable(before, year):
        return None
    return "dashed" if index.broken(OVERALL, before, year) else "joined"
