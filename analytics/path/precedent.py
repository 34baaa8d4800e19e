"""Who has done it: units that started near our level on a component and rose by so much within a few editions.

Matching on the starting level with a caliper of 0.2 standard deviations follows W. G. Cochran and D. B. Rubin,
*Controlling bias in observational studies* (Sankhyā A, 1973). Those who made it are shown beside how many started
alike: a list of successes alone would promise too much, and a part of every large rise is luck that the next
edition takes back.
"""

from __future__ import annotations

from typing import Any, Literal

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, check_top, check_unit, enough, figures, name_of, nothing_known
from analytics.path.moves import consecutive
from analytics.path.precedent_notes import Search, notes
from analytics.weakness.lasting import lasting_medians
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Problem

PRECEDENT_COLUMNS = (
    "unit",
    "name",
    "name_en",
    "from_year",
    "to_year",
    "from",
    "to",
    "gain",
    "rank_from",
    "rank_to",
    "total_gain",
    "total_rank_from",
    "total_rank_to",
    "others_up",
    "others_down",
    "series_break",
    "regime",
    "held",
)

WITHIN = 3
CALIPER = 0.2

_RISE = ["unit", "from_year", "to_year"]


def precedent(
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    component: str,
    gain: float | None = None,
    within: int = WITHIN,
    near: float | None = None,
) -> Answer:
    """Units that were near our level of `year` on a component and gained `gain` or more within `within` editions.

    Without `gain`: our distance to the median of the target group (over its members' last editions), else to the
    best. Near is ±`near` points, without it ±0.2 standard deviations of the edition's scores. A rise counts from
    an edition to the first one that reaches it, never across regimes, and only if it had happened by `year`; of
    overlapping rises of one unit the quickest, then the largest, counts. Starts are taken from every regime that
    has the component on the same scale.

    Rows (`PRECEDENT_COLUMNS`), largest gain first: `from`, `to`, `gain` in points of the component (a gain is
    an improvement, also where lower is better); ranks on it and on the total as shown then; `total_gain` in
    points of the total; how many other components rose and fell; `series_break` whether the indicators
    changed in between; `held` whether as much of it was still there one edition later (null where that is not
    known by `year`). Figures: those of `Search`, `starts` (units × editions that were near and could be
    followed: known in every one of the next `within` editions), `reached` (from how many of them the gain was
    made), `share`, `unfinished` (rises from starts that could not be followed so far: seen, but no part of the
    share), `held` of `followed_on` (rows whose rise held, of those known one edition later), `overlapping` (rises
    that are no row, so that reached + unfinished = rows + overlapping), `partial` (editions used of which not all
    units are known), and `also` (what else moved: unit, from_year, to_year, component, gain). Coverage counts
    editions with known scores of the component.

    The total is followed through complete editions alone: where only a leading group was announced, those who
    fell out of it are unknown and every start seems to have ended well.

    Notes: `share` (how many made it, of how many), `unfinished` and `overlapping` (rises that the share or the
    rows leave out), `partial` (editions of which not all units are known), `gain` (where it was taken from),
    `series_break` (rises that cross one), `held` (how many were still there one edition later).

    Raises Problem for a unit, edition or component that doesn't exist, a level that isn't known, or a gain,
    span or nearness that can't be.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    definition.check_component(component, year)
    years = _years(definition, year, component)
    known = figures(frames, definition, years, (component, OVERALL))
    scores = known.filter(component=component).drop_nulls("score")
    now = scores.filter(unit=unit, year=year)
    if now.is_empty():
        raise nothing_known(frames, definition, unit, year, component)
    search = _search(frames, definition, known, now, gain, within, near)
    starts = _starts(definition, scores.filter("complete") if component == OVERALL else scores, now, search)
    risen = _first_rises(starts, search.gain)
    also = _also(frames, definition, risen, component)
    held = _held(definition, scores, risen, search.gain)
    rows = _described(frames, definition, known, risen, also, component).join(
        held, on=_RISE, how="left", maintain_order="left"
    )
    counts = _counts(scores, starts, search, rows)
    return Answer(
        question="precedent",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows.select(PRECEDENT_COLUMNS),
        coverage=Coverage(scores["year"].n_unique(), len(years)),
        figures={
            **{name: getattr(search, name) for name in Search.__dataclass_fields__},
            **counts,
            "also": also.to_dicts(),
        },
        notes=notes(definition, name_of(frames, unit), search, counts, bool(rows["series_break"].any())),
    )


def _counts(scores: pl.DataFrame, starts: pl.DataFrame, search: Search, rows: pl.DataFrame) -> dict[str, Any]:
    """How many starts could be followed all the way, how many of them made it, and what else was seen."""
    ways = starts.group_by("unit", "from_year").agg(
        followed=pl.col("editions").n_unique() == search.within, made=(pl.col("gain") >= search.gain).any()
    )
    near_by, made = int(ways["followed"].sum()), int(ways["made"].sum())
    reached = ways.filter("followed", "made").height
    used = {*starts["from_year"], *starts["to_year"]}
    return {
        "starts": near_by,
        "reached": reached,
        "share": reached / near_by if near_by else None,
        "unfinished": made - reached,
        "overlapping": made - rows.height,
        "held": int(rows["held"].sum()),
        "followed_on": int(rows["held"].count()),
        "partial": sorted(used & set(scores.filter(~pl.col("complete"))["year"])),
    }


def _years(index: Index, year: int, component: str) -> list[int]:
    """The editions of the same units up to `year` that have the component."""
    units = index.edition(year).unit_set
    return [
        item.year
        for item in index.editions
        if item.year <= year
        and item.unit_set == units
        and component in (OVERALL, *index.regime(item.year).components)
    ]


def _search(
    frames: Frames,
    index: Index,
    known: pl.DataFrame,
    now: pl.DataFrame,
    gain: float | None,
    within: int,
    near: float | None,
) -> Search:
    if within < 1 or (gain is not None and gain <= 0) or (near is not None and near < 0):
        raise Problem(
            "Mức tăng phải lớn hơn 0, số kỳ từ 1 trở lên và độ gần từ 0 trở lên.",
            "The gain must be above 0, the number of editions at least 1 and the nearness at least 0.",
        )
    own = now.row(0, named=True)
    wanted_from: Literal["given", "target", "best"] = "given"
    if gain is None:
        gain, wanted_from = _gain_to_make(frames, index, known, own)
    return Search(
        component=own["component"],
        level=own["score"],
        near=CALIPER * _spread(index, known, own) if near is None else near,
        gain=gain,
        gain_from=wanted_from,
        within=within,
    )


def _gain_to_make(
    frames: Frames, index: Index, known: pl.DataFrame, own: dict[str, Any]
) -> tuple[float, Literal["target", "best"]]:
    """How far we are behind the median of the target group, else behind the best."""
    year, component = own["year"], own["component"]
    edition = known.filter(year=year)
    top = check_top(index, year, None)
    first = edition.filter(pl.col("shown_rank") <= top, component=OVERALL)["unit"].to_list()
    scores = edition.filter(
        pl.col("out_of").eq_missing(pl.lit(own["out_of"], pl.Float64)), component=component
    ).drop_nulls("score")
    group = scores.filter(pl.col("unit").is_in(first))["better"]
    reference = None
    if enough(group.len(), max(top, len(first))):
        reference = lasting_medians(frames, index, year, first).get(component, group.median())
    references: dict[Literal["target", "best"], Any] = {
        "target": reference,
        "best": scores["better"].max() if enough(scores.height, index.edition(year).units_of(component)) else None,
    }
    for name, reference in references.items():
        gap = 0.0 if reference is None else round(reference - own["better"], PLACES)
        if gap > 0:
            return gap, name
    raise Problem(
        f"Không có mốc nào ở trên để lấy làm mức tăng ({index.name.vi} {year}); hãy ghi rõ, ví dụ --gain 0,5.",
        f"There is no reference above to take a gain from ({index.name.en} {year}); give one, such as --gain 0.5.",
    )


def _spread(index: Index, known: pl.DataFrame, own: dict[str, Any]) -> float:
    """The standard deviation of the edition's scores; of the last edition before of which enough are known."""
    by_year = (
        known.filter(pl.col("out_of").eq_missing(pl.lit(own["out_of"], pl.Float64)), component=own["component"])
        .group_by("year", "of")
        .agg(known=pl.col("score").count(), spread=pl.col("score").std())
        .filter(enough(pl.col("known"), pl.col("of")))
        .sort("year")
    )
    if by_year.is_empty():
        raise Problem(
            f"Chưa đủ điểm của các đơn vị khác để biết thế nào là gần ({index.name.vi}); hãy ghi rõ, ví dụ "
            "--near 0,2.",
            f"Too few scores of other units are known to say what is near ({index.name.en}); give it, such as "
            "--near 0.2.",
        )
    # One unit alone has no spread: then only equal levels are near.
    return float(by_year["spread"].to_list()[-1] or 0.0)


