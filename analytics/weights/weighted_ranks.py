"""Ranks of many units under many sets of weights, at little more than the cost of a matrix product and a sort."""

from __future__ import annotations

import numpy as np

# Weighted sums are compared on a grid of a billionth of a point: finer is binary noise, and equal must be equal.
_GRID = 1e9
# The low bits of a sort key hold the place of its unit within a block, the high bits the sum on the grid.
_BITS = 16
# Rows in a block: few enough that a block stays in the processor's cache.
_BLOCK = 500


def ranks(weights: np.ndarray, points: np.ndarray) -> np.ndarray:
    """The rank of each unit under each set of weights: 1 + units with a strictly higher weighted sum.

    `weights` has a row for each set, `points` one for each unit, both a column for each component; the answer has
    a row for each set and a column for each unit. One sort does it: the keys carry their unit along, so that what
    comes out in order says whose place it is.
    """
    sets, units = len(weights), len(points)
    block = max(1, min(_BLOCK, (1 << _BITS) // max(units, 1)))
    # Negated, so that sorting in ascending order puts the best first.
    grid = np.ascontiguousarray(-_GRID * points.T)
    cells = np.arange(block * units).reshape(block, units)
    places = np.arange(1, units + 1, dtype=np.int16)
    repeated = np.tile(places, block)
    found = np.empty((sets, units), dtype=np.int16)
    for start in range(0, sets, block):
        sums = weights[start : start + block] @ grid
        keys = np.rint(sums, out=sums).astype(np.int64)
        keys <<= _BITS
        keys |= cells[: len(keys)]
        keys.sort(axis=1)
        order = keys.ravel() & ((1 << _BITS) - 1)
        keys >>= _BITS
        row = repeated[: len(order)]
        if _repeats(keys.ravel()):
            row = _shared(keys, places)
        found[start : start + len(keys)].reshape(-1)[order] = row
    return found


def _repeats(keys: np.ndarray) -> bool:
    return bool((keys[1:] == keys[:-1]).any())


def _shared(keys: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The places of sorted keys where equal ones share the best of theirs."""
    first = np.broadcast_to(places, keys.shape).copy()
    first[:, 1:][keys[:, 1:] == keys[:, :-1]] = 0
    shared: np.ndarray = np.maximum.accumulate(first, axis=1).ravel()
    return shared
