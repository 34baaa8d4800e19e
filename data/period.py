"""An edition's time as one number that sorts: a year, or a half-year, a quarter or a month of it.

2025 is the year; 202503 its third month, 202535 its third quarter, 202540 its first half: the codes of ISO 8601-2
(2019, §4.8: 33–36 for quarters, 40 and 41 for half-years). Written as in SDMX: 2025-M03, 2025-Q3, 2025-S1.
"""

from __future__ import annotations

import re
from typing import Literal

from data.text import Language, Problem

Kind = Literal["year", "half", "quarter", "month"]
_QUARTERS, _HALVES = 33, 40
_ROMAN = ("I", "II", "III", "IV")
_WRITTEN = re.compile(r"(?P<kind>[hsqm])(?P<number>\d{1,2})", re.IGNORECASE)
_WHOLE = re.compile(r"(?P<year>\d{4})\s*-?\s*(?P<part>[hsqm]\d{1,2})", re.IGNORECASE)
_SAID = re.compile(
    r"\bquý\s+(?P<quarter>IV|I{1,3}|[1-4])\b|\b(?:6|sáu) tháng (?P<half>đầu|cuối) năm"
    r"|\btháng\s+(?P<month>1[0-2]|0?[1-9])\b",
    re.IGNORECASE,
)


class Period(int):
    """A part of a year, which stands in a sentence as people can read it."""

    def __str__(self) -> str:
        year, number = year_of(self), self % 100
        match kind_of(self):
            case "half":
                return f"{year}-S{number - _HALVES + 1}"
            case "quarter":
                return f"{year}-Q{number - _QUARTERS + 1}"
        return f"{year}-M{number:02d}"

    def __format__(self, form: str) -> str:
        return str(self) if not form else int.__format__(self, form)


def readable(period: int) -> int:
    """A period that says itself in words where it is a part of a year; a year as it is."""
    known = period % 100 in (*range(1, 13), *range(_QUARTERS, _QUARTERS + 4), _HALVES, _HALVES + 1)
    return Period(period) if 100_000 <= period <= 999_999 and known else period


def read(written: str) -> int:
    """The period that somebody wrote: `2025`, `2025Q3`, `2025-Q3`; raises ValueError where it is none."""
    found = _WHOLE.fullmatch(written.strip())
    return int(written) if found is None else period_of(int(found["year"]), found["part"])


def year_of(period: int) -> int:
    """The calendar year that a period lies in."""
    return period // 100 if period > 9999 else period


def kind_of(period: int) -> Kind:
    """Whether a period is a year, a half-year, a quarter or a month."""
    if period <= 9999:
        return "year"
    code = period % 100
    return "half" if code >= _HALVES else "quarter" if code >= _QUARTERS else "month"


def period_of(year: int, written: str | None) -> int:
    """The period that a year and `H1`, `Q3` or `M11` name; the year alone where nothing is written.

    Raises Problem for anything else.
    """
    if not written:
        return year
    found = _WRITTEN.fullmatch(written.strip())
    number = int(found["number"]) if found else 0
    match found and found["kind"].lower():
        case "h" | "s" if 1 <= number <= 2:
            return Period(year * 100 + _HALVES - 1 + number)
        case "q" if 1 <= number <= 4:
            return Period(year * 100 + _QUARTERS - 1 + number)
        case "m" if 1 <= number <= 12:
            return Period(year * 100 + number)
    raise Problem(
        f"Kỳ “{written}” không rõ. Viết H1, H2 (nửa năm), Q1–Q4 (quý) hoặc M1–M12 (tháng).",
        f"The period “{written}” is not clear. Write H1, H2 (half-years), Q1–Q4 (quarters) or M1–M12 (months).",
    )


def named(period: int, lang: Language) -> str:
    """A period as people write it: `2025`, `quý III/2025`, `Q3 2025`."""
    year, number = year_of(period), period % 100
    vi = lang == "vi"
    match kind_of(period):
        case "year":
            return str(period)
        case "half":
            number -= _HALVES - 1
            return f"{'6 tháng đầu' if number == 1 else '6 tháng cuối'} năm {year}" if vi else f"H{number} {year}"
        case "quarter":
            number -= _QUARTERS - 1
            return f"quý {_ROMAN[number - 1]}/{year}" if vi else f"Q{number} {year}"
    return f"tháng {number}/{year}" if vi else f"{year}-{number:02d}"


def said_in(text: str) -> set[int]:
    """The parts of a year that a title names, as the last two digits of their periods."""
    found = set()
    for match in _SAID.finditer(text):
        if match["quarter"]:
            written = match["quarter"].upper()
            found.add(_QUARTERS + (_ROMAN.index(written) if written in _ROMAN else int(written) - 1))
        elif match["half"]:
            found.add(_HALVES + (match["half"].lower() == "cuối"))
        else:
            found.add(int(match["month"]))
    return found
