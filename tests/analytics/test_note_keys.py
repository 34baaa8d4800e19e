"""Notes are asked for by key: keys are unique in an answer, documented by its question, and nobody counts them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analytics import question
from analytics.change.change import change
from analytics.core.answer import Answer, Coverage
from analytics.core.audit import audit, audits, joined
from analytics.core.history import history
from analytics.core.prospect import prospect
from analytics.core.provenance import provenance
from analytics.core.ranking import ranking
from analytics.drivers.drivers import drivers
from analytics.drivers.outcomes import outcomes
from analytics.drivers.shares import shares
from analytics.forecast.forecast import forecast
from analytics.forecast.forecast_backtest import forecast_backtest
from analytics.merger.merger import merger
from analytics.merger.merger_history import merger_history
from analytics.path.backtest import backtest
from analytics.path.odds import odds
from analytics.path.outlook import outlook
from analytics.path.precedent import precedent
from analytics.path.setting import read
from analytics.path.target import target
from analytics.path.whatif import whatif
from analytics.plan.follow_up import follow_up
from analytics.plan.ledger import ledger
from analytics.plan.result import result
from analytics.plan.roll_up import roll_up
from analytics.plan.start import start
from analytics.standing.noise_band import noise_band
from analytics.standing.pareto_peers import pareto_peers
from analytics.standing.peers import peers
from analytics.weakness.indicators import indicators
from analytics.weakness.weakness import weakness
from analytics.weights.benefit_of_doubt import benefit_of_doubt
from analytics.weights.coherence import coherence
from analytics.weights.edition_weights import edition_weights
from analytics.weights.robustness import robustness
from data.frames import Frames
from data.plan import PlanKey
from data.text import Note, Noted, Problem, Text, prefixed
from tests.plans import tables

ROOT = Path(__file__).parents[2]
EDITIONS = (("pci", 2011), ("pci", 2019), ("pci", 2023), ("par", 2023), ("sipas", 2023), ("papi", 2021))
UNITS = ("63-36", "63-01", "63-28")
# Where the notes of a question are written, beside its own module.
WRITTEN_IN = {
    "change": ("rank_change",),
    "drivers": ("drivers_notes",),
    "forecast": ("forecast_notes",),
    "merger": ("merger_notes",),
    "outlook": ("odds",),
    "precedent": ("precedent_notes",),
    "roll_up": ("roll_up_notes",),
    "target": ("target_notes", "odds"),
}

# Of a target in every kind of doubt, and of an index and year of which no odds are known.
PLANS = tuple(
    tables(
        PlanKey("63-36", index, 2018),
        {
            "plan": [{"towards": 2019, "top": 15, "score": 80.0}],
            "target": [
                {"item": code, "component": code, "target": value}
                for code, value in (("transparency", 99.0), ("time_costs", 1.0), ("land_access", 9.9))
            ],
            "assignment": [{"item": "transparency", "lead": "Sở A", "evidence": "entered"}],
        },
    )
    for index in ("pci", "par")
)
# Across a change of method; and with a criterion that is less than its field, of which nobody said how it is lost.
ACROSS = tables(
    PlanKey("63-36", "pci", 2012),
    {
        "plan": [{"towards": 2013, "score": 60.0}],
        "target": [{"item": "transparency", "component": "transparency", "target": 6.0}],
    },
)
LOST = tables(
    PlanKey("63-36", "par", 2022),
    {
        "plan": [{"towards": 2023, "score": 90.0}],
        "criterion": [
            {"item": "criterion:1", "component": "leadership", "name": "x", "maximum": 2.0, "appraised_score": 1.0}
        ],
    },
)

Asked = tuple[Callable[..., object], tuple[object, ...]]


def asked() -> Iterator[Asked]:
    """Every question that has notes, of editions and units that are known in all degrees."""
    yield from ((outcomes, ("pci",)), (backtest, ("pci", 15)), (merger_history, ("34-37", "pci")))
    yield from ((roll_up, (plan,)) for plan in PLANS)
    yield from ((result, (ACROSS,)), (ledger, (LOST,)), (follow_up, (ACROSS, date(2013, 1, 1))))
    yield from ((drivers, ("pci", code)) for code in ("new_firms", "fdi"))
    yield from ((merger, edition) for edition in (("pci", 2023), ("pci", 2007), ("par", 2023)))
    for edition in EDITIONS:
        yield from ((ask, edition) for ask in (ranking, audit, shares, outlook, noise_band, coherence))
        yield (edition_weights, edition)
        yield from ((forecast_backtest, edition[:1]), (robustness, (*edition, 50)))
        for unit in UNITS:
            one = (unit, *edition)
            yield from ((ask, one) for ask in (forecast, change, weakness, indicators, pareto_peers))
            yield from ((benefit_of_doubt, one), (start, one))
            yield from ((history, one[:2]), (peers, (unit, edition[1])), (provenance, (*edition, unit)))
            yield from ((weakness, (*one, "peers")), (whatif, (*one, [read("overall=+1%")])))
            yield from ((target, one), (odds, (*one, None, {"plan": 1.0})))
            yield from ((precedent, (*one, "overall", gain)) for gain in (None, 1.0))


def documented(ask: Callable[..., object]) -> set[str]:
    """The keys that a docstring names after `Notes:`, `*` for what stands after a colon."""
    found = re.search(r"Notes: (.*?)(?:\n\n|$)", ask.__doc__ or "", re.DOTALL)
    keys = re.findall(r"`([a-z_]+(?::[A-Z]+)?)`", found.group(1)) if found else []
    return {plain(key) for key in keys}


def plain(key: str) -> str:
    """`edition:*` for `edition:2011`: what is documented of it."""
    kind, colon, _ = key.partition(":")
    return f"{kind}:*" if colon else kind


def written(path: Path) -> set[str]:
    """The keys in the code of a module: what `Note`, `Note.of` and `prefixed` are given first."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Note", "Note.of", "prefixed"):
            key = node.args[0]
            start = key.values[0] if isinstance(key, ast.JoinedStr) else key
            if isinstance(start, ast.Constant):
                end = ":*" if ast.unparse(node.func) == "prefixed" else ""
                found.add(plain(start.value + end))
    return found


