"""Why did the total and the rank change since the edition before?

Each component contributes unit value · change, and a `remainder` row closes the sum: an additive decomposition,
exact by construction. The rank is split by `analytics.rank_change`. Both say where points and places came from;
neither says why a component moved.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.change.rank_change import LISTS, rank_parts
from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import equal_weights
from analytics.core.edition import PLACES, check_unit, figures, no_components, nothing_known
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Note, Problem, Text

CHANGE_COLUMNS = (
    "component",
    "weight_before",
    "weight_after",
    "before",
    "after",
    "change",
    "contribution",
    "rank_before",
    "rank_after",
    "change_rank",
    "crossing",
    "series_break",
    "status_before",
    "status_after",
)
REMAINDER = "remainder"


def change(frames: Frames, unit: str, index: str, year: int) -> Answer:
    """What the change of a unit's total and rank since the previous edition is made of.

    Rows (`CHANGE_COLUMNS`), the largest contribution in size first, `remainder` last: `before`, `after` and
    `change` in points of the component, `contribution` in points of the total (null where the component is
    unknown in either edition), so that contributions and remainder add up to `score_change`; ranks as shown,
    `change_rank` positive = moved up; `crossing` is score and rank together: `up/down` rose in score and fell
    in rank, `same` stayed, `?` isn't known. Changes of score are null across regimes. `status_before` and
    `status_after` say how each score is known.

    Figures: `previous_year`, `score_before`, `score_after`, `score_change`, with `status_before` and
    `status_after`; `rank_before`, `rank_after` and `rank_change`, as in the lists, with `rank_status_before` and
    `rank_status_after` (null where the publisher stated no rank); `own`, `others`, `method` and `lists`, parts of
    it that add up to it: positive = moved us up; `method` is 0 inside a regime; `lists` is what the lists differ
    by from ranks computed among the `compared` units in both editions (`compared_before`, `compared_after`),
    because units came or went, or the publisher ranked otherwise; all null where the note `not_split` says why;
    `rank_if_score_kept` (among the `compared`), and `crossed` (components by crossing). Coverage counts components
    known in both editions.

    Notes: `new_method` (scores are not compared), `only_total` (there are no components), `known` (of how many),
    `series_break`, `edition:YEAR` (what must be known of either), `reranked` (why the lists differ),
    `not_split` (why the change of rank has no parts).

    Raises Problem for a unit or edition that doesn't exist, a first edition, or where neither score nor rank
    of the unit is known in both.
    """
    definition = frames.index(index)
    edition = check_unit(frames, definition, unit, year)
    previous = definition.previous(year)
    if previous is None or previous.unit_set != edition.unit_set:
        raise Problem(
            f"{definition.name.vi} {year} là kỳ đầu tiên của bộ {edition.unit_set} tỉnh, thành phố nên không "
            "có gì để so; chọn năm sau đó.",
            f"{definition.name.en} {year} is the first edition of the {edition.unit_set} units, so there is "
            "nothing to compare with; choose a later year.",
        )
    both = figures(frames, definition, (previous.year, year))
    before, after = (both.filter(unit=unit, year=item) for item in (previous.year, year))
    total = _total(frames, definition, unit, before, after, previous.year, year)
    rows = _rows(definition, before, after, previous.year, year)
    known = rows.filter(pl.col("before").is_not_null() & pl.col("after").is_not_null()).height
    rank, rank_notes = rank_parts(definition, both, unit, previous.year, year)
    return Answer(
        question="change",
        index=definition.code,
        year=year,
        unit=unit,
        rows=_closed(rows, total["score_change"]),
        coverage=Coverage(known, rows.height),
        figures={**total, **rank, LISTS: _lists(total, rank), "crossed": _crossed(rows)},
        notes=(*_notes(definition, previous.year, year, rows, known), *_reranked(total, rank), *rank_notes),
    )


def known_changes(frames: Frames, unit: str, index: str) -> pl.DataFrame:
    """The editions of which `change` can be asked for a unit, newest first: year, previous_year, parts, of.

    `parts` counts the components whose contribution can be told, `of` those of the edition; across a change of
    method that is none. Raises Problem for an index that does not exist.
    """
    definition = frames.index(index)
    own = frames.score.filter(index=definition.code, unit=unit)
    totals = own.filter(pl.any_horizontal(pl.col("score", "published_rank").is_not_null()), component=OVERALL)
    known = set(totals["year"])
    parts: dict[int, set[str]] = {}
    for year, component in own.drop_nulls("score").select("year", "component").iter_rows():
        parts.setdefault(year, set()).add(component)
    rows = []
    for edition in reversed(definition.editions):
        before = definition.previous(edition.year)
        if before is None or before.unit_set != edition.unit_set or not {before.year, edition.year} <= known:
            continue
        codes = definition.regime(edition.year).components
        both = parts.get(before.year, set()) & parts.get(edition.year, set()) & {*codes}
        told = len(both) if definition.comparable(before.year, edition.year) else 0
        rows.append((edition.year, before.year, told, len(codes)))
    schema = {"year": pl.Int64, "previous_year": pl.Int64, "parts": pl.Int64, "of": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _total(
    frames: Frames,
    index: Index,
    unit: str,
    before: pl.DataFrame,
    after: pl.DataFrame,
    previous: int,
    year: int,
) -> dict[str, Any]:
    """The unit's total and shown rank in both editions, and the change of the score."""
    ends = []
    for found, when in ((before, previous), (after, year)):
        total = found.filter(component=OVERALL)
        if total.is_empty() or total.select(pl.coalesce("score", "shown_rank")).item() is None:
            raise nothing_known(frames, index, unit, when, OVERALL)
        ends.append(total.row(0, named=True))
    return {
        "previous_year": previous,
        "score_before": ends[0]["score"],
        "score_after": ends[1]["score"],
        "score_change": ends[1]["change_score"],
        "status_before": ends[0]["score_status"],
        "status_after": ends[1]["score_status"],
        "rank_before": ends[0]["shown_rank"],
        "rank_after": ends[1]["shown_rank"],
        "rank_change": ends[1]["change_rank"],
        "rank_status_before": ends[0]["rank_status"],
        "rank_status_after": ends[1]["rank_status"],
    }


