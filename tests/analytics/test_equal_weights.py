"""An edition entered without weights: equal ones are assumed and said; the audit finds the true."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.change.change import change
from analytics.core.answer import Answer
from analytics.core.audit import audit
from analytics.drivers.shares import shares
from analytics.path.setting import read as setting
from analytics.path.simulation import controls, simulate
from analytics.path.target import target
from analytics.path.whatif import whatif
from analytics.weakness.weakness import weakness
from analytics.weights.benefit_of_doubt import benefit_of_doubt
from analytics.weights.coherence import coherence
from analytics.weights.robustness import robustness
from data.frames import Frames
from data.text import Problem
from tests.edition import INDEX, PERCENT, YEAR, MadeUp, entered, made_up
from tests.stores import copied

UNIT = "34-37"


@pytest.fixture(scope="module")
def edition(frames: Frames) -> MadeUp:
    return made_up(frames)


@pytest.fixture(scope="module")
def now(store_path: Path, tmp_path_factory: pytest.TempPathFactory, edition: MadeUp) -> Frames:
    path = copied(store_path, tmp_path_factory.mktemp("equal") / "store.duckdb")
    return entered(path, edition.table())[0]


def test_equal_weights_are_assumed_and_the_definition_says_so(now: Frames) -> None:
    index = now.index(INDEX)
    assert index.regime(YEAR).weight_status == "assumed"
    assert {code: index.weight(code, YEAR) for code in PERCENT} == dict.fromkeys(PERCENT, 1 / 9)


def answers(now: Frames) -> list[Answer]:
    of_unit = [ask(now, UNIT, INDEX, YEAR) for ask in (weakness, target, benefit_of_doubt)]
    of_edition = [ask(now, INDEX, YEAR) for ask in (robustness, coherence)]
    return [*of_unit, *of_edition, whatif(now, UNIT, INDEX, YEAR, [setting("transparency=7")])]


def test_every_answer_that_weights_enter_says_that_they_are_assumed(now: Frames, frames: Frames) -> None:
    for answer in answers(now):
        said = answer.note("equal_weights")
        assert said is not None, answer.question
        assert "11,1%" in said.vi
        assert "giả định" in said.vi
        assert "11.1 %" in said.en
    # Where they are known nobody assumes any.
    assert weakness(frames, "63-36", INDEX, 2019).note("equal_weights") is None
    assert change(frames, "63-36", INDEX, 2019).note("equal_weights") is None


def test_gaps_and_simulator_work_with_them(now: Frames, edition: MadeUp) -> None:
    rows = {row["component"]: row for row in weakness(now, UNIT, INDEX, YEAR).rows.iter_rows(named=True)}
    for code, row in rows.items():
        own = edition.scores[UNIT][code]
        assert row["weighted_gap"] == pytest.approx(10 / 9 * (row["reference"] - own), abs=1e-6)
    assert {item.what for item in controls(now, UNIT, INDEX, YEAR)} == set(PERCENT)
    found = simulate(now, UNIT, INDEX, YEAR, (setting("transparency=8.5"),))
    gained = 10 / 9 * (8.5 - edition.scores[UNIT]["transparency"])
    assert found.score == pytest.approx(edition.totals[UNIT] + gained, abs=1e-6)


def test_nothing_is_checked_against_weights_that_are_only_assumed(now: Frames) -> None:
    found = audit(now, INDEX, YEAR)
    assert found.rows.filter(check="total").is_empty()
    with pytest.raises(Problem, match="trọng số"):
        shares(now, INDEX, YEAR)


def test_the_audit_finds_the_weights_that_the_totals_were_made_with(now: Frames) -> None:
    answer = audit(now, INDEX, YEAR)
    found = answer.figures["recovered_weights"][YEAR]
    assert found["identified"]
    assert found["weights"] == {code: share / 100 for code, share in PERCENT.items()}
    assert found["units"] == 34
    assert found["worst"] <= 0.0051
    assert found["next_worst"] > 0.1
    said = answer.note(f"recovered:{YEAR}")
    assert said is not None
    assert "vuotbac weights" in said.vi
    assert answer.note("not_recomputed") is None


def test_weights_that_no_totals_show_are_not_found(
    store_path: Path, tmp_path: Path, edition: MadeUp, frames: Frames
) -> None:
    path = copied(store_path, tmp_path / "store.duckdb")
    without, _ = entered(path, edition.table(totals=False, ranks=False))
    assert audit(without, INDEX, YEAR).figures["recovered_weights"] == {}
    assert audit(without, INDEX, YEAR).note("not_recomputed") is not None
    # No total is made of weights that are assumed.
    cell = {"index": INDEX, "year": YEAR, "component": "overall"}
    assert without.score.filter(**cell).equals(frames.score.filter(**cell))
