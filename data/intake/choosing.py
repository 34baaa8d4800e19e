"""Which tables and columns speak of the edition asked for, and which of another: by headings, titles, sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from data.child.refused import place
from data.definition import Edition, Index
from data.intake.figures import Unread, missing, score
from data.intake.headings import Vocabulary, key, meaning
from data.intake.plan import Column, Plan
from data.intake.questions import Question
from data.intake.tables import Table
from data.text import Text

_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")
# Lines that carry the year of a decision, a letter or a source, not that of the figures.
_DATED = re.compile(
    r"quyết định|ban hành|kèm theo|công văn|thông báo|nguồn|source|ngày\s+\d|\d/\d|decision|báo cáo số",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\bquý\s+([IV]{1,3}|[1-4])\b|\b\d+ tháng|tháng đầu năm|dự kiến|sơ bộ|\bquarter\b|preliminary", re.IGNORECASE
)
_FIGURES = ("score", "rank", "both")


@dataclass(eq=False)
class Reading:
    """A table and what its columns mean; `years` and `indices` are what its titles and its sheet name say."""

    table: Table
    columns: list[Column]
    years: set[int] = field(default_factory=set)
    indices: set[str] = field(default_factory=set)

    def figures(self, year: int) -> list[tuple[int, Column]]:
        """The columns with figures of a year, and their places in the sheet."""
        return [
            (heading.at, column)
            for heading, column in zip(self.table.columns, self.columns, strict=True)
            if column.kind in _FIGURES and column.index is None and column.year in (None, year)
        ]

    @property
    def named(self) -> Column | None:
        """The column of units, None where a person left it out."""
        return next((item for item in self.columns if item.kind == "unit"), None)

    @property
    def held(self) -> set[int]:
        """The years of the figures that the columns name themselves."""
        return {item.year for item in self.columns if item.kind in _FIGURES and item.year is not None}


def readings(
    tables: Iterable[Table], index: Index, edition: Edition, indices: Mapping[str, Index], plan: Plan
) -> list[Reading]:
    """What each table's columns mean for an edition, with what the plan says of them."""
    vocabulary = Vocabulary.of(index, edition, indices)
    found = []
    for found_table in tables:
        table = _by_chosen_unit(found_table, plan)
        columns = [_column(table, at, vocabulary, plan) for at in range(len(table.columns))]
        reading = Reading(table, columns, set(title_years(table)), set(title_indices(table, indices)))
        _one_scale(reading, index, edition)
        found.append(reading)
    return found


def letter(table: Table, at: int) -> str:
    """The name of a column of a table, as a spreadsheet has it; of a row where the table was turned."""
    return str(at + 1) if table.grid.flipped else place(0, at)[:-1]


def _column(table: Table, at: int, vocabulary: Vocabulary, plan: Plan) -> Column:
    heading = table.columns[at]
    named = letter(table, heading.at)
    chosen = plan.columns.get(f"{table.grid.name}!{named}") or plan.columns.get(named)
    if chosen is not None:
        return replace(chosen, heading=heading.text, letter=named)
    if heading.at == table.unit:
        return Column(heading.text, "unit", letter=named)
    column = meaning(heading, vocabulary, flipped=table.grid.flipped)
    if column.kind == "unit":  # a second column of names, or codes beside them
        return replace(column, kind="ignored", why="twin")
    if column.kind == "unknown" and not heading.parts and not _holds_figures(table, heading.at):
        return replace(column, kind="ignored", why="serial")
    if plan.scale is not None and column.kind == "score":
        return replace(column, scale=plan.scale, answered=("fractions", "percent_of_maximum"))
    return column


def _by_chosen_unit(table: Table, plan: Plan) -> Table:
    """The table with its units in the column that a person said they are in."""
    for heading in table.columns:
        named = letter(table, heading.at)
        chosen = plan.columns.get(f"{table.grid.name}!{named}") or plan.columns.get(named)
        if chosen is not None and chosen.kind == "unit":
            return replace(table, unit=heading.at)
    return table


def _holds_figures(table: Table, at: int) -> bool:
    """Whether a nameless column holds figures, and not just the rows' numbers."""
    values = []
    for row in table.rows:
        cell = table.grid.cell(row, at)
        if not missing(cell):
            try:
                values.append(score(cell).value)
            except Unread:
                continue
    if not values:
        return False
    counting = all(after == before + 1 for before, after in pairwise(values))
    return not (counting and at < table.unit)


def _one_scale(reading: Reading, index: Index, edition: Edition) -> None:
    """Of the same score in points and in per cent of its maximum, the points are read."""
    for at, column in enumerate(reading.columns):
        if column.kind != "score" or column.scale != "percent" or column.component is None:
            continue
        if index.maximum(column.component, edition.year) == 100 and not index.own_maximum:
            reading.columns[at] = replace(column, scale="points")
            continue
        for other in reading.columns:
            same = (other.kind, other.component, other.year) == (column.kind, column.component, column.year)
            if same and other.scale == "points":
                reading.columns[at] = replace(column, kind="ignored", why="twin")


