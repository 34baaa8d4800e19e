"""Steps one to four together: a file to what it says about an edition, not yet entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from data.definition import Edition, Index
from data.frames import Frames
from data.intake import checks
from data.intake.choosing import (
    Reading,
    doubles,
    nameless,
    part_of_year,
    readings,
    said_indices,
    said_years,
    two_units,
    years_in,
)
from data.intake.headings import Vocabulary
from data.intake.lines import listed
from data.intake.opening import sheets
from data.intake.plan import Column, Plan
from data.intake.questions import Fault, Faults, Question
from data.intake.reading import Entry, LeftOut, Read, Reader
from data.intake.saying import notes_of
from data.intake.tables import Table, tables
from data.intake.who import Who
from data.names import Names
from data.spelling import fold
from data.text import Note, Noted, Problem, Text

Status = Literal["published", "provincial"]

# A table that agrees with this many figures known before, and contradicts none, is a copy that agrees.
_ENOUGH_TO_AGREE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Intake(Noted):
    """A file as it was understood, not yet entered; it is entered only when no question is open.

    `rows`: unit, name, component, score, published_rank. `compared` counts figures that were known before and
    `contradicted` names those that differ (unit, name, component, known, entered). `plan` reads the same file the
    same way; `left_out` are the rows that are no unit's; `also` are other editions that the file holds. Notes,
    what a careful reader should look at: `contradiction:COMPONENT`, `missing`, and how the file was read.
    """

    file: str
    index: Index
    edition: Edition
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    compared: int
    contradicted: pl.DataFrame
    notes: tuple[Note, ...]
    plan: Plan = field(default_factory=Plan)
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    tables: tuple[Table, ...] = ()
    also: tuple[int, ...] = ()
    source: str | None = None

    @property
    def units(self) -> int:
        """How many units the table speaks of."""
        return self.rows["unit"].n_unique()

    @property
    def status(self) -> Status:
        """`published` where the table proved a copy that agrees with the figures known, else `provincial`."""
        scores = self.contradicted.is_empty() and self.compared >= _ENOUGH_TO_AGREE
        return "published" if scores else "provincial"


def understand(
    file: Path | str, content: bytes, frames: Frames, index: str, year: int, plan: Plan | None = None
) -> Intake:
    """What the tables in `content` say about an edition; `file` gives the name for sentences.

    `plan` holds what a person decided. What only a person can say is asked in `questions`; raises Problem for
    what must be mended in the file: all faults at once, each with its place.
    """
    plan = plan or Plan()
    definition = frames.index(index)
    edition = edition_of(definition, year)
    definition = definition if edition in definition.editions else definition.with_edition(year)
    names = Names.of(frames)
    who = Who(names, edition.unit_set, {fold(text): unit for text, unit in plan.names.items()})
    return _understood(_name(file), content, frames, definition, edition, who, plan)


def understand_own(
    file: Path | str, content: bytes, frames: Frames, index: Index, plan: Plan | None = None
) -> Intake:
    """What the tables say about an index of units that are no provinces: each is named by its own text."""
    who = Who(Names.of(frames), "63", own=True)
    return _understood(_name(file), content, frames, index, index.editions[-1], who, plan or Plan())


def said(
    file: Path | str, content: bytes, frames: Frames, index: str | None = None, year: int | None = None
) -> tuple[str, int]:
    """The index and the year that a file's titles and headings name, where they were not given.

    Raises Problem where they name none, or several.
    """
    name, names = _name(file), Names.of(frames)
    found = tables(sheets(name, content, names), Who(names, "63").knows)
    codes = {code for table in found for code in said_indices(table, frames.indices)} if index is None else {index}
    years = {year} if year is not None else {held for table in found for held in said_years(table)}
    years = years or {held for table in found for item in table.columns for held in years_in(item.text)}
    if len(codes) != 1 or len(years) != 1:
        there = ", ".join([*sorted(code.upper() for code in codes), *map(str, sorted(years))]) or "–"
        raise Problem(
            f"{name}: chưa rõ bảng là của chỉ số nào, năm nào (trong tệp: {there}). Thêm --index và --year.",
            f"{name}: of which index and year the table is cannot be told (in the file: {there}). "
            "Add --index and --year.",
        )
    return codes.pop(), years.pop()


def _name(file: Path | str) -> str:
    """A file's name as text that can be written."""
    return Path(file).name.encode("utf-8", "replace").decode("utf-8")


