"""What carries a unit and what holds it back, three each: the two ends of `analytics.weakness`.

By weighted gap to the median of the target group where there is one, else by rank or known order, else by score.
The same caveat holds: a gap says where points are missing, not how hard they are to win.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from analytics.weakness.weakness import known_years, weakness
from data.frames import Frames
from data.text import Problem

By = Literal["gap", "rank", "score"]
Row = Mapping[str, Any]

COUNT = 3
# Publishers print hundredths of a point: what is behind by less than half of one is level.
LEVEL = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """Rows of `analytics.weakness`, the weakest and the strongest first, of the edition of `year`.

    `by` says what they are ordered by; none is on both sides. `known` of `of` components could be placed, `top` is
    the size of the target group.
    """

    year: int
    by: By
    weak: tuple[Row, ...]
    strong: tuple[Row, ...]
    known: int
    of: int
    top: int


def strengths(frames: Frames, unit: str, index: str, year: int, count: int = COUNT) -> Strengths | None:
    """At most `count` components at either end; None where none is known of the unit in any edition.

    Where none is known of `year`, the newest edition stands in of which one is. By gap, what is level with the
    reference or ahead of it holds nothing back: `weak` may be shorter or empty.
    """
    known = known_years(frames, unit, index)
    if not known:
        return None
    try:
        answer = weakness(frames, unit, index, year if year in known else known[0])
    except Problem:  # fewer units than the target group has
        return None
    assert answer.year is not None  # a weakness is of an edition
    rows = answer.rows
    by: By = next((by for by in ("gap", "rank") if rows[f"place_by_{by}"].count()), "score")
    placed = rows.drop_nulls(f"place_by_{by}")
    weak = placed.sort(f"place_by_{by}", maintain_order=True).head(min(count, -(-placed.height // 2)))
    if by == "gap":
        weak = weak.filter(pl.col("weighted_gap") >= LEVEL)
    rest = placed.filter(~pl.col("component").is_in(weak["component"].to_list()))
    strong = rest.sort(f"strength_by_{by}", maintain_order=True).head(count)
    return Strengths(
        year=answer.year,
        by=by,
        weak=tuple(weak.iter_rows(named=True)),
        strong=tuple(strong.iter_rows(named=True)),
        known=placed.height,
        of=rows.height,
        top=int(answer.figures["top"]),
    )
