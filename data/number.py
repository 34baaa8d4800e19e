"""Numbers as people write them: the one place that formats them and the one that reads them."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from data.text import Language

MINUS = "−"
MISSING = "–"
# Room for every digit a float can have, so that a number mistyped with fifty digits is written, not an error.
_ANY = Context(prec=400)

_GROUPED = re.compile(r"[+-]?\d{1,3}([.,   ])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def decimal(value: float | None, places: int, lang: Language, *, signed: bool = False) -> str:
    """`value` rounded half up to `places`, with the decimal mark of `lang`; a dash where it is unknown.

    With `signed`, a gain carries a plus sign and zero carries none.
    """
    if value is None:
        return MISSING
    # A figure is a decimal as printed: 0.285 rounds as it is written, not as its binary fraction falls.
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _ANY)
    digits = f"{abs(rounded):f}"
    if lang == "vi":
        digits = digits.replace(".", ",")
    if rounded < 0:
        return MINUS + digits
    return "+" + digits if signed and rounded > 0 else digits


def whole(value: int | None, lang: Language, *, signed: bool = False) -> str:
    """A count or a rank; a dash where it is unknown."""
    if value is not None and abs(value) >= 10_000:
        grouped = f"{abs(value):,}"
        return (MINUS if value < 0 else "") + (grouped.replace(",", ".") if lang == "vi" else grouped)
    return decimal(value, 0, lang, signed=signed)


def standing(rank: int | None, of: int, lang: Language) -> str:
    """A rank among so many: `thứ 35/63`, `35th of 63`."""
    if rank is None:
        return MISSING
    if lang == "vi":
        return f"thứ {rank}/{of}"
    suffix = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{suffix} of {of}"


def parse(text: str) -> float:
    """A number as a person typed it, with decimal comma or point; raises ValueError when it is none.

    `1.234,5`, `1,234.5` and `1 234,5` are read as grouped; a single mark is a decimal one (`6,5`, `6.5`).
    """
    cleaned = text.strip().replace(MINUS, "-")
    grouped = _GROUPED.fullmatch(cleaned)
    if grouped is not None and not _PLAIN.fullmatch(cleaned):
        cleaned = cleaned.replace(grouped.group(1), "")
    elif not _PLAIN.fullmatch(cleaned):
        raise ValueError(f"not a number: {text!r}")
    value = float(cleaned.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(f"not a number: {text!r}")
    return value