def edition_of(index: Index, year: int) -> Edition:
    """The edition of a year, one that the definition does not know yet included."""
    if year in index.years or not index.years[-1] < year <= date.today().year:  # noqa: DTZ011
        return index.edition(year)
    return index.with_edition(year).edition(year)


def _understood(
    name: str, content: bytes, frames: Frames, index: Index, edition: Edition, who: Who, plan: Plan
) -> Intake:
    grids = sheets(name, content, who.names)
    heading = None if plan.heading is None else (plan.heading[0] - 1, plan.heading[1] - 1)
    found = tables(grids, who.knows, heading=heading)
    if not any(table.rows for table in found):
        found = tables([listed(grid, who) for grid in grids], who.knows) if not found else []
    if not any(table.rows for table in found):
        raise Problem(
            f"{name}: không thấy bảng nào: cần một dòng tiêu đề và ít nhất một dòng số liệu có tên tỉnh.",
            f"{name}: no table found: it needs a heading row and at least one row of figures with a province.",
        )
    known = readings(found, index, edition, frames.indices, plan)
    chosen, also = _chosen(name, known, index, edition, plan)
    several = len({reading.table.grid.name for reading in chosen}) > 1 or len(grids) > 1
    reader = Reader(
        index,
        edition,
        who,
        Vocabulary.of(index, edition, frames.indices),
        {fold(name) for column in ("name_vi", "name_en") for name in frames.region[column]},
        plan,
        several,
    )
    read = [reader.read(reading) for reading in chosen]
    questions = [item for reading in chosen for item in (*doubles(reading, edition.year), *nameless(reading))]
    questions += two_units(known)
    questions += [item for reading in chosen for item in part_of_year(reading)]
    questions += [item for part in read for item in part.questions]
    faults = [item for part in read for item in part.faults]
    entries = _together(read, faults if not questions else [], questions, who.names)
    if not faults and not questions and not entries:
        raise _nothing(name, chosen, index, edition, read)
    if faults:
        raise Faults(faults)
    rows = checks.merged_rows(_by_unit(entries, who))
    if not who.own:
        checks.refuse_unscored(frames, index, edition, rows)
    questions += checks.questions(frames, index, edition, rows, chosen) if not who.own else []
    questions = [item for item in questions if item.kind not in plan.accepted]
    count, contradicted = checks.compared(frames, index, edition, rows)
    left_out = tuple(item for part in read for item in part.left_out)
    said = notes_of(chosen, read, left_out, also, edition, index)
    if not who.own:
        said += checks.notes(frames, index, edition, rows)
    return Intake(
        file=name,
        index=index,
        edition=edition,
        columns=tuple(column for reading in chosen for column in reading.columns),
        rows=rows,
        compared=count,
        contradicted=contradicted,
        notes=tuple(said),
        plan=_whole_plan(plan, index, edition, chosen),
        questions=tuple(questions),
        left_out=left_out,
        tables=tuple(found),
        also=tuple(sorted(also)),
        source=next((item.text for item in left_out if item.why == "source"), None),
    )


def _chosen(
    name: str, known: list[Reading], index: Index, edition: Edition, plan: Plan
) -> tuple[list[Reading], dict[int, str]]:
    """The tables that speak of the edition; other years that the file holds, and where."""
    year, code = edition.year, index.code
    picked = [item for item in known if item.table.number in plan.tables] if plan.tables else known
    if plan.sheet is not None:
        picked = [item for item in picked if fold(item.table.grid.name) == fold(plan.sheet)]
    elif not plan.tables:
        picked = [item for item in picked if not item.table.grid.hidden] or picked
    if not picked:
        there = "; ".join(f"{item.table.number}: {item.table.grid.title.vi}" for item in known)
        raise Problem(
            f"{name}: không có bảng ấy. Các bảng: {there}.", f"{name}: there is no such table. Tables: {there}."
        )
    figures = [item for item in picked if any(column.kind in ("score", "rank", "both") for column in item.columns)]
    if not figures:
        headings = [
            column.heading
            for item in picked
            for column in item.columns
            if column.kind == "unknown" and column.heading
        ]
        other = {column.index for item in picked for column in item.columns if column.index}
        if other and not headings:
            raise _another(name, index, other)
        raise checks.unknown_headings(index, edition, headings)
    named = [item for item in figures if not item.indices or code in item.indices]
    if not named and not plan.tables:
        raise _another(name, index, {other for item in figures for other in item.indices})
    of_year = [item for item in named or figures if _of(item, year, bool(plan.tables))]
    also = {held: item.table.grid.title.vi for item in figures for held in _years(item) if held != year}
    if not of_year:
        there = ", ".join(map(str, sorted(also)))
        raise Problem(
            f"{name}: bảng ghi năm {there}, không phải {year}. Nhập với --year {there.split(', ')[0]}, "
            "hoặc sửa tiêu đề của bảng.",
            f"{name}: the table is of {there} and not of {year}. Import it with --year {there.split(', ')[0]}, "
            "or mend the table's title.",
        )
    sure = [item for item in of_year if year in item.held or year in item.years]
    marked = any(item.held or item.years for item in figures if item not in of_year)
    return (sure if sure and (marked or len(sure) < len(of_year)) and not plan.tables else of_year), also


