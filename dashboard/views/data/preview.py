"""What a table was understood to say before anything is written, and the imports that stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.html.markup import Column, Html, listed, moment, part, table
from dashboard.text import say
from data import number
from data.definition import Index
from data.frames import Frames
from data.intake import Intake
from data.names import Names
from data.text import Language

_LINES = 5  # of the table itself: enough to see that cells stand in their columns
_CONTRADICTIONS = 20


def counted(intake: Intake) -> int:
    """How many figures the table holds."""
    return sum(intake.rows[column].count() for column in ("score", "published_rank"))


def preview(intake: Intake, names: Names, lang: Language) -> Html:
    """Columns, units, agreement, contradictions, what to look at, and the first lines."""
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
    return Html(
        part(say(lang, "data.import.understood"), f"{lead} {fresh}", _columns(intake, lang), lang=lang)
        + _contradictions(intake, names, lang)
        + part(say(lang, "data.import.notes"), listed((note.in_(lang) for note in intake.notes), lang), lang=lang)
        + part(say(lang, "data.import.first"), _first(intake, names, lang), lang=lang)
    )


def agreement(intake: Intake, lang: Language) -> str:
    """Why the table is marked as it is unless its reader says otherwise."""
    agreed = intake.compared - intake.contradicted.height
    key = "agrees" if intake.status == "published" else "differs"
    return say(lang, f"data.import.status_{key}", agreed=agreed, compared=intake.compared)


def record(batch: Mapping[str, Any], frames: Frames, lang: Language) -> str:
    """What there is to say of one import."""
    return say(
        lang,
        "data.import.record",
        edition=edition_of(batch, frames, lang),
        units=batch["rows"],
        status=say(lang, f"status.{batch['status']}"),
        source=batch["source"],
        file=batch["file"],
        when=moment(batch["entered_at"], lang),
    )


def edition_of(batch: Mapping[str, Any], frames: Frames, lang: Language) -> str:
    return f"{frames.index(batch['index']).name.in_(lang)} {batch['year']}"


def past(batches: pl.DataFrame, frames: Frames, lang: Language) -> Html:
    """The imports that were undone."""
    columns = [
        Column(say(lang, "column.batch")),
        Column(say(lang, "column.index")),
        Column(say(lang, "column.source")),
        Column(say(lang, "column.undone_at")),
    ]
    lines = [
        (
            str(row["batch"]),
            edition_of(row, frames, lang),
            row["source"],
            moment(row["undone_at"], lang),
        )
        for row in batches.iter_rows(named=True)
    ]
    return table(say(lang, "data.import.past", count=batches.height), columns, lines, lang)


def _columns(intake: Intake, lang: Language) -> Html:
    title = say(lang, "data.import.column")
    columns = [Column(title), Column(say(lang, "data.import.meaning"))]
    lines = [
        (column.heading or number.MISSING, _meaning(intake.index, column.kind, column.component, lang))
        for column in intake.columns
    ]
    return table(title, columns, lines, lang)


def _meaning(index: Index, kind: str, component: str | None, lang: Language) -> str:
    meaning = say(lang, f"command.kind.{kind}")
    return meaning if component is None else f"{index.component(component).name.in_(lang)}, {meaning}"


def _contradictions(intake: Intake, names: Names, lang: Language) -> str:
    wrong = intake.contradicted
    if wrong.is_empty():
        return ""
    title = say(lang, "data.import.contradictions", count=wrong.height)
    columns = [
        Column(say(lang, "column.name")),
        Column(say(lang, "column.component")),
        Column(say(lang, "data.import.known"), number=True),
        Column(say(lang, "data.import.entered"), number=True),
    ]
    lines = []
    for row in wrong.head(_CONTRADICTIONS).iter_rows(named=True):
        what = "score" if row["figure"] == "score" else "rank"
        places = intake.index.score_decimals if what == "score" else 0
        component = intake.index.component(row["component"]).short.in_(lang)
        lines.append(
            (
                names.name(row["unit"]).in_(lang),
                f"{component}, {say(lang, f'command.kind.{what}')}",
                number.decimal(row["known"], places, lang),
                number.decimal(row["entered"], places, lang),
            )
        )
    lead = say(lang, "data.import.contradictions_lead")
    return part(title, lead, table(title, columns, lines, lang), lang=lang)


def _first(intake: Intake, names: Names, lang: Language) -> Html:
    """The first lines as they were read: one for each unit, a column for each that holds figures."""
    units = intake.rows["unit"].unique(maintain_order=True).head(_LINES).to_list()
    shown = [column for column in intake.columns if column.component is not None]
    cells = {
        (row["unit"], row["component"]): row
        for row in intake.rows.filter(pl.col("unit").is_in(units)).iter_rows(named=True)
    }

    def cell(unit: str, kind: str, component: str | None) -> str:
        found = cells.get((unit, str(component)), {})
        if kind == "rank":
            return number.whole(found.get("published_rank"), lang)
        return number.decimal(found.get("score"), intake.index.score_decimals, lang)

    columns = [Column(say(lang, "column.name")), *(Column(column.heading, number=True) for column in shown)]
    lines = [
        (names.name(unit).in_(lang), *(cell(unit, column.kind, column.component) for column in shown))
        for unit in units
    ]
    return table(say(lang, "data.import.first"), columns, lines, lang)
