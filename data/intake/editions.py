"""Which tables of a file speak of the edition asked for, and which index and years a file names, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.definition import Edition, Index
from data.intake.choosing import Reading, title_indices, title_years, years_in
from data.intake.opening import Opened
from data.intake.plan import Plan
from data.intake.tables import Table, tables
from data.intake.who import Who
from data.names import Names
from data.spelling import fold
from data.text import Problem, Text


@dataclass(frozen=True, slots=True)
class Named:
    """What a file names by itself: indices by code and years, each with the place where it does, in words."""

    indices: Mapping[str, Text]
    years: Mapping[int, Text]

    def one(self) -> tuple[str | None, int | None]:
        """The index and the year, each None where the file names none or several."""
        indices, years = list(self.indices), list(self.years)
        return indices[0] if len(indices) == 1 else None, years[0] if len(years) == 1 else None


def named(opened: Opened, names: Names, indices: Mapping[str, Index]) -> Named:
    """The indices and years in titles and names of sheets; years of headings where no title has one."""
    found = tables(list(opened.grids), Who(names, "63").knows)
    codes: dict[str, Text] = {}
    years: dict[int, Text] = {}
    for table in found:
        for code, line in title_indices(table, indices).items():
            codes.setdefault(code, _where(table, line))
        for year, line in title_years(table).items():
            years.setdefault(year, _where(table, line))
    if not years:
        for table in found:
            for column in table.columns:
                for year in years_in(column.text):
                    said = Text(f"tiêu đề cột “{column.text}”", f"the heading “{column.text}”")
                    years.setdefault(year, said)
    return Named(codes, years)


def _where(table: Table, line: str) -> Text:
    """Where a title stands, in words."""
    if line == table.grid.name:
        return Text(f"tên trang tính “{line}”", f"the sheet's name “{line}”")
    row = next((row for row, texts in enumerate(table.grid.texts) if line in texts), None)
    if row is None or table.grid.flipped:
        return Text("dòng chữ trên bảng", "the text above the table")
    return Text(f"tiêu đề ở dòng {row + 1}", f"the title in line {row + 1}")


def said(
    opened: Opened, names: Names, indices: Mapping[str, Index], index: str | None, year: int | None
) -> tuple[str, int]:
    """The index and the year that a file names, where they were not given.

    Raises Problem where it names none, or several.
    """
    there = named(opened, names, indices)
    code, held = there.one()
    found = (index or code, year or held)
    if found[0] is None or found[1] is None:
        codes = [index] if index else sorted(there.indices)
        listed = ", ".join([*(item.upper() for item in codes), *map(str, [year] if year else sorted(there.years))])
        raise Problem(
            f"{opened.name}: chưa rõ bảng là của chỉ số nào, năm nào (trong tệp: {listed or '–'}). "
            "Thêm --index và --year.",
            f"{opened.name}: of which index and year the table is cannot be told (in the file: {listed or '–'}). "
            "Add --index and --year.",
        )
    return found[0], found[1]


def of_edition(
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
        return picked, {}  # none that holds figures: what its columns mean can be said
    named = [item for item in figures if not item.indices or code in item.indices]
    if not named and not plan.tables:
        raise _another(name, index, {other for item in figures for other in item.indices})
    of_year = [item for item in named or figures if _of(item, year, bool(plan.tables))]
    also = {held: item.table.grid.title.vi for item in figures for held in _years(item) if held != year}
    if not of_year:
        there = ", ".join(map(str, sorted(also)))
        raise Problem(
            f"{name}: bảng ghi năm {there}, không phải {year}. Chọn năm {there.split(', ')[0]}, "
            "hoặc sửa tiêu đề của bảng.",
            f"{name}: the table is of {there} and not of {year}. Choose {there.split(', ')[0]}, "
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
