"""A table that people have, checked and entered into the store as one batch that can be undone.

The table is clean: one sheet, a heading row, one row per unit, and columns for the unit, the total, the rank
and the components, in any order. What it was understood to say is shown before it is written; anything that is
not understood stops it, with the line and the column.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.heading import Column, understood
from data.names import Names
from data.number import decimal, parse, whole
from data.sheet import Cell, cells, filled
from data.store import Person, Store, local
from data.text import Note, Noted, Problem

Status = Literal["published", "provincial"]

_MISSING = {"", "-", "–", "—", "n/a", "na"}

# A table that agrees with this many figures known before, and contradicts none, is a copy that agrees.
_ENOUGH_TO_AGREE = 3
# Printed with two decimals, two copies of one figure differ by no more than this.
_SAME = 0.0051


@dataclass(frozen=True, slots=True, eq=False)
class Intake(Noted):
    """A table as it was understood, not yet entered.

    `rows`: unit, name, component, score, published_rank. `compared` counts figures that were known before and
    `contradicted` names those that differ (unit, name, component, known, entered). Notes, what a careful reader
    should look at: `contradiction:COMPONENT` (ranks and scores contradict each other), `missing` (totals that are
    still unknown).
    """

    file: str
    index: Index
    edition: Edition
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    compared: int
    contradicted: pl.DataFrame
    notes: tuple[Note, ...]

    @property
    def units(self) -> int:
        """How many units the table speaks of."""
        return self.rows["unit"].n_unique()

    @property
    def status(self) -> Status:
        """`published` where the table proved a copy that agrees with the figures known, else `provincial`."""
        agrees = self.contradicted.is_empty() and self.compared >= _ENOUGH_TO_AGREE
        return "published" if agrees else "provincial"


def understand(file: Path | str, content: bytes, frames: Frames, index: str, year: int) -> Intake:
    """What the table in `content` says about an edition; `file` gives its name and kind.

    Raises Problem with line and column where a heading, a unit or a figure can't be understood, a unit stands
    twice, a figure is outside its scale, or nothing is left to enter.
    """
    name = Path(file).name.encode("utf-8", "replace").decode("utf-8")
    definition = frames.index(index)
    edition = _edition(definition, year)
    definition = definition if edition in definition.editions else definition.with_edition(year)
    heading, body = _split(name, cells(name, content))
    columns = understood(definition, edition, heading)
    rows = _rows(Names.of(frames), definition, edition, columns, body)
    if rows.is_empty():
        raise Problem(f"{name}: không có số liệu nào để nhập.", f"{name}: there are no figures to import.")
    _refuse_unscored(frames, definition, edition, rows)
    compared, contradicted = _compared(frames, definition, edition, rows)
    return Intake(
        file=name,
        index=definition,
        edition=edition,
        columns=columns,
        rows=rows,
        compared=compared,
        contradicted=contradicted,
        notes=tuple(_notes(frames, definition, edition, rows)),
    )


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
    with known figures says. Raises Problem where `by` may not import.
    """
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
        )
        writing.append("entered_score", figures)
        writing.record("import", f"batch {batch}", None, record)
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


def _edition(index: Index, year: int) -> Edition:
    if year in index.years or not index.years[-1] < year <= date.today().year:  # noqa: DTZ011
        return index.edition(year)
    return index.with_edition(year).edition(year)


def _split(name: str, table: list[list[Cell]]) -> tuple[list[str], list[tuple[int, list[Cell]]]]:
    """The heading and, with their line numbers in the file, the rows below that hold anything."""
    numbered = [(line, row) for line, row in enumerate(table, start=1) if filled(row)]
    if len(numbered) < 2:
        raise Problem(
            f"{name}: cần một dòng tiêu đề và ít nhất một dòng số liệu.",
            f"{name}: needs a heading row and at least one row of figures.",
        )
    return [str("" if cell is None else cell).strip() for cell in numbered[0][1]], numbered[1:]


