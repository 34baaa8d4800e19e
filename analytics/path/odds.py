"""How likely is a unit to be among the first k of the next edition, and within a few editions?

Totals are measured in spreads of their edition. A unit has a level that drifts, and luck that does not last
(`analytics.path.level`), both estimated from the editions up to the one asked about alone. The chance is the plain
mean of two: what that level says, exactly and without draws (`analytics.path.chance`), and the share of units that
started in the same band of ranks and got in (`analytics.path.base_rate`). Pooling opinions by their mean is
Stone's linear opinion pool (*Annals of Mathematical Statistics* 32, 1961; Genest and Zidek, *Statistical Science*
1, 1986); equal weights are hard to beat (Smith and Wallis, *Oxford Bulletin of Economics and Statistics* 71,
2009). The chances of all units add up to the size of the group.

A plan counts for what it gains beyond the move that is expected anyway, in full ("if delivered in full"), so that
no plan ever lowers a chance.

Within several editions means in at least one of them. The level is followed edition by edition on a grid
(Kitagawa, *Journal of the American Statistical Association* 82, 1987), what the others do taken as independent
from edition to edition; a plan's gain counts as a gain of level.

Caveats: a change of weights before the next edition is not foreseen, only said where it is known; a plan does not
change what others do; and how good these chances were in the past is measured in `analytics.backtest`. Where the
next edition scores other units, there is nothing to forecast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.cache import cached
from analytics.core.edition import check_top, check_unit, following, name_of, nothing_known, unscored_next
from analytics.core.ranking import scored
from analytics.path.base_rate import BaseRates, adding_up, base_rates
from analytics.path.chance import Competition, competition, grid_of, normal_density, rank_distribution
from analytics.path.level import Level, Panel, common_rise, estimated, panel
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.number import whole
from data.text import Note, Problem, Text

# Level and luck are told apart by what is left after two moves: about two of each of sixty units.
FEWEST_MOVES = 120
# No regime of weights has lasted much longer than the plans that are made for it.
EDITIONS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Model:
    """What is known of the units of an edition, and of their next scores.

    `panel` holds the editions up to it; `units` are those scored in it, with their `points` (turned so that more
    is better), `ranks`, and their next `level`. `spread` is the edition's standard deviation in points and
    `expected` the move each is expected to make, in points, of which all share the `rise`. `moves` and `editions`
    (years in which these ended) are what it all rests on.
    """

    panel: Panel = field(repr=False)
    units: tuple[str, ...]
    points: np.ndarray = field(repr=False)
    ranks: np.ndarray = field(repr=False)
    level: Level
    spread: float
    rise: float
    expected: np.ndarray = field(repr=False)
    moves: int
    editions: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OddsByGain:
    """The chances of one unit to be in the group, for any gain of its total at once.

    `expected` is what the total is expected to move by without a plan; `moves` and `editions` what all that rests
    on.
    """

    expected: float
    moves: int
    editions: tuple[int, ...]
    spread: float
    points: float
    rank: int
    others: np.ndarray = field(repr=False)
    # The unit's own level alone, and its base rate of the next edition.
    level: Level = field(repr=False)
    rate: float
    rates: tuple[BaseRates, ...] = field(repr=False)
    # P(outside) with a score at each point of the grid, an edition ahead a row.
    grid: np.ndarray = field(repr=False)
    outside: np.ndarray = field(repr=False)

    def chance(self, gain: float | None = None) -> float:
        """The chance (0 to 1) in the next edition with a plan that gains so much, if delivered in full."""
        return float(self.chances([self.expected if gain is None else gain])[0])

    def chances(self, gains: Sequence[float] | np.ndarray) -> np.ndarray:
        """The chance in the next edition for each of some gains, in points of the total."""
        lifts = self._lifts(gains)
        mean, sd = self.level.ahead(1)
        by_level = Competition(self.grid, self.outside).chance(0, mean + lifts / self.spread, float(sd[0]))
        return self._pooled(by_level, self.rate, 0, lifts)

    def within(self, gain: float | None = None) -> tuple[float, ...]:
        """The chance to be inside in at least one of the next 1, 2 … editions, as far as units stay the same."""
        lifts = self._lifts([self.expected if gain is None else gain])
        found = [self.chance(gain)]
        for ahead, by_level in enumerate(self._by_level(float(lifts[0]) / self.spread)[1:], start=1):
            rate = float(self.rates[ahead].of(np.array([self.rank]))[0])
            pooled = float(self._pooled(np.array([by_level]), rate, ahead, lifts)[0])
            # Rates of different horizons come from different starts, and may fall where they cannot.
            found.append(max(found[-1], pooled))
        return tuple(found)

    def _lifts(self, gains: Sequence[float] | np.ndarray) -> np.ndarray:
        lifts: np.ndarray = np.maximum(np.asarray(gains, dtype=float) - self.expected, 0.0)
        return lifts

    def _pooled(self, by_level: np.ndarray, rate: float, ahead: int, lifts: np.ndarray) -> np.ndarray:
        """The mean of what the level says and of the base rate, which rises with the rank that a lift brings."""
        above = np.interp(-(self.points + np.append(lifts, 0.0)), self.others, np.arange(len(self.others)))
        base = np.clip(rate + self.rates[ahead].lift(1 + float(above[-1]), 1 + above[:-1]), 0.0, 1.0)
        pooled: np.ndarray = 0.5 * by_level + 0.5 * base
        return pooled

    def _by_level(self, lift: float) -> list[float]:
        """P(inside in at least one of the next editions), by number of editions, by the level alone."""
        level, grid = self.level, self.grid
        step = float(grid[1] - grid[0])
        luck = normal_density(grid, grid[:, None], level.luck**0.5)
        luck /= luck.sum(axis=1, keepdims=True)
        moved = step * normal_density(grid[:, None], level.persistence * grid, level.drift**0.5)
        left = normal_density(grid, level.mean[0] + lift, float(level.variance[0]) ** 0.5)
        found = []
        for ahead, outside in enumerate(self.outside):
            left = (moved @ left if ahead else left) * (luck @ outside)
            found.append(1 - step * float(left.sum()))
        return found


def odds(
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    top: int | None = None,
    gains: Mapping[str, float] | None = None,
) -> Answer:
    """The chance of a unit to be among the first `top` of the edition after `year`, with and without plans.

    `gains` are plans by name: points that the total gains by the next edition. Rows: `plan` (null without one),
    `gain` (without a plan the expected move), `p` (0 to 1). Figures: top, without, with {plan: p}, `within` (the
    chance to be inside in at least one of the next 1, 2, 3, 4 editions, as many as score the same units), moves
    and editions used, rise (of all, in points), persistence (share of a level that is left an edition later) and
    luck (share of an edition's variance that does not last).

    Notes: `odds` (what they rest on, and where to read how good they were), `odds_new_method` (the next edition is
    known to be scored by another method), `odds_planned` (what is supposed of the plans).

    Raises Problem where the edition is not complete, the unit's total unknown, its next edition none of its own
    (other units are scored then) or too few moves had ended by then. `analytics.target` gives the same chances
    beside the routes.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    size = check_top(definition, year, top)
    if scored(frames, definition).filter(component=OVERALL, year=year, unit=unit)["score"].count() == 0:
        raise nothing_known(frames, definition, unit, year, OVERALL)
    check_next(frames, definition, unit, year)
    model = fitted(frames, definition, year)
    found = odds_of(model, unit, size, editions_ahead(frames, definition, unit, year))
    plans = dict(gains or {})
    chances = [found.chance(), *found.chances(list(plans.values()))]
    return Answer(
        question="odds",
        index=definition.code,
        year=year,
        unit=unit,
        rows=pl.DataFrame(
            zip([None, *plans], [found.expected, *plans.values()], chances, strict=True),
            schema={"plan": pl.String, "gain": pl.Float64, "p": pl.Float64},
            orient="row",
        ),
        coverage=Coverage(len(model.units), definition.edition(year).units),
        figures={
            "top": size,
            "without": chances[0],
            "with": dict(zip(plans, map(float, chances[1:]), strict=True)),
            "within": list(found.within()),
            "moves": model.moves,
            "editions": list(model.editions),
            "rise": model.rise,
            "persistence": model.level.persistence,
            "luck": model.level.luck,
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


def editions_ahead(frames: Frames, index: Index, unit: str, year: int) -> int:
    """How many editions after `year` may still score this unit, as far as is known; at most four."""
    edition, last = index.edition(year), frames.unit.filter(unit=unit)["valid_to"].item()
    known = [item for item in index.editions if item.year > year]
    newest, count = known[-1].year if known else year, 0
    while count < EDITIONS_AHEAD:
        if count < len(known):
            gone = known[count].unit_set != edition.unit_set or (last is not None and last < known[count].year)
        else:
            gone = last is not None and last <= newest + count + 1 - len(known)
        if gone:
            break
        count += 1
    return count


@cached
def fitted(frames: Frames, index: Index, year: int) -> Model:
    """The model of the moves that had ended by an edition.

    Raises Problem where the edition is not complete or too little had been seen by then.
    """
    totals = scored(frames, index).filter(component=OVERALL)
    seen = panel(totals, index, year)
    now = ~np.isnan(seen.points[-1]) if len(seen.points) else np.zeros(0, dtype=bool)
    if not now.any() or seen.years[-1] != year:
        raise _incomplete(index, totals, year)
    moved = np.diff(seen.points, axis=0)
    counts = (~np.isnan(moved)).sum(axis=1)
    if counts.sum() < FEWEST_MOVES:
        raise _too_few(index, year, int(counts.sum()))
    level, points = estimated(seen.spreads), seen.points[-1][now]
    level = Level(level.persistence, level.luck, level.mean[now], level.variance[now])
    spread = float(points.std()) or 1.0
    rise = common_rise(index, seen)
    return Model(
        panel=seen,
        units=tuple(unit for unit, there in zip(seen.units, now, strict=True) if there),
        points=points,
        ranks=seen.ranks[-1][now],
        level=level,
        spread=spread,
        rise=rise,
        expected=rise + spread * level.mean - (points - points.mean()),
        moves=int(counts.sum()),
        editions=tuple(year for year, count in zip(seen.years[1:], counts, strict=True) if count),
    )


def all_odds(model: Model, top: int, ahead: int = 1) -> dict[str, OddsByGain]:
    """The odds of every unit of the model to be among the first `top` of up to `ahead` editions."""
    shared = _shared(model, top, ahead)
    return {unit: _one(model, place, shared) for place, unit in enumerate(model.units)}


def odds_of(model: Model, unit: str, top: int, ahead: int = 1) -> OddsByGain:
    """The odds of one unit, as in `all_odds`."""
    return _one(model, model.units.index(unit), _shared(model, top, ahead))


def next_chances(model: Model, tops: Iterable[int]) -> dict[int, np.ndarray]:
    """The chances of all units, in the model's order, to be among the first k of the next edition, by k."""
    by_level = rank_distribution(*model.level.ahead(1))
    return {
        top: 0.5 * by_level[:, top - 1] + 0.5 * adding_up(base_rates(model.panel.ranks, top).of(model.ranks), top)
        for top in tops
    }


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the odds of all units of an edition have in common."""

    rates: tuple[BaseRates, ...]
    rate: np.ndarray
    grid: np.ndarray
    outside: np.ndarray


def _shared(model: Model, top: int, ahead: int) -> _Shared:
    level = model.level
    scores = [level.ahead(edition) for edition in range(1, ahead + 1)]
    finest = np.inf
    if ahead > 1:
        # Levels are followed on the same grid; the narrowest thing on it is the drift, or the luck.
        finest = min(level.luck, level.drift) ** 0.5 / 1.5
    means, deviations = (np.concatenate(parts) for parts in zip(*scores, strict=True))
    grid = grid_of(means, deviations, finest)
    rates = tuple(base_rates(model.panel.ranks, top, edition) for edition in range(1, ahead + 1))
    return _Shared(
        rates=rates,
        rate=adding_up(rates[0].of(model.ranks), top),
        grid=grid,
        outside=np.stack([competition(grid, *score, top).outside for score in scores], axis=1),
    )


def _one(model: Model, place: int, shared: _Shared) -> OddsByGain:
    level = model.level
    return OddsByGain(
        expected=float(model.expected[place]),
        moves=model.moves,
        editions=model.editions,
        spread=model.spread,
        points=float(model.points[place]),
        rank=int(model.ranks[place]),
        others=np.sort(-np.delete(model.points, place)),
        level=level.of(place),
        rate=float(shared.rate[place]),
        rates=shared.rates,
        grid=shared.grid,
        # A copy: a view would keep those of all units.
        outside=shared.outside[place].copy(),
    )


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
            f"Xác suất của kỳ kế tiếp là trung bình của hai phần: mức bền vững của từng đơn vị, rút ra từ "
            f"{many.vi} bước thay đổi của tổng điểm (đến các năm {years}), và tỷ lệ những đơn vị từng xuất phát "
            "ở hạng ấy đã vào nhóm; chỉ đúng nếu cách tính không đổi. Cách này đã đúng đến đâu: xem --backtest; "
            "đừng đọc như dự báo chính xác.",
            f"The chance for the next edition is the mean of two: what lasts of each unit's standing, drawn from "
            f"{many.en} moves of the total (ending in {years}), and the share of units that started at such a "
            "rank and got in. It holds if the method stays. How good it was in the past: see --backtest, and do "
            "not read it as an exact forecast.",
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
    own = index.edition(year).unit_set
    later = any(item.year > year and item.unit_set == own for item in index.editions)
    vi = "hãy hỏi một năm muộn hơn" if later else f"tính được khi có thêm kỳ đánh giá của {own} đơn vị"
    en = "ask about a later year" if later else f"there will be some once the {own} units have more editions"
    return Problem(
        f"Đến {index.name.vi} {year} mới có {count} bước thay đổi một kỳ của tổng điểm, cần ít nhất "
        f"{FEWEST_MOVES} để tính xác suất; {vi}.",
        f"By {index.name.en} {year} only {count} one-edition moves of the total had been seen, and odds take "
        f"{FEWEST_MOVES}; {en}.",
    )
