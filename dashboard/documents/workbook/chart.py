"""Native charts below the tables: drawn by Excel from the cells, so that they follow what staff change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.table import Table
from dashboard.documents.workbook.style import COLOURS, FONT, Book
from dashboard.documents.workbook.table import Placed
from data.definition import Index

_WIDE, _ROW, _LEAST = 620, 26, 300
# The pale end of the role for worse: figures stand on it.
_LAST_GROUND = "#F3C7AE"
_TEXT = {"name": FONT, "size": 9, "color": COLOURS.ink}
_QUIET = {"name": FONT, "size": 9, "color": COLOURS.quiet}
_RULE = {"color": COLOURS.rule}
_AXIS = {"num_font": _QUIET, "line": _RULE, "major_tick_mark": "none", "minor_tick_mark": "none"}
_NO_LINES = {"visible": False}


def add_charts(book: Book, placed: Placed, table: Table, chapter: Chapter) -> None:
    """Adds the charts of a table below it; none where it has too few figures."""
    if table.name == "grid_rank":
        _shaded(placed, table)
    maker = _MAKERS.get(table.name)
    if maker is None:
        return
    row = placed.last + len(table.notes) + 3
    for place, chart in enumerate(maker(book, placed, table, chapter)):
        height = max(_LEAST, _ROW * (placed.last - placed.first + 2)) if chart.is_bar else _LEAST
        chart.drawn.set_size({"width": _WIDE, "height": height})
        # So that no chart is printed across two pages.
        placed.sheet.fit_to_pages(1, 1)
        options = {"x_offset": place * (_WIDE + 20), "description": chart.says, "object_position": 2}
        placed.sheet.insert_chart(row, 0, chart.drawn, options)


class Chart:
    """A native chart that is being built; `says` is its alternative text."""

    def __init__(self, book: Book, kind: str, says: str, title: list[Any], subtype: str | None = None) -> None:
        given = {"type": kind} | ({"subtype": subtype} if subtype else {})
        self.drawn = book.file.add_chart(given)
        self.is_bar = kind == "bar"
        self.says = says
        # As a reference to its cell: a text that begins with = would be taken for one.
        self.drawn.set_title({"name": title, "name_font": _TEXT | {"size": 11, "bold": True}, "overlay": False})
        self.drawn.set_legend({"none": True})

    def axes(self, x: dict[str, Any] | None = None, y: dict[str, Any] | None = None) -> None:
        """Axes in the quiet colour, with few lines."""
        self.drawn.set_x_axis(_AXIS | {"major_gridlines": {"visible": False}} | (x or {}))
        self.drawn.set_y_axis(_AXIS | {"major_gridlines": {"visible": True, "line": _RULE}} | (y or {}))

    def bars(self, names: str = "next_to") -> None:
        """The axes of labelled bars: names from the top down, no scale, the legend below."""
        self.drawn.set_y_axis(_AXIS | {"reverse": True, "label_position": names, "major_gridlines": _NO_LINES})
        self.drawn.set_x_axis(
            {"visible": False, "major_gridlines": _NO_LINES} | ({"min": 0} if names == "next_to" else {})
        )
        self.drawn.set_legend({"position": "bottom", "font": _TEXT})


def _history(book: Book, placed: Placed, table: Table, chapter: Chapter) -> Iterator[Chart]:
    """Score and rank over the years; the line of scores breaks where the method changed."""
    title = [placed.name, 0, 0]
    for key in ("score", "rank"):
        if key not in placed.columns or table.rows[key].count() < 2:
            continue
        chart = Chart(book, "scatter", table.title, title, "straight_with_markers")
        for first, last in _runs(table, key, chapter.index, regimes=key == "score"):
            chart.drawn.add_series(
                {
                    "name": placed.heading(key),
                    "categories": placed.cells("year", placed.first + first, placed.first + last),
                    "values": placed.cells(key, placed.first + first, placed.first + last),
                    "line": {"color": COLOURS.chosen, "width": 2.25},
                    "marker": {
                        "type": "circle",
                        "size": 6,
                        "fill": {"color": COLOURS.chosen},
                        "border": {"color": COLOURS.chosen},
                    },
                    "data_labels": {"value": True, "position": "above", "font": _TEXT},
                }
            )
        years = table.rows["year"].to_list()
        heading = {"name": placed.heading(key), "name_font": _QUIET}
        lowest = 5 * ((min(table.rows[key].drop_nulls().to_list()) - 1) // 5)
        scale = {"reverse": True, "min": 1, "crossing": "max"} if key == "rank" else {"min": max(lowest, 0)}
        chart.axes(
            {"min": min(years) - 1, "max": max(years) + 1, "num_format": "0", "major_unit": 2},
            heading | scale | {"num_format": "0"},
        )
        yield chart


def _runs(table: Table, key: str, index: Index, *, regimes: bool) -> Iterator[tuple[int, int]]:
    """Rows that a line may join: known, of editions that follow each other (and are comparable)."""
    begin: int | None = None
    years, values = table.rows["year"].to_list(), table.rows[key].to_list()
    for place, (year, value) in enumerate(zip(years, values, strict=True)):
        joined = (
            begin is not None
            and value is not None
            and (before := index.previous(year)) is not None
            and before.year == years[place - 1]
            and (not regimes or index.comparable(before.year, year))
        )
        if begin is not None and not joined:
            yield begin, place - 1
            begin = None
        if begin is None and value is not None:
            begin = place
    if begin is not None:
        yield begin, len(years) - 1


def _components(book: Book, placed: Placed, table: Table, chapter: Chapter) -> Iterator[Chart]:
    """Every component beside the median; not where their scales differ, when bars would mislead."""
    index, year = chapter.index, chapter.year
    ends = {index.maximum(item.code, year) for item in index.components_of(year)}
    if not {"score", "median"} <= placed.columns.keys() or len(ends) > 1:
        return
    # The last row is the total, on a scale of its own.
    last = placed.last - 1
    chart = Chart(book, "bar", table.title, [placed.name, 0, 0])
    for key, colour in (("score", COLOURS.chosen), ("median", COLOURS.context)):
        chart.drawn.add_series(
            {
                "name": placed.heading(key),
                "categories": placed.cells("component", None, last),
                "values": placed.cells(key, None, last),
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True, "font": _TEXT},
            }
        )
    chart.bars()
    yield chart


def _bars(
    label: str, value: str, *, signed: bool = False, total: bool = False, falling: bool = False
) -> Callable[[Book, Placed, Table, Chapter], Iterator[Chart]]:
    """A bar for each row; `signed` colours gains and losses, `total` leaves out the last row."""

    def made(book: Book, placed: Placed, table: Table, _chapter: Chapter) -> Iterator[Chart]:
        known = table.rows[value].to_list() if value in placed.columns else []
        known = known[:-1] if total else known
        if sum(item is not None for item in known) < 2:
            return
        chart = Chart(book, "bar", table.title, [placed.name, 0, 0])
        last = placed.last - 1 if total else placed.last
        gain, loss = (COLOURS.worse, COLOURS.better) if falling else (COLOURS.better, COLOURS.worse)
        series: dict[str, Any] = {
            "name": placed.heading(value),
            "categories": placed.cells(label, None, last),
            "values": placed.cells(value, None, last),
            "fill": {"color": gain if signed else COLOURS.peer},
            "gap": 50,
            "data_labels": {"value": True, "font": _TEXT},
        }
        if signed:
            # Point by point: LibreOffice ignores Excel's colour for negative values.
            series["points"] = [{"fill": {"color": loss if (item or 0) < 0 else gain}} for item in known]
        elif table.highlighted is not None:
            own = {"fill": {"color": COLOURS.chosen}}
            series["points"] = [own if row == table.highlighted else None for row in range(len(known))]
        chart.drawn.add_series(series)
        chart.bars("low" if signed else "next_to")
        yield chart

    return made


def _shaded(placed: Placed, table: Table) -> None:
    """Ranks shaded from the first to the last: a grid is read by its shades. The last row, the total, too."""
    columns = [place for key, place in placed.columns.items() if key != table.columns[0].key]
    placed.sheet.conditional_format(
        placed.first,
        min(columns),
        placed.last,
        max(columns),
        {"type": "2_color_scale", "min_color": COLOURS.low, "max_color": _LAST_GROUND},
    )


_MAKERS: dict[str, Callable[[Book, Placed, Table, Chapter], Iterator[Chart]]] = {
    "history": _history,
    "components": _components,
    "contributions": _bars("component", "contribution", signed=True, total=True),
    "gaps": _bars("component", "weighted_gap", signed=True, falling=True),
    "region": _bars("name", "score"),
    "peers": _bars("name", "score"),
    "agencies": _bars("lead", "share"),
}
