"""Indicators in words: a value with its unit, a change, a name short enough for a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.text import say
from dashboard.text.weaknesses import WeaknessWording
from data import number
from data.text import Language

Row = Mapping[str, Any]

# Shares are read as per cent.
_SHARE = "share (0-1)"
_PERCENT = ("% (0-100)", "% (as printed)")
_SHORT = 90


@dataclass(frozen=True, slots=True)
class Measured:
    """How the figures of one indicator are written: all with the same decimals, shares as per cent."""

    factor: float
    places: int
    suffix: str
    lang: Language

    @classmethod
    def of(cls, row: Row, lang: Language) -> Measured:
        """The format for a row of `analytics.indicators.indicators`."""
        if row["measure"] == _SHARE or row["measure"] in _PERCENT:
            return cls(100 if row["measure"] == _SHARE else 1, 1, " %", lang)
        shown = [row[name] for name in ("value", "median", "best", "worst", "lowest", "highest")]
        known = [value for value in shown if value is not None]
        if all(value == int(value) for value in known):
            return cls(1, 0, "", lang)
        return cls(1, 1 if max(map(abs, known), default=0) >= 100 else 2, "", lang)

    def write(self, value: float | None) -> str:
        """A value with its per cent sign, if it has one."""
        if value is None:
            return number.MISSING
        return number.decimal(self.factor * value, self.places, self.lang) + self.suffix

    def change(self, value: float | None) -> str:
        """A change with its sign; that of a share in percentage points."""
        if value is None:
            return number.MISSING
        written = number.decimal(self.factor * value, self.places, self.lang, signed=True)
        return f"{written} {say(self.lang, 'weaknesses.drill.percentage_points')}" if self.suffix else written

    def is_nothing(self, value: float) -> bool:
        """Whether a change is rounded away."""
        return round(abs(self.factor * value), self.places) == 0


def unit(row: Row, lang: Language) -> str:
    """What an indicator is measured in: `%`, `ngày`."""
    if row["measure"] == _SHARE:
        return say(lang, "weaknesses.drill.percent")
    return say(lang, f"measure.{row['measure']}")


def name(row: Row, lang: Language) -> str:
    """The publisher's name of an indicator."""
    return str(row["name_vi"] if lang == "vi" else row["name_en"])


def short(written: str, letters: int = _SHORT) -> str:
    """A name without brackets at its end, cut between words where it is longer than `letters`."""
    plain = written.split(" (")[0].strip() if written.find(" (") > 12 else written
    if len(plain) <= letters:
        return plain
    return plain[:letters].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def title(placed: pl.DataFrame, part: str, wording: WeaknessWording) -> str:
    """In how many indicators a unit is behind the median, and in which most; rows of `indicators.on_scale`."""
    known = placed.drop_nulls("behind")
    if known.is_empty():
        return wording.say("drill.title_unplaced", part=part, name=wording.name, known=placed["value"].count())
    behind = known.filter(pl.col("behind") > 0).height
    row = known.row(0 if behind else -1, named=True)
    values = {"part": part, "name": wording.name, "known": known.height}
    indicator = short(name(row, wording.lang))
    if behind:
        return wording.say("drill.title", behind=behind, indicator=indicator, **values)
    return wording.say("drill.title_none", indicator=indicator, **values)