def _rows(index: Index, before: pl.DataFrame, after: pl.DataFrame, previous: int, year: int) -> pl.DataFrame:
    """One row per component of either edition."""
    codes = dict.fromkeys((*index.regime(year).components, *index.regime(previous).components))
    components = pl.DataFrame(
        [
            {
                "component": code,
                "weight_before": _weight(index, code, previous),
                "weight_after": _weight(index, code, year),
                "series_break": index.comparable(previous, year)
                and index.broken(code, previous, year) is not None,
            }
            for code in codes
        ],
        schema={
            "component": pl.String,
            "weight_before": pl.Float64,
            "weight_after": pl.Float64,
            "series_break": pl.Boolean,
        },
    )
    old = before.select(
        "component",
        before="score",
        rank_before=pl.col("shown_rank").cast(pl.Int64),
        status_before=pl.col("score_status").cast(pl.String),
    )
    new = after.select(
        "component",
        "unit_value",
        "change_rank",
        "direction",
        after="score",
        change="change_score",
        rank_after=pl.col("shown_rank").cast(pl.Int64),
        status_after=pl.col("score_status").cast(pl.String),
    )
    joined = components.join(old, on="component", how="left", maintain_order="left").join(
        new, on="component", how="left", maintain_order="left"
    )
    better = pl.when(pl.col("direction") == "lower_better").then(-pl.col("change")).otherwise("change")
    return joined.with_columns(
        contribution=(pl.col("unit_value") * pl.col("change")).round(PLACES),
        crossing=pl.concat_str(_way(better), pl.lit("/"), _way(pl.col("change_rank"))),
    )


