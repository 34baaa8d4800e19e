"""What would an edition be with a table entered: what becomes complete, whose rank changes, does it agree?"""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.audit import audit
from analytics.core.ranking import ranked
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Note

_NAMED = 3


def prospect(before: Frames, after: Frames, index: str, year: int) -> Answer:
    """An edition as it is (`before`) and as it would be (`after`, as of `data.intake.supposed`).

    Rows: unit, name, `rank_before` and `rank_after`, the ranks by the total that pages show (the publisher's, else
    computed), of units whose rank changes. Figures: `completed`, components whose edition becomes complete;
    `incomplete`, those that would stop being so; `new_ranks`, units that get a first rank; `differs`, findings of
    the audit that would be new, by check; `recovered`, whether the audit finds the weights then.

    Notes: `complete`, `incomplete`, `ranks`, `audit` and `weights`, together one paragraph.

    Raises Problem for an index that does not exist.
    """
    old, new = _edition(before, index, year), _edition(after, index, year)
    whole_before, whole_after = _complete(old), _complete(new)
    ranks = _ranks(new).join(_ranks(old), on="unit", how="left", suffix="_before")
    moved = ranks.filter(pl.col("rank").ne_missing(pl.col("rank_before"))).sort("rank", nulls_last=True)
    differs, recovered = _audited(before, after, index, year)
    figures: dict[str, Any] = {
        "completed": sorted(whole_after - whole_before),
        "incomplete": sorted(whole_before - whole_after),
        "new_ranks": moved.filter(pl.col("rank_before").is_null(), pl.col("rank").is_not_null()).height,
        "differs": differs,
        "recovered": recovered,
    }
    changed = moved.drop_nulls(["rank", "rank_before"])
    definition = after.index(index)
    return Answer(
        question="prospect",
        index=definition.code,
        year=year,
        unit=None,
        rows=moved.select("unit", "name", "rank_before", rank_after="rank"),
        coverage=Coverage(new.filter(component=OVERALL)["score"].count(), definition.edition(year).units),
        figures=figures,
        notes=_notes(definition, year, figures, changed),
    )


def _edition(frames: Frames, index: str, year: int) -> pl.DataFrame:
    """The ranked figures of an edition; none where it is not known yet."""
    return ranked(frames, frames.index(index)).filter(year=year)


def _complete(edition: pl.DataFrame) -> set[str]:
    return set(edition.filter("complete")["component"])


def _ranks(edition: pl.DataFrame) -> pl.DataFrame:
    shown = pl.coalesce(pl.col("published_rank").cast(pl.Int64), pl.col("rank").cast(pl.Int64))
    return edition.filter(component=OVERALL).select("unit", "name", rank=shown)


def _audited(before: Frames, after: Frames, index: str, year: int) -> tuple[dict[str, int], bool]:
    """Findings of the audit that differ, by check, that there would be more than there are; and the weights."""
    new = audit(after, index, year)
    known = year in before.index(index).years
    old = _differing(audit(before, index, year).rows) if known else {}
    more = {check: count - old.get(check, 0) for check, count in _differing(new.rows).items()}
    weights = new.figures["recovered_weights"].get(year)
    return {check: count for check, count in more.items() if count > 0}, bool(weights and weights["identified"])


def _differing(rows: pl.DataFrame) -> dict[str, int]:
    counts = rows.filter(finding="differs").group_by("check").len()
    return dict(counts.sort("check").iter_rows())


_CHECKS = {
    "total": ("tổng điểm khác tổng các thành phần", "totals that are not the sum of their parts"),
    "rank": ("hạng ngược với điểm", "ranks that contradict scores"),
    "repeated": ("dòng trùng với đơn vị khác", "rows that repeat another unit's"),
    "scale": ("số ngoài thang điểm", "figures outside the scale"),
}


def _notes(index: Index, year: int, figures: dict[str, Any], changed: pl.DataFrame) -> tuple[Note, ...]:
    edition = (f"{index.name.vi} {year}", f"{index.name.en} {year}")
    notes = [_completed(index, edition, figures)]
    if figures["incomplete"]:
        names = [index.component(code).short for code in figures["incomplete"]]
        notes.append(
            Note.of(
                "incomplete",
                f"Sẽ không còn đủ: {', '.join(name.vi for name in names)}.",
                f"No longer complete: {', '.join(name.en for name in names)}.",
            )
        )
    notes.append(_reranked(figures, changed))
    if figures["differs"]:
        said = [(count, *_CHECKS[check]) for check, count in figures["differs"].items()]
        english = "; ".join(f"{count} {words}" for count, _, words in said)
        notes.append(
            Note.of(
                "audit",
                f"Kiểm tra số học thấy thêm: {'; '.join(f'{n} {vi}' for n, vi, _ in said)}.",
                f"The arithmetic audit finds, beyond what it found before: {english}.",
            )
        )
    else:
        notes.append(
            Note.of(
                "audit",
                "Kiểm tra số học không thấy thêm chỗ nào không khớp.",
                "The arithmetic audit finds nothing new that does not agree.",
            )
        )
    if figures["recovered"]:
        notes.append(
            Note.of(
                "weights",
                "Chỉ một bộ trọng số (bước 5%) cho lại đúng mọi tổng điểm.",
                "One set of weights alone (in steps of 5%) reproduces every total.",
            )
        )
    return tuple(notes)


def _completed(index: Index, edition: tuple[str, str], figures: dict[str, Any]) -> Note:
    if not figures["completed"]:
        return Note.of(
            "complete",
            f"Nhập xong, {edition[0]} chưa có thêm tổng điểm hay thành phần nào đủ mọi đơn vị.",
            f"With it, nothing more of {edition[1]} becomes complete.",
        )
    names = [index.component(code).short for code in figures["completed"]]
    return Note.of(
        "complete",
        f"Nhập xong, {edition[0]} có đủ mọi đơn vị ở: {', '.join(name.vi for name in names)}.",
        f"With it, {edition[1]} is complete in: {', '.join(name.en for name in names)}.",
    )


def _reranked(figures: dict[str, Any], changed: pl.DataFrame) -> Note:
    new = figures["new_ranks"]
    if changed.is_empty():
        if not new:
            return Note.of("ranks", "Không hạng chung nào đổi.", "No overall rank changes.")
        return Note.of(
            "ranks",
            f"{new} đơn vị có hạng chung lần đầu; không hạng nào đang có bị đổi.",
            f"{new} units get a first overall rank; no rank that is known changes.",
        )
    rows = changed.head(_NAMED).iter_rows(named=True)
    said = "; ".join(f"{row['name']} {row['rank_before']} → {row['rank']}" for row in rows)
    more = " …" if changed.height > _NAMED else ""
    return Note.of(
        "ranks",
        f"{changed.height} đơn vị đổi hạng chung ({said}{more}), {new} đơn vị có hạng lần đầu.",
        f"{changed.height} units change their overall rank ({said}{more}); {new} get a first one.",
    )