def _starts(index: Index, scores: pl.DataFrame, now: pl.DataFrame, search: Search) -> pl.DataFrame:
    """Every way on from a start near our level: one row per unit, start and later edition of the regime."""
    order = {edition.year: place for place, edition in enumerate(index.editions)}
    points = scores.filter(pl.col("out_of").eq_missing(pl.lit(now["out_of"].item(), pl.Float64))).select(
        "unit",
        "regime",
        "year",
        "score",
        "better",
        place=pl.col("year").replace_strict(order, return_dtype=pl.Int64),
    )
    level, near = now["better"].item(), round(search.near, PLACES)
    begins = points.filter((pl.col("better") - level).abs().round(PLACES) <= near)
    return (
        begins.rename({"year": "from_year", "score": "from"})
        .join(points.rename({"year": "to_year", "score": "to"}), on=["unit", "regime"], suffix="_to")
        .with_columns(
            editions=pl.col("place_to") - pl.col("place"),
            gain=(pl.col("better_to") - pl.col("better")).round(PLACES),
        )
        .filter(pl.col("editions").is_between(1, search.within))
        .select("unit", "regime", "from_year", "to_year", "from", "to", "gain", "editions")
    )


def _first_rises(starts: pl.DataFrame, gain: float) -> pl.DataFrame:
    """From each start the first edition that reaches the gain; of a unit's overlapping rises only one."""
    first = (
        starts.filter(pl.col("gain") >= gain)
        .sort("unit", "from_year", "editions")
        .unique(["unit", "from_year"], keep="first", maintain_order=True)
        .sort(["editions", "gain", "unit", "from_year"], descending=[False, True, False, False])
    )
    taken: dict[str, list[tuple[int, int]]] = {}
    keep = []
    for unit, begin, end in first.select("unit", "from_year", "to_year").iter_rows():
        held = taken.setdefault(unit, [])
        free = all(end <= other_begin or begin >= other_end for other_begin, other_end in held)
        keep.append(free)
        if free:
            held.append((begin, end))
    return first.filter(pl.Series(keep, dtype=pl.Boolean)).sort(
        ["gain", "unit", "from_year"], descending=[True, False, False]
    )


