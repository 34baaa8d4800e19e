"""Cells that a person typed anew: what stood there is kept beside it, and the file itself stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.intake.grid import Grid
from data.text import Problem

_PLACE = re.compile(r"(?:(?P<sheet>.*)!)?(?P<letters>[A-Z]{1,3})(?P<row>[1-9]\d{0,5})", re.DOTALL)


def mended(grids: Sequence[Grid], cells: Mapping[str, str]) -> list[Grid]:
    """The sheets with other texts in some cells, by their places (`C7`, `PL2!C7`).

    Raises Problem for a place that is in none of them.
    """
    found = list(grids)
    for written, text in cells.items():
        number, row, column = _at(found, written)
        found[number] = _with(found[number], row, column, text)
    return found


def _at(grids: Sequence[Grid], written: str) -> tuple[int, int, int]:
    """The sheet, row and column of a place."""
    match = _PLACE.fullmatch(written)
    if match is not None:
        column = 0
        for letter in match["letters"]:
            column = 26 * column + ord(letter) - 64
        row = int(match["row"])
        for number, grid in enumerate(grids):
            named = match["sheet"] is None or match["sheet"] == grid.name
            if named and row <= len(grid.rows) and column <= grid.width:
                return number, row - 1, column - 1
    raise Problem(
        f"Trong bảng không có ô “{written}”. Viết như C7, hoặc Tên trang tính!C7.",
        f"The table has no cell “{written}”. Write it as C7, or as Sheet name!C7.",
    )


def _with(grid: Grid, row: int, column: int, text: str) -> Grid:
    """A sheet with another text in one cell, which nothing that was known of the old one holds for."""
    cells = [*grid.rows[row], *[None] * (column + 1 - len(grid.rows[row]))]
    before = grid.retyped.get((row, column), grid.texts[row][column])
    cells[column] = text
    return replace(
        grid,
        rows=[*grid.rows[:row], cells, *grid.rows[row + 1 :]],
        percent=grid.percent - {(row, column)},
        lost={at: why for at, why in grid.lost.items() if at != (row, column)},
        retyped={**grid.retyped, (row, column): before},
    )
