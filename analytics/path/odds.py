"""How likely is a unit to be among the first k of the next edition?

Every unit's total moves by a + b · (level − mean) + residual. `b`, the pull towards the mean, is fitted by least
squares to all moves that ended by the edition asked about, pooled over regimes as deviations from their edition's
mean; `a` is the mean rise of an edition. Moves across a change of weights are left out. Across a series break the
deviations count, the rise does not: it is partly the method's.

Residuals are resampled by edition, all units of one together, so that shocks stay correlated as they were: a
bootstrap of clusters (Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, §3.8). There are only
a dozen editions, and a dozen outcomes make chances of 0 and 1 that nobody should believe; so each resampled
edition is spread by normal noise of its own residuals' size, with the bandwidth of the normal reference rule and
the variance kept (the smoothed bootstrap: Silverman, *Density Estimation*, 1986, §§4.3.2 and 6.4). A unit with no
residual in an edition borrows that of another unit of it.

With a plan, the unit's expected move is replaced by the plan's gain and the residual kept: "if delivered in full".

Caveats: a change of weights before the next edition is not foreseen, only said where it is known; a plan does not
change what others do; and how good these chances were in the past is measured in `analytics.backtest`. Where the
next edition scores other units, there is nothing to forecast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_top, check_unit, following, name_of, nothing_known, unscored_next
from analytics.core.ranking import scored
from analytics.path.moves import SIMILAR_STARTS, moves
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.number import whole
from data.text import Note, Problem, Text

SIMULATIONS = 10_000
SEED = 1
# Fewer moves than routes ask for are too few here as well: one edition would be the whole past.
FEWEST_MOVES = SIMILAR_STARTS


@dataclass(frozen=True, slots=True)
class Model:
    """How the totals of an edition may move next.

    `levels` and `expected` moves by unit, turned so that more is better; `residuals` by edition and unit, NaN
    where a unit had no move in one; `rise` and `pull` are a and b.
    """

    units: tuple[str, ...]
    levels: np.ndarray = field(repr=False)
    expected: np.ndarray = field(repr=False)
    residuals: np.ndarray = field(repr=False)
    rise: float
    pull: float
    editions: tuple[int, ...]
    moves: int


def odds(
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    top: int | None = None,
    gains: Mapping[str, float] | None = None,
    simulations: int = SIMULATIONS,
    seed: int = SEED,
) -> Answer:
    """The chance of a unit to be among the first `top` of the edition after `year`, with and without plans.

    `gains` are plans by name: points that the total gains by the next edition. Rows: `plan` (null without one),
    `gain` (without a plan the expected move), `p` (0 to 1). Figures: top, without, with {plan: p}, moves and
    editions used, rise (points) and pull (points per point above the mean).

    Notes: `odds` (what they rest on, and how good they were), `odds_new_method` (the next edition is known to be
    scored by another method), `odds_planned` (what is supposed of the plans).

    Raises Problem where the edition is not complete, the unit's total unknown, its next edition none of its own
    (other units are scored then), fewer than 100 moves had ended by then, or the number of simulations is not
    positive. `analytics.target` gives the same chances beside the routes.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    size = check_top(definition, year, top)
    figures = scored(frames, definition).filter(component=OVERALL)
    if figures.filter(year=year, unit=unit)["score"].count() == 0:
        raise nothing_known(frames, definition, unit, year, OVERALL)
    check_next(frames, definition, unit, year)
    model = fitted(figures, definition, year)
    found = chances(model, unit, size, gains or {}, simulations, seed)
    without = found.pop("")
    expected = float(model.expected[model.units.index(unit)])
    return Answer(
        question="odds",
        index=definition.code,
        year=year,
        unit=unit,
        rows=pl.DataFrame(
            [(None, expected, without), *((plan, (gains or {})[plan], p) for plan, p in found.items())],
            schema={"plan": pl.String, "gain": pl.Float64, "p": pl.Float64},
            orient="row",
        ),
        coverage=Coverage(len(model.units), definition.edition(year).units),
        figures={
            "top": size,
            "without": without,
            "with": found,
            "moves": model.moves,
            "editions": list(model.editions),
            "rise": model.rise,
            "pull": model.pull,
        },
        notes=notes(definition, year, model, name_of(frames, unit), planned=bool(gains)),
    )