def _held(index: Index, scores: pl.DataFrame, risen: pl.DataFrame, gain: float) -> pl.DataFrame:
    """Whether a rise was still there one edition later, by the same method: `held` by `_RISE`, null if unknown."""
    after = {
        before.year: now.year for before, now in consecutive(index) if index.comparable(before.year, now.year)
    }
    points = scores.select("unit", "year", "better")
    return (
        risen.select(_RISE)
        .with_columns(later=pl.col("to_year").replace_strict(after, default=None, return_dtype=pl.Int32))
        .join(points, left_on=["unit", "from_year"], right_on=["unit", "year"], how="left")
        .join(points, left_on=["unit", "later"], right_on=["unit", "year"], how="left", suffix="_later")
        .select(*_RISE, held=(pl.col("better_later") - pl.col("better")).round(PLACES) >= gain)
    )


def _also(frames: Frames, index: Index, risen: pl.DataFrame, component: str) -> pl.DataFrame:
    """What the other components did in the same time: unit, from_year, to_year, component, gain."""
    turned = {item.code: -1.0 if item.direction == "lower_better" else 1.0 for item in index.components}
    scores = (
        frames.score.filter(
            (pl.col("index") == index.code)
            & pl.col("unit").is_in(risen["unit"].unique().to_list())
            & ~pl.col("component").is_in([component, OVERALL])
        )
        .drop_nulls("score")
        .select(
            "unit",
            "component",
            "year",
            scale=pl.struct("scale", "maximum"),
            better=pl.col("score") * pl.col("component").replace_strict(turned, return_dtype=pl.Float64),
        )
    )
    span = risen.select("unit", "from_year", "to_year")
    return (
        span.join(scores, left_on=["unit", "from_year"], right_on=["unit", "year"], maintain_order="left")
        .join(
            scores,
            left_on=["unit", "to_year", "component", "scale"],
            right_on=["unit", "year", "component", "scale"],
            suffix="_to",
            maintain_order="left",
        )
        .select(
            "unit",
            "from_year",
            "to_year",
            "component",
            gain=(pl.col("better_to") - pl.col("better")).round(PLACES),
        )
    )


def _described(
    frames: Frames, index: Index, known: pl.DataFrame, risen: pl.DataFrame, also: pl.DataFrame, component: str
) -> pl.DataFrame:
    """The rows of the answer: the rises with names, ranks, the total and the count of what else moved."""
    counts = also.group_by(_RISE).agg(
        others_up=(pl.col("gain") > 0).sum().cast(pl.Int64), others_down=(pl.col("gain") < 0).sum().cast(pl.Int64)
    )
    ranks = known.select("unit", "component", "year", "shown_rank", "better")
    part, total = ranks.filter(component=component), ranks.filter(component=OVERALL)
    rows = risen.join(
        frames.unit.select("unit", name="name_vi", name_en="name_en"), on="unit", maintain_order="left"
    ).join(counts, on=_RISE, how="left", maintain_order="left")
    for end in ("from", "to"):
        for prefix, figure in (("", part), ("total_", total)):
            named = figure.select(
                "unit",
                pl.col("shown_rank").cast(pl.Int64).alias(f"{prefix}rank_{end}"),
                pl.col("better").alias(f"{prefix}better_{end}"),
                pl.col("year").alias(f"{end}_year"),
            )
            rows = rows.join(named, on=["unit", f"{end}_year"], how="left", maintain_order="left")
    broken = [
        index.broken(component, before, after) is not None
        for before, after in rows.select("from_year", "to_year").iter_rows()
    ]
    return rows.with_columns(
        total_gain=(pl.col("total_better_to") - pl.col("total_better_from")).round(PLACES),
        series_break=pl.Series(broken, dtype=pl.Boolean),
    )
