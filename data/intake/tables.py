"""Step three, where the tables are: a column of units, the heading above it, and what lies between and around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from data.intake.asides import aside
from data.intake.grid import Grid, filled
from data.spelling import fold

# A column is one of units when it names at least so many.
_ENOUGH = 3
_HEADING_ROWS = 3
# Rows at the top in which a heading is looked for where no unit is known.
_LOOKED_AT = 60

UNIT_HEADINGS = frozenset(
    "tinh tinhthanh tinhthanhpho tinhtp thanhpho tinhthanhphotructhuoctrunguong diaphuong donvi tentinh "
    "tendiaphuong tendonvi tentinhthanhpho coquandonvi tencoquandonvi tencoquan coquan donvihanhchinh "
    "cactinhthanhpho sobannganh tensobannganh huyenthixathanhpho xaphuong xaphuongdackhu xaphuongthitran "
    "province provinces provincecity provincename citiesprovincies name unit city code matinh ma madonvi".split()
)

Knows = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: its place in the sheet, its heading's words from the top row down."""

    at: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.parts)


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it stands in a sheet: its columns, which of them names the units, its rows below the heading."""

    number: int
    grid: Grid
    caption: tuple[str, ...]
    columns: tuple[Heading, ...]
    unit: int
    heading: tuple[int, int]
    rows: tuple[int, ...]
    repeated: frozenset[int] = field(default=frozenset())

    def texts(self, row: int) -> list[str]:
        """The cells of a row, in the columns of the table."""
        return [self.grid.texts[row][column.at] for column in self.columns]

    def name(self, row: int) -> str:
        """The text in the column of units; a name merged over several rows stands in each."""
        return self.grid.spread(row, self.unit)


def tables(grids: list[Grid], knows: Knows, *, heading: tuple[int, int] | None = None) -> list[Table]:
    """Every table in the sheets, numbered from 1; `knows` gives the unit that a text names.

    `heading` gives the first and last row of the heading, counted from 0, where it is known.
    """
    found: list[Table] = []
    for grid in grids:
        whole = _upright(grid, knows)
        found += _in(whole, knows, heading)
    return [replace(table, number=number) for number, table in enumerate(found, start=1)]


def _upright(grid: Grid, knows: Knows) -> Grid:
    """The sheet with its units below each other."""
    hits = _hits(grid, knows)
    columns = max((len(rows) for rows in hits.values()), default=0)
    rows: dict[int, set[str]] = {}
    for at in hits.values():
        for row, unit in at.items():
            rows.setdefault(row, set()).add(unit)
    across = max((len(units) for units in rows.values()), default=0)
    return grid.turned() if across >= _ENOUGH and across > columns else grid


def _hits(grid: Grid, knows: Knows) -> dict[int, dict[int, str]]:
    """By column, the rows in which it names a unit, and which."""
    found: dict[int, dict[int, str]] = {}
    for row, texts in enumerate(grid.texts):
        for column, text in enumerate(texts):
            unit = knows(text) if text else None
            if unit is not None:
                found.setdefault(column, {})[row] = unit
    return found


def _in(grid: Grid, knows: Knows, heading: tuple[int, int] | None) -> list[Table]:
    hits = _hits(grid, knows)
    anchors = [column for column, rows in sorted(hits.items()) if len(rows) >= _ENOUGH]
    anchors = _without_doubles(anchors, hits)
    if not anchors:
        anchors = _by_heading(grid)
    if not anchors and hits:
        anchors = [max(hits, key=lambda column: len(hits[column]))]
    found: list[Table] = []
    for top, bottom in _stretches(grid, anchors, hits):
        found += _blocks(grid, anchors, hits, top, bottom, heading)
    return found


def _without_doubles(anchors: list[int], hits: dict[int, dict[int, str]]) -> list[int]:
    """The columns of units without those that name the same ones again, in another language or as codes."""
    kept: list[int] = []
    for column in anchors:
        rows = hits[column]
        if not any(
            sum(hits[other].get(row) == unit for row, unit in rows.items()) >= 0.8 * len(rows) for other in kept
        ):
            kept.append(column)
    return kept


def _by_heading(grid: Grid) -> list[int]:
    """The column below a heading that says that units follow, where no unit is known."""
    for texts in grid.texts[:_LOOKED_AT]:
        if sum(map(bool, texts)) > 1:
            named = [column for column, text in enumerate(texts) if fold(text) in UNIT_HEADINGS]
            if named:
                return named[:1]
    return []


def _headed(grid: Grid, anchors: list[int], row: int) -> bool:
    """Whether a row is a heading of units: says so above one of their columns, and something beside it."""
    texts = grid.texts[row]
    return sum(map(bool, texts)) > 1 and any(fold(texts[column]) in UNIT_HEADINGS for column in anchors)


def _stretches(grid: Grid, anchors: list[int], hits: dict[int, dict[int, str]]) -> Iterator[tuple[int, int]]:
    """The rows of each table one under another, its title and heading with it; the last row not included."""
    if not anchors:
        return
    heads = [row for row in range(len(grid.texts)) if _headed(grid, anchors, row)]
    named = sorted({row for column in anchors for row in hits.get(column, {})})
    starts = [0]
    for before, head in pairwise(heads):
        if not hits or any(before < row < head for row in named):
            starts.append(_title_top(grid, head, before))
    ends = [*starts[1:], len(grid.texts)]
    yield from zip(starts, ends, strict=True)


def _title_top(grid: Grid, head: int, above: int) -> int:
    """The first of the lines above a heading that are its title: one text alone, or nothing."""
    top = head
    while top - 1 > above and sum(map(bool, grid.texts[top - 1])) <= 1:
        top -= 1
    return top


def _blocks(
    grid: Grid,
    anchors: list[int],
    hits: dict[int, dict[int, str]],
    top: int,
    bottom: int,
    heading: tuple[int, int] | None,
) -> Iterator[Table]:
    """The tables side by side in some rows, each with its own heading or with that of the first."""
    present = [column for column in anchors if any(top <= row < bottom for row in hits.get(column, {}))]
    present = present or anchors[:1]
    first = present[0]
    named = [row for row in sorted(hits.get(first, {})) if top <= row < bottom]
    span = heading or _heading(grid, first, top, bottom, named[0] if named else None)
    parts = _parts(grid, span, first)
    starts = _starts(parts, present)
    for number, column in enumerate(present):
        last = starts[number + 1] if number + 1 < len(starts) else grid.width
        columns = [Heading(at, parts[at]) for at in range(starts[number], last)]
        if number and not any(item.parts for item in columns):
            columns = [Heading(item.at, parts[item.at - column + first]) for item in columns]
        rows = range(span[1] + 1, bottom)
        again = [row for row in rows if fold(grid.texts[row][column]) in UNIT_HEADINGS]
        yield Table(
            number=0,
            grid=grid,
            caption=(*grid.above, *_caption(grid, top, span[0])),
            columns=tuple(item for item in columns if item.at not in grid.hidden_columns),
            unit=column,
            heading=span,
            rows=tuple(row for row in rows if filled(grid.texts[row])),
            repeated=frozenset(again),
        )


def _caption(grid: Grid, top: int, head: int) -> tuple[str, ...]:
    return tuple(text for row in range(top, head) for text in dict.fromkeys(grid.texts[row]) if text)


def _starts(parts: list[tuple[str, ...]], anchors: list[int]) -> list[int]:
    """The first column of each block: as far left of its units as the headings repeat those of the first."""
    first = anchors[0]
    starts = [0]
    for column in anchors[1:]:
        left = 0
        while (
            left < first
            and column - left - 1 > starts[-1]
            and parts[first - left - 1]
            and parts[column - left - 1] == parts[first - left - 1]
        ):
            left += 1
        starts.append(column - left)
    return starts


def _heading(grid: Grid, column: int, top: int, bottom: int, unit: int | None) -> tuple[int, int]:
    """The first and last row of the heading above a column of units; an empty stretch where there is none."""
    below = bottom if unit is None else unit
    head = next((row for row in range(top, below) if _headed(grid, [column], row)), None)
    if head is None:
        head = next((row for row in range(below - 1, top - 1, -1) if _heads(grid, row, column)), None)
    if head is None:
        return below, below - 1
    first, last = head, grid.spans.get((head, column), (0, 0, head, 0))[2]
    first = min(first, grid.spans.get((head, column), (head, 0, 0, 0))[0])
    while last + 1 < below and last - first + 1 < _HEADING_ROWS and _continues(grid, last + 1, column):
        last += 1
    while first - 1 >= top and last - first + 1 < _HEADING_ROWS and _stands_over(grid, first - 1, column):
        first -= 1
    return first, last


def _heads(grid: Grid, row: int, column: int) -> bool:
    """Whether a row could be a heading: words in two columns, one of them right of the units, no aside."""
    texts = grid.texts[row]
    right = [text for text in texts[column + 1 :] if text]
    if sum(map(bool, texts)) < 2 or aside(texts, set()) not in (None, "note", "total"):
        return False
    return bool(right) and not any(re.fullmatch(r"[\d.,]+", text) and not _year(text) for text in right)


def _continues(grid: Grid, row: int, column: int) -> bool:
    """Whether a row below the units' heading is still heading: nothing at the units, words or years beside."""
    texts = grid.texts[row]
    if grid.spread(row, column) and (row, column) not in grid.spans:
        return False
    right = [text for text in texts[column + 1 :] if text]
    figures = [text for text in right if re.match(r"^[-+]?\d", text) and not _year(text)]
    return bool(right) and not figures and aside(texts, set()) is None and not any(texts[:column])


def _stands_over(grid: Grid, row: int, column: int) -> bool:
    """Whether a row above the units' heading belongs to it: words beside, none at the units or left of them."""
    texts = grid.texts[row]
    return any(texts[column + 1 :]) and not any(grid.spread(row, at) for at in range(column + 1))


def _year(text: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", text))


def _parts(grid: Grid, span: tuple[int, int], unit: int) -> list[tuple[str, ...]]:
    """The heading's words of each column, from the top down; a word over several columns stands in each."""
    lines: list[list[str]] = []
    for row in range(span[0], span[1] + 1):
        words = [grid.spread(row, column) for column in range(grid.width)]
        carried = row < span[1] and not any(top <= row <= bottom for top, _, bottom, _ in grid.merged)
        if carried:  # nobody merged the cells: a word holds until the next one, right of the units
            for column in range(unit + 2, grid.width):
                below = any(grid.texts[low][column] for low in range(row + 1, span[1] + 1))
                words[column] = words[column] or (words[column - 1] if below and column - 1 > unit else "")
        lines.append(words)
    found = []
    for column in range(grid.width):
        words = [line[column] for line in lines if line[column]]
        found.append(tuple(word for at, word in enumerate(words) if at == 0 or words[at - 1] != word))
    return found
