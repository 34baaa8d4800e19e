"""Routes against brute force on small cases."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.path.moves import Reach
from analytics.path.routes import ROUTES, Lever, capacity, effort, routes, weakest_share

CLOSE = 1e-6


def lever(code: str, value: float, gains: list[float], room: float = 10.0) -> Lever:
    """A lever from the gains of similar starts, as `moves.reach` would make it."""
    typical, feasible = np.percentile(gains, [75, 90])
    found = Reach(
        component=code,
        typical=max(float(typical), 0.05),
        feasible=max(min(float(feasible), room), 0.0),
        moves=len(gains),
        editions=(2019,),
        lowest=5.0,
        highest=5.0,
        gains=-np.sort(-np.array(gains)),
        lasting=np.array([]),
    )
    return Lever(value, found)


@st.composite
def levers(draw: st.DrawFn) -> list[Lever]:
    found = []
    for place in range(draw(st.integers(1, 5))):
        value = draw(st.sampled_from([0.25, 0.5, 1.0, 1.5, 2.0]))
        spread, shift = draw(st.integers(1, 20)), draw(st.integers(-10, 10))
        gains = [(spread * step / 100 + shift) / 10 for step in range(100)]
        found.append(lever(f"c{place}", value, gains, room=draw(st.integers(0, 20)) / 10))
    return found


def cheapest(items: list[Lever], caps: list[float], need: float) -> float | None:
    """The least effort that carries the need: every corner of the polytope, one component at most in between."""
    best = None
    for size in range(len(items) + 1):
        for full in combinations(range(len(items)), size):
            carried = sum(items[place].unit_value * caps[place] for place in full)
            cost = sum(caps[place] / items[place].reach.typical for place in full)
            if abs(carried - need) < CLOSE:
                best = cost if best is None else min(best, cost)
            for part in set(range(len(items))) - set(full):
                gain = (need - carried) / items[part].unit_value
                if -CLOSE <= gain <= caps[part] + CLOSE:
                    whole = cost + gain / items[part].reach.typical
                    best = whole if best is None else min(best, whole)
    return best


@given(levers(), st.floats(0.01, 1.0))
@settings(max_examples=150, deadline=None)
def test_routes_are_the_best_there_are(items: list[Lever], part: float) -> None:
    assume(capacity(items) > 0.01)
    need = part * capacity(items)
    found = routes(items, need)
    assert tuple(found) == ROUTES
    for gains in found.values():
        moved = {item.component: item for item in items}
        assert sum(moved[code].unit_value * gain for code, gain in gains.items()) == pytest.approx(need, abs=1e-9)
        assert all(0 < gain <= moved[code].reach.feasible + CLOSE for code, gain in gains.items())

    caps = [item.reach.feasible for item in items]
    assert effort(items, found["least_effort"]) == pytest.approx(cheapest(items, caps, need), abs=1e-5)

    sets = [
        chosen
        for size in range(1, len(items) + 1)
        for chosen in combinations(range(len(items)), size)
        if sum(items[place].capacity for place in chosen) >= need - 1e-9
    ]
    fewest = min(len(chosen) for chosen in sets)
    assert len(found["fewest_components"]) <= fewest
    efforts = [
        cheapest(items, [cap if place in chosen else 0.0 for place, cap in enumerate(caps)], need)
        for chosen in sets
        if len(chosen) == fewest
    ]
    best = min(one for one in efforts if one is not None)
    assert effort(items, found["fewest_components"]) == pytest.approx(best, abs=1e-4)

    # The largest share that every step can have: try all of them.
    shares = [
        count / 100
        for count in range(1, 101)
        if sum(
            item.unit_value * min(item.reach.feasible, max(0.0, float(item.reach.gains[count - 1])))
            for item in items
        )
        >= need - 1e-9
    ]
    precedented = found["most_precedented"]
    assert weakest_share(items, precedented) >= max(shares) - 1e-9
    assert weakest_share(items, precedented) >= weakest_share(items, found["least_effort"]) - 1e-9


def test_three_routes_worked_by_hand() -> None:
    # a: gains 0.01 … 1.00, value 1; b: twice as large, value 1; c: the same as a, value 2.
    small = [step / 100 for step in range(1, 101)]
    large = [step / 50 for step in range(1, 101)]
    items = [lever("a", 1.0, small), lever("b", 1.0, large), lever("c", 2.0, small)]
    found = routes(items, 2.0)
    # A point costs 1/0.7525 in a, 1/1.505 in b and 1/(2 · 0.7525) in c: b and c are equally cheap, a is dear.
    assert effort(items, found["least_effort"]) == pytest.approx(2 / 1.505)
    assert "a" not in found["least_effort"]
    # b carries 1.802 at most and c 1.802: one alone is not enough for 2, and two are.
    assert len(found["fewest_components"]) == 2
    # With the m-th largest gain g of small: g + 2g + 2g = 2, so g = 0.40, which 61 of 100 reached.
    assert found["most_precedented"] == pytest.approx({"a": 0.4, "b": 0.8, "c": 0.4})
    assert weakest_share(items, found["most_precedented"]) == pytest.approx(0.61)


def test_the_fewest_components_can_cost_more_effort() -> None:
    cheap = [lever(code, 1.0, [0.5] * 100) for code in ("a", "b")]
    # Worth 1.2 alone, but its usual gain is small: three quarters of its starts gained next to nothing.
    dear = lever("c", 1.0, [0.01] * 80 + [1.2] * 20)
    found = routes([*cheap, dear], 1.0)
    assert found["least_effort"] == pytest.approx({"a": 0.5, "b": 0.5})
    assert found["fewest_components"] == pytest.approx({"c": 1.0})


@pytest.mark.parametrize("need", [0.0, -1.0, 0.7])
def test_there_is_no_route_to_nothing_and_none_beyond_what_is_feasible(need: float) -> None:
    items = [lever("a", 1.0, [0.5] * 100), lever("b", 0.2, [0.5] * 100)]
    assert capacity(items) == pytest.approx(0.6)
    assert routes(items, need) == {}


def test_a_need_of_exactly_all_that_is_feasible_is_met() -> None:
    items = [lever("a", 0.15, [0.1] * 100), lever("b", 0.35, [0.7] * 100), lever("c", 1.0, [-0.3] * 100)]
    found = routes(items, capacity(items))
    for gains in found.values():
        assert gains == pytest.approx({"a": 0.1, "b": 0.7})
