"""A sheet as the process hands it over: cells, and what is known of them beside their values."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from data.child.refused import COLUMNS, LONGEST, ROWS, Refused, place


@dataclass(slots=True)
class Sheet:
    """Rows of cells and, by row and column from 0, what else is known of them.

    `percent`: shown as per cent. `lost`: `error` or `formula`, cells whose figure is not in the file. `merged`:
    first row and column, last row and column. `above`: the lines of text that stand before the table. `mark`
    parts the cells of a text file, `charset` is its encoding.
    """

    name: str
    rows: list[list[object]]
    hidden: bool = False
    percent: set[tuple[int, int]] = field(default_factory=set)
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    above: list[str] = field(default_factory=list)
    mark: str = ""
    charset: str = ""

    @property
    def size(self) -> int:
        """How many places there are to look at."""
        high, wide = len(self.rows), max(map(len, self.rows), default=0)
        return high * wide + sum(
            max(0, min(bottom + 1, high) - top) * max(0, min(right + 1, wide) - left)
            for top, left, bottom, right in self.merged
        )

    def plain(self) -> dict[str, object]:
        """The sheet as JSON can carry it; raises Refused where it is larger than any table."""
        if len(self.rows) > ROWS or max(map(len, self.rows), default=0) > COLUMNS:
            raise Refused("large")
        return {
            "name": self.name,
            "hidden": self.hidden,
            "rows": [
                [_plain(cell, line, at) for at, cell in enumerate(row)] for line, row in enumerate(self.rows)
            ],
            "percent": sorted(self.percent),
            "lost": [[*where, what] for where, what in sorted(self.lost.items())],
            "merged": self.merged,
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "above": self.above,
            "mark": self.mark,
            "charset": self.charset,
        }


def _plain(cell: object, line: int, column: int) -> object:
    if isinstance(cell, float) and not math.isfinite(cell):
        raise Refused("infinite", place(line, column))
    if isinstance(cell, str) and len(cell) > LONGEST:
        raise Refused("long", place(line, column))
    if isinstance(cell, datetime | date | time):
        return {"date": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"date": str(cell)}
    return cell
