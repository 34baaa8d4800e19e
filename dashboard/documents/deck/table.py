"""A native table of a slide: in the largest letters that fit, on several slides where it is too long.

The table is written as XML: python-pptx knows no borders of cells, and it sets one property at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from dashboard.documents.content.table import Column, Table
from dashboard.documents.deck.text import INCH, LINE, NAMESPACES, POINT, fill_xml, line_count, run_xml, text_width
from dashboard.documents.properties import LANGUAGE_TAGS

SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_SIDE = 5.0  # points between text and the edge of its cell
_TOP = 0.17  # the same above and below, as a share of the letters
# A column of text is never squeezed below so many letters' widths, and a cell of text asks for no more than that.
_WIDEST = 30.0
_SHORT = 6.0
_HEADING_LINES = 3


def subset(table: Table, keys: Iterable[str], rows: Sequence[int] | None = None) -> Table:
    """A table of some of the columns (those it has) and rows, with their marks and the highlighted row."""
    wanted = set(keys)
    columns = tuple(column for column in table.columns if column.key in wanted)
    kept = list(range(table.rows.height)) if rows is None else list(rows)
    places = {old: new for new, old in enumerate(kept)}
    return replace(
        table,
        columns=columns,
        rows=table.rows[kept].select(column.key for column in columns),
        highlighted=None if table.highlighted is None else places.get(table.highlighted),
        marks={
            (places[row], key): sign for (row, key), sign in table.marks.items() if row in places and key in wanted
        },
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits a box: size of letters, widths and heights in points, the rows of each page."""

    size: float
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]
    pages: tuple[range, ...]


def fit_table(table: Table, wide: float, high: float) -> Fit:
    """A table in the largest letters that fit a box (in inches); at the smallest, on as many pages as it needs."""
    cells = list(table.cells())
    for size in SIZES:
        found = _laid(table, cells, size, wide * 72, high * 72)
        if len(found.pages) == 1:
            break
    return found


def _laid(table: Table, cells: list[list[str]], size: float, wide: float, high: float) -> Fit:
    widths = _widths(table, cells, size, wide)
    inner = [value - 2 * _SIDE for value in widths]

    def row(texts: Iterable[str], bold: bool) -> float:
        most = max(line_count(text, size, room, bold) for text, room in zip(texts, inner, strict=True))
        return most * LINE * size + 2 * _TOP * size

    head = row((column.heading for column in table.columns), True)
    if table.grouped:
        head += LINE * size + 2 * _TOP * size
    heights = tuple(row(texts, place == table.highlighted) for place, texts in enumerate(cells))
    return Fit(size, widths, head, heights, _pages(heights, high - head))


def _pages(heights: Sequence[float], high: float) -> tuple[range, ...]:
    """The rows of each page, spread evenly."""
    count = 1
    while True:
        found: list[range] = []
        start, used, aim = 0, 0.0, sum(heights) / count
        for place, value in enumerate(heights):
            full = used + value > high or (used >= aim and len(found) < count - 1)
            if place > start and full:
                found.append(range(start, place))
                start, used = place, 0.0
            used += value
        found.append(range(start, len(heights)))
        if len(found) <= count:
            return tuple(found)
        count = len(found)


def _widths(table: Table, cells: list[list[str]], size: float, wide: float) -> tuple[float, ...]:
    """The widths of the columns: figures and single words unbroken, the rest of the room to the text."""
    least, wished = [], []
    for place, column in enumerate(table.columns):
        bold = table.highlighted is not None
        texts = [texts[place] for texts in cells]
        whole = max(text_width(text, size, bold) for text in texts)
        words = max(text_width(word, size, bold) for text in texts for word in text.split() or [""])
        heading = _narrowest(column.heading, size)
        short = column.is_number or whole <= _SHORT * size
        least.append(2 * _SIDE + max(heading, whole if short else words))
        asked = min(whole, _WIDEST * size) if not column.is_number else whole
        wished.append(2 * _SIDE + max(asked, heading))
    over = wide - sum(wished)
    if over >= 0:
        return tuple(value + over / len(wished) for value in wished)
    room, more = wide - sum(least), [ask - low for ask, low in zip(wished, least, strict=True)]
    if room <= 0:
        return tuple(value * wide / sum(least) for value in least)
    return tuple(low + room * add / sum(more) for low, add in zip(least, more, strict=True))


def _narrowest(heading: str, size: float) -> float:
    """How narrow a heading may be: no word broken, at most three lines."""
    words = [text_width(word, size, True) for word in heading.split() or [""]]
    room = max(words)
    while line_count(heading, size, room, True) > _HEADING_LINES:
        room *= 1.1
    return room


