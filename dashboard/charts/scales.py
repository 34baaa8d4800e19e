"""Axes for estimates: labelled in per cent, with numbers as the language writes them."""

from __future__ import annotations

import math

import polars as pl

from dashboard.charts.whiskers import Scale, reach
from data import number
from data.text import Language

_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST = 5
# Beyond this difference of logarithms a per cent is no longer about as long everywhere on the axis.
_LARGE = 0.4
_FAR = (-99.0, -95.0, -80.0, -50.0, 0.0, 100.0, 400.0, 1900.0, 9900.0)


def of_logarithms(rows: pl.DataFrame, title: str, lang: Language) -> Scale:
    """An axis for differences of logarithms, each labelled with the per cent that it is."""
    low, high = reach(rows)
    ends = (100 * math.expm1(low), 100 * math.expm1(high))
    marks = list(_FAR) if max(-low, high) > _LARGE else _steps(*ends)
    ticks = [(math.log1p(mark / 100), mark) for mark in marks]
    return _scale(title, low, high, [(place, _written(mark, lang)) for place, mark in ticks])


def of_shares(rows: pl.DataFrame, title: str, lang: Language) -> Scale:
    """An axis for what is in per cent already."""
    low, high = reach(rows)
    return _scale(title, low, high, [(mark, _written(mark, lang)) for mark in _steps(low, high)])


def of_numbers(rows: pl.DataFrame, title: str, lang: Language) -> Scale:
    """An axis for plain numbers whose unit its title says."""
    low, high = reach(rows)
    return _scale(
        title, low, high, [(mark, _written(mark, lang).removesuffix(" %")) for mark in _steps(low, high)]
    )


def _scale(title: str, low: float, high: float, ticks: list[tuple[float, str]]) -> Scale:
    return Scale(title, low, high, tuple((place, label) for place, label in ticks if low <= place <= high))


def _steps(low: float, high: float) -> list[float]:
    """Round figures between two ends, a few of them, always with none at all."""
    step = next((step for step in _STEPS if (high - low) / step <= _MOST), _STEPS[-1])
    return [round(step * place, 6) for place in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _written(mark: float, lang: Language) -> str:
    places = 0 if mark == int(mark) else 1
    return "0" if mark == 0 else f"{number.decimal(mark, places, lang, signed=True)} %"