def check_next(frames: Frames, index: Index, unit: str, year: int) -> None:
    """A Problem where the edition after `year` is known not to score this unit as such."""
    when = unscored_next(frames, index, unit, year)
    if when is None:
        return
    name, later = name_of(frames, unit), index.name
    raise Problem(
        f"Không có xác suất cho {name.vi}: kỳ đánh giá {later.vi} kế tiếp ({when.vi}) không còn chấm đơn vị này "
        "như trước, vì các đơn vị hành chính cấp tỉnh đã được sắp xếp lại.",
        f"There are no odds for {name.en}: the next edition of {later.en} ({when.en}) no longer scores it as such "
        "because the provinces have been merged since.",
    )


def fitted(figures: pl.DataFrame, index: Index, year: int) -> Model:
    """The model of the moves that had ended by an edition; `figures` are totals as `ranking.scored` gives them.

    Raises Problem where the edition is not complete or too little had been seen by then.
    """
    now = figures.filter(pl.col("year") == year, pl.col("complete")).drop_nulls("score").sort("unit")
    if now.is_empty():
        raise _incomplete(index, figures, year)
    # Moves of other units, before or after a merger, say little about these, and have none of their columns.
    units_then = index.edition(year).unit_set
    same = [item.year for item in index.editions if item.year <= year and item.unit_set == units_then]
    past = moves(figures, index, across_breaks=True).filter(pl.col("year").is_in(same))
    if past.height < FEWEST_MOVES:
        raise _too_few(index, year, past.height)
    seen = past.with_columns(
        pl.col("start") - pl.col("start").mean().over("year"),
        deviation=pl.col("move") - pl.col("move").mean().over("year"),
    )
    start, deviation = seen["start"].to_numpy(), seen["deviation"].to_numpy()
    spread = float(start @ start)
    pull = float(start @ deviation) / spread if spread > 0 else 0.0
    levels = now["better"].to_numpy()
    rise = _rise(past, index)
    residuals = (
        seen.with_columns(residual=pl.col("deviation") - pull * pl.col("start"))
        .pivot("unit", index="year", values="residual")
        .sort("year")
    )
    units = tuple(now["unit"])
    absent = [pl.lit(None, pl.Float64).alias(unit) for unit in units if unit not in residuals.columns]
    return Model(
        units=units,
        levels=levels,
        expected=rise + pull * (levels - levels.mean()),
        residuals=residuals.with_columns(absent).select(units).to_numpy().astype(float),
        rise=rise,
        pull=pull,
        editions=tuple(residuals["year"]),
        moves=past.height,
    )


def chances(
    model: Model, unit: str, top: int, gains: Mapping[str, float], simulations: int = SIMULATIONS, seed: int = SEED
) -> dict[str, float]:
    """P(rank ≤ top) of one unit under each plan, and under "" without one; the same draws for all of them.

    Raises Problem where there is nothing to draw.
    """
    shocks = simulated_residuals(model, simulations, seed)
    own = model.units.index(unit)
    others = model.levels + model.expected + shocks
    others[:, own] = -np.inf
    moved = {"": float(model.expected[own])} | dict(gains)
    return {
        plan: float(((others > (model.levels[own] + shocks[:, own] + gain)[:, None]).sum(axis=1) < top).mean())
        for plan, gain in moved.items()
    }


def all_chances(model: Model, top: int, simulations: int = SIMULATIONS, seed: int = SEED) -> np.ndarray:
    """P(rank ≤ top) of every unit of the model, in its order, without plans."""
    after = model.levels + model.expected + simulated_residuals(model, simulations, seed)
    if top >= len(model.units):
        return np.ones(len(model.units))
    place = len(model.units) - top
    last_inside = np.partition(after, place, axis=1)[:, place]
    inside: np.ndarray = (after >= last_inside[:, None]).mean(axis=0)
    return inside


def simulated_residuals(model: Model, simulations: int, seed: int) -> np.ndarray:
    """Simulated residuals, one row a draw and one column a unit: a past edition's, spread by noise of its size.

    Raises Problem where there is nothing to draw, and for a seed below 0.
    """
    if simulations < 1 or seed < 0:
        raise Problem(
            f"Không mô phỏng được với {simulations} lượt và hạt giống {seed}. Chọn ít nhất 1 lượt, hạt giống từ "
            "0.",
            f"Nothing can be simulated with {simulations} draws and seed {seed}. Take at least 1 and a seed from "
            "0.",
        )
    random = np.random.default_rng(seed)
    editions, units = model.residuals.shape
    picked = random.integers(editions, size=simulations)
    shocks = model.residuals[picked]
    size = np.nanstd(model.residuals, axis=1)
    for edition, column in np.argwhere(np.isnan(model.residuals)):
        known = model.residuals[edition][~np.isnan(model.residuals[edition])]
        rows = np.flatnonzero(picked == edition)
        shocks[rows, column] = random.choice(known, size=len(rows))
    # The normal reference rule for `editions` points in `units` dimensions.
    bandwidth = (4 / (units + 2)) ** (1 / (units + 4)) * editions ** (-1 / (units + 4))
    shocks += (bandwidth * size)[picked, None] * random.standard_normal(shocks.shape)
    shocks /= np.sqrt(1 + bandwidth**2)
    return shocks


