"""How a component follows from one of its indicators, where it does so exactly.

In most editions a component's score is an exact linear function of its indicators: each is rescaled between the
lowest and the highest value of any edition, then weighted (the publisher's own rule, recovered from the figures;
`vuotbac` keeps the slopes with how well they fit). The slope holds between the values that were seen; a value
beyond them would move the scale for every unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.core.edition import name_of
from analytics.path.setting import LANGUAGES, plain
from data.definition import Index
from data.frames import Frames
from data.text import Problem, Text

# A component follows exactly where its indicators leave no more than this, in points of the component.
EXACT = 0.005
# Values are printed with up to six digits: a bound must not refuse its own value.
_SLACK = 1e-6
_WHOLE = "(component)"


@dataclass(frozen=True, slots=True)
class IndicatorSlope:
    """One indicator of a unit: its value now, what a unit of it is worth, and how far that is known to hold.

    `slope` is points of the component per unit of `measure`; `low` and `high` bound the values seen.
    """

    indicator: str
    name: Text
    measure: str
    now: float
    slope: float
    low: float
    high: float

    def check(self, value: float) -> None:
        """A Problem where `value` lies beyond the values seen."""
        if self.low - _SLACK <= value <= self.high + _SLACK:
            return
        vi, en = ([plain(item, lang) for item in (value, self.low, self.high)] for lang in LANGUAGES)
        raise Problem(
            f"{vi[0]} nằm ngoài khoảng đã thấy của “{self.name.vi}” ({vi[1]}–{vi[2]}). Ra ngoài khoảng ấy thì "
            "thang quy đổi thay đổi cho mọi tỉnh nên không tính được; chọn giá trị trong khoảng.",
            f"{en[0]} is beyond the values seen of “{self.name.en}” ({en[1]}–{en[2]}). Out there the scale would "
            "change for every unit, so no score follows; choose a value in between.",
        )


def indicator_slope(
    frames: Frames, index: Index, unit: str, year: int, component: str, indicator: str, score: float
) -> IndicatorSlope:
    """The lever that an indicator is for a unit whose component has `score`.

    `low` and `high` are the bounds of the publisher's rescaling where they are known, and at least the lowest
    and highest value of the edition. Raises Problem, with the reason, where the component doesn't follow
    exactly from its indicators: in this edition, for this unit, or for this indicator.
    """
    about = frames.indicator.filter(index=index.code, indicator=indicator).row(0, named=True)
    name = Text(about["name_vi"], about["name_en"])
    rule = frames.indicator_weight.filter(index=index.code, year=year, component=component)
    row = _row(rule, indicator)
    whole = _row(rule, _WHOLE)
    if row is None or whole is None or not row["exact"] or row["slope"] is None:
        raise _refused(index, component, year, name)
    values = frames.indicator_value.filter(
        (pl.col("index") == index.code)
        & (pl.col("year") == year)
        & pl.col("indicator").is_in(rule.filter(pl.col("slope").is_not_null())["indicator"].to_list())
    )
    own = dict(values.filter(unit=unit).select("indicator", "value").iter_rows())
    _check_follows(frames, index, unit, year, component, indicator, score, rule, whole, own)
    seen = values.filter(indicator=indicator)["value"]
    bounds = [*seen, *(item for item in (row["low"], row["high"]) if item is not None)]
    return IndicatorSlope(
        indicator, name, about["measure"], own[indicator], row["slope"], min(bounds), max(bounds)
    )


def _row(rule: pl.DataFrame, indicator: str) -> dict[str, Any] | None:
    found = rule.filter(indicator=indicator)
    return found.row(0, named=True) if found.height else None


def _check_follows(
    frames: Frames,
    index: Index,
    unit: str,
    year: int,
    component: str,
    indicator: str,
    score: float,
    rule: pl.DataFrame,
    whole: dict[str, Any],
    own: dict[str, float],
) -> None:
    """A Problem where this unit's own score does not follow from its indicators."""
    counting = rule.filter(pl.col("slope").is_not_null() & (pl.col("slope") != 0))
    slopes = dict(counting.select("indicator", "slope").iter_rows())
    missing = [item for item in {*slopes, indicator} if item not in own]
    follows = (
        not missing
        and abs(whole["intercept"] + sum(slope * own[item] for item, slope in slopes.items()) - score) <= EXACT
    )
    if not follows:
        unit_name, part = name_of(frames, unit), index.component(component).name
        raise Problem(
            f"Điểm “{part.vi}” của {unit_name.vi} ở {index.name.vi} {year} không suy ra được từ các chỉ tiêu đã "
            f"in (có giá trị thiếu hoặc bị chặn trên); hãy thử trực tiếp {component}=….",
            f"{unit_name.en}'s score on “{part.en}” in {index.name.en} {year} doesn't follow from the indicators "
            f"as printed (a value is missing or cut off at the top); try {component}=… instead.",
        )


def _refused(index: Index, component: str, year: int, name: Text) -> Problem:
    part = index.component(component).name
    return Problem(
        f"Không quy “{name.vi}” ra điểm được: ở {index.name.vi} {year}, “{part.vi}” không suy ra chính xác từ "
        f"chỉ tiêu này. Hãy thử trực tiếp {component}=….",
        f"“{name.en}” can't be turned into points: in {index.name.en} {year}, “{part.en}” does not follow exactly "
        f"from it. Try {component}=… instead.",
    )
