"""Paragraphs and tables as WordprocessingML: text in, XML out.

Written as XML because python-docx has no fields, bookmarks or repeated heads of tables, and builds tables cell by
cell: one of a hundred rows takes it thirty times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from dashboard.documents.content.prose import Run
from dashboard.documents.properties import printable

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)

FONT = "Times New Roman"
_TWIPS = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Twentieths of a point, rounded up, so that a margin is never below the smallest allowed."""
    return -int(-millimetres * _TWIPS // 1)


def text(words: str) -> str:
    """Text for the content or an attribute of an element, with everything escaped."""
    return escape(printable(words), {'"': "&quot;"})


def look(
    *, bold: bool = False, italic: bool = False, caps: bool = False, colour: str = "", size: float = 0
) -> str:
    """The properties of a run where they differ from its style; `size` in points."""
    return "".join(
        (
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            "<w:caps/>" if caps else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else "",
        )
    )


def run(words: str, looks: str = "") -> str:
    """A run of text with the properties of `look`; a line break in it is one on the page."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r>{_properties(looks)}{lines}</w:r>"


def runs(items: Iterable[Run]) -> str:
    """Runs of a text that people wrote, bold and italic kept."""
    return "".join(run(item.text, look(bold=item.bold, italic=item.italic)) for item in items)


def paragraph(content: str = "", style: str = "", more: str = "") -> str:
    """A paragraph of runs; `more` are its properties beside the style, in the order of the schema."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content}</w:p>"


def spaced(
    *, before: float = 0, after: float = 0, indent: tuple[float, float] | None = None, align: str = ""
) -> str:
    """Spacing in points, indents left and right in millimetres, and alignment of a paragraph."""
    sides = f'<w:ind w:left="{twips(indent[0])}" w:right="{twips(indent[1])}"/>' if indent else ""
    placed = f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:spacing w:before="{round(20 * before)}" w:after="{round(20 * after)}"/>{sides}{placed}'


def rule(wide: float, room: float, after: float = 0) -> str:
    """A line `wide` millimetres long, centred in `room`: the top border of an empty paragraph."""
    side = (room - wide) / 2
    edge = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    low = f'<w:spacing w:before="20" w:after="{round(20 * after)}" w:line="40" w:lineRule="exact"/>'
    sides = f'<w:ind w:left="{twips(side)}" w:right="{twips(side)}" w:firstLine="0"/>'
    return paragraph("", "", f"{edge}{low}{sides}<w:rPr>{look(size=2)}</w:rPr>")


def word_field(instruction: str, result: str, looks: str = "") -> str:
    """A field, which Word can update (F9), with its result as of now."""
    properties = _properties(looks)
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {text(instruction)} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result, looks)}"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, number: int, content: str) -> str:
    """Content that fields can refer to by a name."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def table(grid: Iterable[int], rows: Iterable[str], *, bordered: bool = True, title: str = "") -> str:
    """A table; `grid` are the widths of its columns in twips, `title` its name for a screen reader."""
    widths = list(grid)
    line = "single" if bordered else "nil"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="{line}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = PADDING if bordered else 0
    sides = "".join(f'<w:{side} w:w="{padding}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>'
        + (f'<w:tblCaption w:val="{text(title)}"/>' if title else "")
        + f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


PADDING = 60  # twips between the border of a cell and its text


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """A row that is not split across pages; a `head` is repeated on every page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, wide: int, *, span: int = 1, merge: str = "", shade: str = "", middle: bool = True) -> str:
    """A cell of paragraphs; `merge` is `restart` or `continue` where it is merged with cells below or above."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
        + ('<w:vAlign w:val="center"/>' if middle else "")
        + f"</w:tcPr>{content}</w:tc>"
    )


def _properties(looks: str) -> str:
    return f"<w:rPr>{looks}</w:rPr>" if looks else ""
