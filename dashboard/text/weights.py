"""Weights in per cent."""

from __future__ import annotations

from data import number
from data.text import Language

_MOST = 2


def share(weight: float | None, lang: Language) -> str:
    """A share of 1 in per cent, with as many decimals as it needs: `5 %`, `9,5 %`, `0,21 %`."""
    if weight is None:
        return number.MISSING
    percent = round(100 * weight, _MOST)
    places = next(item for item in range(_MOST + 1) if round(percent, item) == percent)
    return f"{number.decimal(percent, places, lang)} %"
