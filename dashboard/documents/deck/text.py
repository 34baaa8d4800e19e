"""Text on a slide: how much room it takes in the shipped font, and its paragraphs as PowerPoint keeps them."""

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

# Where a role of the palette lies among the twelve colours of a theme (`template.pptx` fills them).
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
# A little room for what no measuring sees: kerning, hinting, another program.
_SLACK = 1.02

_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMESPACES = f'xmlns:a="{_NAMESPACE}"'

Align = Literal["l", "r", "ctr"]


def clean(text: str) -> str:
    """The text without signs that a file can't carry, on one line."""
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


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is on one line, in points."""
    return _length(text, bold) * size


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """On how many lines a text stands in a room so many points wide."""
    count, used, space = 1, 0.0, width(" ", size, bold)
    for word in text.split(" "):
        wide = width(word, size, bold)
        if used and used + space + wide > room:
            count, used = count + 1, wide
        else:
            used += wide + (space if used else 0.0)
        if used > room > 0:  # a word longer than a line is broken
            count, used = count + int(used // room), used % room
    return count


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text; a bullet before it; a heading stands bold, a quiet one is read second."""

    text: str
    bullet: bool = False
    bold: bool = False
    quiet: bool = False


# Between paragraphs, as a share of the letters' size.
_GAP = 0.5
_INDENT = 0.9


def height(paragraphs: Iterable[Paragraph], size: float, room: float) -> float:
    """How high paragraphs stand in a room so many points wide."""
    found = 0.0
    for item in paragraphs:
        inner = room - (_INDENT * size if item.bullet else 0)
        found += lines(item.text, size, inner, item.bold) * LINE * size + _GAP * size
    return found


def fitted(
    paragraphs: Iterable[Paragraph], room: float, high: float, sizes: Iterable[float]
) -> tuple[float, list[list[Paragraph]]]:
    """The largest size at which all paragraphs fit, and them; at the smallest, in as many parts as it takes."""
    every, size = list(paragraphs), 0.0
    for size in sizes:
        if height(every, size, room) <= high:
            return size, [every]
    parts: list[list[Paragraph]] = [[]]
    for item in every:
        if parts[-1] and height([*parts[-1], item], size, room) > high:
            parts.append([])
        parts[-1].append(item)
    return size, parts


def run(text: str, lang: Language, look: str = "", inside: str = "") -> str:
    """A run of text as XML; `look` are attributes, `inside` what stands in them."""
    return (
        f'<a:r><a:rPr lang="{LANGUAGE_TAGS[lang]}" {look}>{inside}</a:rPr><a:t>{escape(clean(text))}</a:t></a:r>'
    )


def filled(role: str) -> str:
    """The fill of a role's colour, as the theme has it."""
    return f'<a:solidFill><a:schemeClr val="{SLOTS[role]}"/></a:solidFill>'


def written(item: Paragraph, lang: Language, size: float) -> str:
    """A paragraph as XML."""
    indent = round(_INDENT * size * POINT)
    bullet = (
        f'<a:pPr marL="{indent}" indent="-{indent}">{_spacing(size)}'
        f'<a:buClr><a:schemeClr val="{SLOTS["chosen"]}"/></a:buClr><a:buFont typeface="Arial"/>'
        '<a:buChar char="•"/></a:pPr>'
        if item.bullet
        else f'<a:pPr marL="0" indent="0">{_spacing(size)}<a:buNone/></a:pPr>'
    )
    look = f'sz="{round(size * 100)}"' + (' b="1"' if item.bold else "")
    inside = filled("quiet") if item.quiet else ""
    return f"<a:p {NAMESPACES}>{bullet}{run(item.text, lang, look, inside)}</a:p>"


def _spacing(size: float) -> str:
    after = round(_GAP * size * 100)
    return f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{after}"/></a:spcAft>'


def put(frame: Any, paragraphs: Iterable[str]) -> None:
    """Puts paragraphs, as XML, into a text frame instead of what it holds."""
    from pptx.oxml import parse_xml

    body = frame._txBody
    for old in list(body.p_lst):
        body.remove(old)
    for item in paragraphs:
        body.append(parse_xml(item))


def plain(text: str, lang: Language) -> str:
    """A paragraph that looks as its place in the layout says."""
    return f"<a:p {NAMESPACES}>{run(text, lang)}</a:p>"
