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
from data.intake import checks, consistency
from data.intake.choosing import Reading, doubles, nameless, part_of_year, readings, two_units
from data.intake.described import Described, described
from data.intake.editions import of_edition
from data.intake.headings import Vocabulary
from data.intake.lines import listed
from data.intake.mending import mended
from data.intake.opening import Opened, opened
from data.intake.plan import Column, Plan
from data.intake.questions import Fault, Faults, Question
from data.intake.reading import Entry, LeftOut, Read, Reader
from data.intake.saying import notes_of
from data.intake.tables import Table, tables
from data.intake.weighing import weighed
from data.intake.who import Who
from data.names import PROVINCES, Names
from data.spelling import fold
from data.text import Note, Noted, Problem, Text

Status = Literal["published", "provincial"]

# A table that agrees with this many figures known before, and contradicts none, is a copy that agrees.
_ENOUGH_TO_AGREE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Intake(Noted):
    """A file as it was understood, not yet entered; it is entered only when no question is open and no fault left.

    `rows`: unit, name, component, score, published_rank, scale. `compared` counts figures that were known before
    and `contradicted` names those that differ (unit, name, component, figure, known, entered); `by_column` counts
    fresh, agreed and contradicted ones by component and figure. `plan` reads the same file the same way.

    `readings` are the tables that were read, `columns` their columns and `described` what stands in each;
    `left_out` are the rows that are no unit's; `also` are other editions that the file holds. `sha256` names the
    file, `shape` its headings, `weights` are shares of 1 by component where the table brings new ones. Notes, what
    a careful reader should look at: `contradiction:COMPONENT`, `missing`, `weights`, those of `consistency.notes`,
    and how the file was read.
    """

    file: str
    index: Index
    edition: Edition
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    compared: int
    contradicted: pl.DataFrame
    by_column: pl.DataFrame
    notes: tuple[Note, ...]
    sha256: str
    shape: str
    plan: Plan = field(default_factory=Plan)
    questions: tuple[Question, ...] = ()
    faults: tuple[Fault, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    tables: tuple[Table, ...] = ()
    readings: tuple[Reading, ...] = ()
    described: tuple[Described, ...] = ()
    also: tuple[int, ...] = ()
    source: str | None = None
    weights: Mapping[str, float] | None = None

    @property
    def units(self) -> int:
        """How many units the table speaks of."""
        return self.rows["unit"].n_unique()

    @property
    def status(self) -> Status:
        """`published` where the table proved a copy that agrees with the figures known, else `provincial`."""
        scores = self.contradicted.is_empty() and self.compared >= _ENOUGH_TO_AGREE
        return "published" if scores else "provincial"


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What is asked of a file: of which edition, with which units, by which plan."""

    frames: Frames
    index: Index
    edition: Edition
    who: Who
    plan: Plan

    @property
    def others(self) -> Mapping[str, Index]:
        """The indices that titles and headings may name instead: none beside units of one's own, whose tables bear
        the same words."""
        published = self.index.code in self.frames.indices and self.edition.unit_set in PROVINCES
        return self.frames.indices if published else {}


def understand_own(
    file: Path | str, content: bytes, frames: Frames, index: Index, plan: Plan | None = None
) -> Intake:
    """What the tables say about an index of units that are no provinces: each is named by its own text."""
    return without_faults(examined_own(opened(Path(file).name, content, Names.of(frames)), frames, index, plan))


def examined_own(file: Opened, frames: Frames, index: Index, plan: Plan | None = None) -> Intake:
    """As `understand_own`, of a file that is open; what must be mended is in `faults`."""
    who = Who(Names.of(frames), "63", own=True)
    return _understood(file, _Asked(frames, index, index.editions[-1], who, plan or Plan()))


def examined(file: Opened, frames: Frames, index: str, year: int, plan: Plan | None = None) -> Intake:
    """What the tables say about an edition of a published index; what must be mended is in `faults`.

    Raises Problem where there is none, or where all of them are of another index or year.
    """
    plan = plan or Plan()
    definition = frames.index(index)
    edition = edition_of(definition, year)
    definition = definition if edition in definition.editions else definition.with_edition(year)
    given = {fold(text): unit for text, unit in plan.names.items()}
    who = Who(Names.of(frames), edition.unit_set, given)
    return _understood(file, _Asked(frames, definition, edition, who, plan))


def drafted(file: Opened, frames: Frames, index: Index, who: Who, plan: Plan) -> Intake:
    """What the tables say about the newest edition of an index that the store does not know yet."""
    return _understood(file, _Asked(frames, index, index.editions[-1], who, plan))


def without_faults(intake: Intake) -> Intake:
    """What was read; raises Problem with all that must be mended."""
    if intake.faults:
        raise Faults(list(intake.faults))
    return intake


def edition_of(index: Index, year: int) -> Edition:
    """The edition of a year, one that the definition does not know yet included."""
    if year in index.years or not index.years[-1] < year <= date.today().year:  # noqa: DTZ011
        return index.edition(year)
    return index.with_edition(year).edition(year)


def _understood(file: Opened, asked: _Asked) -> Intake:
    frames, index, edition, who, plan = asked.frames, asked.index, asked.edition, asked.who, asked.plan
    found = _tables(file, asked)
    known = readings(found, index, edition, asked.others, plan)
    chosen, also = of_edition(file.name, known, index, edition, plan)
    read = _read(file, asked, chosen)
    questions, faults = _open(asked, known, chosen, read)
    entries = _together(read, questions, who.names)
    if not faults and not questions and not entries:
        faults = [_nothing(file.name, chosen, index, edition, read)]
    rows = checks.merged_rows(_by_unit(entries, who))
    if not who.own and not faults:
        faults += checks.unscored(frames, index, edition, rows)
        questions += checks.questions(frames, index, edition, rows, chosen)
    pairs = checks.compared(frames, index, edition, rows)
    left_out = tuple(item for part in read for item in part.left_out)
    said = notes_of(chosen, read, left_out, also, edition, index)
    shares, unsure, about = weighed(index, edition, [item for part in read for item in part.weights], plan.weights)
    questions += unsure
    said += about
    if not who.own:
        said += checks.notes(frames, index, edition, rows)
    if not who.own and not faults and not questions:
        said += consistency.notes(frames, index, edition, rows, chosen, left_out)
    return Intake(
        file=file.name,
        index=index,
        edition=edition,
        columns=tuple(column for reading in chosen for column in reading.columns),
        rows=rows,
        compared=pairs["known"].count(),
        contradicted=pairs.filter("differs").drop("differs"),
        by_column=checks.by_column(pairs),
        notes=tuple(said),
        sha256=file.sha256,
        shape=file.shape,
        plan=_whole_plan(plan, index, edition, chosen),
        questions=tuple(item for item in questions if item.kind not in plan.accepted),
        faults=tuple(faults),
        left_out=left_out,
        tables=tuple(found),
        readings=tuple(chosen),
        described=tuple(item for pair in zip(chosen, read, strict=True) for item in described(*pair)),
        also=tuple(sorted(also)),
        source=next((item.text for item in left_out if item.why == "source"), None),
        weights=shares,
    )


def _tables(file: Opened, asked: _Asked) -> list[Table]:
    """The tables of a file, or its lines as one; raises Problem where there is neither."""
    plan, who = asked.plan, asked.who
    grids = mended(file.grids, plan.cells)
    heading = None if plan.heading is None else (plan.heading[0] - 1, plan.heading[1] - 1)
    found = tables(grids, who.knows, heading=heading)
    if not any(table.rows for table in found):
        found = tables([listed(grid, who) for grid in grids], who.knows) if not found else []
    if not any(table.rows for table in found):
        raise Problem(
            f"{file.name}: không thấy bảng nào: cần một dòng tiêu đề và ít nhất một dòng số liệu có tên tỉnh.",
            f"{file.name}: no table found: it needs a heading row and a row of figures with a province at least.",
        )
    return found


def _read(file: Opened, asked: _Asked, chosen: list[Reading]) -> list[Read]:
    frames = asked.frames
    reader = Reader(
        asked.index,
        asked.edition,
        asked.who,
        Vocabulary.of(asked.index, asked.edition, asked.others),
        {fold(name) for column in ("name_vi", "name_en", "printed") for name in frames.region[column] if name},
        asked.plan,
        several=len({reading.table.grid.name for reading in chosen}) > 1 or len(file.grids) > 1,
    )
    return [reader.read(reading) for reading in chosen]


def _open(
    asked: _Asked, known: list[Reading], chosen: list[Reading], read: list[Read]
) -> tuple[list[Question], list[Fault]]:
    """What must be asked of the columns and rows, and what must be mended in them."""
    year = asked.edition.year
    questions = [item for reading in chosen for item in (*doubles(reading, year), *nameless(reading))]
    questions += two_units(known)
    questions += [item for reading in chosen for item in part_of_year(reading)]
    questions += [item for part in read for item in part.questions]
    faults = [item for part in read for item in part.faults]
    if not any(column.kind in ("score", "rank", "both") for reading in chosen for column in reading.columns):
        unknown = [
            column.heading
            for reading in chosen
            for column in reading.columns
            if column.kind == "unknown" and column.heading
        ]
        if unknown or not questions:
            faults.insert(0, checks.unknown_headings(asked.index, asked.edition, unknown))
    return questions, faults


def _together(read: list[Read], questions: list[Question], names: Names) -> dict[tuple[str, str, str], Entry]:
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
            row["score"], row["scale"] = entry.value, "percent" if entry.percent else "points"
        else:
            row["published_rank"] = int(entry.value)
    return found


def _nothing(name: str, chosen: list[Reading], index: Index, edition: Edition, read: list[Read]) -> Fault:
    """Why a table gave no figure at all."""
    for part in read:
        for year, row in part.other_years.items():
            return Fault(
                "year",
                Text(
                    f"Dòng {row + 1}: năm {year} khác năm đang nhập ({edition.year}).",
                    f"Line {row + 1}: the year {year} is not the one imported ({edition.year}).",
                ),
            )
    if not any(reading.figures(edition.year) for reading in chosen):
        return checks.unknown_headings(index, edition, [])
    return Fault(
        "empty",
        Text(f"{name}: không có số liệu nào để nhập.", f"{name}: there are no figures to import."),
    )


def _whole_plan(plan: Plan, index: Index, edition: Edition, chosen: list[Reading]) -> Plan:
    """The plan with everything that was decided, so that it reads a file of this shape alone."""
    several = len({reading.table.grid.name for reading in chosen}) > 1
    columns = {
        f"{reading.table.grid.name}!{column.letter}" if several else column.letter: column
        for reading in chosen
        for column in reading.columns
    }
    first = chosen[0].table
    return replace(
        plan,
        index=index.code,
        year=edition.year,
        heading=plan.heading or (first.heading[0] + 1, first.heading[1] + 1),
        columns={**columns, **plan.columns},
    )
