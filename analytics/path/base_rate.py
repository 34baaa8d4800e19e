"""How often did a unit that stood here before get into the first k? The rates of its starting band.

Bands are ranks in multiples of the group's size: its first half, the rest of it, and so on. The rate of a band is
the share of units that started in it and were inside one edition later; within several editions, the share that
was inside in at least one of them. These are hard to beat: the rank says most of what can be known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

# Starting bands end at these multiples of the target group's size; what lies beyond is the last band.
BANDS = (0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class BaseRates:
    """The share of units inside by starting band, and the mean rank of each band; NaN where none started in it.

    `anywhere` is the group's size over the number of units: the rate of a band in which none started.
    """

    top: int
    anywhere: float
    share: np.ndarray = field(repr=False)
    rank: np.ndarray = field(repr=False)

    def of(self, ranks: np.ndarray) -> np.ndarray:
        """The rates of units at these ranks."""
        found = self.share[band(ranks, self.top)]
        return np.where(np.isnan(found), self.anywhere, found)

    def lift(self, rank: float, better: np.ndarray) -> np.ndarray:
        """By how much the rate rises from a rank to better ones (which may be fractions), never below 0.

        Between the mean ranks of the bands it is interpolated, and a better band never counts for less.
        """
        known = ~np.isnan(self.rank)
        if not known.any():
            return np.zeros_like(better)
        rising = np.maximum.accumulate(self.share[known][::-1])[::-1]
        smooth = np.interp(np.append(better, rank), self.rank[known], rising)
        found: np.ndarray = np.maximum(smooth[:-1] - smooth[-1], 0.0)
        return found


def band(ranks: np.ndarray, top: int) -> np.ndarray:
    """The band of each rank, 0 for the first."""
    found: np.ndarray = (np.asarray(ranks)[..., None] > np.array(BANDS) * top).sum(axis=-1)
    return found


def base_rates(ranks: np.ndarray, top: int, editions: int = 1) -> BaseRates:
    """The base rates of being inside within so many editions; `ranks` are those of `analytics.path.level.Panel`.

    Only starts whose every later edition is known count.
    """
    starts = max(len(ranks) - editions, 0)
    later = np.stack([ranks[step : step + starts] for step in range(1, editions + 1)])
    start = ranks[:starts]
    counted = ~np.isnan(start) & ~np.isnan(later).any(axis=0)
    ever = np.asarray((later <= top).any(axis=0))
    inside = ever[counted]
    start = start[counted]
    bands = band(start, top)
    count = np.bincount(bands, minlength=len(BANDS) + 1)
    with np.errstate(invalid="ignore"):
        share = np.bincount(bands, inside, len(BANDS) + 1) / count
        middle = np.bincount(bands, start, len(BANDS) + 1) / count
    units = int((~np.isnan(ranks[-1])).sum())
    return BaseRates(top, min(1.0, top / max(units, 1)), share, middle)


def adding_up(rates: np.ndarray, top: int) -> np.ndarray:
    """Rates of all units, scaled so that they add up to the places there are, and stay between 0 and 1."""
    total = float(rates.sum())
    if top >= len(rates):
        return np.ones_like(rates)
    if total > top:
        return rates * (top / total)
    if total < top:
        scaled: np.ndarray = 1.0 - (1.0 - rates) * (len(rates) - top) / (len(rates) - total)
        return scaled
    return rates
