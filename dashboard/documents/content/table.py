"""A table of a pack, for every format: columns that say how their numbers are printed, rows of raw numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from dashboard.documents.content.specification import Section
from data import number
from data.text import Language

Kind = Literal["text", "whole", "year", "score", "number", "change", "rank", "percent"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its values in the rows, its heading, and how a writer prints a value.

    `kind`: `text` as it is; `whole` a count; `year` never grouped; `score` a number with `decimals`; `number` one
    with as many decimals as it needs, at most `decimals`; `change` a number with `decimals` and its sign (of a
    rank: positive = moved up); `rank` a place, 1 = best; `percent` a share of 1, printed times 100 with
    `decimals` and a percent sign. A column of one edition among several has that edition's name in `group`, for a
    heading that spans its columns.
    """

    key: str
    heading: str
    kind: Kind = "text"
    decimals: int = 0
    group: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether its values are aligned to the right."""
        return self.kind != "text"

    def written(self, value: Any, lang: Language) -> str:
        """A value as people read it; a dash where it is not known."""
        if value is None:
            return number.MISSING
        match self.kind:
            case "text":
                return str(value)
            case "year":
                return str(int(value))
            case "whole" | "rank":
                return number.whole(int(value), lang)
            case "change":
                return number.decimal(value, self.decimals, lang, signed=True)
            case "percent":
                return f"{number.decimal(100 * value, self.decimals, lang)} %"
            case "score":
                return number.decimal(value, self.decimals, lang)
            case "number":
                return number.decimal(value, needed(value, self.decimals), lang)


def needed(value: float, at_most: int) -> int:
    """The decimals that a value needs to be written as it is, at most so many."""
    return next((places for places in range(at_most) if round(value, places) == round(value, at_most)), at_most)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table in one language: raw numbers in `rows`, in the columns' order, first column first.

    `name` is the same in every language and edition (`history`, `components` …) and unique within a chapter.
    `title` is a caption without a number, `source` the line below, `notes` what must be read with it.
    `highlighted` is the row that is the chosen province's or edition's; `marks` are signs after a value
    ({(row, column key): sign}), explained in the notes. A text may begin with = + - @ or contain <: writers keep
    it neutral.
    """

    name: str
    section: Section
    title: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    source: str
    lang: Language
    notes: tuple[str, ...] = ()
    highlighted: int | None = None
    marks: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Rows and columns must match: an error in the program otherwise."""
        assert self.rows.columns == [column.key for column in self.columns], self.name
        assert self.rows.height, self.name

    @property
    def grouped(self) -> bool:
        """Whether the head has a second line above it."""
        return any(column.group is not None for column in self.columns)

    def cell(self, row: int, key: str) -> str:
        """A value as people read it, with its sign."""
        column = next(item for item in self.columns if item.key == key)
        written = column.written(self.rows[key][row], self.lang)
        return written + self.marks.get((row, key), "")

    def cells(self) -> Iterator[list[str]]:
        """The rows as people read them."""
        for row in range(self.rows.height):
            yield [self.cell(row, column.key) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Absent:
    """A table for which too little is known, and the sentence that says why."""

    name: str
    section: Section
    reason: str
