"""Where would the 34 units of today stand, judged by the 63 that they were made of?

The score of a new unit is estimated by the mean of its members', weighted by people or by firms: aggregation of
administrative areas by population weights, as statistics offices do it (OECD/JRC, *Handbook on Constructing
Composite Indicators*, 2008, step 2, on scaling by size). Its band of scores runs from its lowest to its highest
member. Ranks are those of scores that vary like single provinces, not of means (`analytics.merged_ranks`). Eleven
units did not merge: they carry their real score.

The caveat: nobody measured this. An index of firms' answers is no mean of two provinces' indices (the survey draws
and weighs its answers anew, and indicators are rescaled between the best and the worst of the units there are),
and one administration is not two. The band says how unlike the members were, not how sure the estimate is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES
from analytics.core.ranking import scored
from analytics.merger import merger_notes
from analytics.merger.merged_ranks import merged_ranks
from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.text import Problem

Weighting = Literal["population", "firms"]

ESTIMATE_COLUMNS = ("mean", "low", "high", "score_status", "rank_mean", "rank_best", "rank_worst")
MERGER_COLUMNS = (
    "unit",
    "name",
    "name_en",
    "members",
    "merged",
    *ESTIMATE_COLUMNS,
    "reason",
    "missing",
)
MEMBER_COLUMNS = ("year", "unit", "member", "score", "score_status", "out_of", "weight", "share")

# What people and firms are counted by, in order of preference. The two counts of firms are different things: one
# edition is weighted by one of them, whichever has the nearer year.
VARIABLES: dict[Weighting, tuple[str, ...]] = {
    "population": ("population_avg",),
    "firms": ("enterprises_active", "enterprises_active_with_results"),
}


def merger(
    frames: Frames, index: str, year: int, component: str = OVERALL, weight: Weighting = "population"
) -> Answer:
    """The 34 units estimated from the scores of the 63 in an edition, best first.

    Rows (`MERGER_COLUMNS`): `members` (codes joined by `;`), `merged` (False for those that carry their real
    score), `mean` of the members' scores in the component's points, `low` and `high` the lowest and highest of
    them, `score_status` (estimated; of the unmerged their own), `rank_mean` of the mean among the 34 where every
    other merged unit goes like one of its members, `rank_best` and `rank_worst` the 5th and 95th percentile of
    that rank (`analytics.merged_ranks`; of the unmerged too, since the others vary). A mean is one of all
    members: where a score, the weights or a common scale is missing, mean, low and high are null, `reason` says
    which (`score`, `weight`, `scale`) and `missing` names the members. Ranks are null unless every unit has its
    mean, on one scale.

    Figures: component, weight, weight_variable and weight_year (the nearest that covers all members; null where
    none does), units, merged, unmerged, complete, members (every member with score, weight and share of its unit's
    weight). Coverage counts units with a mean.

    Notes: `estimated` (what the figures are and are not), `weights` (by what the members are weighted) and
    `weights_caveat` (what must be known of that), `without_score` and `without_scale` (units that have no mean, by
    reason), `no_ranks`, `left_out` (units that are a member of none), `edition` (what must be known of it).

    Raises Problem for an index, edition, component or weighting that does not exist, or an edition that scores the
    34 already.
    """
    definition = frames.index(index)
    edition = check_old(definition, year)
    definition.check_component(component, year)
    members = member_scores(frames, definition, [edition], component, weight)
    rows = estimates(members, definition, component).join(
        frames.unit.select("unit", name="name_vi", name_en="name_en"), on="unit"
    )
    variable, data_year, _ = weights(frames, year, weight)
    known = rows["mean"].count()
    figures = {
        "component": component,
        "weight": weight,
        "weight_variable": variable,
        "weight_year": data_year,
        "units": rows.height,
        "merged": int(rows["merged"].sum()),
        "unmerged": int((~rows["merged"]).sum()),
        "complete": rows.height > 0 and rows["rank_mean"].null_count() == 0,
        "members": members.drop("year").to_dicts(),
    }
    turned = definition.component(component).direction == "lower_better"
    return Answer(
        question="merger",
        index=definition.code,
        year=year,
        unit=None,
        rows=rows.sort("mean", "unit", descending=[not turned, False], nulls_last=True).select(MERGER_COLUMNS),
        coverage=Coverage(known, rows.height),
        figures=figures,
        notes=tuple(merger_notes.notes(frames, definition, edition, figures, rows)),
    )


def check_old(index: Index, year: int) -> Edition:
    """The edition of `year`, if it scores the units that were merged; else a Problem."""
    edition = index.edition(year)
    if edition.unit_set == "63":
        return edition
    raise Problem(
        f"{index.name.vi} {year} đã chấm {edition.units} tỉnh, thành phố sau sắp xếp, không cần ước tính; xem "
        "bằng lệnh vuotbac ranking.",
        f"{index.name.en} {year} scores the {edition.units} units after the mergers, so nothing is to be "
        "estimated; see vuotbac ranking.",
    )


def member_scores(
    frames: Frames, index: Index, editions: Sequence[Edition], component: str, weight: Weighting
) -> pl.DataFrame:
    """Every member of every new unit in some editions: its score on a component, and its weight.

    Columns (`MEMBER_COLUMNS`), by year, unit and member: year, `unit` (of the 34) and `member` (of the 63), the
    member's score, score_status and out_of (null where not known), `weight` in the measure of the variable (see
    `weights`; null where no year covers all members) and `share` of its unit's. Raises Problem for a weighting
    that does not exist.
    """
    cross = frames.crosswalk.select(unit="new_unit", member="old_unit")
    figures = (
        scored(frames, index)
        .filter(component=component)
        .select("year", "score", "score_status", "out_of", member="unit")
    )
    parts = [
        cross.join(weights(frames, edition.year, weight)[2], on="member", how="left")
        .join(figures.filter(year=edition.year).drop("year"), on="member", how="left")
        .with_columns(year=pl.lit(edition.year, pl.Int64))
        for edition in editions
    ]
    if not parts:
        return pl.DataFrame(schema=dict.fromkeys(MEMBER_COLUMNS, pl.String))
    return (
        pl.concat(parts)
        .with_columns(
            pl.col("score_status").cast(pl.String),
            # Alone, a member is the whole unit, however many live there.
            share=pl.when(pl.len().over("year", "unit") == 1)
            .then(1.0)
            .otherwise(pl.col("weight") / pl.col("weight").sum().over("year", "unit")),
        )
        .sort("year", "unit", "member")
        .select(MEMBER_COLUMNS)
    )


def weights(frames: Frames, year: int, weight: Weighting) -> tuple[str | None, int | None, pl.DataFrame]:
    """What weighs the members of an edition: the variable, the year it is of, and member, weight.

    The nearest year that has a figure for every member (of two as near, the earlier). Where none has, variable and
    year are None and the frame is empty. Raises Problem for a weighting that does not exist.
    """
    if weight not in get_args(Weighting):
        raise Problem(
            f"Không có trọng số “{weight}”. Dùng: {', '.join(get_args(Weighting))}.",
            f"There is no weighting “{weight}”. Use: {', '.join(get_args(Weighting))}.",
        )
    members = frames.crosswalk["old_unit"]
    wanted = VARIABLES[weight]
    known = frames.context_value.filter(
        pl.col("variable").is_in(wanted), pl.col("unit").is_in(members.to_list()), pl.col("value") > 0
    )
    counts = known.group_by("variable", "year").len().filter(pl.col("len") == len(members)).drop("len")
    usable = [(abs(at - year), wanted.index(variable), at, variable) for variable, at in counts.iter_rows()]
    if not usable:
        return None, None, pl.DataFrame(schema={"member": pl.String, "weight": pl.Float64})
    *_, data_year, variable = min(usable)
    chosen = known.filter(variable=variable, year=data_year)
    return variable, data_year, chosen.select(member="unit", weight="value").sort("member")


def estimates(members: pl.DataFrame, index: Index, component: str) -> pl.DataFrame:
    """One row per edition and new unit from `member_scores`: the columns of `merger` but the names, and year."""
    turn = -1 if index.component(component).direction == "lower_better" else 1
    whole = pl.col("reason").is_null()
    rows = (
        members.group_by("year", "unit", maintain_order=True)
        .agg(
            pl.col("member").str.join(";").alias("members"),
            pl.col("member").filter(pl.col("score").is_null()).str.join(";").alias("missing"),
            pl.col("score_status").first(),
            pl.col("out_of").first(),
            merged=pl.len() > 1,
            mean=(pl.col("score") * pl.col("share")).sum().round(PLACES),
            low=pl.col("score").min(),
            high=pl.col("score").max(),
            scales=pl.col("out_of").filter(pl.col("score").is_not_null()).n_unique(),
            unweighted=pl.col("share").null_count() > 0,
        )
        .with_columns(
            pl.col("missing").replace("", None),
            reason=pl.when(pl.col("missing") != "")
            .then(pl.lit("score"))
            .when(pl.col("scales") > 1)
            .then(pl.lit("scale"))
            .when("unweighted")
            .then(pl.lit("weight")),
        )
        .with_columns(
            *(pl.when(whole).then(name).alias(name) for name in ("mean", "low", "high")),
            score_status=pl.when(whole).then(
                pl.when("merged").then(pl.lit("estimated")).otherwise("score_status")
            ),
        )
    )
    return _ranked(rows, members, turn).drop("scales", "unweighted", "out_of")


_RANKS = ("rank_mean", "rank_best", "rank_worst")


def _ranked(rows: pl.DataFrame, members: pl.DataFrame, turn: int) -> pl.DataFrame:
    """Adds the ranks, where every unit of the edition has its mean on one scale."""
    parts = [
        _ranks(part, members.filter(year=part["year"][0]), turn)
        for part in rows.partition_by("year", maintain_order=True)
    ]
    ranks = pl.concat(parts) if parts else pl.DataFrame(schema=dict.fromkeys(_RANKS, pl.Int64))
    return rows.hstack(ranks)


def _ranks(part: pl.DataFrame, members: pl.DataFrame, turn: int) -> pl.DataFrame:
    if part["mean"].null_count() or part["out_of"].n_unique() > 1:
        return pl.DataFrame({name: [None] * part.height for name in _RANKS}, dict.fromkeys(_RANKS, pl.Int64))
    places = dict(zip(part["unit"], range(part.height), strict=True))
    scores = (turn * members["score"].to_numpy()).round(PLACES)
    found = merged_ranks([places[unit] for unit in members["unit"]], scores, members["share"].to_numpy())
    return pl.DataFrame(dict(zip(_RANKS, found, strict=True)), dict.fromkeys(_RANKS, pl.Int64))


def old_editions(index: Index, years: Iterable[int] | None = None) -> list[Edition]:
    """The editions that score the units which were merged; those of `years` where they are given."""
    wanted = None if years is None else set(years)
    return [item for item in index.editions if item.unit_set == "63" and (wanted is None or item.year in wanted)]
