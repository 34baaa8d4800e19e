"""Lists in running text: `1. Quảng Ninh: 92,18 điểm`, a line each, as papers and letters print them."""

from __future__ import annotations

import re
from dataclasses import replace

from data.intake.grid import Cell, Grid
from data.intake.who import Who

_LINE = re.compile(r"^\s*(?:[-•*+]\s*|\d{1,2}\s*[.)]\s*)?(\D+?)\s*(?::|–|-|\(|,|\s)\s*(\d[^()]*?)\)?\s*[.;,]?\s*$")
_ENOUGH = 3


def listed(grid: Grid, who: Who) -> Grid:
    """The sheet as a table of name and score, where enough of its lines are such; else as it was."""
    found: list[list[Cell]] = []
    above: list[str] = []
    count = 0
    mark = grid.mark if grid.mark in (",", ";") else " "
    for texts in grid.texts:
        line = mark.join(texts).strip(f"{mark} ")
        match = _LINE.match(line)
        if match and who.knows(match[1]) is not None:
            found.append([match[1].strip(), match[2].strip()])
            count += 1
        else:
            found.append([])
            above += [line] if line and not count else []
    if count < _ENOUGH:
        return grid
    # The heading takes the place of the line before the first; the lines keep their numbers.
    first = next(row for row, cells in enumerate(found) if cells)
    heading: list[Cell] = ["Tỉnh", "Điểm"]
    rows = [*found[: max(first - 1, 0)], heading, *found[first:]]
    return replace(grid, rows=rows, above=(*grid.above, *above), merged=[], percent=set(), lost={}, mark="\n")