def file(name: str) -> Path:
    """Where a question is written."""
    return Path(str(question(name).__file__))


@pytest.fixture(scope="module")
def given(frames: Frames) -> list[tuple[Callable[..., object], Noted]]:
    """What is answered of all that."""
    answers = []
    for ask, values in asked():
        with suppress(Problem):
            answer = ask(frames, *values)
            answers += [(ask, answer)] if isinstance(answer, Noted) else []
    return answers


def test_keys_are_unique_in_an_answer(given: list[tuple[Callable[..., object], Noted]], frames: Frames) -> None:
    everything = [*(answer for _, answer in given), joined(audits(frames, 2023))]
    assert max(len(answer.notes) for answer in everything) > 5
    for answer in everything:
        keys = [note.key for note in answer.notes]
        assert len(set(keys)) == len(keys), (answer, keys)


def test_the_keys_a_question_documents_are_those_it_gives(
    given: list[tuple[Callable[..., object], Noted]],
) -> None:
    keys: dict[Callable[..., object], set[str]] = {ask: set() for ask, _ in asked()}
    for ask, answer in given:
        keys[ask] |= {plain(note.key) for note in answer.notes}
    for ask, found in keys.items():
        name = ask.__name__
        modules = (name, *WRITTEN_IN.get(name, ()), "caveats")
        code = {key for module in modules for key in written(file(module))}
        assert found, name
        assert found <= documented(ask), name
        assert documented(ask) <= code, name
    everywhere = set().union(*map(documented, (*keys, prospect)))
    for path in (ROOT / "analytics").glob("*/*.py"):
        assert written(path) <= everywhere, path


def test_nobody_counts_notes() -> None:
    """Neither `answer.notes[0]` nor `found().notes[1:]`: one note more, and other words are shown."""
    for floor in ("data", "analytics", "dashboard"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                counted = isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute)
                assert not (counted and node.value.attr == "notes"), f"{path}:{node.lineno}"


def test_a_note_is_found_by_its_key() -> None:
    notes = (Note.of("one", "Một", "One"), Note.of("two", "Hai", "Two"), Note.of("of:2019", "Năm", "Year"))
    answer = Answer("q", None, None, None, pl.DataFrame(), Coverage(0, 0), notes=notes)
    assert answer.note("two") == Text("Hai", "Two")
    assert answer.note("three") is None
    assert answer.notes_only("of:2019", "one") == (notes[0], notes[2])
    assert answer.notes_except("one") == notes[1:]
    assert [note.key for note in prefixed("below", notes)] == ["below:one", "below:two", "below:of:2019"]
    assert answer.to_dict("en")["notes"] == ["One", "Two", "Year"]
