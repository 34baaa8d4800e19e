"""When a month, a quarter or a year begins and ends, as progress names them: `2019-03`, `2019-Q1`, `2019`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def bounds(period: str) -> tuple[date, date]:
    """The first and the last day of a period."""
    year, _, part = period.partition("-")
    if not part:
        first, last = 1, 12
    elif part.startswith("Q"):
        last = 3 * int(part[1:])
        first = last - 2
    else:
        first = last = int(part)
    number = int(year)
    return date(number, first, 1), date(number, last, monthrange(number, last)[1])
