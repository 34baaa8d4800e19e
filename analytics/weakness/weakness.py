"""What holds a province back, and what carries it?

"Weakest" is three lists that often disagree: the lowest score, the worst rank, and the largest weighted gap to a
reference – points of the total that closing the gap would add. Gap analysis against a benchmark follows
OECD/JRC, *Handbook on Constructing Composite Indicators* (2008, step 10, "back to the data"). A gap says where
points are missing, not how hard they are to win; what a score is worth depends on the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import edition_caveats
from analytics.core.edition import (
    PLACES,
    agencies,
    check_components,
    check_top,
    check_unit,
    enough,
    figures,
    nothing_known,
)
from analytics.standing.peers import caveats, peers, region_of
from analytics.weakness.lasting import last_editions, lasting_medians
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.names import set_of
from data.text import Note, Problem, Text, prefixed

Against = Literal["target", "target_year", "peers", "region", "median", "best"]

WEAKNESS_COLUMNS = (
    "component",
    "score",
    "score_status",
    "out_of",
    "rank",
    "published_rank",
    "rank_status",
    "order",
    "of",
    "weight",
    "unit_value",
    "reference",
    "gap",
    "weighted_gap",
    "place_by_score",
    "place_by_rank",
    "place_by_gap",
    "strength_by_score",
    "strength_by_rank",
    "strength_by_gap",
    "reference_known",
    "reference_of",
    "lead_after",
    "lead_before",
    "agency_evidence",
)
LISTS = ("score", "rank", "gap")


def weakness(
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    against: Against = "target",
    top: int | None = None,
    chosen: Sequence[str] = (),
) -> Answer:
    """Every component of a unit by lowest score, worst rank and largest weighted gap, and the same from the top.

    `against` is the reference of the gaps: the median of the target group (first `top` of the total) over its
    members' last editions (`analytics.lasting`) or in this edition alone (`target_year`), of the ten `peers` (or
    of the units `chosen` by hand), of the `region`, of all units, or the `best` score. The unit itself counts in
    its group, but never among its peers.

    Rows (`WEAKNESS_COLUMNS`), largest weighted gap first: `score` in the component's points (`out_of` the end
    of its scale), `weight` a share of 1, `unit_value` points of the total per point, `reference` a score, `gap`
    its distance in points of the component and `weighted_gap` in points of the total, positive = behind;
    `place_by_…` 1 = weakest and `strength_by_…` 1 = strongest, ties sharing a place. Scores on scales of
    different length are placed by their share of the scale. `reference` is null where less than two thirds of
    its group are known (`reference_known` of `reference_of`). Without scores, ranks or the known order still
    place the components. Figures: `against`, `top`, `group` (its units), `score`, `rank`, `weaknesses` and
    `strengths` (components by list, weakest or strongest first). Coverage counts components known.

    Notes: `peers:NOTE` (those of `analytics.peers` that speak of the group), `lasting` (the editions that the
    target group's median is taken from), `known` (how many components are),
    `no_reference` and `no_weight` (of which components), `inferred` (agencies read in no plan), `order` (placed by
    the known order alone), `equal_weights` (none are known, equal ones are assumed), `edition` (what must be
    known of it).

    Raises Problem for a unit or edition that doesn't exist, a reference that can't be, a target group larger
    than the edition, or where nothing is known of the unit's components.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    check_components(definition, year)
    size = check_top(definition, year, top)
    edition = figures(frames, definition, [year])
    group, size_of_group, group_notes = _group(frames, definition, edition, unit, year, against, size, chosen)
    own = _own(definition, edition, unit, year)
    known = own.filter(pl.any_horizontal(pl.col("score", "shown_rank", "order").is_not_null())).height
    if not known:
        raise nothing_known(frames, definition, unit, year, None)
    lasting = lasting_medians(frames, definition, year, group) if against == "target" and group else {}
    rows = _with_places(_with_reference(own, edition, group, size_of_group, against, lasting))
    rows = rows.join(agencies(frames, definition), on="component", how="left", maintain_order="left").sort(
        ["place_by_gap", "place_by_rank", "place_by_score", "position"], nulls_last=True
    )
    total = edition.filter(unit=unit, component=OVERALL)
    return Answer(
        question="weakness",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows.select(WEAKNESS_COLUMNS),
        coverage=Coverage(known, own.height),
        figures={
            "against": against,
            "top": size,
            "group": group,
            "score": total["score"].item() if total.height else None,
            "rank": total["shown_rank"].item() if total.height else None,
            "weaknesses": _lists(rows, "place_by"),
            "strengths": _lists(rows, "strength_by"),
        },
        notes=(*group_notes, *_lasting(definition, year, bool(lasting)), *_notes(definition, year, rows, known)),
    )


def known_years(frames: Frames, unit: str, index: str) -> list[int]:
    """The editions in which a score, rank or order of any component of a unit is known, newest first."""
    something = pl.any_horizontal(pl.col("score", "published_rank", "order").is_not_null())
    parts = frames.score.filter(pl.col("component") != OVERALL, something, index=index, unit=unit)
    years: list[int] = parts["year"].unique().sort(descending=True).to_list()
    return years


def _group(
    frames: Frames,
    index: Index,
    edition: pl.DataFrame,
    unit: str,
    year: int,
    against: Against,
    top: int,
    chosen: Sequence[str],
) -> tuple[list[str] | None, int | None, tuple[Note, ...]]:
    """The units of the reference (None: all), how many there are of it, and what must be said of them."""
    match against:
        case "target" | "target_year":
            first = edition.filter(pl.col("shown_rank") <= top, component=OVERALL)["unit"].to_list()
            return first, max(top, len(first)), ()
        case "peers":
            if not chosen:
                found = peers(frames, unit, year)
                # What must be known of income and population is for the question of the peers themselves.
                notes = found.notes_except(*(note.key for note in caveats(frames)))
                return found.rows["unit"].to_list(), found.rows.height, prefixed("peers", notes)
            known = set(frames.unit["unit"])
            outside = [item for item in chosen if item not in known or set_of(item) != set_of(unit)]
            if outside:
                raise Problem(
                    f"Không so được với: {', '.join(outside)}. Chọn các mã {set_of(unit)}-….",
                    f"Not comparable: {', '.join(outside)}. Choose codes {set_of(unit)}-….",
                )
            others = [item for item in dict.fromkeys(chosen) if item != unit]
            return others, len(others), ()
        case "region":
            inside = [unit, *region_of(frames, unit, year)]
            # A complete edition shows whom its publisher scored; otherwise all of the region were.
            totals = edition.filter(component=OVERALL).drop_nulls("score")["unit"].to_list()
            if len(totals) == index.edition(year).units:
                inside = [item for item in inside if item in totals]
            return inside, len(inside), ()
        case "median" | "best":
            return None, None, ()
    raise Problem(
        f"Không có mốc so sánh “{against}”. Dùng: {', '.join(get_args(Against))}.",
        f"There is no reference “{against}”. Use: {', '.join(get_args(Against))}.",
    )


def _lasting(index: Index, year: int, used: bool) -> Iterator[Note]:
    """Which editions the median of the target group is taken from, where from more than one."""
    years = last_editions(index, year)
    if used and len(years) > 1:
        yield Note.of(
            "lasting",
            f"Trung vị của nhóm lấy qua các kỳ {spans(years)} của chính các đơn vị trong nhóm, vì điểm cao "
            f"của riêng một "
            "kỳ một phần là may rủi.",
            f"The median of the group is taken over its members' editions {spans(years)}, since the high "
            f"scores of one "
            "edition are luck in part.",
        )


def _own(index: Index, edition: pl.DataFrame, unit: str, year: int) -> pl.DataFrame:
    """One row per component of the edition, known or not, with what is known of the unit."""
    components = pl.DataFrame(
        [
            {
                "component": item.code,
                "position": position,
                "of": index.edition(year).units_of(item.code),
                "weight": index.weight(item.code, year),
                "lowest": item.minimum,
                "turned": item.direction == "lower_better",
            }
            for position, item in enumerate(index.components_of(year))
        ],
        schema_overrides={"weight": pl.Float64, "lowest": pl.Float64},
    )
    known = edition.filter(unit=unit).select(
        "component",
        *("score", "score_status", "out_of", "rank", "published_rank", "rank_status", "shown_rank", "order"),
        *("unit_value", "better"),
    )
    return components.join(known, on="component", how="left", maintain_order="left")


def _with_reference(
    own: pl.DataFrame,
    edition: pl.DataFrame,
    group: list[str] | None,
    size: int | None,
    against: Against,
    lasting: Mapping[str, float],
) -> pl.DataFrame:
    """Adds reference, reference_known, reference_of, gap and weighted_gap; `lasting` stands for the median."""
    members = edition if group is None else edition.filter(pl.col("unit").is_in(group))
    # Only scores on the unit's own scale can be held against its score.
    same_scale = members.join(own.select("component", own_scale="out_of"), on="component").filter(
        pl.col("better").is_not_null(),
        pl.col("out_of").eq_missing(pl.col("own_scale")) | pl.col("own_scale").is_null(),
    )
    value = pl.col("better").max() if against == "best" else pl.col("better").median()
    references = same_scale.group_by("component").agg(
        target=value, reference_known=pl.col("better").count(), scales=pl.col("out_of").n_unique()
    )
    return (
        own.join(references, on="component", how="left", maintain_order="left")
        .with_columns(
            pl.col("reference_known").fill_null(0).cast(pl.Int64),
            reference_of=pl.col("of") if size is None else pl.lit(size, pl.Int64),
        )
        .with_columns(
            target=pl.when(
                enough(pl.col("reference_known"), pl.col("reference_of")),
                pl.col("scales") == 1,
            ).then(
                pl.coalesce(
                    pl.col("component").replace_strict(dict(lasting), default=None, return_dtype=pl.Float64),
                    "target",
                )
                if lasting
                else pl.col("target")
            )
        )
        .with_columns(
            reference=pl.when("turned").then(-pl.col("target")).otherwise("target").round(PLACES),
            gap=(pl.col("target") - pl.col("better")).round(PLACES),
        )
        .with_columns(weighted_gap=(pl.col("unit_value") * pl.col("gap")).round(PLACES))
    )


def _with_places(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds the places of the three lists from below (1 = weakest) and from above (1 = strongest)."""
    share = (pl.col("score") - pl.col("lowest")) / (pl.col("out_of") - pl.col("lowest"))
    weak = {
        "score": pl.when("turned").then(1 - share).otherwise(share).round(PLACES),
        "rank": -pl.coalesce("shown_rank", "order").cast(pl.Int64),
        "gap": -pl.col("weighted_gap"),
    }
    return rows.with_columns(
        *(weak[name].rank("min").cast(pl.Int64).alias(f"place_by_{name}") for name in LISTS),
        *(weak[name].rank("min", descending=True).cast(pl.Int64).alias(f"strength_by_{name}") for name in LISTS),
    )


def _lists(rows: pl.DataFrame, prefix: str) -> Mapping[str, list[str]]:
    return {
        name: rows.drop_nulls(f"{prefix}_{name}").sort(f"{prefix}_{name}", "position")["component"].to_list()
        for name in LISTS
    }


def _no_reference(index: Index, short: pl.DataFrame) -> Text:
    """Why components have no reference: how many of the group are known at how many of them."""
    counted = (
        short.group_by("reference_known", "reference_of").len("parts").sort("reference_known", descending=True)
    )
    vi, en = [], []
    for known, of, parts in counted.iter_rows():
        vi.append(f"{known}/{of} đơn vị ở {parts} {index.component_word.vi}")
        en.append(f"{known} of {of} units on {parts} {_counted(parts)}")
    if short.filter(enough(pl.col("reference_known"), pl.col("reference_of"))).height:
        return Text(
            f"Không có mốc so sánh cho {short.height} {index.component_word.vi}: nhóm mới biết "
            f"{', '.join(vi)} (cần ít nhất hai phần ba, trên cùng một thang điểm).",
            f"No reference for {short.height} {_counted(short.height)}: of the group, {', '.join(en)} are known "
            "(it takes at least two thirds, on one scale).",
        )
    return Text(
        f"Không có mốc so sánh cho {short.height} {index.component_word.vi}: nhóm mới biết {', '.join(vi)}, cần "
        "ít nhất hai phần ba.",
        f"No reference for {short.height} {_counted(short.height)}: of the group, {', '.join(en)} are known, and "
        "it takes at least two thirds.",
    )


def _counted(count: int) -> str:
    return "component" if count == 1 else "components"


def _notes(index: Index, year: int, rows: pl.DataFrame, known: int) -> list[Note]:
    notes = []
    if known < rows.height:
        notes.append(
            Note.of(
                "known",
                f"Biết {known} trên {rows.height} {index.component_word.vi}; những cái còn lại để trống, không "
                "xếp chỗ.",
                f"{known} of {rows.height} {index.component_word.en} scores or ranks are known; the others are "
                "left empty and have no place.",
            )
        )
    short = rows.filter(pl.col("reference").is_null())
    if short.height:
        notes.append(Note("no_reference", _no_reference(index, short)))
    # These have a gap but no unit value to turn it into points of the total.
    unweighted = rows.filter(pl.col("gap").is_not_null(), pl.col("weighted_gap").is_null())
    if unweighted.height:
        weights = unweighted["weight"].null_count() > 0
        what = Text("trọng số", "weight") if weights else Text("điểm tối đa", "highest score")
        notes.append(
            Note.of(
                "no_weight",
                f"Chưa biết {what.vi} của {unweighted.height} {index.component_word.vi} nên không quy được khoảng "
                "cách của chúng ra tổng điểm.",
                f"The {what.en} of {unweighted.height} {_counted(unweighted.height)} is not known, so that gap "
                "cannot be turned into points of the total.",
            )
        )
    inferred = rows.filter(agency_evidence="mandate-only")["component"].to_list()
    if inferred:
        parts = [index.component(code).name for code in inferred]
        notes.append(
            Note.of(
                "inferred",
                f"Cơ quan chủ trì mới suy ra từ chức năng (chưa đọc thấy trong kế hoạch nào): "
                f"{'; '.join(part.vi for part in parts)}. Tỉnh có thể phân công khác.",
                f"Lead agencies only inferred from mandates (read in no plan so far): "
                f"{'; '.join(part.en for part in parts)}. The province may have assigned them otherwise.",
            )
        )
    if rows["shown_rank"].count() == 0 and rows["order"].count():
        notes.append(
            Note.of(
                "order",
                "Chưa biết hạng: xếp theo thứ tự đã biết của từng thành phần, không phải hạng công bố.",
                "No ranks are known: placed by the known order within each component, which is not a published "
                "rank.",
            )
        )
    return [*notes, *edition_caveats(index, year)]
