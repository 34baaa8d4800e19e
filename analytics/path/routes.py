"""Which gains of which components add up to a gain of the total, at what effort?

Three optimisation problems over the same components, each a different idea of a good plan (linear and
mixed-integer programmes, solved by HiGHS: Huangfu and Hall, *Mathematical Programming Computation* 10, 2018):

- `least_effort` minimises Σ gainᵢ / typicalᵢ: effort is counted in gains that similar units typically make in one
  edition, so that a point where points come easily costs less than one where they don't.
- `fewest_components` moves as few components as can carry the gain, and among those sets the one of least effort.
- `most_precedented` makes the least precedented step as precedented as possible: it maximises the share s for
  which every component's gain was reached, and still held one edition later, by at least s of the units that
  started near its level, then takes the route of least effort that keeps to it. The share is one of single
  steps; that all of them succeed in the same edition is rarer, which is what the bound on the whole gain is for
  (`analytics.target`).

The caveat: components are taken as free to move apart from each other, and effort is what others' moves look like,
not money or staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.path.moves import Reach

ROUTES = ("least_effort", "fewest_components", "most_precedented")

# A need below this many points of the total counts as met: what is left is rounding error.
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Lever:
    """A component that can be moved: points of the total per point of it, and how far similar units moved."""

    unit_value: float
    reach: Reach

    @property
    def component(self) -> str:
        """Its code."""
        return self.reach.component

    @property
    def capacity(self) -> float:
        """Points of the total that its feasible gain is worth."""
        return self.unit_value * self.reach.feasible


def capacity(levers: Sequence[Lever]) -> float:
    """The points of the total that all feasible gains together are worth."""
    return sum(lever.capacity for lever in levers)


def routes(levers: Sequence[Lever], need: float) -> dict[str, dict[str, float]]:
    """The gain of each component in each route (`ROUTES`), in the component's points; what isn't moved is absent.

    In every route Σ unit value · gain = `need` and no gain exceeds what is feasible. Empty where `need` is 0 or
    all feasible gains together fall short of it.
    """
    if need <= SLACK or capacity(levers) < need - SLACK:
        return {}
    caps = np.array([lever.reach.feasible for lever in levers])
    least = _least_effort(levers, need, caps)
    plans = {
        "least_effort": least,
        "fewest_components": _fewest(levers, need, caps, least),
        "most_precedented": _least_effort(levers, need, _precedented(levers, need)),
    }
    return {
        name: {lever.component: float(gain) for lever, gain in zip(levers, gains, strict=True) if gain > 0}
        for name, gains in plans.items()
    }


def effort(levers: Sequence[Lever], gains: dict[str, float]) -> float:
    """Σ gain / typical gain: how many typical one-edition gains a route asks for."""
    return sum(gains.get(lever.component, 0.0) / lever.reach.typical for lever in levers)


def weakest_share(levers: Sequence[Lever], gains: dict[str, float]) -> float:
    """The smallest share of similar starts that made one of the steps of a route."""
    return min(lever.reach.share(gains[lever.component]) for lever in levers if lever.component in gains)


def weakest_held(levers: Sequence[Lever], gains: dict[str, float]) -> float | None:
    """The smallest share that made one of the steps of a route and held it; None where not known."""
    shares = [lever.reach.held(gains[lever.component]) for lever in levers if lever.component in gains]
    known = [share for share in shares if share is not None]
    return min(known) if known else None


def _least_effort(levers: Sequence[Lever], need: float, caps: np.ndarray) -> np.ndarray:
    from scipy.optimize import Bounds, LinearConstraint, milp

    values = np.array([lever.unit_value for lever in levers])
    # Without whole numbers to find, this is HiGHS' linear programme with half the wrapping of `linprog`.
    found = milp(
        np.array([1 / lever.reach.typical for lever in levers]),
        bounds=Bounds(np.zeros(len(levers)), caps),
        constraints=LinearConstraint(values[None, :], need - SLACK, np.inf),
    )
    return _exact(_solved(found), values, need, caps)


def _fewest(levers: Sequence[Lever], need: float, caps: np.ndarray, least: np.ndarray) -> np.ndarray:
    """The route of least effort among those that move the fewest components; `least` is the one among all."""
    worth = np.array([lever.capacity for lever in levers])
    largest = np.argsort(-worth, kind="stable")
    # No set of fewer components can carry more than the largest capacities.
    count = 1 + int(np.searchsorted(np.cumsum(worth[largest]), need - SLACK))
    if (least > 0).sum() <= count:
        return least
    chosen = _cheapest_set(levers, need, caps, count)
    if worth[chosen].sum() < need - SLACK:
        # The solver takes a millionth of a component for none of it; where that matters, the largest will do.
        chosen = np.isin(np.arange(len(levers)), largest[:count])
    return _least_effort(levers, need, np.where(chosen, caps, 0.0))


def _cheapest_set(levers: Sequence[Lever], need: float, caps: np.ndarray, count: int) -> np.ndarray:
    """Which `count` components carry the need at the least effort: a gain and a yes or no for each."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    values = np.array([lever.unit_value for lever in levers])
    costs = np.array([1 / lever.reach.typical for lever in levers])
    none, every = np.zeros(len(levers)), np.ones(len(levers))
    found = milp(
        np.concatenate([costs, none]),
        integrality=np.concatenate([none, every]),
        bounds=Bounds(np.zeros(2 * len(levers)), np.concatenate([caps, every])),
        constraints=[
            LinearConstraint(np.concatenate([values, none])[None, :], need - SLACK, np.inf),
            LinearConstraint(np.concatenate([none, every])[None, :], 0, count),
            LinearConstraint(np.hstack([np.eye(len(levers)), -np.diag(caps)]), -np.inf, 0),
        ],
        options={"mip_rel_gap": 0},
    )
    chosen: np.ndarray = _solved(found)[len(levers) :] > 0.5
    return chosen


