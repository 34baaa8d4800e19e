"""How far has a unit been from the target group, edition by edition?

The threshold of every edition (`analytics.threshold`) and the unit's own score beside it. Both are lines in the
sense of `analytics.trend`: drawn inside a regime, dashed across a series break, joined across nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.core.edition import PLACES, check_top
from analytics.core.ranking import scored
from analytics.path.threshold import Threshold, thresholds
from analytics.standing.trend import pieces
from data.definition import OVERALL, Index
from data.frames import Frames

# The threshold, as one more unit.
THRESHOLD = "threshold"
GAP_HISTORY_COLUMNS = (
    "unit",
    "year",
    "regime",
    "score",
    "score_status",
    "low",
    "high",
    "piece",
    "dashed",
    "alone",
)


def gap_history(
    frames: Frames, index: str, year: int, top: int | None = None, unit: str | None = None
) -> pl.DataFrame:
    """The threshold of every edition that scores the units of `year`, and a unit's total in them.

    Rows (`GAP_HISTORY_COLUMNS`), by piece and year: `unit` is `THRESHOLD` or the unit asked for; `score` in
    points, null where only the bounds `low` and `high` are known (the threshold of an edition known in part);
    `score_status` that of the unit which stands at the threshold; `piece`, `dashed` and `alone` as
    `analytics.trend.pieces` gives them.

    Raises Problem for an index or edition that doesn't exist, and for a group that is none.
    """
    definition = frames.index(index)
    size = check_top(definition, year, top)
    editions = [item.year for item in definition.editions if item.unit_set == definition.edition(year).unit_set]
    totals = scored(frames, definition).filter(pl.col("year").is_in(editions), component=OVERALL)
    found = thresholds(totals, definition, editions[-1], size)
    lines = [_threshold_rows(totals, definition, found)]
    if unit is not None:
        lines.append(totals.filter(unit=unit).drop_nulls("score").select(lines[0].columns))
    drawn = pieces(pl.concat(lines, how="vertical_relaxed"), definition, "score")
    sign = -1 if definition.component(OVERALL).direction == "lower_better" else 1
    brackets = pl.DataFrame(
        [
            (item.year, *sorted(sign * end for end in (item.low, item.high) if end is not None))
            for item in found
            if item.score is None and item.low is not None and item.high is not None
        ],
        schema={"year": pl.Int32, "low": pl.Float64, "high": pl.Float64},
        orient="row",
    ).with_columns(unit=pl.lit(THRESHOLD))
    # A column that one of the two lacks is null in its rows.
    whole = pl.concat(
        [drawn.with_columns(low=pl.lit(None, pl.Float64), high=pl.lit(None, pl.Float64)), brackets], how="diagonal"
    )
    return whole.select(GAP_HISTORY_COLUMNS)


def gaps(rows: pl.DataFrame, index: Index, unit: str) -> pl.DataFrame:
    """Points from a unit's score up to the threshold by year, negative beyond it; `rows` of `gap_history`.

    Columns: year, regime, score, threshold, gap. Editions of which both are known, oldest first.
    """
    known = rows.filter(~pl.col("dashed")).drop_nulls("score")
    line = known.filter(unit=THRESHOLD).select("year", threshold="score")
    sign = -1 if index.component(OVERALL).direction == "lower_better" else 1
    return (
        known.filter(unit=unit)
        .select("year", "regime", "score")
        .join(line, on="year")
        .with_columns(gap=(sign * (pl.col("threshold") - pl.col("score"))).round(PLACES))
        .sort("year")
    )


def _threshold_rows(totals: pl.DataFrame, index: Index, found: Sequence[Threshold]) -> pl.DataFrame:
    """The exact thresholds as figures of one more unit, each with the status of the score that it is."""
    exact = pl.DataFrame(
        [(item.year, item.score) for item in found if item.score is not None],
        schema={"year": pl.Int32, "better": pl.Float64},
        orient="row",
    )
    return (
        totals.join(exact, on=["year", "better"])
        .unique("year", keep="first", maintain_order=True)
        .with_columns(unit=pl.lit(THRESHOLD))
        .select("unit", "component", "year", "regime", "scale", "out_of", "score", "score_status")
    )
