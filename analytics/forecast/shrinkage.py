"""How far does a score fall back towards the mean of its edition, and how wrong is it to say so one edition ahead?

A high score is partly luck, and luck does not last: the next deviation from the mean is expected to be a share of
the last one (`kept`; shrinkage is what is missing to 1). `kept` is the least-squares slope of the deviations of an
edition on those of the edition before, pooled over the steps that had ended by then, and held between 0 (the mean)
and 1 (the last value): Galton's regression towards mediocrity (*Journal of the Anthropological Institute* 15,
1886) as a forecast; on shrinkage in general see Efron and Morris, *Scientific American* 236 (1977).

Errors are those that the same forecast would have made before, each time from earlier editions only. All units of
an edition share its shock, so five editions of 63 units are far from 315 independent errors. Their mean square is
split into the part between editions and the part within, and its degrees of freedom are Satterthwaite's
(*Biometrics Bulletin* 2, 1946): few where the shared shock rules, many where it does not. The interval takes
Student's t with them. Its caveat: it supposes errors that are roughly normal and a future like these few editions.

A step is one edition to the next inside a regime; a component learns from all regimes in which it has the same
definition (as in `analytics.moves`), the total from its own alone. Steps across a series break count: nobody knew
of the break when the forecast would have been made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from analytics.core.edition import enough
from analytics.path.moves import consecutive, moves, same_definition
from data.definition import OVERALL, Index

# A slope from n pairs is off by about sqrt((1 − slope²) / n): with 30 by a tenth, with fewer it says little.
FEWEST_PAIRS = 30
# One edition's shared shock says nothing of how far shocks differ, and two hardly more.
FEWEST_TESTED = 3
# Four times in five: the ends of nine in ten would rest on more editions than any regime has had.
LEVEL = 0.8
# One chance in twenty, on either side, of calling forecasts better or worse than the last value when they are not.
DOUBT = 0.05


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition (`before`) to the next (`year`), for the units known in both.

    `start` and `end` are scores, turned so that more is better; `mean` is the mean of all units known in the
    edition before, where `start` holds only those that were scored again. Steps of one `series` measure the same
    thing.
    """

    before: int
    year: int
    series: int
    mean: float
    start: np.ndarray = field(repr=False)
    end: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fit:
    """What was learned: the share of a deviation that is kept, from so many moves that ended in these years."""

    kept: float
    editions: tuple[int, ...]
    moves: int

    def ahead(self, mean: float, last: np.ndarray) -> np.ndarray:
        """The next scores of units at `last` in an edition with this mean."""
        return mean + self.kept * (last - mean)


@dataclass(frozen=True, slots=True)
class Tested:
    """A forecast that could have been made and what came of it; errors are outcome − forecast, one a unit."""

    step: Step
    fit: Fit
    errors: np.ndarray = field(repr=False)
    last_errors: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spread:
    """How wide errors lie: half the width of the interval, and the degrees of freedom behind it."""

    half: float
    freedom: float


def steps(figures: pl.DataFrame, index: Index, component: str) -> tuple[Step, ...]:
    """Every step inside a regime in which enough is known: all totals, or two thirds of a component's units.

    `figures` are those of `analytics.ranking.scored`. An edition with figures on two scales is in none.
    """
    own = figures.filter(component=component)
    moved = moves(own, index, across_breaks=True)
    series, found = series_of(index, component), []
    for before, after in consecutive(index):
        rows = moved.filter(year=after.year)
        mean = mean_of(own, index, component, before.year)
        if mean is None or not index.comparable(before.year, after.year) or rows["out_of"].n_unique() > 1:
            continue
        if not enough(rows.height, min(before.units_of(component), after.units_of(component))):
            continue
        start = rows["start"].to_numpy()
        end = start + rows["move"].to_numpy()
        found.append(Step(before.year, after.year, series[after.year], mean, start, end))
    return tuple(found)


def series_of(index: Index, component: str) -> dict[int, int]:
    """A number for each edition, the same for those that measure the same thing."""
    number, found = 0, {edition.year: 0 for edition in index.editions[:1]}
    for before, after in consecutive(index):
        number += not same_definition(index, component, before, after)
        found[after.year] = number
    return found


def mean_of(figures: pl.DataFrame, index: Index, component: str, year: int) -> float | None:
    """The mean of an edition, turned so that more is better; None where too little of it is known to say."""
    known = figures.filter(year=year, component=component).drop_nulls("better")
    of = index.edition(year).units_of(component)
    whole = bool(known["complete"].any()) if component == OVERALL else enough(known.height, of)
    if not whole or known["out_of"].n_unique() > 1:
        return None
    return float(known["better"].to_numpy().mean())


def fit(past: Sequence[Step]) -> Fit | None:
    """The share of a deviation that is kept, learned from these steps; None where they hold too few moves."""
    moves_seen = sum(len(step.start) for step in past)
    if moves_seen < FEWEST_PAIRS:
        return None
    before = np.concatenate([step.start - step.start.mean() for step in past])
    after = np.concatenate([step.end - step.end.mean() for step in past])
    spread = float(before @ before)
    # Where all are alike there is nothing to shrink: mean and last value are one.
    slope = float(before @ after) / spread if spread > 0 else 1.0
    return Fit(min(max(slope, 0.0), 1.0), tuple(step.year for step in past), moves_seen)


def before(known: Sequence[Step], series: int, year: int) -> list[Step]:
    """The steps of a series that had ended by a year."""
    return [step for step in known if step.series == series and step.year <= year]


def tested(known: Sequence[Step]) -> tuple[Tested, ...]:
    """Each step forecast from the earlier ones of its series, where they are enough."""
    found = []
    for step in known:
        learned = fit(before(known, step.series, step.before))
        if learned is not None:
            errors = step.end - learned.ahead(step.mean, step.start)
            found.append(Tested(step, learned, errors, step.end - step.start))
    return tuple(found)


def spread(errors: Sequence[np.ndarray], level: float = LEVEL) -> Spread | None:
    """How far a next error may lie from 0, from the errors of some editions; None where these are too few."""
    from scipy.special import stdtrit

    if len(errors) < FEWEST_TESTED:
        return None
    between = float(np.mean([one.mean() ** 2 for one in errors]))
    within = float(np.mean([one.var() for one in errors]))
    free_within = sum(len(one) - 1 for one in errors)
    doubt = between**2 / len(errors) + (within**2 / free_within if free_within else 0.0)
    freedom = (between + within) ** 2 / doubt if doubt > 0 else float(len(errors))
    return Spread(float(stdtrit(freedom, (1 + level) / 2)) * (between + within) ** 0.5, freedom)


def diebold_mariano(found: Sequence[Tested]) -> float | None:
    """How likely editions that favour the forecast this much would be, were it no better than the last value.

    One-sided t test of the difference of mean absolute errors by edition: Diebold and Mariano (*Journal of
    Business & Economic Statistics* 13, 1995) one step ahead, with Student's t for few of them as Harvey, Leybourne
    and Newbold (*International Journal of Forecasting* 13, 1997) advise. None where there are fewer than two
    editions or no difference at all.
    """
    from scipy.special import stdtr

    gains = np.array([np.abs(item.last_errors).mean() - np.abs(item.errors).mean() for item in found])
    if len(gains) < 2 or not gains.any():
        return None
    error = gains.std(ddof=1) / len(gains) ** 0.5
    ratio = gains.mean() / error if error > 0 else np.copysign(np.inf, gains.mean())
    return float(1 - stdtr(len(gains) - 1, ratio))