def draw_table(
    shapes: Any, table: Table, laid: Fit, page: int, box: tuple[float, float, float, float], alt: str
) -> Any:
    """Puts a page of a table on a slide and returns its shape; `box` in inches, `alt` its alternative text."""
    from pptx.oxml import parse_xml

    held = laid.pages[page]
    high = laid.head + sum(laid.heights[row] for row in held)
    left, top = round(box[0] * INCH), round(box[1] * INCH)
    frame = shapes.add_table(1, 1, left, top, round(sum(laid.widths) * POINT), round(high * POINT))
    old = frame._element.find(".//{*}tbl")
    old.getparent().replace(old, parse_xml(_xml(table, laid, held)))
    frame.name = table.title
    frame._element._nvXxPr.cNvPr.set("descr", alt)
    return frame


def _xml(table: Table, laid: Fit, held: range) -> str:
    columns = "".join(f'<a:gridCol w="{round(value * POINT)}"/>' for value in laid.widths)
    rows = _head(table, laid) + "".join(_row(table, laid, row, row == held.start) for row in held)
    return f'<a:tbl {NAMESPACES}><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>'


def _head(table: Table, laid: Fit) -> str:
    """The headings, below those that span several columns."""
    single = (LINE + 2 * _TOP) * laid.size
    above = ""
    if table.grouped:
        cells = ""
        for group, found in groupby(table.columns, key=lambda column: column.group):
            count = len(list(found))
            line = "chosen" if group else None
            cells += _cell(table, group or "", laid.size, align="ctr", bold=True, span=count, below=line)
            cells += '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc>' * (
                count - 1
            )
        above = f'<a:tr h="{round(single * POINT)}">{cells}</a:tr>'
    high = laid.head - (single if table.grouped else 0)
    cells = "".join(
        _cell(
            table,
            column.heading,
            laid.size,
            align=_side(column),
            bold=True,
            colour="quiet",
            below="ink",
            anchor="b",
        )
        for column in table.columns
    )
    return f'{above}<a:tr h="{round(high * POINT)}">{cells}</a:tr>'


def _row(table: Table, laid: Fit, row: int, first: bool) -> str:
    strong = row == table.highlighted
    cells = ""
    for place, column in enumerate(table.columns):
        text = table.cell(row, column.key)
        if place == 0 and not first and _repeats(table, row):
            text = ""
        cells += _cell(
            table,
            text,
            laid.size,
            align=_side(column),
            bold=strong,
            colour=_colour(table, column, row) or ("chosen" if strong else "ink"),
            ground="rule" if strong else None,
        )
    return f'<a:tr h="{round(laid.heights[row] * POINT)}">{cells}</a:tr>'


def _repeats(table: Table, row: int) -> bool:
    """Whether the row above has the same name: it is then written once."""
    column = table.columns[0]
    names = table.rows[column.key]
    return column.kind == "text" and row > 0 and names[row] == names[row - 1]


def _colour(table: Table, column: Column, row: int) -> str | None:
    """The role of a change: better or worse; an indicator's is neither, as its direction may be either."""
    value = table.rows[column.key][row]
    if column.kind != "change" or not value or table.name == "indicators":
        return None
    return "better" if value > 0 else "worse"


def _side(column: Column) -> str:
    return "r" if column.is_number else "l"


def _cell(
    table: Table,
    text: str,
    size: float,
    *,
    align: str,
    bold: bool = False,
    colour: str = "ink",
    span: int = 1,
    below: str | None = "rule",
    ground: str | None = None,
    anchor: str = "ctr",
) -> str:
    look = f'sz="{round(size * 100)}"' + (' b="1"' if bold else ' b="0"')
    spanned = f' gridSpan="{span}"' if span > 1 else ""
    none = "".join(f'<a:ln{edge} w="0"><a:noFill/></a:ln{edge}>' for edge in "LRT")
    line = f'<a:lnB w="9525">{fill_xml(below)}</a:lnB>' if below else '<a:lnB w="0"><a:noFill/></a:lnB>'
    ends = f'<a:endParaRPr lang="{LANGUAGE_TAGS[table.lang]}" {look}/>'
    body = run_xml(text, table.lang, look, fill_xml(colour)) if text else ends
    side, top = round(_SIDE * POINT), round(_TOP * size * POINT)
    return (
        f'<a:tc{spanned}><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/>{body}</a:p></a:txBody>'
        f'<a:tcPr marL="{side}" marR="{side}" marT="{top}" marB="{top}" anchor="{anchor}">{none}{line}'
        f"{fill_xml(ground) if ground else '<a:noFill/>'}</a:tcPr></a:tc>"
    )