def _rows(
    names: Names,
    index: Index,
    edition: Edition,
    columns: tuple[Column, ...],
    body: list[tuple[int, list[Cell]]],
) -> pl.DataFrame:
    seen: dict[str, int] = {}
    found: dict[tuple[str, str], dict[str, object]] = {}
    for line, values in body:
        if filled(values[len(columns) :]):
            raise Problem(
                f"Dòng {line}: có {len(values)} ô, nhiều hơn {len(columns)} ô của dòng tiêu đề. "
                "Kiểm tra dấu phân cách và ô thừa.",
                f"Line {line}: has {len(values)} cells, more than the heading's {len(columns)}. "
                "Check the separator and stray cells.",
            )
        padded = [*values, *[None] * (len(columns) - len(values))]
        row = list(zip(columns, padded, strict=False))
        unit = _unit(names, edition, line, row)
        if unit in seen:
            name = names.name(unit)
            raise Problem(
                f"Dòng {line}: {name.vi} đã có ở dòng {seen[unit]}. Mỗi tỉnh chỉ một dòng.",
                f"Line {line}: {name.en} is already in line {seen[unit]}. One line for each province.",
            )
        seen[unit] = line
        for column, cell in row:
            if column.component is None or _missing(cell):
                if column.kind == "year" and not _missing(cell):
                    _check_year(edition, line, column, cell)
                continue
            key = (unit, column.component)
            entry = found.setdefault(key, {"unit": unit, "name": names.name(unit).vi, "component": key[1]})
            if column.kind == "score":
                entry["score"] = _score(index, edition, line, column, cell)
            else:
                entry["published_rank"] = _rank(edition, line, column, cell)
    schema = {
        "unit": pl.String,
        "name": pl.String,
        "component": pl.String,
        "score": pl.Float64,
        "published_rank": pl.Int64,
    }
    return pl.DataFrame(list(found.values()), schema=schema)


def _unit(names: Names, edition: Edition, line: int, row: list[tuple[Column, Cell]]) -> str:
    text = next(str("" if cell is None else cell).strip() for column, cell in row if column.kind == "unit")
    heading = next(column.heading for column, _ in row if column.kind == "unit")
    if not text:
        raise Problem(
            f"Dòng {line}, cột “{heading}”: thiếu tên tỉnh. Ghi tên hoặc xóa dòng.",
            f"Line {line}, column “{heading}”: the province is missing. Write it or remove the line.",
        )
    try:
        found = names.find(text, edition.unit_set)
    except Problem as problem:
        raise Problem(f"Dòng {line}: {problem.text.vi}", f"Line {line}: {problem.text.en}") from problem
    if found.note is not None:
        raise Problem(
            f"Dòng {line}: “{text}” không thuộc {edition.unit_set} đơn vị của {edition.year}. {found.note.vi}",
            f"Line {line}: “{text}” is not one of the {edition.unit_set} units of {edition.year}. {found.note.en}",
        )
    return found.unit


def _missing(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _MISSING)


def _number(line: int, column: Column, cell: Cell) -> float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    try:
        return parse(str(cell))
    except ValueError:
        raise Problem(
            f"Dòng {line}, cột “{column.heading}”: “{cell}” không phải là số. Viết như 6,5.",
            f"Line {line}, column “{column.heading}”: “{cell}” is not a number. Write it as 6.5.",
        ) from None


def _score(index: Index, edition: Edition, line: int, column: Column, cell: Cell) -> float:
    value = _number(line, column, cell)
    component = index.component(column.component or OVERALL)
    highest = index.maximum(component.code, edition.year) or index.overall_maximum(edition.year)
    if not component.minimum <= value <= highest:
        low, high = component.minimum, highest
        raise Problem(
            f"Dòng {line}, cột “{column.heading}”: {decimal(value, 2, 'vi')} ngoài thang điểm "
            f"{decimal(low, 0, 'vi')}–{decimal(high, 1, 'vi')}. Sửa ô ấy (điểm, không phải phần trăm).",
            f"Line {line}, column “{column.heading}”: {decimal(value, 2, 'en')} is outside the scale "
            f"{decimal(low, 0, 'en')}–{decimal(high, 1, 'en')}. Mend the cell (points, not per cent).",
        )
    return value


def _rank(edition: Edition, line: int, column: Column, cell: Cell) -> int:
    value = _number(line, column, cell)
    most = edition.units_of(column.component or OVERALL)
    if value != int(value) or not 1 <= value <= most:
        raise Problem(
            f"Dòng {line}, cột “{column.heading}”: hạng “{cell}” phải là số nguyên từ 1 đến {most}.",
            f"Line {line}, column “{column.heading}”: the rank “{cell}” must be a whole number from 1 to {most}.",
        )
    return int(value)


