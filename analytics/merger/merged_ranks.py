"""Between which ranks would each of the 34 lie, if a merged unit went like one of its members?

A mean of three provinces varies less than a single one, so means ranked among the units that did not merge are
drawn to the middle of the table. Instead every merged unit takes the score of one of its members, each as often
as its share of people (or firms), independently of the others: the scores then vary by as much as those of the
63 (law of total variance), and their mean stays the estimate. How many units are ahead is then a sum of
independent events of unlike chance (Poisson binomial; Hodges and Le Cam, *Annals of Mathematical Statistics* 31,
1960), whose distribution is computed exactly, without draws.

The caveat: members are all that is known of a unit's spread; that it will be like one of them is an assumption.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.core.edition import PLACES

# The band leaves out one chance in twenty at either end.
BAND = (0.05, 0.95)
_MEDIAN = 0.5
# Chances add up to their sum with this much binary noise.
_NOISE = 1e-9


def merged_ranks(
    units: Sequence[int], scores: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The rank of each unit at its mean, and the 5th and 95th percentile of its rank (the better one first).

    One entry for each member: `units`, the place of its unit (0, 1, …), its score (higher is better) and its
    share of the unit; the shares of a unit add up to 1. At its mean: the median rank if the unit itself had the
    mean of its members. Units with the same score share the better rank.
    """
    of = np.asarray(units)
    means = np.zeros(int(of.max()) + 1)
    np.add.at(means, of, scores * shares)
    everybody = np.arange(len(means))
    at_mean = _percentile(_chances(means.round(PLACES), everybody, of, scores, shares), _MEDIAN)
    chances = rank_chances(units, scores, shares)
    return at_mean, _percentile(chances, BAND[0]), _percentile(chances, BAND[1])


def rank_chances(
    units: Sequence[int], scores: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The chance of each rank: a row for each unit, a column for each rank from 1; as in `merged_ranks`."""
    of = np.asarray(units)
    by_member = shares[:, None] * _chances(scores, of, of, scores, shares)
    found = np.zeros((int(of.max()) + 1, by_member.shape[1]))
    np.add.at(found, of, by_member)
    return found


def _chances(
    at: NDArray[np.float64],
    own: NDArray[np.int64],
    of: NDArray[np.int64],
    scores: NDArray[np.float64],
    shares: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The chance of each rank of a unit (`own`) with a score (`at`), while the others go like their members."""
    count = int(of.max()) + 1
    belongs = (of[:, None] == np.arange(count)).astype(float)
    ahead = (shares * (scores > at[:, None])) @ belongs
    ahead[np.arange(len(at)), own] = 0.0
    found = np.zeros((len(at), count + 1))
    found[:, 0] = 1.0
    for chance in ahead.T[:, :, None]:
        found[:, 1:] = found[:, 1:] * (1 - chance) + found[:, :-1] * chance
        found[:, :1] *= 1 - chance
    return found[:, :count]


def _percentile(chances: NDArray[np.float64], share: float) -> NDArray[np.int64]:
    first: NDArray[np.int64] = (chances.cumsum(axis=1) >= share - _NOISE).argmax(axis=1) + 1
    return first
