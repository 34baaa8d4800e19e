"""What if the weights were those most favourable to us: would the rank still be poor?

Benefit of the doubt: each unit is scored under the weights that suit it best, as a share of the best score that
anybody reaches under the same weights (Cherchye, Moesen, Rogge, Van Puyenbroeck, Saisana, Saltelli, Liska and
Tarantola, "Creating composite indicators with DEA and robustness analysis: the case of the Technology
Achievement Index", *Journal of the Operational Research Society* 59, 2008, doi 10.1057/palgrave.jors.2602445).
The fraction becomes a linear programme by the change of variables of Charnes and Cooper (*Naval Research
Logistics Quarterly* 9, 1962), solved by HiGHS. Weights keep within bounds around the index's own (assurance
region: Thompson, Singleton, Thrall and Smith, *Interfaces* 16, 1986): without bounds whoever leads on one
component would be perfect.

Where even these weights leave a poor rank, weights are no excuse. The caveat: they are found for the highest
score relative to the best; the highest rank may want somewhat different ones. And it is sensitivity to weights,
not survey error.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import edition_caveats
from analytics.core.edition import check_components, check_unit, name_of, nothing_known
from analytics.core.ranking import scored
from analytics.weights.robustness import centre, published, whole_edition
from analytics.weights.weighted_ranks import ranks
from data.frames import Frames
from data.number import decimal
from data.text import Note, Problem

BENEFIT_COLUMNS = ("component", "score", "weight", "low", "high", "favourable")

# Each weight may fall to half its own and rise to double.
BOUNDS = (0.5, 2.0)
# As exactly as the programme is solved: totals nearer than this share of themselves are equal.
_SOLVED = 1e-6


def benefit_of_doubt(
    frames: Frames, unit: str, index: str, year: int, bounds: tuple[float, float] = BOUNDS
) -> Answer:
    """The score and rank of a unit under the weights most favourable to it, all others under the same weights.

    `bounds` are what each weight may be multiplied by; the weights then add up to 1. Rows (`BENEFIT_COLUMNS`),
    in the publisher's order: `score` (of 100, the component on the scale of the total), `weight` (the index's
    own, a share of 1), `low` and `high` (what it may be), `favourable` (what suits the unit best). Figures:
    `rank` (of the published total), `rank_favourable` (under these weights), `ratio` (total over the best total,
    under the index's own weights), `ratio_favourable` (under these, at least as high; 1 = nobody is ahead),
    `ahead` (units ahead under these weights, best first), `bounds`, `units`. Coverage counts units.

    Notes: `meaning` (how the weights were found, and what they are not), `equal_weights` (none are known, equal
    ones are assumed), `edition` (what must be known of it).

    Raises Problem where the edition is not complete in all components, weights are not known, the unit is not
    scored, a total is not positive, or bounds don't hold 1 or fall below 0.
    """
    definition = frames.index(index)
    edition = check_unit(frames, definition, unit, year)
    check_components(definition, year)
    least, most = bounds
    if not 0 <= least <= 1 <= most < np.inf:
        raise Problem(
            f"Khoảng trọng số {least} đến {most} không được: cận dưới từ 0 đến 1, cận trên từ 1.",
            f"Bounds {least} to {most} are not possible: the lower one is 0 to 1, the upper one 1 or more.",
        )
    figures = scored(frames, definition)
    units, points = whole_edition(definition, figures, year)
    if unit not in units:
        raise nothing_known(frames, definition, unit, year, None)
    if points.min() < 0 or points.max(axis=1).min() <= 0:
        raise Problem(
            "Chỉ so được những điểm từ 0 trở lên, không đơn vị nào toàn điểm 0.",
            "Only scores from 0 up can be compared, and no unit may have none but noughts.",
        )
    codes = [item.code for item in definition.components_of(year)]
    own, place = centre(definition, year, codes), units.index(unit)
    low, high = least * own, most * own
    best = favourable(points, place, low, high)
    shown = published(figures, year, units)
    rank = int((ranks(own[None, :], points)[0] if shown is None else shown)[place])
    totals = points @ best
    order = np.argsort(-totals, kind="stable")
    ahead = [units[other] for other in order if totals[other] > totals[place] * (1 + _SOLVED)]
    answer = {
        "rank": rank,
        "rank_favourable": 1 + len(ahead),
        "ratio": float(points[place] @ own / (points @ own).max()),
        "ratio_favourable": float(totals[place] / totals.max()),
        "ahead": ahead,
        "bounds": list(bounds),
        "units": edition.units,
    }
    rows = {
        "component": codes,
        "score": points[place],
        "weight": own,
        "low": low,
        "high": high,
        "favourable": best,
    }
    return Answer(
        question="benefit_of_doubt",
        index=definition.code,
        year=year,
        unit=unit,
        rows=pl.DataFrame(rows).select(BENEFIT_COLUMNS),
        coverage=Coverage(len(units), edition.units),
        figures=answer,
        notes=(
            _meaning(frames, unit, bounds),
            *edition_caveats(definition, year),
        ),
    )


def favourable(
    points: NDArray[np.float64],
    place: int,
    low: Sequence[float] | NDArray[np.float64],
    high: Sequence[float] | NDArray[np.float64],
) -> NDArray[np.float64]:
    """The weights within bounds, adding up to 1, under which a row's total comes nearest to the best row's.

    `points` has a row for each unit, none negative; `low` and `high` bound each weight and leave room for a sum
    of 1. Scaled so that the best total is 1, the weights v of sum t solve: maximise v·own where v·other ≤ 1 for
    all, t·low ≤ v ≤ t·high. Raises Problem where that can't be done.
    """
    from scipy.optimize import linprog

    units, parts = points.shape
    one = np.eye(parts)
    unequal = np.vstack(
        [
            np.column_stack([points / points.max(), np.zeros(units)]),
            np.column_stack([-one, np.asarray(low)]),
            np.column_stack([one, -np.asarray(high)]),
        ]
    )
    limits = np.concatenate([np.ones(units), np.zeros(2 * parts)])
    found = linprog(
        -np.append(points[place] / points.max(), 0.0),
        A_ub=unequal,
        b_ub=limits,
        A_eq=np.append(np.ones(parts), -1.0)[None, :],
        b_eq=[0.0],
        method="highs",
    )
    if not found.success:
        raise Problem(
            "Không có trọng số nào trong khoảng ấy cộng lại bằng 100 %.",
            "No weights within these bounds add up to 100 %.",
        )
    weights: NDArray[np.float64] = found.x[:parts] / found.x[parts]
    return weights


def _meaning(frames: Frames, unit: str, bounds: tuple[float, float]) -> Note:
    name = name_of(frames, unit)
    vi, en = ([decimal(factor, 1, lang) for factor in bounds] for lang in ("vi", "en"))
    return Note.of(
        "meaning",
        f"Mỗi trọng số được chọn từ {vi[0]} đến {vi[1]} lần trọng số của chỉ số sao cho tổng điểm của "
        f"{name.vi} gần đơn vị tốt nhất nhất; mọi đơn vị khác cũng được tính theo chính bộ trọng số ấy. Bộ "
        "trọng số cho hạng cao nhất có thể hơi khác.",
        f"Each weight is chosen between {en[0]} and {en[1]} times the index's own, so that the total of {name.en} "
        "comes nearest to the best; all others are scored under the same weights. The weights "
        "that give the highest rank may be somewhat different.",
    )
