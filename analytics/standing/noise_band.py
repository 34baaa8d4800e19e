"""Which differences between units are more than luck?

The model of the odds (`analytics.level`) splits an edition's variance into what lasts and what does not. Where two
scores have luck of the same deviation σ beside them, their difference has √2 · σ: less than z · √2 · σ apart, they
cannot be told from equals, the minimal detectable difference (Weir, *Journal of Strength and Conditioning
Research* 19, 2005). The band of a unit's rank is where it would lie if all scores had their luck anew, exact and
without draws (`analytics.chance`); on ranks as uncertain as the scores behind them see Goldstein and Spiegelhalter
(*Journal of the Royal Statistical Society* A 159, 1996).

The caveat: the publishers give no sampling errors. What did not last counts as luck here, a real event that passed
among it, so the band is an upper bound on the error of the survey.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_top
from analytics.path.chance import rank_distribution
from analytics.path.odds import Model, fitted
from data.definition import OVERALL, Index
from data.frames import Frames
from data.number import decimal
from data.text import Note

NOISE_BAND_COLUMNS = ("unit", "name", "name_en", "score", "rank", "low", "high", "p_target")

LEVEL = 0.9
# Nine in ten differences between equals lie within so many standard deviations.
QUANTILE = 1.6449
# The ends of a band of ranks.
BAND = (0.05, 0.95)


def noise_band(frames: Frames, index: str, year: int, top: int | None = None) -> Answer:
    """How far two units must be apart to be told from equals, and between which ranks luck alone moves each.

    Rows (`NOISE_BAND_COLUMNS`), best first: score, rank (computed), `low` and `high` (ranks at 5 % and 95 %
    if luck came anew), `p_target` (the chance of being among the first `top` then). Figures: top, level (0.9),
    deviation (of luck, in points), difference (points by which two units of this edition must differ), change
    (points by which one must have moved since the edition before; null where the two aren't comparable), luck (its
    share of the variance), width (mean number of ranks from `low` to `high`), sure and contested (units inside
    with at least 95 %, with 5 to 95 %). Coverage counts the units.

    Notes: `noise_band` (what it is and is not).

    Raises Problem where the edition is not complete or too few moves had ended by then (`analytics.odds`), or the
    target group is none.
    """
    definition = frames.index(index)
    size = check_top(definition, year, top)
    model = fitted(frames, definition, year)
    deviation = model.level.luck**0.5 * model.spread
    reached = rank_distribution(model.points, np.full(len(model.points), deviation))
    low, high = (1 + (reached < end).sum(axis=1) for end in BAND)
    inside = reached[:, size - 1]
    difference = QUANTILE * 2**0.5 * deviation
    sign = -1.0 if definition.component(OVERALL).direction == "lower_better" else 1.0
    names = frames.unit.select("unit", name="name_vi", name_en="name_en")
    rows = pl.DataFrame(
        {
            "unit": model.units,
            "score": sign * model.points,
            "rank": model.ranks.astype(int),
            "low": low,
            "high": high,
            "p_target": inside,
        }
    ).join(names, on="unit")
    return Answer(
        question="noise_band",
        index=definition.code,
        year=year,
        unit=None,
        rows=rows.sort("rank", "unit").select(NOISE_BAND_COLUMNS),
        coverage=Coverage(len(model.units), definition.edition(year).units),
        figures={
            "top": size,
            "level": LEVEL,
            "deviation": deviation,
            "difference": difference,
            "change": _change(frames, definition, year, model),
            "luck": model.level.luck,
            "width": float((high - low).mean()),
            "sure": int((inside >= BAND[1]).sum()),
            "contested": int(((inside > BAND[0]) & (inside < BAND[1])).sum()),
        },
        notes=(_note(definition, difference),),
    )


def _change(frames: Frames, index: Index, year: int, model: Model) -> float | None:
    """The points by which a unit must have moved since the edition before, whose luck is as wide as that was."""
    before = index.previous(year)
    if before is None or not index.comparable(before.year, year) or before.year not in model.panel.years:
        return None
    points = model.panel.points[model.panel.years.index(before.year)]
    if np.isnan(points).all():
        return None
    return float(QUANTILE * (model.level.luck * (model.spread**2 + np.nanvar(points))) ** 0.5)


def _note(index: Index, difference: float) -> Note:
    vi, en = (decimal(difference, index.score_decimals, lang) for lang in ("vi", "en"))
    return Note.of(
        "noise_band",
        f"Hai đơn vị cách nhau dưới {vi} điểm thì chưa phân biệt được với ngang nhau (mức 90 %). Đây là cận trên "
        "của sai số khảo sát, rút ra từ phần điểm không kéo dài sang kỳ sau; những biến cố có thật nhưng "
        "chóng qua cũng nằm trong đó.",
        f"Two units less than {en} points apart cannot be told from equals (at 90 %). This is an upper bound on "
        "the error of the survey, from the part of scores that does not last into the next edition; real events "
        "that passed are in it too.",
    )
