"""How long the questions take, from loaded frames, side by side in one run: `python benchmarks/questions.py`.

Nothing here is asserted: a machine that others work on is no judge. Trust the ratios.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from analytics import question
from analytics.path.backtest import backtest
from analytics.path.odds import all_odds, fitted
from analytics.path.target import target
from analytics.weights.robustness import robustness
from analytics.weights.weighted_ranks import ranks
from data.frames import Frames, load
from data.store import Store

RUNS = 15
DRAWS, UNITS, PARTS = 10_000, 63, 10
ASKED = ("63-48", "pci", 2023)
# Questions about one province, by module, function and arguments; those that aren't built yet are passed over.
QUESTIONS: tuple[tuple[str, tuple[object, ...], dict[str, object]], ...] = (
    ("weakness", ASKED, {}),
    ("peers", ("63-48", 2019), {}),
    ("precedent", (*ASKED, "land_access"), {}),
    ("change", ("63-48", "pci", 2019), {}),
    ("history", ("63-48", "pci"), {}),
    ("forecast", ("63-48", "pci"), {}),
)


def milliseconds(run: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The least and the median time of several runs, after one to warm up."""
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return min(times), median(times)


def line(name: str, times: tuple[float, float], goal: str = "") -> None:
    sys.stdout.write(f"{name:44}{times[0]:9.1f}{times[1]:9.1f}   {goal}\n")


def weight_draws() -> None:
    """10,000 sets of weights to ranks, against the matrix product and sort of the same arrays."""
    draw = np.random.default_rng(1)
    points, weights = draw.uniform(40, 80, (UNITS, PARTS)), draw.uniform(0, 1, (DRAWS, PARTS))
    product = milliseconds(lambda: np.sort(weights @ points.T, axis=1))
    ours = milliseconds(lambda: ranks(weights, points))
    line(f"matrix product + sort, {DRAWS:,} × {UNITS} × {PARTS}", product)
    line(
        "ranks of the same", ours, f"ratio {ours[0] / product[0]:.2f}, median {ours[1] / product[1]:.2f}; goal 2.5"
    )


def questions(frames: Frames) -> None:
    """Each question about one province."""
    goal = "goal 25"
    line("target: threshold, gap, routes", milliseconds(lambda: target(frames, *ASKED, with_odds=False)), goal)
    for name, given, kept in QUESTIONS:
        try:
            ask = getattr(question(name), name)
        except (ModuleNotFoundError, AttributeError):
            continue
        line(name, milliseconds(lambda ask=ask, given=given, kept=kept: ask(frames, *given, **kept)), goal)
    whatif(frames, goal)
    line("odds of all units, 20 plans each", milliseconds(lambda: all_plans(frames)), "goal 50")
    line("target with its odds", milliseconds(lambda: target(frames, *ASKED)))
    line("robustness, 10,000 draws", milliseconds(lambda: robustness(frames, *ASKED[1:])))
    line("back-test of the odds, 15 editions", milliseconds(lambda: backtest(frames, "pci"), 3), "goal 1000")


def all_plans(frames: Frames) -> None:
    for one in all_odds(fitted(frames, frames.index(ASKED[1]), ASKED[2]), 15).values():
        one.chances([gain / 4 for gain in range(20)])


def whatif(frames: Frames, goal: str) -> None:
    try:
        ask, read = question("whatif").whatif, question("setting").read
    except (ModuleNotFoundError, AttributeError):
        return
    line("whatif", milliseconds(lambda: ask(frames, *ASKED, [read("transparency=7")])), goal)


def main() -> None:
    """Print the table."""
    with Store.open() as store:
        frames = load(store)
    sys.stdout.write(f"{'milliseconds':44}{'least':>9}{'median':>9}\n")
    weight_draws()
    questions(frames)


if __name__ == "__main__":
    main()
