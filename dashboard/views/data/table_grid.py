"""The tables as they were read, in a grid each, and what a reader changes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dashboard.session.context import Context
from dashboard.views.data import meanings, rounds
from dashboard.views.data.rounds import Round
from dashboard.widgets.reading_grid import (
    GridActs,
    GridCell,
    GridColumn,
    GridRow,
    Kind,
    Mark,
    ReadingGrid,
    reading_grid,
)
from data.intake import Intake
from data.intake.asides import REASONS
from data.intake.choosing import Reading
from data.intake.described import Described

_TABLES = 6  # drawn, of those that are read
_FIRST, _LAST = 90, 10  # rows drawn of a longer table, beside those with something to mend
_WORDS = ("meaning", "choose", "cell", "restore", "drop", "take")


def grids(at: Context, table: Round, understood: Intake) -> None:
    """Draw each table that is read."""
    acts = GridActs(
        lambda column, value: _chosen(table, understood, column, value),
        lambda cell, text: _typed(table, cell, text),
        lambda line, out: _dropped(table, line, out),
    )
    for reading in understood.readings[:_TABLES]:
        grid = _grid(at, understood, reading)
        reading_grid(f"grid-{rounds.place()}-{reading.table.number}", grid, acts, at.lang)


def _chosen(table: Round, understood: Intake, address: str, value: str) -> None:
    known = meanings.components(understood.index, understood.edition)
    columns = {
        _address(reading, column.letter): column for reading in understood.readings for column in reading.columns
    }
    found = meanings.chosen(value, columns[address], known) if address in columns else None
    if found is not None:
        table.decide(columns={**table.plan.columns, address: found})


def _typed(table: Round, cell: str, text: str | None) -> None:
    others = {at: was for at, was in table.plan.cells.items() if at != cell}
    table.decide(cells=others if text is None else {**others, cell: text})


def _dropped(table: Round, line: str, out: bool) -> None:
    name = int(line) if line.isdecimal() else line
    others = tuple(item for item in table.plan.drop if item != name)
    table.decide(drop=(*others, name) if out else others)


def _address(reading: Reading, letter: str) -> str:
    """A column's name in the plan: of its own sheet alone, where that has a name."""
    name = reading.table.grid.name
    return f"{name}!{letter}" if name else letter


def _grid(at: Context, understood: Intake, reading: Reading) -> ReadingGrid:
    table = reading.table
    rows = _Rows(at, understood, reading)
    drawn = [
        rows.row(item) if isinstance(item, int) else at.say("importing.more_rows", count=item[0])
        for item in _shortened(table.rows, rows.marked)
    ]
    described = [item for item in understood.described if item.table == table.number]
    return ReadingGrid(
        caption=at.say("importing.grid", table=" ".join((*table.caption[-1:], table.grid.title.in_(at.lang)))),
        columns=[_column(at, understood, reading, item) for item in described],
        rows=[*map(rows.heading, range(table.heading[0], table.heading[1] + 1)), *drawn],
        meanings=meanings.lists(understood.index, understood.edition, at.lang),
        words={word: at.say(f"importing.grid_words.{word}", column="{column}", cell="{cell}") for word in _WORDS},
    )


class _Rows:
    """The rows of a table, with what is said of them and of their cells."""

    def __init__(self, at: Context, understood: Intake, reading: Reading) -> None:
        self._at, self._reading, self._grid = at, reading, reading.table.grid
        left_out = (item for item in understood.left_out if item.sheet == self._grid.name)
        self._why = {item.line - 1: item.why for item in left_out}
        self._faults = {cell: item.text.in_(at.lang) for item in understood.faults for cell in item.cells}
        self._asked = {
            cell: item.text.in_(at.lang)
            for item in understood.questions
            if item.offer and "as" in item.offer
            for cell in item.cells
        }

    def heading(self, line: int) -> GridRow:
        """A row of the heading; what is merged stands in each of its columns."""
        columns = self._reading.table.columns
        cells = [replace(self._cell(line, item.at), text=self._grid.spread(line, item.at)) for item in columns]
        return GridRow(self._number(line), "heading", cells)

    def row(self, line: int) -> GridRow:
        """A row below it: a unit's, or left out and why."""
        why = self._why.get(line, "")
        kind: Kind = "unit" if not why else "dropped" if why == "dropped" else "aside"
        cells = [self._cell(line, item.at) for item in self._reading.table.columns]
        said = REASONS[why].in_(self._at.lang) if why else ""
        return GridRow(
            self._number(line), kind, cells, said, "" if kind == "aside" else str(self._grid.line(line))
        )

    def marked(self, line: int) -> bool:
        """Whether something must be mended or said of a cell of the row."""
        places = {self._grid.place(line, item.at) for item in self._reading.table.columns}
        return bool(places & (self._faults.keys() | self._asked.keys()))

    def _number(self, line: int) -> str:
        return self._grid.place(line, 0)[:-1] if self._grid.flipped else str(line + 1)

    def _cell(self, line: int, column: int) -> GridCell:
        grid = self._grid
        place = grid.place(line, column)
        fault, asked = self._faults.get(place, ""), self._asked.get(place, "")
        was = grid.retyped.get((line, column))
        mark: Mark = "fault" if fault else "question" if asked else ""
        return GridCell(grid.texts[line][column], place, grid.address(line, column), was, mark, fault or asked)


def _shortened(rows: tuple[int, ...], marked: Callable[[int], bool]) -> Iterator[int | tuple[int]]:
    """The rows that are drawn, and between them how many are not."""
    hidden = 0
    for number, line in enumerate(rows):
        if number < _FIRST or number >= len(rows) - _LAST or marked(line):
            if hidden:
                yield (hidden,)
            hidden = 0
            yield line
        else:
            hidden += 1


def _column(at: Context, understood: Intake, reading: Reading, item: Described) -> GridColumn:
    edition, column = understood.edition, item.column
    asked = any(
        question.kind == "nameless" and column.letter in question.cells for question in understood.questions
    )
    value = meanings.value(column, edition, figures=asked)
    used = column.kind in ("score", "rank", "both") and value not in ("last", "ignore")
    foot = []
    if used:
        foot.append(at.say("importing.read_of", read=item.read, of=item.of))
        foot += [at.say(f"importing.mark_{'comma' if item.mark == ',' else 'point'}")] if item.mark else []
        scale = column.scale if column.scale != "points" else "percent" if item.percent else ""
        foot += [at.say(f"importing.scales.{scale}")] if scale in ("percent", "fraction") else []
        foot += [at.say("importing.scales.month")] if scale == "month" else []
    return GridColumn(
        letter=column.letter,
        address=_address(reading, column.letter),
        value=value,
        label=meanings.label(column, edition, at.lang) if value in ("ignore", "last") else "",
        foot=foot,
        used=used or column.kind in ("unit", "year", "measure"),
    )
