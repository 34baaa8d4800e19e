"""A table that was understood, entered into the store as one batch that can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from data.frames import Frames, load
from data.intake.questions import Faults
from data.intake.understanding import Intake, Status
from data.intake.weighing import weight_rows
from data.store import Person, Store, local
from data.store.entries import Writing
from data.text import Problem


def enter(
    store: Store,
    intake: Intake,
    *,
    source: str | None = None,
    status: Status | None = None,
    by: Person | None = None,
) -> int:
    """Write a table into the store as one batch, in the name of `by`; returns its number.

    `source` says where the table comes from (default: the file's name), `status` overrides what the comparison
    with known figures says. Raises Problem where `by` may not import, and where a question is still open.
    """
    _check(intake)
    person = by or local()
    person.check("import")
    with store.write("scores", person) as writing:
        return entered(writing, intake, source=source, status=status)


def entered(writing: Writing, intake: Intake, *, source: str | None = None, status: Status | None = None) -> int:
    """`enter` within an entry under way, which may hold several tables."""
    _check(intake)
    rows = _rows(intake, writing.next("batch"), writing.at, writing.by, source, status)
    for name, frame in rows.items():
        writing.append(name, frame)
    batch: int = rows["batch"]["batch"].item()
    plan = {"batch": batch, "sha256": intake.sha256, "shape": intake.shape, "plan": intake.plan.toml()}
    writing.append("reading_plan", pl.DataFrame([plan]))
    record = rows["batch"].row(0, named=True) | {"sha256": intake.sha256}
    writing.record("import", f"batch {batch}", None, record)
    return batch


def supposed(store: Store, intake: Intake, *, status: Status | None = None) -> Frames:
    """The data as they would be with a table entered; nothing is written. Raises as `enter` does."""
    _check(intake)
    batches = store.entered("batch")["batch"]
    number = max(batches.to_list(), default=0) + 1
    now = datetime.now(UTC).replace(tzinfo=None)
    return load(store.supposing(_rows(intake, number, now, local(), None, status)))


def _check(intake: Intake) -> None:
    """Raises Problem where something must be mended or is still asked."""
    if intake.faults:
        raise Faults(list(intake.faults))
    if intake.questions:
        first = intake.questions[0].text
        raise Problem(f"Còn câu hỏi chưa trả lời: {first.vi}", f"A question is still open: {first.en}")


def _rows(
    intake: Intake, batch: int, at: datetime, by: Person, source: str | None, status: Status | None
) -> dict[str, pl.DataFrame]:
    """What is entered, by table."""
    record = {
        "batch": batch,
        "entered_at": at,
        "file": intake.file,
        "index": intake.index.code,
        "year": intake.edition.year,
        "rows": intake.units,
        "status": status or intake.status,
        "source": source or intake.file,
        "author": by.name,
        "undone_at": None,
        "undone_by": None,
    }
    figures = intake.rows.select(
        pl.lit(batch).alias("batch"),
        pl.lit(intake.index.code).alias("index"),
        pl.lit(intake.edition.year).alias("year"),
        "unit",
        "component",
        "score",
        "published_rank",
        "scale",
        pl.col("maximum") if "maximum" in intake.rows.columns else pl.lit(None, pl.Float64).alias("maximum"),
    )
    weights = weight_rows(batch, intake.index, intake.edition.year, intake.weights or {}, "entered")
    return {"batch": pl.DataFrame([record]), "entered_score": figures, "entered_weight": weights}


def undo(store: Store, batch: int, *, by: Person | None = None) -> None:
    """Take a batch back; what stood before it stands again. Raises Problem where there is none to undo."""
    person = by or local()
    person.check("undo")
    with store.write("scores", person) as writing:
        rows = writing.table("batch").filter(pl.col("undone_at").is_null()).sort("batch")
        if batch not in rows["batch"]:
            numbers = ", ".join(map(str, rows["batch"])) or "–"
            raise Problem(
                f"Không có lô {batch} để hoàn tác. Các lô đang dùng: {numbers}.",
                f"There is no batch {batch} to undo. Batches in use: {numbers}.",
            )
        before = rows.filter(batch=batch).row(0, named=True)
        undone = {"undone_at": writing.at, "undone_by": person.name}
        writing.update("batch", batch, **undone)
        writing.record("undo", f"batch {batch}", before, before | undone)
