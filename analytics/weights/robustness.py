"""Would the ranking look the same if the weights were somewhat different?

The weights are an agreement, not a measurement. Every weight is multiplied by a factor of its own, drawn evenly
between 0.75 and 1.25, and the weights are made to add up to 1 again; 10,000 such draws give each unit a band of
ranks. Beside it two plain alternatives: equal weights, and each component left out in turn. After Saisana,
Saltelli and Tarantola, "Uncertainty and sensitivity analysis techniques as tools for the quality assessment of
composite indicators", *Journal of the Royal Statistical Society A* 168 (2005),
doi 10.1111/j.1467-985X.2005.00350.x, and
OECD/JRC, *Handbook on Constructing Composite Indicators* (2008, step 7).

The caveat: this is sensitivity to weights, not survey error. Two units whose bands don't touch may still differ by
less than the survey can tell apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import edition_caveats
from analytics.core.edition import check_components, check_top
from analytics.core.ranking import scored
from analytics.weights.weighted_ranks import ranks
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.number import decimal, whole
from data.text import Note, Problem, Text

ROBUSTNESS_COLUMNS = (
    "unit",
    "name",
    "name_en",
    "rank",
    "low",
    "high",
    "p_target",
    "rank_equal",
    "rank_best_without",
    "best_without",
    "rank_worst_without",
    "worst_without",
)

DRAWS = 10_000
SEED = 1
# One draw takes two bytes for each unit; more draws than this cost memory and change no digit that is shown.
MOST_DRAWS = 1_000_000
FACTORS = (0.75, 1.25)
# The band leaves out one draw in twenty at either end.
BAND = (0.05, 0.95)


def robustness(
    frames: Frames,
    index: str,
    year: int,
    draws: int = DRAWS,
    seed: int = SEED,
    top: int | None = None,
    weights: Mapping[str, float] | None = None,
) -> Answer:
    """The band of ranks of every unit of an edition when weights vary by up to a quarter.

    Rows (`ROBUSTNESS_COLUMNS`), best first: `rank` of the published total (of the total under `weights`, where
    they are given), `low` and `high` the 5th and 95th percentile of its rank over the draws (low is the better
    one), `p_target` the share of draws inside the first `top`, `rank_equal` under equal weights, and the best and
    worst rank with one component left out and which one that is. `weights` replace the index's: any numbers from
    0 up, by component, made to add up to 1; a component not named weighs nothing.

    Figures: draws, seed, top, weights, mean_shift (mean distance of drawn ranks from the rank at the weights
    themselves), sure and contested (how many units are inside in at least 95 % of draws, in 5 to 95 %), `equal`
    and `without` {component}: mean_shift, largest_shift, entered, left (units of the target group).

    Notes: `sensitivity` (what the bands are and are not), `recomputed` (published ranks that differ from those of
    the components), `equal_weights` (none are known, equal ones are assumed), `edition` (what must be known
    of it).

    Raises Problem where the edition is not complete in all components, weights are not known or add up to
    nothing, there are no draws or the target group is no group.
    """
    definition = frames.index(index)
    edition = definition.edition(year)
    check_components(definition, year)
    size = check_top(definition, year, top)
    _check_draws(draws, seed)
    figures = scored(frames, definition)
    units, points = whole_edition(definition, figures, year)
    codes = [item.code for item in definition.components_of(year)]
    middle = centre(definition, year, codes, weights)

    base = ranks(middle[None, :], points)[0]
    found = ranks(_drawn(middle, draws, seed), points)
    equal = ranks(np.full((1, len(codes)), 1 / len(codes)), points)[0]
    without = _without(codes, middle, points)
    shown = published(figures, year, units) if weights is None else None
    inside = (found <= size).mean(axis=0)
    rows = _rows(units, base if shown is None else shown, found, inside, equal, without)
    names = frames.unit.select("unit", name="name_vi", name_en="name_en")
    return Answer(
        question="robustness",
        index=definition.code,
        year=year,
        unit=None,
        rows=rows.join(names, on="unit", how="left").sort("rank", "unit").select(ROBUSTNESS_COLUMNS),
        coverage=Coverage(len(units), edition.units),
        figures={
            "draws": draws,
            "seed": seed,
            "top": size,
            "weights": dict(zip(codes, middle.tolist(), strict=True)),
            "mean_shift": float(np.abs(found - base).mean()),
            "sure": int((inside >= BAND[1]).sum()),
            "contested": int(((inside > BAND[0]) & (inside < BAND[1])).sum()),
            "equal": _shift(units, base, equal, size),
            "without": {code: _shift(units, base, other, size) for code, other in without.items()},
        },
        notes=_notes(definition, year, draws, base, shown),
    )


def _drawn(centre: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Sets of weights around `centre`, one a row."""
    weights: np.ndarray = centre * np.random.default_rng(seed).uniform(*FACTORS, (draws, len(centre)))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def _without(codes: list[str], centre: np.ndarray, points: np.ndarray) -> dict[str, np.ndarray]:
    """The ranks with each component left out; one that has all the weight can't be."""
    sets = {}
    for place, code in enumerate(codes):
        others = centre.copy()
        others[place] = 0
        if others.sum() > 0:
            sets[code] = others / others.sum()
    return dict(zip(sets, ranks(np.stack(list(sets.values())), points), strict=True)) if sets else {}