def title_years(table: Table) -> dict[int, str]:
    """The years in a table's titles and in the name of its sheet, and the line that names each.

    Those of decisions and sources are none.
    """
    lines = [line for line in table.caption if not _DATED.search(line)]
    lines += [table.grid.name] if table.grid.kind != "text" else []
    return {int(year): line for line in reversed(lines) for year in _YEAR.findall(line)}


def years_in(text: str) -> set[int]:
    """The years in a text."""
    return {int(year) for year in _YEAR.findall(text)}


def title_indices(table: Table, indices: Mapping[str, Index]) -> dict[str, str]:
    """The indices that a table's titles and its sheet name, and the line that names each."""
    lines = [*table.caption, table.grid.name]
    found: dict[str, str] = {}
    for line in lines:
        words, whole = re.split(r"[^\w]+", line.lower()), key(line)
        for code, index in indices.items():
            names = [key(index.name.vi), key(index.full_name.vi), key(index.full_name.en)]
            if code in words or any(len(name) > 6 and name in whole for name in names):
                found.setdefault(code, line)
    return found


def doubles(reading: Reading, year: int) -> list[Question]:
    """Columns with one meaning, and those whose year is open: to be asked, never chosen."""
    figures = reading.figures(year)
    found = []
    held = {column.year for _, column in figures if column.year is not None} | reading.held
    # What a person said a column is, it is in the edition asked for.
    open_ones = [column for _, column in figures if column.year is None and column.why != "chosen"]
    if len(held) > 1 and open_ones and year not in reading.years:
        names = ", ".join(f"“{column.heading}”" for column in open_ones)
        found.append(
            Question(
                "year_of_column",
                Text(
                    f"Bảng có số liệu của nhiều năm; cột {names} không ghi năm. Là của năm {year} hay bỏ?",
                    f"The table holds several years; the column {names} names none. Say whether it is of {year}.",
                ),
                tuple(column.letter for column in open_ones),
                {"column": {column.letter: [column.kind, "ignore"] for column in open_ones}},
            )
        )
    seen: dict[tuple[str, str | None], Column] = {}
    for _, column in figures:
        for kind in ("score", "rank") if column.kind == "both" else (column.kind,):
            first = seen.setdefault((kind, column.component), column)
            if first is not column:
                found.append(_asked(first, column))
    return found


def _asked(first: Column, second: Column) -> Question:
    return Question(
        "two_columns",
        Text(
            f"Hai cột “{first.heading}” ({first.letter}) và “{second.heading}” ({second.letter}) cùng một nghĩa. "
            "Chọn cột nào được đọc.",
            f"The columns “{first.heading}” ({first.letter}) and “{second.heading}” ({second.letter}) mean the "
            "same. Choose which is read.",
        ),
        (first.letter, second.letter),
        {"column": {first.letter: [first.kind, "ignore"], second.letter: [second.kind, "ignore"]}},
    )


def two_units(readings: Iterable[Reading]) -> list[Question]:
    """Columns of units beside each other of which only one has figures: whose they are must be said."""
    known = list(readings)
    found = []
    for first in known:
        if any(item.kind in _FIGURES for item in first.columns) or first.named is None:
            continue
        for second in known:
            beside = first.table.grid is second.table.grid and first.table.heading == second.table.heading
            if second is first or not beside or second.named is None:
                continue
            one, other = first.named, second.named
            found.append(
                Question(
                    "two_unit_columns",
                    Text(
                        f"Hai cột “{one.heading}” ({one.letter}) và “{other.heading}” ({other.letter}) đều là "
                        f"tên tỉnh; số liệu là của cột nào? Nếu của cột {other.letter}, bỏ cột {one.letter}; "
                        f"nếu không, xóa cột {other.letter} trong tệp.",
                        f"The columns “{one.heading}” ({one.letter}) and “{other.heading}” ({other.letter}) both "
                        f"name provinces; whose are the figures? If of {other.letter}, leave out {one.letter}; "
                        f"else remove {other.letter} from the file.",
                    ),
                    (one.letter, other.letter),
                    {"column": {one.letter: ["ignore"]}},
                )
            )
    return found


def part_of_year(reading: Reading) -> list[Question]:
    """A title that speaks of a quarter, of months, or of figures that are not final."""
    title = next((line for line in reading.table.caption if _PART.search(line)), None)
    if title is None:
        return []
    return [
        Question(
            "part_of_year",
            Text(
                f"Tiêu đề “{title[:80]}” nói về một phần của năm hoặc số chưa chính thức. "
                "Vẫn nhập như số của cả năm?",
                f"The title “{title[:80]}” speaks of a part of the year or of preliminary figures. "
                "Enter them as the year's all the same?",
            ),
            offer={"accept": "part_of_year"},
        )
    ]


def nameless(reading: Reading) -> list[Question]:
    """Columns without a heading that hold figures."""
    return [
        Question(
            "nameless",
            Text(
                f"Cột {column.letter} không có tiêu đề mà có số liệu. Chọn nghĩa của cột, hoặc bỏ.",
                f"The column {column.letter} holds figures and has no heading. Say what it is, or leave it out.",
            ),
            (column.letter,),
            {"column": {column.letter: ["score", "rank", "ignore"]}},
        )
        for column in reading.columns
        if column.kind == "unknown" and not column.heading
    ]
