"""Reading sentences back: every number in them, as `data.number` parses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from data.number import MINUS, parse

# A sign belongs to a number only where no digit stands before it: `2017–2019`, `7/10` hold two numbers each.
_NUMBER = re.compile(rf"(?<!\d)[+{MINUS}]?\d+(?:[.,]\d+)*")


def numbers(sentence: str) -> list[float]:
    """The numbers of a sentence in order, with their signs."""
    return [parse(found) for found in _NUMBER.findall(sentence)]


def sizes(sentence: str) -> list[float]:
    """The same without signs and in order of size, to hold two wordings against each other."""
    return sorted(abs(value) for value in numbers(sentence))


def values(*sources: Any) -> set[float]:
    """Every number in frames, mappings and lists, however deep."""
    found: set[float] = set()
    for source in sources:
        if isinstance(source, bool) or source is None or isinstance(source, str):
            continue
        if isinstance(source, int | float):
            found.add(float(source))
        elif isinstance(source, pl.DataFrame):
            found |= values(*(source[name].to_list() for name in source.columns))
        elif isinstance(source, Mapping):
            found |= values(*source.keys(), *source.values())
        elif isinstance(source, Iterable):
            found |= values(*source)
    return found


def unmatched(sentence: str, known: Iterable[float]) -> list[str]:
    """The numbers of a sentence that no known value, rounded to as many decimals, comes to."""
    known = list(known)
    return [
        written
        for written in _NUMBER.findall(sentence)
        if not any(_rounded(value, written) == abs(Decimal(str(parse(written)))) for value in known)
    ]


def _rounded(value: float, written: str) -> Decimal:
    places = len(re.split(r"[.,]", written)[-1]) if re.search(r"[.,]", written) else 0
    return abs(Decimal(repr(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
