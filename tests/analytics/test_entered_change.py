"""Two made-up editions of the 34 entered one after the other: what moved a unit, against our own reckoning."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.change.change import change
from data.frames import Frames
from tests.edition import INDEX, PERCENT, SEED, YEAR, MadeUp, entered, made_up
from tests.stores import copied

UNITS = ("34-37", "34-20", "34-01")


@pytest.fixture(scope="module")
def both(frames: Frames) -> tuple[MadeUp, MadeUp]:
    return made_up(frames), made_up(frames, SEED + 1)


@pytest.fixture(scope="module")
def now(store_path: Path, tmp_path_factory: pytest.TempPathFactory, both: tuple[MadeUp, MadeUp]) -> Frames:
    path = copied(store_path, tmp_path_factory.mktemp("two") / "store.duckdb")
    entered(path, both[0].table(weights=True))
    return entered(path, both[1].table(), YEAR + 1)[0]


def test_the_weights_hold_for_the_next_edition_of_the_same_method(now: Frames) -> None:
    index = now.index(INDEX)
    assert index.comparable(YEAR, YEAR + 1)
    found = {code: index.weight(code, YEAR + 1) for code in PERCENT}
    assert found == pytest.approx({code: share / 100 for code, share in PERCENT.items()})


@pytest.mark.parametrize("unit", UNITS)
def test_what_moved_the_total_and_the_rank(now: Frames, both: tuple[MadeUp, MadeUp], unit: str) -> None:
    before, after = both
    answer = change(now, unit, INDEX, YEAR + 1)
    rows = {row["component"]: row["contribution"] for row in answer.rows.iter_rows(named=True)}
    for code, share in PERCENT.items():
        moved = share / 10 * (after.scores[unit][code] - before.scores[unit][code])
        assert rows[code] == pytest.approx(moved, abs=1e-6)
    total = after.totals[unit] - before.totals[unit]
    assert sum(rows.values()) == pytest.approx(total, abs=1e-6)
    figures = answer.figures
    assert figures["score_change"] == pytest.approx(total, abs=1e-6)
    assert figures["rank_change"] == before.ranks()[unit] - after.ranks()[unit]
    others = [value for one, value in after.totals.items() if one != unit]
    kept = 1 + sum(value > before.totals[unit] for value in others)
    assert figures["rank_if_score_kept"] == kept
    still = [value for one, value in before.totals.items() if one != unit]
    alone = 1 + sum(value > after.totals[unit] for value in still)
    then, there = before.ranks()[unit], after.ranks()[unit]
    assert figures["own"] == ((then - alone) + (kept - there)) / 2
    assert figures["others"] == ((then - kept) + (alone - there)) / 2
