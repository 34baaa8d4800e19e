"""What an import says and how it differs from what is known, and the records of past imports."""

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
from data.frames import Frames
from data.intake import Intake
from data.names import Names
from data.text import Language

_CONTRADICTIONS = 20


def counted(intake: Intake) -> int:
    """How many figures the table holds."""
    return sum(intake.rows[column].count() for column in ("score", "published_rank"))


def lead(intake: Intake, lang: Language) -> Markup:
    """How much of what was read."""
    edition = f"{intake.index.name.in_(lang)} {intake.edition.year}"
    said = say(
        lang,
        "data.import.read",
        file=intake.file,
        units=intake.units,
        figures=number.whole(counted(intake), lang),
        edition=edition,
    )
    return part(say(lang, "data.import.understood"), said, lang=lang)


def differences(intake: Intake, names: Names, lang: Language) -> Markup:
    """How much of it is new, agrees with what is known or contradicts it, and what should be looked at again."""
    figures, wrong = counted(intake), intake.contradicted.height
    counts = {"fresh": figures - intake.compared, "agreed": intake.compared - wrong, "contradicted": wrong}
    fresh = say(lang, "data.import.fresh", **{key: number.whole(value, lang) for key, value in counts.items()})
    notes = sentences((note.in_(lang) for note in intake.notes), lang)
    return fragment(
        part(say(lang, "data.import.compared"), fresh, _by_column(intake, lang), lang=lang),
        _contradictions(intake, names, lang),
        part(say(lang, "data.import.notes"), notes, lang=lang),
    )


def _by_column(intake: Intake, lang: Language) -> Markup:
    """The same for each column that is read."""

    def count(name: str) -> Column[Row]:
        return Column(say(lang, f"importing.{name}"), lambda row: number.whole(row[name], lang), "number")

    title = say(lang, "data.import.compared")
    columns: list[Column[Row]] = [
        Column(say(lang, "column.component"), lambda row: _what(intake, row, lang), "name"),
        *map(count, ("fresh", "agreed", "contradicted")),
    ]
    return plain(columns, intake.by_column.iter_rows(named=True), title, lang)


def _what(intake: Intake, row: Row, lang: Language) -> str:
    """Which figure a row is about: `Tính minh bạch, hạng`."""
    component = intake.index.component(row["component"]).short.in_(lang)
    return f"{component}, {say(lang, f'command.kind.{_kind(row)}')}"


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


def _contradictions(intake: Intake, names: Names, lang: Language) -> Markup:
    wrong = intake.contradicted
    if wrong.is_empty():
        return NOTHING

    def figure(name: str) -> Callable[[Row], str]:
        scores = intake.index.score_decimals
        return lambda row: number.decimal(row[name], scores if _kind(row) == "score" else 0, lang)

    columns: list[Column[Row]] = [
        Column(say(lang, "column.name"), lambda row: names.name(row["unit"]).in_(lang), "name"),
        Column(say(lang, "column.component"), lambda row: _what(intake, row, lang)),
        Column(say(lang, "data.import.known"), figure("known"), "number"),
        Column(say(lang, "data.import.entered"), figure("entered"), "number"),
    ]
    title = say(lang, "data.import.contradictions", count=wrong.height)
    shown = plain(columns, wrong.head(_CONTRADICTIONS).iter_rows(named=True), title, lang)
    return part(title, say(lang, "data.import.contradictions_lead"), shown, lang=lang)


def _kind(row: Row) -> str:
    """Whether a contradiction is about a score or a rank."""
    return "score" if row["figure"] == "score" else "rank"
