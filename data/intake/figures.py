"""Figures as people write them in tables: `92,18 %`, `91,87/100 điểm`, `thứ 5/63`, `01 (73,02)`, `7.98*`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.intake.grid import Cell
from data.spelling import fold, tidy

Why = Literal["none", "date", "scale", "denominator", "span", "whole", "grouped", "several"]

_MISSING = frozenset({"", "-", "–", "—", "−", "…", "...", "..", ".", "n/a", "na", "n.a.", "n.a", "x", "#", "kđg"})
_MISSING_WORDS = frozenset(
    "kdg khongdanhgia khongcosolieu khongco chuaco khongxephang kxh ksl chuadanhgia".split()
)

# A figure with all that people write beside it is shorter; the rest is prose, whose letters nobody looks at.
_LONGEST = 100

_MARKS = re.compile(r"\s*(\(\*+\)|\*+|[†‡§]+|[¹²³⁴-⁹⁰]+|\[\d{1,2}\])\s*$")
_UNIT = re.compile(r"\s*(%|phần trăm|điểm|đ|points?|pts?)\s*\.?$", re.IGNORECASE)
_OUT_OF = re.compile(r"^(.*\d)\s*/\s*(\d{1,3}(?:[.,]\d+)?)$")
_PLAIN = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:([., ])\d{3})+(?:(?!\1)[.,]\d+)?$")
_RANK = re.compile(r"^(?:(?:xếp )?(?:thứ )?(?:hạng|thứ|rank|no\.?|#)\s*:?\s*(?:thứ\s*)?)?(.*)$", re.IGNORECASE)
_MOVED = re.compile(r"\s*\(\s*(?:[+\-−–±↑↓▲▼=].*|giữ nguyên)\)\s*$")
_SUFFIX = re.compile(r"^(\d+)(?:st|nd|rd|th)$", re.IGNORECASE)
_TWO = re.compile(r"^([\d.,]+)\s*(?:\(([\d.,/ ]+)\)|[-–|;]\s*(?:hạng|thứ)?\s*([\d/ ]+))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read: its value; `percent` where its sign said so, `of` the end of scale or count beside it."""

    value: float
    percent: bool = False
    of: float | None = None


class Unread(Exception):
    """A cell that is no figure: why, and what was written."""

    def __init__(self, why: Why, written: str) -> None:
        self.why, self.written = why, written
        super().__init__(why, written)


def missing(cell: Cell) -> bool:
    """Whether a cell says that there is no figure."""
    if cell is None:
        return True
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return False
    text = _MARKS.sub("", tidy(cell)) if tidy(cell).strip("*") else tidy(cell)
    return text.lower() in _MISSING or (fold(text) in _MISSING_WORDS and not any(map(str.isdigit, text)))


def score(cell: Cell, *, thousands: bool = False) -> Figure:
    """A score; a mark before three digits parts decimals unless `thousands` are on the scale. Raises Unread."""
    if isinstance(cell, bool | date):
        raise Unread("date" if isinstance(cell, date) else "none", str(cell))
    if isinstance(cell, int | float):
        return Figure(float(cell))
    written = _short(cell)
    text, percent, of = _MARKS.sub("", written), False, None
    while found := _UNIT.search(text):
        percent = percent or found[1] in ("%", "phần trăm")
        text = _MARKS.sub("", text[: found.start()])
    if over := _OUT_OF.match(text):
        text, of = over[1].strip(), _number(over[2], thousands=False, written=written)
        text = _UNIT.sub("", text)
    return Figure(_number(text, thousands=thousands, written=written), percent, of)


def _short(cell: Cell) -> str:
    """A cell as tidy text; raises Unread where it is too long for a figure."""
    written = tidy(str(cell))
    if len(written) > _LONGEST:
        raise Unread("none", f"{written[:40]}…")
    return written


def _number(text: str, *, thousands: bool, written: str) -> float:
    """Digits with a decimal comma or point; raises Unread."""
    plain = text.replace("−", "-").replace("\u202f", " ").strip()
    if _PLAIN.match(plain) and not (thousands and _GROUPED.match(plain)):
        return float(plain.replace(",", "."))
    grouped = _GROUPED.match(plain)
    if grouped is None:
        raise Unread("none", written)
    if not thousands:
        raise Unread("grouped", written)
    digits = plain.replace(grouped[1], "")
    return float(digits.replace(",", "."))


def rank(cell: Cell) -> Figure:
    """A rank, `of` the count beside it: `05`, `5/63`, `hạng 5`, `thứ 5`, `5 (+2)`, `5th`. Raises Unread."""
    if isinstance(cell, date):
        raise Unread("date", str(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != int(cell):
            raise Unread("whole", str(cell))
        return Figure(float(cell))
    written = _short(cell)
    text = _MOVED.sub("", _MARKS.sub("", written))
    ordinal = _RANK.match(text)
    text = ordinal[1].strip() if ordinal else text
    of = None
    if over := re.match(r"^(\d{1,4})\s*/\s*(\d{1,4})$", text):
        text, of = over[1], float(over[2])
    if suffixed := _SUFFIX.match(text):
        text = suffixed[1]
    if re.match(r"^\d+\s*[-–,;]\s*\d+$", text) and not re.match(r"^\d+,0+$", text):
        raise Unread("span" if re.search(r"[-–;]", text) else "whole", written)
    if not re.match(r"^\d{1,4}(?:[.,]0+)?$", text):
        raise Unread("whole" if _PLAIN.match(text) else "none", written)
    return Figure(float(text.replace(",", ".")), of=of)


def both(cell: Cell) -> tuple[Figure, Figure] | None:
    """Score and rank of one cell, whichever comes first: `73,02 (1)`, `01 (73,02)`; None where it isn't two."""
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    found = _TWO.match(_MARKS.sub("", tidy(cell)))
    if found is None:
        return None
    first, second = found[1], (found[2] or found[3]).strip()
    try:
        if re.search(r"[.,]", second) and not re.search(r"[.,]", first):
            return score(second), rank(first)
        if re.search(r"[.,]", first) and not re.search(r"[.,]", second):
            return score(first), rank(second)
    except Unread:
        return None
    return None
