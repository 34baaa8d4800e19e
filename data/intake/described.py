"""What stands in each column of a table as it was read: how many figures of how many rows, in which notation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from data.intake.choosing import Reading
from data.intake.plan import Column
from data.intake.reading import Read

Mark = Literal["", ",", "."]

_MARK = re.compile(r"\d([.,])\d")


@dataclass(frozen=True, slots=True)
class Described:
    """A column of a table that was read: its place, how many figures of how many rows of units.

    `mark` is the decimal mark of its texts, empty where it has none or both; `percent`: written in per cent.
    """

    table: int
    at: int
    column: Column
    read: int
    of: int
    mark: Mark
    percent: bool


def described(reading: Reading, read: Read) -> list[Described]:
    """Each column of a table, in its order."""
    grid = reading.table.grid
    counts: dict[int, set[int]] = {}
    for entry in read.entries:
        counts.setdefault(entry.at, set()).add(entry.row)
    found = []
    for heading, column in zip(reading.table.columns, reading.columns, strict=True):
        cells = [grid.cell(row, heading.at) for row in read.units]
        marks = {match[1] for cell in cells if isinstance(cell, str) for match in _MARK.finditer(cell)}
        signs = any("%" in cell for cell in cells if isinstance(cell, str))
        shown = any((row, heading.at) in grid.percent for row in read.units)
        mark: Mark = "," if marks == {","} else "." if marks == {"."} else ""
        rows = len(counts.get(heading.at, ()))
        found.append(
            Described(reading.table.number, heading.at, column, rows, len(read.units), mark, signs or shown)
        )
    return found