def notes(index: Index, year: int, model: Model, name: Text, *, planned: bool) -> tuple[Note, ...]:
    """What must be said beside chances of this model for the edition after `year`.

    `odds` (what they rest on, and how good they were), `odds_new_method` (the next edition is known to be scored
    by another method), `odds_planned` (what is supposed of a plan; only where there are any).
    """
    many = Text(whole(model.moves, "vi"), whole(model.moves, "en"))
    years = spans(model.editions)
    said = [
        Note.of(
            "odds",
            f"Xác suất của kỳ kế tiếp rút ra từ {many.vi} bước thay đổi một kỳ của tổng điểm (đến các năm "
            f"{years}), nếu cách tính không đổi. Với các năm trước, cách này hơn tỷ lệ cơ sở không đáng kể, có "
            "trường hợp còn kém hơn: dùng --backtest để xem; đừng đọc như dự báo chính xác.",
            f"Chances for the next edition are drawn from {many.en} one-edition moves of the total (ending in "
            f"{years}) and hold if the method stays. In the past they were hardly better than base rates, in some "
            "cases worse: see --backtest, and do not read them as an exact forecast.",
        ),
        *_other_method(index, year),
    ]
    if planned:
        said.append(
            Note.of(
                "odds_planned",
                f"Xác suất có lộ trình: {name.vi} làm được trọn vẹn lộ trình, các tỉnh khác vẫn thay đổi như lâu "
                "nay. Các lộ trình đem lại cùng một mức tăng của tổng điểm nên có cùng xác suất.",
                f"Chances with a route: {name.en} delivers it in full while the others move as they always have. "
                "All routes gain the same points of the total, hence the same chance.",
            )
        )
    return tuple(said)


def _other_method(index: Index, year: int) -> Sequence[Note]:
    """Says that the next edition is known to be scored by another method, where it is."""
    after = following(index, year)
    if after is None or index.comparable(year, after.year):
        return ()
    return (
        Note.of(
            "odds_new_method",
            f"Kỳ kế tiếp ({after.year}) tính theo cách khác với {year}: xác suất này không lường trước "
            "thay đổi ấy.",
            f"The next edition ({after.year}) is scored by another method than {year}: these chances do not "
            "foresee that change.",
        ),
    )


def _rise(past: pl.DataFrame, index: Index) -> float:
    """The mean rise of an edition, those across a series break left out."""
    whole_years = [
        year
        for year in past["year"].unique()
        if (before := index.previous(year)) and index.broken(OVERALL, before.year, year) is None
    ]
    counted = past.filter(pl.col("year").is_in(whole_years))
    # In order, so that the same question has the same answer to the last bit.
    rises = counted.group_by("year", maintain_order=True).agg(pl.col("move").mean())
    mean: Any = rises["move"].mean()
    return 0.0 if mean is None else float(mean)


def _incomplete(index: Index, figures: pl.DataFrame, year: int) -> Problem:
    known = int(figures.filter(year=year)["score"].count())
    years = spans(figures.filter(pl.col("complete"))["year"].unique())
    of = index.edition(year).units
    return Problem(
        f"{index.name.vi} {year} mới biết {known}/{of} tổng điểm nên không tính được xác suất. Những năm đủ tổng "
        f"điểm: {years or 'chưa có'}.",
        f"Only {known} of {of} totals of {index.name.en} {year} are known, so there are no odds. Editions with "
        f"all totals: {years or 'none yet'}.",
    )


def _too_few(index: Index, year: int, count: int) -> Problem:
    return Problem(
        f"Đến {index.name.vi} {year} mới có {count} bước thay đổi một kỳ của tổng điểm, cần ít nhất "
        f"{FEWEST_MOVES} để tính xác suất; hãy hỏi một năm muộn hơn.",
        f"By {index.name.en} {year} only {count} one-edition moves of the total had been seen, and odds take "
        f"{FEWEST_MOVES}; ask about a later year.",
    )
