"""What somebody wants to change, as they write it: `transparency=7`, `overall=66`, `days=-20%`, `share=-20pp`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from data.number import decimal, parse
from data.text import Language, Problem

# What one percentage point is in an indicator's measure. Others have none.
PERCENTAGE_POINT = {"share (0-1)": 0.01, "share (0-1), change since 2000": 0.01, "% (0-100)": 1.0}

LANGUAGES: tuple[Language, ...] = ("vi", "en")
_WRITTEN = re.compile(r"\s*([^=\s]+)\s*=\s*([+−-]?)\s*([\d.,\s]*\d)\s*(%|pp|đpt)?\s*")


@dataclass(frozen=True, slots=True)
class Setting:
    """A component, an indicator or the total, and what it shall be.

    `kind` says how `value` is meant: the new `value` itself, `per_cent` more (or fewer) than now, or so many
    percentage `points` more.
    """

    what: str
    value: float
    kind: Literal["value", "per_cent", "points"] = "value"

    def applied(self, now: float, point: float | None) -> float:
        """The new value, from the present one; `point` is what one percentage point is in its measure.

        Raises Problem for percentage points of what is not a share.
        """
        if self.kind == "per_cent":
            return now * (1 + self.value / 100)
        if self.kind == "points":
            if point is None:
                raise Problem(
                    f"“{self.what}” không phải là một tỷ lệ nên không đổi theo điểm phần trăm được. Ghi giá trị "
                    f"mới ({self.what}=…) hoặc phần trăm của giá trị hiện tại ({self.what}=−20%).",
                    f"“{self.what}” is not a share, so percentage points mean nothing for it. Give the new value "
                    f"({self.what}=…) or per cent of the present one ({self.what}=−20%).",
                )
            return now + self.value * point
        return self.value

    def said(self, lang: Language) -> str:
        """The change in words, where it was written as one; empty for a plain value."""
        if self.kind == "value":
            return ""
        places = 0 if self.value == int(self.value) else 2
        amount = decimal(self.value, places, lang, signed=True)
        if self.kind == "points":
            return f"{amount} " + ("điểm phần trăm" if lang == "vi" else "percentage points")
        return f"{amount} % " + ("của giá trị hiện tại" if lang == "vi" else "of the present value")


def read(text: str) -> Setting:
    """A setting as written. `X=-20%` is 20 % less than now, `X=-20pp` 20 percentage points less.

    Raises Problem where it can't be read, and where it could mean two things: `X=20%` without a sign, `X=+1`
    without a measure.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise Problem(
            f"Không hiểu “{text}”. Viết như transparency=7, overall=66, CHỈ_TIÊU=−20% hoặc CHỈ_TIÊU=−20pp.",
            f"“{text}” is not understood. Write it like transparency=7, overall=66, INDICATOR=−20% or "
            "INDICATOR=−20pp.",
        )
    what, sign, digits, measure = found.groups()
    try:
        value = parse(digits)
    except ValueError as error:
        raise Problem(
            f"“{digits}” trong “{text}” không phải là số. Viết 6,5 hoặc 6.5.",
            f"“{digits}” in “{text}” is not a number. Write 6.5 or 6,5.",
        ) from error
    if sign in ("-", "−"):
        value = -value
    if measure is None:
        if sign == "+":
            raise Problem(
                f"“{text}”: ghi giá trị mới, không ghi mức tăng ({what}={digits}), hoặc tăng theo phần trăm "
                f"({what}=+{digits}%).",
                f"“{text}”: give the new value instead of the increase ({what}={digits}), or an increase in per "
                f"cent ({what}=+{digits}%).",
            )
        return Setting(what, value)
    if not sign:
        raise Problem(
            f"“{text}” có thể hiểu hai cách. Viết {what}=+{digits}% hoặc −{digits}% (phần trăm của giá trị hiện "
            f"tại), +{digits}pp hoặc −{digits}pp (điểm phần trăm), hay giá trị mới không kèm %.",
            f"“{text}” could mean two things. Write {what}=+{digits}% or −{digits}% (of the present value), "
            f"+{digits}pp or −{digits}pp (percentage points), or the new value without %.",
        )
    return Setting(what, value, "per_cent" if measure == "%" else "points")


def plain(value: float, lang: Language) -> str:
    """A value with as many decimals as it needs, at most four."""
    places = next((item for item in range(4) if round(value, item) == round(value, 4)), 4)
    return decimal(value, places, lang)
