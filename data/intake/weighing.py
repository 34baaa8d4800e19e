"""Weights that come with a table, in a row of their own or as a person gives them; or that come alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from data.definition import OVERALL, Edition, Index
from data.entered_weights import Status, known, same, shares_of
from data.frames import Frames
from data.intake.choosing import Reading
from data.intake.figures import Unread, missing, score
from data.intake.questions import Question
from data.number import decimal
from data.schema.entries import EnteredWeight
from data.store import Person, Store, local
from data.text import Language, Note, Problem, Text


def row_weights(reading: Reading, row: int, year: int) -> dict[str, float]:
    """What a row has below the components' scores, as numbers."""
    found: dict[str, float] = {}
    for at, column in reading.figures(year):
        cell = reading.table.grid.cell(row, at)
        if column.kind == "score" and column.component not in (None, OVERALL) and not missing(cell):
            try:
                found[str(column.component)] = score(cell).value
            except Unread:
                continue
    return found


def weighed(
    index: Index, edition: Edition, rows: Sequence[tuple[str, Mapping[str, float]]], given: Mapping[str, float]
) -> tuple[dict[str, float] | None, list[Question], list[Note]]:
    """The weights to enter with a table, as shares of 1; what must be asked of them; what they are, in a note.

    `rows` are those that hold weights or maxima, with the reason they were left out for; `given` is what a person
    says instead. None where there are none, or those that are known already.
    """
    additive = index.regime(edition.year).additive
    wanted = "maxima" if additive else "weights"
    written = given or next((dict(values) for why, values in rows if why in ("weights", wanted) and values), {})
    if not written:
        return None, [], []
    try:
        shares = shares_of(index, edition.year, written)
    except Problem as problem:
        if additive and not given:
            return None, [], []  # some maxima of many: they are listed with the rows left out
        said = Text(
            f"Trọng số trong bảng: {problem.text.vi} Nhập không kèm trọng số?",
            f"Weights of the table: {problem.text.en} Enter it without weights?",
        )
        return None, [Question("weights", said, (), {"accept": "weights"})], []
    agrees = same(index, edition.year, shares)
    if agrees and known(index, edition.year) is not None:
        return None, [], []
    note = Note("weights", _said(index, shares))
    if agrees:
        return shares, [], [note]
    differs = Text(
        f"Trọng số trong bảng khác trọng số đã biết của {index.name.vi} {edition.year}: từ kỳ này tính theo trọng "
        "số mới và không so điểm với kỳ trước. Đúng vậy không?",
        f"The table's weights are not those known of {index.name.en} {edition.year}: from this edition on the new "
        "ones count, and scores are not compared with the edition before. Is that so?",
    )
    return shares, [Question("other_weights", differs, (), {"accept": "other_weights"})], [note]


def weight_rows(batch: int, index: Index, year: int, shares: Mapping[str, float], status: Status) -> pl.DataFrame:
    """The weights of a batch, as they are stored."""
    rows = [
        {"component": code, "weight": share, "batch": batch, "index": index.code, "year": year}
        for code, share in shares.items()
    ]
    if not rows:
        return EnteredWeight.create_empty()
    return EnteredWeight.validate(pl.DataFrame(rows).with_columns(weight_status=pl.lit(status)), cast=True)


def enter_weights(
    store: Store,
    frames: Frames,
    index: str,
    year: int,
    given: Mapping[str, float],
    *,
    status: Status = "entered",
    source: str | None = None,
    by: Person | None = None,
) -> int:
    """Write the weights of an edition as a batch of its own, in the name of `by`; returns its number.

    `status` is `recovered` where they are those that the totals show. Raises Problem where `by` may not import,
    for an edition or component there isn't, and for weights that do not add up.
    """
    person = by or local()
    person.check("import")
    definition = frames.index(index)
    shares = shares_of(definition, year, given)
    with store.write("scores", person) as writing:
        batch = writing.next("batch")
        record = {
            "batch": batch,
            "entered_at": writing.at,
            "file": "–",
            "index": definition.code,
            "year": year,
            "rows": 0,
            "status": "derived" if status == "recovered" else "provincial",
            "source": source or str(_said(definition, shares)),
            "author": person.name,
            "undone_at": None,
            "undone_by": None,
        }
        writing.append("batch", pl.DataFrame([record]))
        writing.append("entered_weight", weight_rows(batch, definition, year, shares, status))
        writing.record("import", f"batch {batch}", None, record | {"weights": shares})
    return batch


def _said(index: Index, shares: Mapping[str, float]) -> Text:
    languages: tuple[Language, ...] = ("vi", "en")
    vi, en = (
        "; ".join(
            f"{index.component(code).short.in_(lang)} {_percent(share, lang)}" for code, share in shares.items()
        )
        for lang in languages
    )
    return Text(f"Trọng số nhập kèm: {vi}.", f"Weights entered: {en}.")


def _percent(share: float, lang: Language) -> str:
    """A share as per cent, with decimals only where it has some."""
    places = next((some for some in (0, 1) if abs(round(100 * share, some) - 100 * share) < 1e-6), 2)
    return f"{decimal(100 * share, places, lang)}{'%' if lang == 'vi' else ' %'}"
