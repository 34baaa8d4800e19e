"""The rows of a table as figures of units: what is read, what is left out and why, what stops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.definition import OVERALL, Edition, Index
from data.intake.asides import aside
from data.intake.choosing import Reading
from data.intake.columns import Cells, scaled
from data.intake.figures import Unread, missing, score
from data.intake.headings import Vocabulary, key, residual
from data.intake.plan import Column, Plan
from data.intake.questions import Fault, Question
from data.intake.weighing import row_weights
from data.intake.who import Who
from data.spelling import fold
from data.text import Text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no unit's: sheet, line, words, why, as a key of `asides.REASONS`, and its figures."""

    sheet: str
    line: int
    text: str
    why: str
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of one unit and where it stands; `kind` is score or rank, `percent` one of the maximum."""

    unit: str
    component: str
    kind: str
    value: float
    place: Text
    table: int
    row: int
    at: int
    percent: bool = False


@dataclass(slots=True)
class Read:
    """What a table's rows gave; `units`, whose they are."""

    entries: list[Entry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[tuple[str, Text]] = field(default_factory=list)
    other_years: dict[int, int] = field(default_factory=dict)
    weights: list[tuple[str, dict[str, float]]] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Reads tables for one edition; `several` says whether places must name their sheet."""

    index: Index
    edition: Edition
    who: Who
    vocabulary: Vocabulary
    regions: set[str]
    plan: Plan
    several: bool

    def read(self, reading: Reading) -> Read:
        """The figures of a table."""
        found = Read()
        rows = found.units = dict(self._units(reading, found))
        measure = next(
            (
                item
                for item in zip(reading.table.columns, reading.columns, strict=True)
                if item[1].kind == "measure"
            ),
            None,
        )
        places = {row: self._component(reading, row, measure[0].at) for row in rows} if measure else {}
        for at, column in reading.figures(self.edition.year):
            self._column(reading, found, at, column, rows, places)
        found.entries.sort(key=lambda entry: entry.row)
        self._doubles(found)
        return found

    def _units(self, reading: Reading, found: Read) -> Iterator[tuple[int, str]]:
        """The rows that are units', and whose; all others are left out, asked about or refused."""
        table = reading.table
        figures = [at for at, _ in reading.figures(self.edition.year)]
        year = next((at for at, kind in self._kinds(reading) if kind == "year"), None)
        for row in table.rows:
            texts = table.texts(row)
            why = self._why(reading, row, texts)
            if why is None and not any(_figure(table.grid.cell(row, at)) for at in figures):
                why = None if self.who.find(table.name(row)).unit else "empty"
            if why is not None:
                if any(texts):
                    found.left_out.append(self._left(reading, row, texts, why))
                if why in ("weights", "maxima"):
                    found.weights.append((why, row_weights(reading, row, self.edition.year)))
                continue
            if year is not None and not self._of_year(found, reading, row, year):
                continue
            self._check_width(reading, found, row)
            unit = self._unit(reading, found, row, figures)
            if unit is not None:
                yield row, unit

    def _why(self, reading: Reading, row: int, texts: list[str]) -> str | None:
        """Why a row is left out before its figures are looked at; None where it isn't."""
        table = reading.table
        if row + 1 in self.plan.drop or table.grid.line(row) in self.plan.drop:
            return "dropped"
        if row in table.grid.hidden_rows:
            return "hidden"
        if row in table.repeated:
            return "heading"
        name = table.name(row)
        if name and self.who.find(name).unit and not self.who.own:
            return None
        figures = {at for at, _ in reading.figures(self.edition.year)}
        words = [
            text
            for heading, text in zip(table.columns, texts, strict=True)
            if heading.at not in figures or not text[:1].isdigit()
        ]
        reason = aside(texts, self.regions)
        return (
            reason
            if reason != "numbering"
            else ("numbering" if not any(map(_word, words)) or _brackets(texts) else None)
        )

    def _kinds(self, reading: Reading) -> Iterator[tuple[int, str]]:
        for heading, column in zip(reading.table.columns, reading.columns, strict=True):
            yield heading.at, column.kind

    def _of_year(self, found: Read, reading: Reading, row: int, at: int) -> bool:
        """Whether a row with a year is of the edition; others are counted."""
        cell = reading.table.grid.cell(row, at)
        try:
            year = None if missing(cell) else int(score(cell).value)
        except Unread:
            year = None
        if year is None or year == self.edition.year:
            return True
        found.other_years.setdefault(year, row)
        return False

    def _left(self, reading: Reading, row: int, texts: list[str], why: str) -> LeftOut:
        grid = reading.table.grid
        values = []
        for text in texts:
            try:
                values.append(score(text).value)
            except Unread:
                continue
        words = " ".join(text for text in texts if _word(text)) or " ".join(filter(None, texts))
        return LeftOut(grid.name, row + 1, words[:120], why, tuple(values))

    def _check_width(self, reading: Reading, found: Read, row: int) -> None:
        """A row of a text file with more cells than the heading was cut in a wrong place."""
        grid, last = reading.table.grid, reading.table.heading[1]
        if grid.kind != "text" or grid.flipped or last < reading.table.heading[0]:
            return
        known = len(grid.rows[last])
        if any(grid.texts[row][known:]):
            have = len(grid.rows[row])
            found.faults.append(
                Fault(
                    "cells",
                    Text(
                        f"Dòng {row + 1}: có {have} ô, nhiều hơn {known} ô của dòng tiêu đề. "
                        "Kiểm tra dấu phân cách (dấu phẩy thập phân phải nằm trong nháy kép) và ô thừa.",
                        f"Line {row + 1}: has {have} cells, more than the heading's {known}. "
                        "Check the separator (decimal commas must be quoted) and stray cells.",
                    ),
                    (str(row + 1),),
                )
            )

    def _unit(self, reading: Reading, found: Read, row: int, figures: list[int]) -> str | None:
        table = reading.table
        text = table.name(row)
        heading = next(column.heading for column in reading.columns if column.kind == "unit")
        place = table.grid.where(row, table.unit, heading, sheet=self.several)
        if not text:
            found.faults.append(
                Fault(
                    "no_name",
                    Text(
                        f"{place.vi}: thiếu tên tỉnh. Ghi tên hoặc xóa dòng.",
                        f"{place.en}: the province is missing. Write it or remove the line.",
                    ),
                    (table.grid.place(row, table.unit),),
                )
            )
            return None
        if fold(heading) in ("ma", "matinh", "code") and text.isdecimal():
            text = f"{self.edition.unit_set}-{int(text):02d}"
        match = self.who.find(text)
        if match.unit is None and match.why is not None:
            line = table.grid.line(row) if self.several else row + 1
            offer = {"as": {text: list(match.could_be)}, "drop": [line]}
            kind = "two_units" if len(match.could_be) > 1 and match.known else "unknown_unit"
            if match.known and not match.could_be:
                kind = "other_units"
            said = Text(f"{place.vi}: {match.why.vi}", f"{place.en}: {match.why.en}")
            found.questions.append(Question(kind, said, (table.grid.place(row, table.unit),), offer))
        return match.unit

    def _component(self, reading: Reading, row: int, at: int) -> str | None:
        text = reading.table.grid.spread(row, at)
        known = self.vocabulary.components
        return known.get(key(text)) or known.get(residual(text)) or (OVERALL if not residual(text) else None)

    def _column(
        self,
        reading: Reading,
        found: Read,
        at: int,
        column: Column,
        rows: dict[int, str],
        places: dict[int, str | None],
    ) -> None:
        """The figures of one column; in a long table each row says of which component."""
        by_component: dict[str, list[int]] = {}
        for row in rows:
            component = places.get(row) if places else column.component
            if component is not None:
                by_component.setdefault(component, []).append(row)
        for component, own in by_component.items():
            given = scaled(
                Cells(self.index, self.edition, self.plan, reading.table, at, column, component, own, self.several)
            )
            found.faults += given.faults
            found.questions += given.questions
            found.notes += given.notes
            for row, kind, value in given.values:
                place = reading.table.grid.where(row, at, column.heading, sheet=self.several)
                percent = given.percent and kind == "score"
                number = reading.table.number
                found.entries.append(Entry(rows[row], component, kind, value, place, number, row, at, percent))

    def _doubles(self, found: Read) -> None:
        """A unit that stands twice in one table."""
        seen: dict[tuple[str, str, str], Entry] = {}
        said: set[str] = set()
        for entry in found.entries:
            first = seen.setdefault((entry.unit, entry.component, entry.kind), entry)
            if first.row != entry.row and entry.unit not in said:
                said.add(entry.unit)
                name = (
                    self.who.names.units[entry.unit]
                    if entry.unit in self.who.names.units
                    else Text(entry.unit, entry.unit)
                )
                vi, en = first.place.vi, first.place.en
                found.faults.append(
                    Fault(
                        "twice",
                        Text(
                            f"{entry.place.vi}: {name.vi} đã có ở {vi[0].lower()}{vi[1:]}. Mỗi tỉnh chỉ một dòng.",
                            f"{entry.place.en}: {name.en} is already in {en[0].lower()}{en[1:]}. "
                            "One line for each province.",
                        ),
                    )
                )


def _figure(cell: object) -> bool:
    """Whether a cell holds anything that could be a figure, however badly written."""
    return not missing(cell) and any(map(str.isdigit, str(cell)))


def _word(text: str) -> bool:
    return any(map(str.isalpha, text)) and len(text) > 1


def _brackets(texts: list[str]) -> bool:
    return sum(text.startswith("(") for text in texts) > 1
