"""Where does one figure come from, and how well is it known?

A figure is a unit's score and rank on a component of an edition. Beside it stand the sources it was read in, the
import that laid itself over it, and every single reading, those that disagree included.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_unit, name_of
from analytics.core.ranking import SCORE_COLUMNS, ranked
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.text import Note, Text

SOURCE_COLUMNS = (
    "source",
    "kind",
    "title",
    "publisher",
    "location",
    "version",
    "licence",
    "note",
    "entered_at",
    "for_score",
    "for_rank",
)

FIGURE = (
    *SCORE_COLUMNS,
    "order",
    "scaled",
    "published_score",
    "published_rank",
    "rank_status",
    "rank",
    "of",
    "complete",
    "tier",
    "regime",
    "note_vi",
    "note_en",
)

# The kind of a source that is an import into this store, beside those of `data.status.SOURCE_KINDS`.
BATCH = "batch"

# Printed with two decimals, two readings of one figure differ by no more than this.
_SAME = 0.0051


def provenance(frames: Frames, index: str, year: int, unit: str, component: str = OVERALL) -> Answer:
    """The figure of a unit on a component of an edition, how it is known, and where it was read.

    Figures: `figure` (the columns `FIGURE`, as in `analytics.ranking.ranked`; None where nothing is known),
    `weight` and `weight_status` of the component, `readings` (score, rank, basis, scale, maximum, source,
    title, note_en, and whether score and rank agree with the figure: null where they cannot be compared),
    `conflicts` (readings that disagree), `years` (editions in which this figure of the unit is known).
    Rows (`SOURCE_COLUMNS`), in the order cited: `kind` as in `data.status.SOURCE_KINDS`, or `batch` for an
    import, whose `title` is what was said of it, `location` its file and `entered_at` when (UTC);
    `for_score` and `for_rank` are false for sources whose score or rank an import has replaced.

    Notes: `figure` (what must be known of it), `unknown` (and which years are known), `edition` (what must be
    known of it), `missing` (why it is not known), `announced` (how its publisher gave it out).

    Raises Problem for an index, edition, component or unit that does not exist, or is not scored there.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    definition.check_component(component, year)
    cell = {"year": year, "unit": unit, "component": component}
    row = next(ranked(frames, definition).filter(**cell).iter_rows(named=True), None)
    readings = _readings(frames, definition, cell, row)
    known = frames.score.filter(index=definition.code, unit=unit, component=component)
    years = known.filter(pl.any_horizontal(pl.col("score", "published_rank").is_not_null()))["year"]
    return Answer(
        question="provenance",
        index=definition.code,
        year=year,
        unit=unit,
        rows=_sources(frames, definition, cell, row),
        coverage=Coverage(int(row is not None and row["score"] is not None), 1),
        figures={
            "component": component,
            "figure": None if row is None else {name: row[name] for name in FIGURE},
            "weight": definition.weight(component, year),
            "weight_status": definition.regime(year).weight_status,
            "readings": readings,
            "conflicts": sum(item["score_agrees"] is False or item["rank_agrees"] is False for item in readings),
            "years": years.sort().to_list(),
        },
        notes=tuple(_notes(frames, definition, cell, row, years)),
    )


def _sources(frames: Frames, index: Index, cell: dict[str, Any], row: dict[str, Any] | None) -> pl.DataFrame:
    cited = [] if row is None else str(row["source"]).split(";")
    batch = next((int(item.removeprefix("batch:")) for item in cited if item.startswith("batch:")), None)
    entered = frames.entered_score.filter(index=index.code, batch=batch, **cell) if batch else None
    score_entered = entered is not None and entered["score"].count() > 0
    rank_entered = entered is not None and entered["published_rank"].count() > 0
    known = frames.source.filter(collection=index.code)
    found: list[dict[str, Any]] = []
    for name in cited:
        if name.startswith("batch:"):
            found.append(
                _import(frames, name, int(batch or 0)) | {"for_score": score_entered, "for_rank": rank_entered}
            )
        else:
            of_source = known.filter(source=name).row(0, named=True)
            found.append(of_source | {"for_score": not score_entered, "for_rank": not rank_entered})
    kinds: dict[str, Any] = dict.fromkeys(SOURCE_COLUMNS, pl.String)
    kinds |= {"entered_at": pl.Datetime("us"), "for_score": pl.Boolean, "for_rank": pl.Boolean}
    return pl.DataFrame([{name: item.get(name) for name in kinds} for item in found], schema=kinds)


def _import(frames: Frames, name: str, batch: int) -> dict[str, Any]:
    record = frames.batch.filter(batch=batch).row(0, named=True)
    return {
        "source": name,
        "kind": BATCH,
        "title": record["source"],
        "location": record["file"],
        "entered_at": record["entered_at"],
    }


def _readings(
    frames: Frames, index: Index, cell: dict[str, Any], row: dict[str, Any] | None
) -> list[dict[str, Any]]:
    titles = frames.source.filter(collection=index.code).select("source", "title")
    found = frames.reading.filter(index=index.code, **cell).join(titles, on="source", how="left")
    columns = ("score", "rank", "basis", "scale", "maximum", "source", "title", "note_en")
    return [
        {name: item[name] for name in columns}
        | {"score_agrees": _score_agrees(item, row), "rank_agrees": _rank_agrees(item, row)}
        for item in found.iter_rows(named=True)
    ]


def _score_agrees(reading: dict[str, Any], row: dict[str, Any] | None) -> bool | None:
    chosen = None if row is None else row["score"] if row["published_score"] is None else row["published_score"]
    if row is None or chosen is None or reading["score"] is None or reading["scale"] != row["scale"]:
        return None
    return bool(abs(reading["score"] - chosen) <= _SAME)


def _rank_agrees(reading: dict[str, Any], row: dict[str, Any] | None) -> bool | None:
    if row is None or row["published_rank"] is None or reading["rank"] is None:
        return None
    return bool(reading["rank"] == row["published_rank"])


def _notes(
    frames: Frames, index: Index, cell: dict[str, Any], row: dict[str, Any] | None, years: pl.Series
) -> list[Note]:
    edition = index.edition(cell["year"])
    notes = []
    if row is not None and row["note_vi"] is not None:
        notes.append(Note("figure", Text(row["note_vi"], row["note_en"])))
    if row is None:
        name = name_of(frames, cell["unit"])
        known = spans(years.to_list())
        notes.append(
            Note.of(
                "unknown",
                f"Chưa có số liệu này của {name.vi}"
                + (f"; những năm đã biết: {known}." if known else ", và chưa biết năm nào khác."),
                f"This figure of {name.en} is not known"
                + (f"; years that are known: {known}." if known else ", nor that of any other year."),
            )
        )
    if edition.note is not None:
        notes.append(Note("edition", edition.note))
    if row is None and edition.missing is not None:
        notes.append(Note("missing", edition.missing))
    return [*notes, Note("announced", index.announcements[edition.announced])]