def _years(item: Reading) -> set[int]:
    return item.held | (item.years if not item.held else set())


def _of(item: Reading, year: int, asked: bool) -> bool:
    """Whether a table may speak of a year: its columns do, or its titles, or nothing says another."""
    if year in item.held or asked:
        return True
    open_ones = any(column.kind in ("score", "rank", "both") and column.year is None for column in item.columns)
    return open_ones and (not item.years or year in item.years)


def _another(name: str, index: Index, other: set[str]) -> Problem:
    there = ", ".join(sorted(code.upper() for code in other))
    return Problem(
        f"{name}: bảng ghi {there}, không phải {index.name.vi}. Chọn đúng chỉ số, hoặc sửa tiêu đề của bảng.",
        f"{name}: the table is of {there} and not of {index.name.en}. Choose that index, or mend the title.",
    )


def _together(
    read: list[Read], faults: list[Fault], questions: list[Question], names: Names
) -> dict[tuple[str, str, str], Entry]:
    """The figures of all tables; two tables that differ in one are asked about."""
    found: dict[tuple[str, str, str], Entry] = {}
    wrong: list[tuple[Entry, Entry]] = []
    for part in read:
        for entry in part.entries:
            first = found.setdefault((entry.unit, entry.component, entry.kind), entry)
            if first.value != entry.value and first.table != entry.table:
                wrong.append((first, entry))
    if wrong:
        first, second = wrong[0]
        named = names.units.get(first.unit, Text(first.unit, first.unit))
        tables = sorted({item.table for pair in wrong for item in pair})
        questions.append(
            Question(
                "two_tables",
                Text(
                    f"Hai bảng trong tệp khác nhau ở {len(wrong)} số liệu, ví dụ {named.vi}: {first.place.vi} và "
                    f"{second.place.vi}. Chọn bảng được đọc.",
                    f"Two tables of the file differ in {len(wrong)} figures, such as {named.en}: {first.place.en} "
                    f"and {second.place.en}. Choose the table to read.",
                ),
                (),
                {"table": tables},
            )
        )
    return found


def _by_unit(entries: Mapping[tuple[str, str, str], Entry], who: Who) -> dict[tuple[str, str], dict[str, object]]:
    found: dict[tuple[str, str], dict[str, object]] = {}
    for (unit, component, kind), entry in entries.items():
        name = who.names.units[unit].vi if unit in who.names.units else unit
        row = found.setdefault((unit, component), {"unit": unit, "name": name, "component": component})
        if kind == "score":
            row["score"] = entry.value
        else:
            row["published_rank"] = int(entry.value)
    return found


def _nothing(name: str, chosen: list[Reading], index: Index, edition: Edition, read: list[Read]) -> Problem:
    """Why a table gave no figure at all."""
    for part in read:
        for year, row in part.other_years.items():
            return Problem(
                f"Dòng {row + 1}: năm {year} khác năm đang nhập ({edition.year}).",
                f"Line {row + 1}: the year {year} is not the one imported ({edition.year}).",
            )
    if not any(reading.figures(edition.year) for reading in chosen):
        return checks.unknown_headings(index, edition, [])
    return Problem(f"{name}: không có số liệu nào để nhập.", f"{name}: there are no figures to import.")


def _whole_plan(plan: Plan, index: Index, edition: Edition, chosen: list[Reading]) -> Plan:
    """The plan with everything that was decided, so that it reads a file of this shape alone."""
    columns = {column.letter: column for reading in chosen for column in reading.columns}
    first = chosen[0].table
    return replace(
        plan,
        index=index.code,
        year=edition.year,
        heading=plan.heading or (first.heading[0] + 1, first.heading[1] + 1),
        columns={**columns, **plan.columns},
    )
