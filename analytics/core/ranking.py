"""Where does each unit stand in an edition, how far has it moved, and how crowded is it around?

Ranks are standard competition ranks ("1224"): one more than the number of units with a strictly better
unrounded score (OECD/JRC, *Handbook on Constructing Composite Indicators*, 2008, §1.5). They are computed only
where every unit that the publisher scored has a figure on the same scale; a rank among the known few would be
false. The publisher's own rank stands beside the computed one and never replaces it silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.cache import cached
from data.definition import OVERALL, Index
from data.frames import Frames
from data.spelling import fold
from data.text import Note, Problem, Text, prefixed

# Points within which others are close by, and points whose worth in places is told.
WITHIN = 0.3
STEPS = (0.1, 0.5)

# How a score is given: with its status, its bounds where no more is known, and the end of its scale.
SCORE_COLUMNS = ("score", "score_status", "score_low", "score_high", "scale", "out_of")
# Of a total in per cent of the unit's own maximum: the points, and that maximum.
POINTS_COLUMNS = ("points", "points_of")
RANKING_COLUMNS = (
    "unit",
    "name",
    "name_en",
    "region",
    *SCORE_COLUMNS,
    "order",
    "published_score",
    "rank",
    "published_rank",
    "rank_status",
    "rank_in_region",
    "percentile",
    "tier",
    "change_score",
    "change_rank",
    "source",
    "note_vi",
    "note_en",
)


def ranking(frames: Frames, index: str, year: int, component: str = OVERALL, region: str | None = None) -> Answer:
    """The standing of every unit known on a component of an edition, best first.

    Rows (`RANKING_COLUMNS`): `score` in the component's points, or in per cent where `scale` says so, and
    `out_of`, the end of that scale (null where it is not known), with its status, bounds or order where no
    more is known; `rank` computed, null unless the edition is complete; `published_rank` the publisher's;
    `rank_in_region` as `rank`; `percentile` 100 for the first, 0 for the last; `change_score` null across
    regimes; `change_rank` = previous − current, positive = moved up, of the ranks that are shown (the
    publisher's where known). Where units have maxima of their own, `points` and `points_of` are behind these.
    `region` narrows the rows, not the ranks.

    Notes: `unknown` (nothing is), `known` (how many scores and ranks are), `imported` (figures taken in here),
    else `edition` (what must be known of it) and `announced` (how its publisher gave it out); `new_method` or
    `series_break` since the edition before, `units_changed` (ranks are among different numbers of units).

    Raises Problem for an index, edition, component or region that does not exist.
    """
    definition = frames.index(index)
    edition = definition.edition(year)
    definition.check_component(component, year)
    everything = ranked(frames, definition).filter(year=year, component=component)
    rows = everything
    if region is not None:
        rows = rows.filter(region=_region(frames, edition.unit_set, region))
    known = everything["score"].count()
    coverage = Coverage(known, edition.units_of(component))
    return Answer(
        question="ranking",
        index=definition.code,
        year=year,
        unit=None,
        rows=rows.sort(
            pl.coalesce("shown_rank", "order"),
            pl.col("better"),
            "unit",
            descending=[False, True, False],
            nulls_last=True,
        ).select(*RANKING_COLUMNS, *(POINTS_COLUMNS if definition.own_maximum else ())),
        coverage=coverage,
        figures={
            "complete": bool(everything["complete"].any()),
            "scores_known": known,
            "ranks_known": everything["published_rank"].count(),
            "units": coverage.of,
            "component": component,
            "unit_set": edition.unit_set,
            "regime": definition.regime(year).code,
            "ties": _ties(everything),
        },
        notes=tuple(_notes(definition, year, component, coverage, everything)),
    )


def joined(answers: Sequence[Answer], index: str) -> Answer:
    """The rankings of the blocks of an index as one answer: ranks within each, notes as `BLOCK:NOTE`.

    Rows have the block's code as `index` in front; figures are those of each block, by its code.
    """
    if len(answers) == 1:
        return answers[0]
    known = sum(item.coverage.known for item in answers)
    return Answer(
        question="ranking",
        index=index,
        year=answers[0].year,
        unit=None,
        rows=pl.concat(item.rows.select(pl.lit(item.index).alias("index"), pl.all()) for item in answers),
        coverage=Coverage(known, sum(item.coverage.of for item in answers)),
        figures={str(item.index): item.figures for item in answers},
        notes=tuple(note for item in answers for note in prefixed(str(item.index), item.notes)),
    )


@cached
def ranked(frames: Frames, index: Index) -> pl.DataFrame:
    """Every figure of an index with its ranks and changes; one row per year, unit, component.

    Adds to the columns of `score`: name, name_en, region; `of` (units scored), `complete`, `regime`, `out_of`
    (the end of the scale the figure is on), `unit_value` (points of the total per point of it), `better` (the
    score, turned so that more is better), `rank`, `rank_in_region`, `shown_rank` (the publisher's, else the
    computed), `percentile`, `change_score`, `change_rank`.
    """
    place = ["year", "component"]
    named = frames.unit.select("unit", "region", name="name_vi", name_en="name_en")
    figures = scored(frames, index).join(named, on="unit")
    figures = figures.with_columns(
        rank=_rank_over(place),
        rank_in_region=pl.when(pl.col("region").is_not_null()).then(_rank_over([*place, "region"])),
    ).with_columns(
        shown_rank=pl.coalesce("published_rank", "rank"),
        percentile=pl.when(pl.col("of") > 1).then(
            100 * (pl.col("of") - pl.col("rank")) / (pl.col("of") - 1).cast(pl.Float64)
        ),
    )
    return _with_changes(figures)


@cached
def scored(frames: Frames, index: Index) -> pl.DataFrame:
    """Every figure of an index on its scale, not ranked: what `ranked` starts from, at less than half its cost.

    Adds to the columns of `score`: `of`, `regime`, `previous_year`, `direction`, `out_of`, `unit_value`,
    `better`, `complete` (all as in `ranked`).
    """
    place = ["year", "component"]
    return (
        frames.score.filter(index=index.code)
        .join(_editions(index), on=place)
        .with_columns(
            out_of=pl.coalesce("maximum", pl.when(pl.col("scale") == "percent").then(100.0), "component_maximum"),
            unit_value=pl.when(pl.col("scale") == "percent").then("percent_value").otherwise("point_value"),
            better=pl.when(pl.col("direction") == "lower_better").then(-pl.col("score")).otherwise("score"),
        )
        .with_columns(
            complete=(
                (pl.col("score").count() == pl.col("of"))
                & (pl.col("out_of").filter(pl.col("score").is_not_null()).n_unique() == 1)
            ).over(place)
        )
    )


def overtaking(frames: Frames, index: str, year: int, unit: str, component: str = OVERALL) -> pl.DataFrame:
    """Whom a unit overtook since the edition before, and who overtook it.

    One row per such unit: unit, name, name_en, `relation` (`overtaken` by us, `overtook` us), rank_before,
    rank_after (their shown ranks), closest to us now first. Empty where either edition leaves our rank or the
    comparison unknown. Raises Problem for an index that does not exist.
    """
    definition = frames.index(index)
    before = definition.previous(year)
    columns = ["unit", "name", "name_en", "relation", "rank_before", "rank_after"]
    figures = ranked(frames, definition).filter(component=component)
    now = figures.filter(year=year).select("unit", "name", "name_en", rank_after="shown_rank")
    then = figures.filter(year=before.year if before else year).select("unit", rank_before="shown_rank")
    both = now.join(then, on="unit").drop_nulls(["rank_before", "rank_after"])
    own = both.filter(unit=unit)
    if before is None or own.is_empty():
        return both.clear().with_columns(relation=pl.lit(None, pl.String)).select(columns)
    ours = own.row(0, named=True)
    was_ahead = pl.col("rank_before") < ours["rank_before"]
    is_ahead = pl.col("rank_after") < ours["rank_after"]
    was_behind = pl.col("rank_before") > ours["rank_before"]
    is_behind = pl.col("rank_after") > ours["rank_after"]
    return (
        both.with_columns(
            relation=pl.when(was_ahead & is_behind)
            .then(pl.lit("overtaken"))
            .when(was_behind & is_ahead)
            .then(pl.lit("overtook"))
        )
        .drop_nulls("relation")
        .sort((pl.col("rank_after") - ours["rank_after"]).abs(), "rank_after")
        .select(columns)
    )


def density(
    frames: Frames,
    index: str,
    year: int,
    unit: str,
    component: str = OVERALL,
    within: float = WITHIN,
    steps: tuple[float, ...] = STEPS,
) -> dict[str, Any] | None:
    """How crowded it is around a unit: how many others lie within ±`within` points, and what points are worth.

    `places_up` and `places_down` say for each step how many places that gain or loss would move the unit with
    the others as they are. None where the edition is not complete or the unit has no score.
    Raises Problem for an index that does not exist.
    """
    definition = frames.index(index)
    figures = ranked(frames, definition).filter(pl.col("complete"), year=year, component=component)
    own = figures.filter(unit=unit)
    if own.is_empty():
        return None
    score = own["better"].item()
    others = figures.filter(pl.col("unit") != unit)["better"]
    rank = 1 + int((others > score).sum())
    # Differences of decimals: a distance of exactly 0.3 must count as within 0.3.
    slack = 1e-9
    return {
        "within": within,
        "neighbours": int(((others - score).abs() <= within + slack).sum()),
        "places_up": {step: rank - 1 - int((others > score + step + slack).sum()) for step in steps},
        "places_down": {step: 1 + int((others > score - step + slack).sum()) - rank for step in steps},
    }


def _editions(index: Index) -> pl.DataFrame:
    """One row per edition and component: how many were scored, regime, scale, direction."""
    rows = [
        {
            "year": edition.year,
            "component": component.code,
            "of": edition.units_of(component.code),
            "regime": index.regime(edition.year).code,
            "previous_year": previous.year if (previous := index.previous(edition.year)) else None,
            "component_maximum": index.maximum(component.code, edition.year),
            "point_value": index.unit_value(component.code, edition.year),
            "percent_value": index.unit_value(component.code, edition.year, percent=True),
            "direction": component.direction,
        }
        for edition in index.editions
        for component in (index.component(OVERALL), *index.components_of(edition.year))
    ]
    return pl.DataFrame(
        rows,
        schema={
            "year": pl.Int32,
            "component": pl.String,
            "of": pl.Int64,
            "regime": pl.String,
            "previous_year": pl.Int32,
            "component_maximum": pl.Float64,
            "point_value": pl.Float64,
            "percent_value": pl.Float64,
            "direction": pl.String,
        },
    )


def _rank_over(group: list[str]) -> pl.Expr:
    rank = pl.col("better").rank("min", descending=True).over(group).cast(pl.Int64)
    return pl.when(pl.col("complete")).then(rank)


def _with_changes(figures: pl.DataFrame) -> pl.DataFrame:
    before = figures.select(
        "unit",
        "component",
        previous_year="year",
        score_before="score",
        rank_before=pl.col("shown_rank").cast(pl.Int64),
        regime_before="regime",
        out_of_before="out_of",
    )
    comparable = (pl.col("regime") == pl.col("regime_before")) & pl.col("out_of").eq_missing(
        pl.col("out_of_before")
    )
    return (
        figures.join(before, on=["unit", "component", "previous_year"], how="left")
        .with_columns(
            change_score=pl.when(comparable).then((pl.col("score") - pl.col("score_before")).round(6)),
            change_rank=pl.col("rank_before") - pl.col("shown_rank").cast(pl.Int64),
        )
        .drop("regime_before", "out_of_before")
    )


def _ties(rows: pl.DataFrame) -> int:
    """How many units share their score with another one."""
    return int(rows.drop_nulls("score").select(pl.col("score").is_duplicated().sum()).item())


def _region(frames: Frames, unit_set: str, region: str) -> str:
    regions = frames.region.filter(unit_set=unit_set)
    names = regions.select("region", "name_vi", "name_en").rows()
    for code, vi, en in names:
        if fold(region) in (fold(code), fold(vi), fold(en)):
            return str(code)
    raise Problem(
        f"Không có vùng “{region}”. Các vùng: {', '.join(f'{vi} ({code})' for code, vi, _ in names)}.",
        f"There is no region “{region}”. The regions: {', '.join(f'{en} ({code})' for code, _, en in names)}.",
    )


def _notes(index: Index, year: int, component: str, coverage: Coverage, rows: pl.DataFrame) -> list[Note]:
    edition = index.edition(year)
    ranks = rows["published_rank"].count()
    if rows.is_empty():
        nothing = Text(
            f"Chưa biết điểm và hạng nào của {index.name.vi} {year}; có thể nhập bảng của {index.publisher.vi}.",
            f"No score or rank of {index.name.en} {year} is known; {index.publisher.en}'s table can be imported.",
        )
        return [Note("unknown", edition.missing or edition.note or nothing)]
    notes = []
    if not coverage.complete:
        shown = Text(
            "hạng ghi là hạng đã công bố, không tính hạng cho đơn vị khác" if ranks else "không tính hạng",
            "the ranks shown are published ones, no other is computed" if ranks else "no rank is computed",
        )
        notes.append(
            Note.of(
                "known",
                f"Chỉ biết {coverage.known} điểm và {ranks} hạng trong {coverage.of} đơn vị được chấm; "
                f"{shown.vi}.",
                f"Only {coverage.known} scores and {ranks} ranks of the {coverage.of} units scored are known; "
                f"{shown.en}.",
            )
        )
    imported = rows["batch"].drop_nulls().unique().sort()
    if len(imported):
        # What the definition says of the edition was true before; the table that came in may have mended it.
        count, batches = rows["batch"].count(), ", ".join(map(str, imported))
        notes.append(
            Note.of(
                "imported",
                f"{count} đơn vị có số liệu nhập vào kho này (lô {batches}).",
                f"The figures of {count} units were imported into this store (batch {batches}).",
            )
        )
    else:
        if edition.note is not None:
            notes.append(Note("edition", edition.note))
        if (announced := index.announcements[edition.announced]) is not None:
            notes.append(Note("announced", announced))
    previous = index.previous(year)
    if previous is not None and previous.unit_set == edition.unit_set:
        broken = index.broken(component, previous.year, year)
        if not index.comparable(previous.year, year):
            notes.append(
                Note.of(
                    "new_method",
                    f"Cách tính đổi giữa {previous.year} và {year}: không so điểm, chỉ so hạng.",
                    f"The method changed between {previous.year} and {year}: scores are not compared, only ranks.",
                )
            )
        elif broken is not None:
            notes.append(Note("series_break", broken.note))
        if previous.units_of(component) != edition.units_of(component):
            before, now = previous.units_of(component), edition.units_of(component)
            notes.append(
                Note.of(
                    "units_changed",
                    f"{previous.year} xếp {before} đơn vị, {year} xếp {now}: hạng hai năm không cùng số đơn vị.",
                    f"{previous.year} ranked {before} units, {year} {now}: the ranks are among different numbers.",
                )
            )
    return notes
