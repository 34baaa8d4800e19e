"""A table of the report: columns as wide as their figures, letters as large as they allow, heads repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby, product
from unicodedata import normalize

from dashboard.charts.theme import PALETTES
from dashboard.documents.content.table import Column, Table
from dashboard.documents.report.template import CELL
from dashboard.documents.report.xml import PADDING, cell, look, paragraph, row, run, table, twips
from dashboard.text import say

_SIZES = (12.0, 11.0, 10.0, 9.5)
# An annex of a hundred rows should not take a dozen sheets.
_SMALL_SIZES = _SIZES[2:]
_SHADE = PALETTES["light"].low.removeprefix("#")
_NO_BREAK = " "
# Smaller letters are tried before a name takes more lines than these, or other text.
_NAME_LINES, _LINES = 2, 3
# Tables whose rows are grouped by component or route, with the group's name in a row above; True: the rows of a
# group are numbered, and its agency is in that row too.
_GROUPED = {"indicators": True, "routes": False, "precedents": False}
# Text so short, in twips, is centred in its column.
_SHORT_WORDS = 1400
# Text of so few letters is not broken.
_ONE_LINE = 12
# A table of so few rows stays on one page.
_SHORT = 9
# Of a longer one, so many rows at either end stay together: no page holds one row alone.
_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as it is laid out: its columns, the text of its cells, and the width of each column in twips."""

    columns: tuple[Column, ...]
    cells: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    size: float
    aligns: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """The alignment of each column, computed once."""
        object.__setattr__(self, "aligns", [self._aligned(place) for place in range(len(self.columns))])

    def _aligned(self, place: int) -> str:
        """Names at the left, short words centred; figures right-aligned, in the middle of their column."""
        column, held = self.columns[place], [line[place] for line in self.cells]
        if column.kind == "year" or (place and not column.is_number and _typical(held, self.size) < _SHORT_WORDS):
            return '<w:jc w:val="center"/>'
        if not column.is_number:
            return ""
        longest = max(_wide(item, self.size) for item in held)
        spare = (self.widths[place] - 2 * PADDING - longest) // 2
        return f'<w:ind w:right="{max(0, spare)}"/><w:jc w:val="right"/>'


def table_xml(figures: Table, room: float) -> str:
    """A table, `room` millimetres wide."""
    if figures.name in _GROUPED:
        return _grouped(figures, room)
    cells = tuple(
        tuple(_kept(item, column) for item, column in zip(line, figures.columns, strict=True))
        for line in figures.cells()
    )
    layout = _layout(figures.columns, cells, room)
    body = []
    for place, line in enumerate(cells):
        bold = place == figures.highlighted
        keep = len(cells) <= _SHORT or place < _TOGETHER or place >= len(cells) - _TOGETHER
        body.append(row(_line(layout, line, bold=bold, keep=keep)))
    return table(layout.widths, [*_head(layout), *body], title=figures.title)


def _grouped(figures: Table, room: float) -> str:
    """The rows in groups of the same first column, below a row that names each group."""
    groups = [list(items) for _, items in groupby(figures.cells(), key=lambda line: line[0])]
    places = {column.key: place for place, column in enumerate(figures.columns)}
    lead, numbered = places.get("lead"), _GROUPED[figures.name]
    if not numbered or (lead is not None and any(len({line[lead] for line in group}) > 1 for group in groups)):
        lead = None
    columns = [column for place, column in enumerate(figures.columns) if place and place != lead]
    cells = [[_kept(line[places[column.key]], column) for column in columns] for group in groups for line in group]
    if numbered:
        columns = [Column("ordinal", say(figures.lang, "report.ordinal"), "whole"), *columns]
        counted = [count for group in groups for count in range(1, len(group) + 1)]
        cells = [[str(count), *line] for count, line in zip(counted, cells, strict=True)]
    layout = _layout(tuple(columns), tuple(map(tuple, cells)), room, _SMALL_SIZES if numbered else _SIZES)
    rows, lines = list(_head(layout)), iter(layout.cells)
    for group in groups:
        named = group[0][0]
        if lead is not None:
            named = say(figures.lang, "report.band", component=named, lead=group[0][lead])
        words = paragraph(run(named, look(bold=True, size=layout.size)), CELL, "<w:keepNext/>")
        rows.append(row([cell(words, sum(layout.widths), span=len(layout.widths), shade=_SHADE)]))
        rows += [row(_line(layout, next(lines), keep=place == 0)) for place in range(len(group))]
    return table(layout.widths, rows, title=figures.title)