def _precedented(levers: Sequence[Lever], need: float) -> np.ndarray:
    """The largest gain of each component that as many similar starts as possible reached and held, enough in all.

    Column m holds what at least a share of (m + 1) / 100 of the similar starts gained and still had an edition
    later; the worth of a column falls with m. Where what was held is never enough, the feasible gains are.
    """
    values = np.array([lever.unit_value for lever in levers])
    caps = np.array([lever.reach.feasible for lever in levers])
    reached = np.clip(np.stack([_held(lever.reach) for lever in levers]), 0, caps[:, None])
    enough = np.flatnonzero(values @ reached >= need - SLACK)
    column: np.ndarray = reached[:, enough[-1]] if len(enough) else caps
    return column


def _held(reach: Reach) -> np.ndarray:
    """What similar starts gained and held, the largest first, as many as there are gains; else the gains."""
    known, count = reach.lasting, len(reach.gains)
    return known[np.arange(count) * len(known) // count] if len(known) else reach.gains


def _solved(found: Any) -> np.ndarray:
    if found.x is None:
        raise RuntimeError(f"HiGHS found no route where one exists: {found.message}")
    solution: np.ndarray = found.x
    return solution


def _exact(gains: np.ndarray, values: np.ndarray, need: float, caps: np.ndarray) -> np.ndarray:
    """The solver's gains without its tolerance: within their bounds, and adding up to the need to the last bit.

    What is missing or over, a rounding error of the solver's, goes to the component with the most room for it.
    """
    gains = np.where(values * gains > SLACK, np.clip(gains, 0, caps), 0.0)
    owed = need - float(values @ gains)
    room = np.where(gains > 0, values * (caps - gains if owed > 0 else gains), -np.inf)
    place = int(np.argmax(room))
    gains[place] = max(gains[place] + owed / values[place], 0.0)
    return gains
