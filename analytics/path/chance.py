"""How likely is each of several normal quantities to be among the first k of them? Exact, without draws.

A unit is inside where it beats the k-th best of the others. How many of the others lie above a point is a sum of
independent yes-or-no outcomes (the Poisson binomial distribution; its recursion is that of Barlow and Heidtmann,
*IEEE Transactions on Reliability* 33, 1984). It is worked out once for all units, and each is then taken out of it
again by the recursion turned round, from the end at which that is stable. What is left is an integral over the
unit's own score; the trapezoidal rule is as good as exact for such smooth functions that vanish at both ends
(Trefethen and Weideman, *SIAM Review* 56, 2014).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

# Beyond so many standard deviations less than one in ten million lies.
REACH = 6.0


@dataclass(frozen=True, slots=True)
class Competition:
    """How hard it is to be inside: for each unit, P(it is outside) at every point of a grid."""

    grid: np.ndarray = field(repr=False)
    outside: np.ndarray = field(repr=False)

    @property
    def step(self) -> float:
        """The distance between two points of the grid."""
        return float(self.grid[1] - self.grid[0])

    def chance(self, unit: int, mean: np.ndarray, sd: float) -> np.ndarray:
        """P(inside) of one unit, for any means of its score."""
        density = normal_density(self.grid, np.asarray(mean)[..., None], sd)
        inside: np.ndarray = 1.0 - self.step * (density @ self.outside[unit])
        return inside.clip(0.0, 1.0)


def normal_density(at: np.ndarray, mean: np.ndarray | float, sd: np.ndarray | float) -> np.ndarray:
    """The density of a normal distribution."""
    found: np.ndarray = np.exp(-0.5 * ((at - mean) / sd) ** 2) / (sd * np.sqrt(2 * np.pi))
    return found


def grid_of(mean: np.ndarray, sd: np.ndarray, finest: float = np.inf) -> np.ndarray:
    """Points over all that these scores may be, as fine as the narrowest of them and `finest` ask for."""
    low, high = float((mean - REACH * sd).min()), float((mean + REACH * sd).max())
    step = min(float(sd.min()) / 4, finest)
    return low + step * np.arange(int(np.ceil((high - low) / step)) + 1)


def competition(grid: np.ndarray, mean: np.ndarray, sd: np.ndarray, top: int) -> Competition:
    """Each unit's competition for the first `top` places among normal scores of these means and deviations."""
    return Competition(grid, 1.0 - few_above(_above(grid, mean, sd), top))


def rank_distribution(mean: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """P(rank ≤ r) of each unit (rows) for r = 1, 2 … (columns) among normal scores of these means and spreads."""
    grid = grid_of(mean, sd)
    density = (grid[1] - grid[0]) * normal_density(grid, mean[:, None], sd[:, None])
    found = np.einsum("ug,cug->uc", density, counts_above(_above(grid, mean, sd)))
    inside: np.ndarray = np.cumsum(found, axis=1).clip(0.0, 1.0)
    return inside


def few_above(above: np.ndarray, top: int) -> np.ndarray:
    """P(fewer than `top` of the others lie above), for each unit (rows) at each point (columns).

    `above` is each unit's own chance to lie above the point.
    """
    if top >= len(above):
        return np.ones_like(above)
    few: np.ndarray = counts_above(above)[:top].sum(axis=0)
    return few


def counts_above(above: np.ndarray) -> np.ndarray:
    """P(so many of the others lie above) by count (0 to all others), unit and point."""
    units, points = above.shape
    counts = np.zeros((units + 1, points))
    counts[0] = 1.0
    for place, one in enumerate(above, start=1):
        counts[1 : place + 1] += one * (counts[:place] - counts[1 : place + 1])
        counts[0] *= 1 - one
    # Taking one out divides by the likelier of its two outcomes, upwards or downwards: errors never grow.
    rare = above <= 0.5
    below, often = np.where(rare, 1 - above, 1.0), np.where(rare, 1.0, above)
    found = np.empty((units, units, points))
    rest = np.zeros_like(above)
    for count in range(units):
        rest = (counts[count] - above * rest) / below
        found[count] = rest
    rest = np.zeros_like(above)
    for count in range(units - 1, -1, -1):
        rest = (counts[count + 1] - (1 - above) * rest) / often
        found[count] = np.where(rare, found[count], rest)
    return found


def _above(grid: np.ndarray, mean: np.ndarray, sd: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    found: np.ndarray = ndtr((mean[:, None] - grid) / sd[:, None])
    return found