def _head(layout: Layout) -> Iterator[str]:
    """One row of headings, or two where columns are grouped; repeated on every page."""

    def heading(words: str, wide: int, span: int = 1, merge: str = "") -> str:
        content = run(words, look(bold=True, size=layout.size)) if words else ""
        return cell(paragraph(content, CELL, '<w:keepNext/><w:jc w:val="center"/>'), wide, span=span, merge=merge)

    pairs = list(zip(layout.columns, layout.widths, strict=True))
    if all(column.group is None for column in layout.columns):
        yield row([heading(column.heading, wide) for column, wide in pairs], head=True)
        return
    upper = []
    for group, items in groupby(pairs, key=lambda pair: pair[0].group):
        held = list(items)
        if group is None:
            upper += [heading(column.heading, wide, merge="restart") for column, wide in held]
        else:
            upper.append(heading(group, sum(wide for _, wide in held), span=len(held)))
    yield row(upper, head=True)
    lower = [
        heading("", wide, merge="continue") if column.group is None else heading(column.heading, wide)
        for column, wide in pairs
    ]
    yield row(lower, head=True)


def _line(layout: Layout, line: Sequence[str], *, bold: bool = False, keep: bool = False) -> list[str]:
    """The cells of a row; a bold row is shaded, one with `keep` stays on the page of the next."""
    looks = look(bold=bold, size=layout.size)
    stay, shade = "<w:keepNext/>" if keep else "", _SHADE if bold else ""
    return [
        cell(paragraph(run(words, looks), CELL, stay + align), wide, shade=shade)
        for words, wide, align in zip(line, layout.widths, layout.aligns, strict=True)
    ]


def _kept(words: str, column: Column) -> str:
    """A figure and its sign stay on one line."""
    return words.replace(" ", _NO_BREAK) if column.is_number else words


def _layout(
    columns: tuple[Column, ...],
    cells: tuple[tuple[str, ...], ...],
    room: float,
    sizes: tuple[float, ...] = _SIZES,
) -> Layout:
    """The layout in the largest letters at which every column has room."""
    whole = twips(room)
    for size, unbroken in product(sizes, (True, False)):
        widths = _widths(columns, cells, whole, size, unbroken)
        if widths is not None:
            return Layout(columns, cells, widths, size)
    # Some word is longer than its column: it breaks.
    tight = [_least(column, [line[place] for line in cells], _SIZES[-1]) for place, column in enumerate(columns)]
    widths = tuple(round(need * whole / sum(tight)) for need in tight)
    return Layout(columns, cells, widths, _SIZES[-1])


def _widths(
    columns: tuple[Column, ...], cells: tuple[tuple[str, ...], ...], whole: int, size: float, unbroken: bool
) -> tuple[int, ...] | None:
    """The widths of the columns: their least, and the rest to the text; None where that takes too many lines."""
    downwards = [[line[place] for line in cells] for place in range(len(columns))]
    least = [_least(column, items, size, unbroken) for column, items in zip(columns, downwards, strict=True)]
    wanted = [
        0 if column.is_number else max(0, _typical(items, size, 1.0 if place == 0 else 0.9) + 2 * PADDING - need)
        for place, (column, items, need) in enumerate(zip(columns, downwards, least, strict=True))
    ]
    spare = whole - sum(least)
    if spare < 0:
        return None
    if sum(wanted) <= spare:
        # Room for all: what is left widens every column alike.
        extra = (spare - sum(wanted)) / len(columns)
        return tuple(round(need + more + extra) for need, more in zip(least, wanted, strict=True))
    widths = [round(need + spare * more / sum(wanted)) for need, more in zip(least, wanted, strict=True)]
    lines = [(need + more) / wide for need, more, wide in zip(least, wanted, widths, strict=True)]
    if (size > _SIZES[-2] or unbroken) and (lines[0] > _NAME_LINES or max(lines) > _LINES):
        return None
    return tuple(widths)


def _least(column: Column, items: Sequence[str], size: float, unbroken: bool = False) -> int:
    """The least width of a column: its longest figure or word; with `unbroken`, its short texts too."""
    whole = unbroken and _typical(items, size) < _SHORT_WORDS
    words = [
        word
        for item in items
        for word in ([item] if column.is_number or (whole and len(item) <= _ONE_LINE) else item.split(" "))
    ]
    heads = column.heading.split(" ")
    longest = max([_wide(word, size) for word in words] + [_wide(word, size, bold=True) for word in heads])
    return longest + 2 * PADDING + 20


def _typical(items: Sequence[str], size: float, share: float = 0.9) -> int:
    """The width that this share of the texts does not exceed."""
    return sorted(_wide(item, size) for item in items)[round(share * (len(items) - 1))]


# Widths of letters in Times New Roman, as shares of their size.
_NARROW = frozenset("ijlt.,;:'|!()[]/ f-" + _NO_BREAK)
_BROAD = frozenset("mwMW%@—◇○◌±")


def _wide(words: str, size: float, *, bold: bool = False) -> int:
    """The width of text in twips, estimated; rather a little more than less."""
    return round(_share(words) * size * 20 * (1.08 if bold else 1.0))


@cache
def _letter(letter: str) -> float:
    plain = normalize("NFD", letter)[0]
    return 0.32 if plain in _NARROW else 0.85 if plain in _BROAD else 0.72 if letter.isupper() else 0.5


@lru_cache(4096)
def _share(words: str) -> float:
    return sum(map(_letter, words))