def _check_year(edition: Edition, line: int, column: Column, cell: Cell) -> None:
    if _number(line, column, cell) != edition.year:
        raise Problem(
            f"Dòng {line}, cột “{column.heading}”: năm {cell} khác năm đang nhập ({edition.year}).",
            f"Line {line}, column “{column.heading}”: the year {cell} is not the one imported ({edition.year}).",
        )


def _known(frames: Frames, index: Index, edition: Edition, component: str) -> set[str]:
    """The units whose score on a component is in the store."""
    rows = frames.score.filter(index=index.code, year=edition.year, component=component)
    return set(rows.drop_nulls("score")["unit"])


def _refuse_unscored(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> None:
    """Refuse a unit that no longer existed, or one more than the publisher scored: the edition would be wrong."""
    gone = frames.unit.filter(pl.col("valid_to") < edition.year, unit_set=edition.unit_set)
    strangers = rows.join(gone, on="unit", how="semi")
    if strangers.height:
        name = strangers["name"][0]
        raise Problem(
            f"{name} không còn trong {index.name.vi} {edition.year}. Bỏ dòng ấy.",
            f"{name} was no longer scored in {index.name.en} {edition.year}. Remove its line.",
        )
    for (code,), part in rows.drop_nulls("score").group_by("component", maintain_order=True):
        known = _known(frames, index, edition, str(code))
        new = part.filter(~pl.col("unit").is_in(known))
        scored = edition.units_of(str(code))
        if len(known) + new.height > scored:
            name = new["name"][0]
            raise Problem(
                f"{index.name.vi} {edition.year} chỉ chấm {scored} đơn vị và đã biết {len(known)}; "
                f"{name} không thuộc số ấy. Bỏ dòng ấy hoặc kiểm tra năm.",
                f"{index.name.en} {edition.year} scored {scored} units, {len(known)} of them known; "
                f"{name} is not among them. Remove its line or check the year.",
            )


def _compared(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> tuple[int, pl.DataFrame]:
    """The figures known before, from elsewhere than imports, held against the new ones."""
    known = frames.score.filter(pl.col("batch").is_null(), index=index.code, year=edition.year)
    known = known.filter(pl.col("scale").ne_missing("percent") | (pl.col("component") == OVERALL)).select(
        "unit",
        "component",
        known_score=pl.coalesce("published_score", "score"),
        known_rank=pl.col("published_rank").cast(pl.Int64),
    )
    both = rows.join(known, on=["unit", "component"])
    pairs = pl.concat(
        both.select("unit", "name", "component", figure=pl.lit(figure), known=old, entered=new).cast(
            {"known": pl.Float64, "entered": pl.Float64}
        )
        for figure, old, new in (
            ("score", "known_score", "score"),
            ("rank", "known_rank", "published_rank"),
        )
    ).drop_nulls()
    return pairs.height, pairs.filter((pl.col("known") - pl.col("entered")).abs() > _SAME)


def _notes(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> list[Note]:
    """What a careful reader should look at before the table is entered."""
    notes = []
    for (code,), part in rows.group_by("component", maintain_order=True):
        name = index.component(str(code)).short
        both = part.drop_nulls()
        better = index.component(str(code)).direction == "higher_better"
        order = both.sort("published_rank", "score", descending=[False, better])["score"]
        falls = order.diff().drop_nulls()
        wrong = int(((falls > 0) if better else (falls < 0)).sum())
        if wrong:
            notes.append(
                Note.of(
                    f"contradiction:{code}",
                    f"{name.vi}: {whole(wrong, 'vi')} chỗ hạng ngược với điểm.",
                    f"{name.en}: in {whole(wrong, 'en')} places the ranks contradict the scores.",
                )
            )
        after = _known(frames, index, edition, str(code)) | set(part.drop_nulls("score")["unit"])
        missing = edition.units_of(str(code)) - len(after)
        if missing > 0 and str(code) == OVERALL:
            notes.append(
                Note.of(
                    "missing",
                    f"Còn thiếu điểm của {missing} đơn vị: chưa tính được hạng.",
                    f"Scores of {missing} units are missing: ranks cannot be computed yet.",
                )
            )
    return notes