def _weight(index: Index, component: str, year: int) -> float | None:
    return index.weight(component, year) if component in index.regime(year).components else None


def _way(change: pl.Expr) -> pl.Expr:
    return (
        pl.when(change > 0)
        .then(pl.lit("up"))
        .when(change < 0)
        .then(pl.lit("down"))
        .when(change == 0)
        .then(pl.lit("same"))
        .otherwise(pl.lit("?"))
    )


def _closed(rows: pl.DataFrame, score_change: float | None) -> pl.DataFrame:
    """The rows in order of size, and the remainder that closes the sum."""
    explained = float(rows["contribution"].sum())
    rest = None if score_change is None else round(score_change - explained, PLACES)
    remainder = pl.DataFrame(
        {"component": [REMAINDER], "contribution": [rest]}, schema_overrides={"contribution": pl.Float64}
    )
    ordered = rows.sort(pl.col("contribution").abs(), descending=True, nulls_last=True, maintain_order=True)
    return pl.concat([ordered, remainder], how="diagonal").select(CHANGE_COLUMNS)


def _crossed(rows: pl.DataFrame) -> dict[str, list[str]]:
    grouped = rows.group_by("crossing", maintain_order=True).agg("component")
    return dict(grouped.iter_rows())


def _notes(index: Index, previous: int, year: int, rows: pl.DataFrame, known: int) -> list[Note]:
    notes: list[Note] = []
    if not index.comparable(previous, year):
        notes.append(
            Note.of(
                "new_method",
                f"Cách tính đổi giữa {previous} và {year}: không so điểm, chỉ so hạng.",
                f"The method changed between {previous} and {year}: scores are not compared, only ranks.",
            )
        )
    elif rows.is_empty():
        # Neither edition has components, so that the whole change is in the remainder.
        only_total = no_components(index, year)
        notes.extend([] if only_total is None else [Note("only_total", only_total)])
    elif known < rows.height:
        notes.append(
            Note.of(
                "known",
                f"Biết {known} trên {rows.height} {index.component_word.vi} ở cả hai năm; phần của những cái "
                "còn lại nằm trong dòng phần dư.",
                f"{known} of {rows.height} components are known in both years; the part of the others is in the "
                "remainder.",
            )
        )
    broken = next(
        (found for code in rows["component"] if (found := index.broken(code, previous, year)) is not None), None
    )
    if broken is not None and index.comparable(previous, year):
        notes.append(Note("series_break", broken.note))
    edition_notes = ((item, index.edition(item).note) for item in (previous, year))
    assumed = equal_weights(index, year) or equal_weights(index, previous)
    return [*notes, *assumed] + [
        Note(
            f"edition:{item}",
            Text(f"{index.name.vi} {item}: {note.vi}", f"{index.name.en} {item}: {note.en}"),
        )
        for item, note in edition_notes
        if note is not None
    ]


def _lists(total: dict[str, Any], rank: dict[str, Any]) -> int | None:
    """By how many places the change in the lists differs from that among the units in both editions."""
    if rank["compared"] is None:
        return None
    return int(total["rank_change"] - (rank["compared_before"] - rank["compared_after"]))


def _reranked(total: dict[str, Any], rank: dict[str, Any]) -> list[Note]:
    """Says where the ranks that were split are not those of the lists."""
    shown = (total["rank_before"], total["rank_after"])
    if rank["compared"] is None or shown == (rank["compared_before"], rank["compared_after"]):
        return []
    return [
        Note.of(
            "reranked",
            f"Xếp lại theo điểm giữa {rank['compared']} đơn vị có ở cả hai kỳ, hạng là {rank['compared_before']} "
            f"rồi {rank['compared_after']}; trong danh sách là {shown[0]} rồi {shown[1]}.",
            f"Ranked anew by score among the {rank['compared']} units in both editions the ranks are "
            f"{rank['compared_before']}, then {rank['compared_after']}; in the lists {shown[0]}, then {shown[1]}.",
        )
    ]
