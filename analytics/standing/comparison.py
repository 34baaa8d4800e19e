"""How does a unit stand on the total and every component, beside the nation's median and the edition before?

The table by which provinces read their result: two editions side by side. A median says where the middle unit
stands, not what is good; where two thirds of the units are not known on the unit's own scale there is none.
"""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, check_unit, enough, figures
from data.definition import OVERALL
from data.frames import Frames

COMPARISON_COLUMNS = (
    "component",
    "scale",
    "out_of",
    "score_before",
    "median_before",
    "rank_before",
    "score",
    "score_status",
    "score_low",
    "score_high",
    "median",
    "gap",
    "rank",
    "published_rank",
    "rank_status",
    "order",
    "of",
    "third",
    "change_score",
    "change_rank",
)


def comparison(frames: Frames, unit: str, index: str, year: int) -> Answer:
    """A unit's components and total in an edition and the one before, with the median of all units.

    Rows (`COMPARISON_COLUMNS`), the components in the publisher's order, the total last: scores and medians in
    points of the component (per cent where `scale` says so; `out_of` is the end of the scale), `gap` = score −
    median, `rank` and `rank_before` as shown (the publisher's, else computed), `third` of the ranking in which it
    lies (1 = first; by the known order where no rank is known), `change_score` null across regimes,
    `change_rank` positive = moved up. Figures: `previous_year`, null for the first edition of these units.
    Coverage counts components of which score, rank or order is known.

    Raises Problem for an index, unit or edition that does not exist.
    """
    definition = frames.index(index)
    edition = check_unit(frames, definition, unit, year)
    before = definition.previous(year)
    if before is not None and before.unit_set != edition.unit_set:
        before = None
    both = figures(frames, definition, (year,) if before is None else (before.year, year))
    codes = [*(item.code for item in definition.components_of(year)), OVERALL]
    now = _beside_median(both.filter(year=year), unit).select(
        "component",
        *("scale", "out_of", "score", "score_status", "score_low", "score_high", "median"),
        *("published_rank", "rank_status", "order", "change_score", "change_rank"),
        gap=(pl.col("score") - pl.col("median")).round(PLACES),
        rank=pl.col("shown_rank").cast(pl.Int64),
    )
    earlier = both.clear() if before is None else both.filter(year=before.year)
    then = _beside_median(earlier, unit).select(
        "component",
        score_before="score",
        median_before="median",
        rank_before=pl.col("shown_rank").cast(pl.Int64),
    )
    units = [edition.units_of(code) for code in codes]
    rows = (
        pl.DataFrame({"component": codes, "of": units}, schema={"component": pl.String, "of": pl.Int64})
        .join(now, on="component", how="left", maintain_order="left")
        .join(then, on="component", how="left", maintain_order="left")
        .with_columns(third=_third(pl.coalesce("rank", "order").cast(pl.Int64), pl.col("of")))
        .select(COMPARISON_COLUMNS)
    )
    parts = rows.filter(pl.col("component") != OVERALL)
    known = parts.filter(pl.any_horizontal(pl.col("score", "rank", "order").is_not_null())).height
    return Answer(
        question="comparison",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows,
        coverage=Coverage(known, parts.height),
        figures={"previous_year": before.year if before else None},
    )


def _beside_median(edition: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The unit's figures with the median of all units whose score is on its scale."""
    own = edition.filter(unit=unit)
    medians = (
        edition.drop_nulls("score")
        .join(own.select("component", own_scale="out_of"), on="component")
        .filter(pl.col("out_of").eq_missing(pl.col("own_scale")))
        .group_by("component")
        .agg(
            median=pl.col("score").median().round(PLACES),
            known=pl.len().cast(pl.Int64),
            among=pl.col("of").first(),
        )
        .filter(enough(pl.col("known"), pl.col("among")))
        .select("component", "median")
    )
    return own.join(medians, on="component", how="left")


def _third(rank: pl.Expr, of: pl.Expr) -> pl.Expr:
    return (3 * rank + of - 1) // of
