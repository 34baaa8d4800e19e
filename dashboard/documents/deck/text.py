"""Text on a slide: how much room it takes in the shipped font, and its paragraphs as PowerPoint keeps them.

Paragraphs are written as XML: python-pptx knows no bullets, and it sets one property at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from dashboard.charts.figure import FONTS
from dashboard.documents.properties import LANGUAGE_TAGS, printable
from data.text import Language

# The theme's colour for each role of the palette (a test holds `template.pptx` to the palette).
SLOTS = {
    "ink": "tx1",
    "ground": "bg1",
    "quiet": "tx2",
    "rule": "bg2",
    "chosen": "accent1",
    "peer": "accent2",
    "better": "accent3",
    "worse": "accent4",
    "target": "accent5",
    "context": "accent6",
}
# Height of a line as a share of the letters' size: what the font asks for, so that no accent is clipped.
LINE = 1.27
POINT = 12_700  # EMU
INCH = 914_400
_EM = 1000
# For what can't be measured here: kerning, hinting, another program.
_SLACK = 1.02

_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMESPACES = f'xmlns:a="{_NAMESPACE}"'

Align = Literal["l", "r", "ctr"]


def one_line(text: str) -> str:
    """The text on one line, without the characters that a file of XML can't carry."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", printable(text)).strip(" ")


@cache
def _face(bold: bool) -> Any:
    from PIL import ImageFont

    name = "BeVietnamPro-Bold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), _EM)


@cache
def _advance(letter: str, bold: bool) -> float:
    return float(_face(bold).getlength(letter))


@cache
def _length(text: str, bold: bool) -> float:
    """Width of a text in letters of size one."""
    return _SLACK * sum(_advance(letter, bold) for letter in text) / _EM


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a text on one line, in points; `size` is that of its letters, in points too."""
    return _length(text, bold) * size


def line_count(text: str, size: float, room: float, bold: bool = False) -> int:
    """How many lines a text takes in a box `room` points wide; only a word longer than a line breaks."""
    count, used, space = 1, 0.0, text_width(" ", size, bold)
    for word in text.split(" "):
        wide = text_width(word, size, bold)
        if used and used + space + wide > room:
            count, used = count + 1, wide
        else:
            used += wide + (space if used else 0.0)
        if used > room > 0:  # a word longer than a line is broken
            count, used = count + int(used // room), used % room
    return count


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a slide; `quiet` is in the second colour of text."""

    text: str
    bullet: bool = False
    bold: bool = False
    quiet: bool = False


# Between paragraphs, as a share of the letters' size.
_GAP = 0.5
_INDENT = 0.9


def paragraphs_height(paragraphs: Iterable[Paragraph], size: float, room: float) -> float:
    """The height of paragraphs in a box `room` points wide, in points."""
    found = 0.0
    for item in paragraphs:
        inner = room - (_INDENT * size if item.bullet else 0)
        found += line_count(item.text, size, inner, item.bold) * LINE * size + _GAP * size
    return found


def fit_paragraphs(
    paragraphs: Iterable[Paragraph], room: float, high: float, sizes: Iterable[float]
) -> tuple[float, list[list[Paragraph]]]:
    """The largest of `sizes` at which all paragraphs fit a box of `room` × `high` points, and the paragraphs.

    Where they don't fit at the smallest either, they come in as many parts as slides are needed.
    """
    every, size = list(paragraphs), 0.0
    for size in sizes:
        if paragraphs_height(every, size, room) <= high:
            return size, [every]
    parts: list[list[Paragraph]] = [[]]
    for item in every:
        if parts[-1] and paragraphs_height([*parts[-1], item], size, room) > high:
            parts.append([])
        parts[-1].append(item)
    return size, parts


def run_xml(text: str, lang: Language, look: str = "", inside: str = "") -> str:
    """A run of text; `look` are attributes of its properties, `inside` their content."""
    properties = f'<a:rPr lang="{LANGUAGE_TAGS[lang]}" {look}>{inside}</a:rPr>'
    return f"<a:r>{properties}<a:t>{escape(one_line(text))}</a:t></a:r>"


def fill_xml(role: str) -> str:
    """A solid fill in the theme's colour for a role of the palette."""
    return f'<a:solidFill><a:schemeClr val="{SLOTS[role]}"/></a:solidFill>'


def paragraph_xml(item: Paragraph, lang: Language, size: float) -> str:
    """A paragraph in letters of `size` points."""
    indent = round(_INDENT * size * POINT)
    bullet = (
        f'<a:pPr marL="{indent}" indent="-{indent}">{_spacing(size)}'
        f'<a:buClr><a:schemeClr val="{SLOTS["chosen"]}"/></a:buClr><a:buFont typeface="Arial"/>'
        '<a:buChar char="•"/></a:pPr>'
        if item.bullet
        else f'<a:pPr marL="0" indent="0">{_spacing(size)}<a:buNone/></a:pPr>'
    )
    look = f'sz="{round(size * 100)}"' + (' b="1"' if item.bold else "")
    inside = fill_xml("quiet") if item.quiet else ""
    return f"<a:p {NAMESPACES}>{bullet}{run_xml(item.text, lang, look, inside)}</a:p>"


def _spacing(size: float) -> str:
    after = round(_GAP * size * 100)
    return f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{after}"/></a:spcAft>'


def set_paragraphs(frame: Any, paragraphs: Iterable[str]) -> None:
    """Replaces what a text frame holds by paragraphs, given as XML."""
    from pptx.oxml import parse_xml

    body = frame._txBody
    for old in list(body.p_lst):
        body.remove(old)
    for item in paragraphs:
        body.append(parse_xml(item))


def plain_xml(text: str, lang: Language) -> str:
    """A paragraph formatted by its placeholder in the layout."""
    return f"<a:p {NAMESPACES}>{run_xml(text, lang)}</a:p>"