def _rows(
    units: list[str],
    rank: np.ndarray,
    found: np.ndarray,
    inside: np.ndarray,
    equal: np.ndarray,
    without: Mapping[str, np.ndarray],
) -> pl.DataFrame:
    low, high = _bands(found)
    codes = np.array([*without, ""])
    lines = np.stack([*without.values(), rank])
    best, worst = lines.argmin(axis=0), lines.argmax(axis=0)
    everyone = np.arange(len(units))
    whole_numbers = {
        "rank": rank,
        "low": low,
        "high": high,
        "rank_equal": equal,
        "rank_best_without": lines[best, everyone],
        "rank_worst_without": lines[worst, everyone],
    }
    return pl.DataFrame(
        {"unit": units, "p_target": inside}
        | {name: values.astype(np.int64) for name, values in whole_numbers.items()}
        | {"best_without": codes[best].tolist(), "worst_without": codes[worst].tolist()}
    ).with_columns(
        # No component to name where leaving one out never betters, or never worsens, the rank.
        best_without=pl.when(pl.col("rank_best_without") < pl.col("rank")).then("best_without"),
        worst_without=pl.when(pl.col("rank_worst_without") > pl.col("rank")).then("worst_without"),
    )


def whole_edition(index: Index, figures: pl.DataFrame, year: int) -> tuple[list[str], np.ndarray]:
    """The units of an edition and their components, each on the scale of the total, turned so that more is better.

    Raises Problem unless all are known.
    """
    codes = [item.code for item in index.components_of(year)]
    complete = _complete_years(index, figures)
    if year not in complete:
        known = spans(complete)
        raise Problem(
            f"{index.name.vi} {year} chưa đủ điểm mọi {index.component_word.vi} của mọi đơn vị, nên không thử "
            f"trọng số khác được. Hỏi được: {known or 'chưa có năm nào'}.",
            f"{index.name.en} {year} lacks some {index.component_word.en} scores, so other weights cannot be "
            f"tried. Can be asked: {known or 'no edition yet'}.",
        )
    edition = figures.filter(pl.col("component") != OVERALL, year=year).drop_nulls("score")
    sign = -1 if index.component(OVERALL).direction == "lower_better" else 1
    wide = (
        edition.with_columns(points=pl.col("score") / pl.col("out_of") * index.overall_maximum(year) * sign)
        .pivot("component", index="unit", values="points")
        .select("unit", *codes)
        .drop_nulls()
        .sort("unit")
    )
    return wide["unit"].to_list(), wide.drop("unit").to_numpy()


def _complete_years(index: Index, figures: pl.DataFrame) -> list[int]:
    """The editions in which every unit scored has every component, on a scale whose end is known."""
    counted = dict(
        figures.filter(pl.col("component") != OVERALL)
        .drop_nulls(["score", "out_of"])
        .group_by("year", "unit")
        .len()
        .group_by("year")
        .agg(pl.col("len"))
        .iter_rows()
    )
    found = []
    for edition in index.editions:
        parts = len(index.components_of(edition.year))
        whole_units = sum(count == parts for count in counted.get(edition.year, []))
        if parts and whole_units >= edition.units:
            found.append(edition.year)
    return found


