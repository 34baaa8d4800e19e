"""The preview of an import (how the table was read), and the records of past imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, fragment
from dashboard.html.parts import part, plain, sentences
from dashboard.html.table import Column
from dashboard.text import say
from dashboard.text.dates import moment
from data import number
from data.definition import Index
from data.frames import Frames
from data.intake import Column as Read
from data.intake import Intake
from data.names import Names
from data.text import Language

_LINES = 5  # of the table itself: enough to see that cells stand in their columns
_CONTRADICTIONS = 20


def counted(intake: Intake) -> int:
    """How many figures the table holds."""
    return sum(intake.rows[column].count() for column in ("score", "published_rank"))


def preview(intake: Intake, names: Names, lang: Language) -> Markup:
    """Columns, units, agreement with known figures, contradictions, notes, and the first lines."""
    edition = f"{intake.index.name.in_(lang)} {intake.edition.year}"
    figures, wrong = counted(intake), intake.contradicted.height
    lead = say(
        lang,
        "data.import.read",
        file=intake.file,
        units=intake.units,
        figures=number.whole(figures, lang),
        edition=edition,
    )
    counts = {"fresh": figures - intake.compared, "agreed": intake.compared - wrong, "contradicted": wrong}
    fresh = say(lang, "data.import.fresh", **{key: number.whole(value, lang) for key, value in counts.items()})
    notes = sentences((note.in_(lang) for note in intake.notes), lang)
    return fragment(
        part(say(lang, "data.import.understood"), f"{lead} {fresh}", _columns(intake, lang), lang=lang),
        _contradictions(intake, names, lang),
        part(say(lang, "data.import.notes"), notes, lang=lang),
        part(say(lang, "data.import.first"), _first(intake, names, lang), lang=lang),
    )


def agreement(intake: Intake, lang: Language) -> str:
    """Why the table's figures get the status that is preselected."""
    agreed = intake.compared - intake.contradicted.height
    key = "agrees" if intake.status == "published" else "differs"
    return say(lang, f"data.import.status_{key}", agreed=agreed, compared=intake.compared)


def record(batch: Mapping[str, Any], frames: Frames, lang: Language) -> str:
    """One import in a line: edition, number of units, status, source, file, time, and who entered it."""
    return say(
        lang,
        "data.import.record",
        edition=edition_of(batch, frames, lang),
        units=batch["rows"],
        status=say(lang, f"status.{batch['status']}"),
        source=batch["source"],
        file=batch["file"],
        when=moment(batch["entered_at"], lang),
        author=batch["author"],
    )


def edition_of(batch: Mapping[str, Any], frames: Frames, lang: Language) -> str:
    return f"{frames.index(batch['index']).name.in_(lang)} {batch['year']}"


def past(batches: pl.DataFrame, frames: Frames, lang: Language) -> Markup:
    """The imports that were undone."""
    columns: list[Column[Row]] = [
        Column(say(lang, "column.batch"), lambda row: str(row["batch"]), "name"),
        Column(say(lang, "column.index"), lambda row: edition_of(row, frames, lang)),
        Column(say(lang, "column.source"), lambda row: str(row["source"])),
        Column(say(lang, "column.undone_at"), lambda row: moment(row["undone_at"], lang)),
        Column(say(lang, "column.undone_by"), lambda row: str(row["undone_by"] or number.MISSING)),
    ]
    title = say(lang, "data.import.past", count=batches.height)
    return plain(columns, batches.iter_rows(named=True), title, lang)


def _columns(intake: Intake, lang: Language) -> Markup:
    def meaning(column: Read) -> str:
        return _meaning(intake.index, column.kind, column.component, lang)

    title = say(lang, "data.import.column")
    columns: list[Column[Read]] = [
        Column(title, lambda column: column.heading or number.MISSING, "name"),
        Column(say(lang, "data.import.meaning"), meaning),
    ]
    return plain(columns, intake.columns, title, lang)


def _meaning(index: Index, kind: str, component: str | None, lang: Language) -> str:
    meaning = say(lang, f"command.kind.{kind}")
    return meaning if component is None else f"{index.component(component).name.in_(lang)}, {meaning}"


def _contradictions(intake: Intake, names: Names, lang: Language) -> Markup:
    wrong = intake.contradicted
    if wrong.is_empty():
        return NOTHING

    def what(row: Row) -> str:
        component = intake.index.component(row["component"]).short.in_(lang)
        return f"{component}, {say(lang, f'command.kind.{_kind(row)}')}"

    def figure(name: str) -> Callable[[Row], str]:
        scores = intake.index.score_decimals
        return lambda row: number.decimal(row[name], scores if _kind(row) == "score" else 0, lang)

    columns: list[Column[Row]] = [
        Column(say(lang, "column.name"), lambda row: names.name(row["unit"]).in_(lang), "name"),
        Column(say(lang, "column.component"), what),
        Column(say(lang, "data.import.known"), figure("known"), "number"),
        Column(say(lang, "data.import.entered"), figure("entered"), "number"),
    ]
    title = say(lang, "data.import.contradictions", count=wrong.height)
    shown = plain(columns, wrong.head(_CONTRADICTIONS).iter_rows(named=True), title, lang)
    return part(title, say(lang, "data.import.contradictions_lead"), shown, lang=lang)


def _kind(row: Row) -> str:
    """Whether a contradiction is about a score or a rank."""
    return "score" if row["figure"] == "score" else "rank"


def _first(intake: Intake, names: Names, lang: Language) -> Markup:
    """The first lines as they were read: one for each unit, a column for each that holds figures."""
    units = intake.rows["unit"].unique(maintain_order=True).head(_LINES).to_list()
    shown = [column for column in intake.columns if column.component is not None]
    cells = {
        (row["unit"], row["component"]): row
        for row in intake.rows.filter(pl.col("unit").is_in(units)).iter_rows(named=True)
    }

    def figure(column: Read) -> Callable[[str], str]:
        def written(unit: str) -> str:
            found = cells.get((unit, str(column.component)), {})
            if column.kind == "rank":
                return number.whole(found.get("published_rank"), lang)
            return number.decimal(found.get("score"), intake.index.score_decimals, lang)

        return written

    columns: list[Column[str]] = [
        Column(say(lang, "column.name"), lambda unit: names.name(unit).in_(lang), "name"),
        *(Column[str](column.heading, figure(column), "number") for column in shown),
    ]
    return plain(columns, units, say(lang, "data.import.first"), lang)
