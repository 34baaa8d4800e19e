"""One unit under other weights: its neighbours, the bands that overlap its own, its rank without each component.

Read off `analytics.robustness`, with its caveat: sensitivity to weights, not survey error.
"""

from __future__ import annotations

import polars as pl

from analytics.weights.robustness import robustness
from data.frames import Frames

LEFT_OUT_COLUMNS = ("component", "rank", "change")
EACH_SIDE = 5


def left_out(frames: Frames, unit: str, index: str, year: int) -> pl.DataFrame:
    """The rank of a unit with each component left out, the others keeping their proportions.

    Rows (`LEFT_OUT_COLUMNS`), the largest rise first: `component`; `rank` without it; `change` against the rank of
    the published total, positive where the unit moves up. A component that has all the weight can't be left out.
    Empty for a unit that the edition does not score. Raises Problem as `analytics.robustness.robustness` does.
    """
    whole = robustness(frames, index, year, draws=1)
    weights = whole.figures["weights"]
    own = whole.rows.filter(unit=unit)["rank"]
    rows = []
    for code in weights if len(own) else ():
        others = {other: weight for other, weight in weights.items() if other != code}
        if sum(others.values()) > 0:
            without = (
                robustness(frames, index, year, draws=1, weights=others).rows.filter(unit=unit)["rank"].item()
            )
            rows.append((code, without, own.item() - without))
    schema = {"component": pl.String, "rank": pl.Int64, "change": pl.Int64}
    found = pl.DataFrame(rows, schema=schema, orient="row")
    return found.sort("change", descending=True, maintain_order=True)


def around(rows: pl.DataFrame, unit: str, each_side: int = EACH_SIDE) -> pl.DataFrame:
    """The rows of `analytics.robustness` from `each_side` places above a unit to as many below it.

    At either end of the ranking as many are taken from the other side.
    """
    places = rows.with_row_index().filter(unit=unit)["index"]
    return _window(rows, places.item(), each_side) if len(places) else rows.clear()


def around_threshold(rows: pl.DataFrame, top: int, each_side: int = EACH_SIDE) -> pl.DataFrame:
    """The rows of `analytics.robustness` on both sides of the edge of the target group."""
    return _window(rows, min(top, rows.height) - 1, each_side)


def overlapping(rows: pl.DataFrame, unit: str) -> int:
    """How many other units have a band that shares a rank with that of a unit."""
    low, high = rows.filter(unit=unit).select("low", "high").row(0)
    return rows.filter(pl.col("unit") != unit, pl.col("low") <= high, pl.col("high") >= low).height


def _window(rows: pl.DataFrame, place: int, each_side: int) -> pl.DataFrame:
    first = max(0, min(place - each_side, rows.height - (2 * each_side + 1)))
    return rows.slice(first, 2 * each_side + 1)
