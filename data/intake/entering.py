"""A table that was understood, entered into the store as one batch that can be undone."""

from __future__ import annotations

import polars as pl

from data.intake.questions import Faults
from data.intake.understanding import Intake, Status
from data.store import Person, Store, local
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
    if intake.faults:
        raise Faults(list(intake.faults))
    if intake.questions:
        first = intake.questions[0].text
        raise Problem(f"Còn câu hỏi chưa trả lời: {first.vi}", f"A question is still open: {first.en}")
    person = by or local()
    person.check("import")
    with store.write("scores", person) as writing:
        batch = writing.next("batch")
        record = {
            "batch": batch,
            "entered_at": writing.at,
            "file": intake.file,
            "index": intake.index.code,
            "year": intake.edition.year,
            "rows": intake.units,
            "status": status or intake.status,
            "source": source or intake.file,
            "author": person.name,
            "undone_at": None,
            "undone_by": None,
        }
        writing.append("batch", pl.DataFrame([record]))
        figures = intake.rows.select(
            pl.lit(batch).alias("batch"),
            pl.lit(intake.index.code).alias("index"),
            pl.lit(intake.edition.year).alias("year"),
            "unit",
            "component",
            "score",
            "published_rank",
            "scale",
        )
        writing.append("entered_score", figures)
        plan = {"batch": batch, "sha256": intake.sha256, "shape": intake.shape, "plan": intake.plan.toml()}
        writing.append("reading_plan", pl.DataFrame([plan]))
        writing.record("import", f"batch {batch}", None, record | {"sha256": intake.sha256})
    return batch


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
