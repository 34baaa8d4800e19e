"""How much of a unit's standing lasts, and how much of it is luck?

Totals are measured in spreads: deviations from the mean of their edition over its standard deviation, so that
editions of any width can be pooled (PCI's was 7.9 points in 2008 and 2.3 in 2023). A unit has a level that drifts,
and luck that does not last: score = level + luck, level = persistence · level before + drift, a first-order
autoregression observed with noise (Harvey, *Forecasting, Structural Time Series Models and the Kalman Filter*,
1989, ch. 3; Durbin and Koopman, *Time Series Analysis by State Space Methods*, 2012). Its two parameters are the
same for all units and are estimated by maximum likelihood; the Kalman filter then gives the level of each and how
sure it is.

The caveat: whatever does not last counts as luck, a real success that passed among it, so the share of luck is an
upper bound on the error of the survey.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import polars as pl

from data.definition import OVERALL, Index

# Of the variance of an edition: neither luck nor level is ever held to be all of it, nor a level to last for ever.
LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Panel:
    """The totals of one unit set: a row an edition, oldest first, and a column a unit; NaN where not known.

    `points` are turned so that more is better. Editions that are not complete are rows without a figure.
    """

    years: tuple[int, ...]
    units: tuple[str, ...]
    points: np.ndarray = field(repr=False)

    @property
    def spreads(self) -> np.ndarray:
        """The totals as deviations from the mean of their edition, in its standard deviations."""
        return in_spreads(self.points)

    @property
    def ranks(self) -> np.ndarray:
        """1 + how many of the edition stand strictly higher."""
        above = (self.points[:, None, :] > self.points[:, :, None]).sum(axis=2)
        ranks: np.ndarray = np.where(np.isnan(self.points), np.nan, 1.0 + above)
        return ranks


@dataclass(frozen=True, slots=True)
class Level:
    """What the editions so far say of the next one, in spreads.

    `persistence` is the share of a level that is left an edition later, `luck` the share of an edition's variance
    that does not last. `mean` and `variance` are those of each unit's next level; its next score has luck too.
    """

    persistence: float
    luck: float
    mean: np.ndarray = field(repr=False)
    variance: np.ndarray = field(repr=False)

    @property
    def drift(self) -> float:
        """The variance of what a level changes by within one edition, beside its pull to the mean."""
        return (1 - self.luck) * (1 - self.persistence**2)

    def of(self, place: int) -> Level:
        """The same for one unit alone."""
        return Level(self.persistence, self.luck, self.mean[place : place + 1], self.variance[place : place + 1])

    def ahead(self, editions: int) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation of each unit's score so many editions on; 1 is the next."""
        kept = self.persistence ** (editions - 1)
        variance = kept**2 * self.variance + (1 - kept**2) * (1 - self.luck)
        return kept * self.mean, np.sqrt(variance + self.luck)


def panel(totals: pl.DataFrame, index: Index, year: int) -> Panel:
    """The complete editions of the unit set of `year` up to it; `totals` are of `analytics.ranking.scored`."""
    units = index.edition(year).unit_set
    years = [item.year for item in index.editions if item.year <= year and item.unit_set == units]
    known = totals.filter(pl.col("complete"), pl.col("year").is_in(years)).drop_nulls("better")
    codes = sorted(set(known["unit"]))
    points = np.full((len(years), len(codes)), np.nan)
    rows = [years.index(item) for item in known["year"]]
    columns = [codes.index(code) for code in known["unit"]]
    points[rows, columns] = known["better"].to_numpy()
    first = next((place for place, row in enumerate(points) if not np.isnan(row).all()), 0)
    return Panel(tuple(years[first:]), tuple(codes), points[first:])


def common_rise(index: Index, known: Panel) -> float:
    """The mean rise of an edition by the same method, in points; none across a series break."""
    moved = np.diff(known.points, axis=0)
    rises = [
        float(np.nanmean(moves))
        for (before, after), moves in zip(pairwise(known.years), moved, strict=True)
        if not np.isnan(moves).all()
        and index.comparable(before, after)
        and index.broken(OVERALL, before, after) is None
    ]
    return sum(rises) / len(rises) if rises else 0.0


def in_spreads(points: np.ndarray) -> np.ndarray:
    """Rows as deviations from their mean over their standard deviation; 0 where all of a row are alike."""
    known = ~np.isnan(points)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    off = points - np.where(known, points, 0.0).sum(axis=1, keepdims=True) / count
    spread = np.sqrt((np.where(known, off, 0.0) ** 2).sum(axis=1, keepdims=True) / count)
    found: np.ndarray = off / np.where(spread > 0, spread, 1.0)
    return found


def estimated(spreads: np.ndarray) -> Level:
    """The maximum-likelihood parameters of a panel in spreads, and every unit's next level by them."""
    from scipy.optimize import minimize
    from scipy.special import expit

    def parameters(at: np.ndarray) -> tuple[float, float]:
        persistence, luck = LEAST_SHARE + (1 - 2 * LEAST_SHARE) * expit(at)
        return float(persistence), float(luck)

    best = minimize(
        lambda at: -filtered(spreads, *parameters(at))[0],
        # From a level that keeps nine tenths and a fifth of luck; the likelihood has one summit.
        np.array([2.2, -1.4]),
        method="Nelder-Mead",
        options={"xatol": 0.02, "fatol": 0.02},
    )
    persistence, luck = parameters(best.x)
    _, mean, variance = filtered(spreads, persistence, luck)
    return Level(persistence, luck, mean, variance)


def filtered(spreads: np.ndarray, persistence: float, luck: float) -> tuple[float, np.ndarray, np.ndarray]:
    """The log-likelihood of all editions but the first, and mean and variance of every unit's next level.

    The Kalman filter, all units at once; an edition in which a unit is not known only lets its level drift. Levels
    start from the spread of all of them.
    """
    units = spreads.shape[1]
    drift = (1 - luck) * (1 - persistence**2)
    level, variance = np.zeros(units), np.full(units, 1 - luck)
    likelihood, known = 0.0, ~np.isnan(spreads)
    for place, row in enumerate(spreads):
        seen, total = known[place], variance + luck
        surprise = np.where(seen, row - level, 0.0)
        if place:
            likelihood -= 0.5 * float(np.where(seen, np.log(total) + surprise**2 / total, 0.0).sum())
        gain = np.where(seen, variance / total, 0.0)
        level = persistence * (level + gain * surprise)
        variance = persistence**2 * variance * (1 - gain) + drift
    return likelihood, level, variance