def centre(index: Index, year: int, codes: list[str], given: Mapping[str, float] | None = None) -> np.ndarray:
    """The weights of an edition, or those `given`, as shares of 1.

    Raises Problem where some are not known or can't be, or all are 0.
    """
    if given is None:
        known = [index.weight(code, year) for code in codes]
        shares = [weight for weight in known if weight is not None]
        if len(shares) < len(codes):
            raise Problem(
                f"Chưa biết đủ trọng số của {index.name.vi} {year}; hãy tự cho trọng số của từng thành phần.",
                f"The weights of {index.name.en} {year} are not all known; give a weight for each component.",
            )
        found = np.array(shares)
    else:
        for code, weight in given.items():
            index.check_component(code, year)
            if code == OVERALL or not 0 <= weight < np.inf:
                raise Problem(
                    f"Trọng số {code} = {weight} không được: chỉ các thành phần có trọng số, là số từ 0 trở lên.",
                    f"A weight {code} = {weight} is not possible: only components have one, a number from 0 up.",
                )
        found = np.array([float(given.get(code, 0.0)) for code in codes])
    total = float(found.sum())
    if total <= 0:
        raise Problem(
            "Tổng các trọng số bằng 0. Cho ít nhất một thành phần một trọng số lớn hơn 0.",
            "The weights add up to 0. Give at least one component a weight above 0.",
        )
    shares_of_one: np.ndarray = found / total
    return shares_of_one


def _bands(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 5th and 95th percentile of each unit's ranks: of the ranks that were drawn, none in between."""
    draws, units = found.shape
    cells = found + np.arange(units, dtype=np.int32) * (units + 1)
    counts = np.bincount(cells.ravel(), minlength=units * (units + 1)).reshape(units, units + 1)
    reached = counts.cumsum(axis=1)
    low, high = ((reached >= share * draws).argmax(axis=1) for share in BAND)
    return low, high


def published(figures: pl.DataFrame, year: int, units: list[str]) -> np.ndarray | None:
    """The ranks of the totals as they were given, for `units` in their order; None unless all have one."""
    totals = figures.filter(pl.col("complete"), component=OVERALL, year=year).drop_nulls("score")
    ranked = dict(totals.select("unit", pl.col("better").rank("min", descending=True).cast(pl.Int64)).iter_rows())
    return np.array([ranked[unit] for unit in units]) if set(units) == set(ranked) else None


def _shift(units: list[str], base: np.ndarray, other: np.ndarray, top: int) -> dict[str, Any]:
    moved = np.abs(base.astype(int) - other)
    return {
        "mean_shift": float(moved.mean()),
        "largest_shift": int(moved.max()),
        "entered": [unit for unit, one, two in zip(units, base, other, strict=True) if two <= top < one],
        "left": [unit for unit, one, two in zip(units, base, other, strict=True) if one <= top < two],
    }


def _check_draws(draws: int, seed: int) -> None:
    if not 1 <= draws <= MOST_DRAWS or seed < 0:
        most = Text(whole(MOST_DRAWS, "vi"), whole(MOST_DRAWS, "en"))
        raise Problem(
            f"Không rút được {draws} lượt với hạt giống {seed}. Chọn từ 1 đến {most.vi} lượt, hạt giống từ 0.",
            f"{draws} draws with seed {seed} are not possible. Take 1 to {most.en} and a seed from 0.",
        )


def _notes(index: Index, year: int, draws: int, base: np.ndarray, shown: np.ndarray | None) -> tuple[Note, ...]:
    vi, en = ((decimal(FACTORS[0], 2, lang), decimal(FACTORS[1], 2, lang)) for lang in ("vi", "en"))
    notes = [
        Note.of(
            "sensitivity",
            f"Đây là độ nhạy với trọng số, không phải sai số khảo sát: {whole(draws, 'vi')} lượt, mỗi trọng số "
            f"nhân với một hệ số ngẫu nhiên từ {vi[0]} đến {vi[1]} rồi chia lại cho đủ 100 %.",
            f"This is sensitivity to weights, not survey error: {whole(draws, 'en')} draws, each weight times a "
            f"random factor from {en[0]} to {en[1]}, made to add up to 100 % again.",
        )
    ]
    differing = 0 if shown is None else int((shown != base).sum())
    if differing:
        notes.append(
            Note.of(
                "recomputed",
                f"{differing} đơn vị có hạng theo tổng điểm công bố khác hạng tính lại từ các thành phần; các "
                "lượt rút dựa trên các thành phần.",
                f"For {differing} units the rank of the published total differs from the one recomputed from the "
                "components, which the draws are based on.",
            )
        )
    return (*notes, *edition_caveats(index, year))
