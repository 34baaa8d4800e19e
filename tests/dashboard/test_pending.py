"""Slow questions: asked once for all who wait, kept afterwards, and their refusals passed on."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from dashboard.session import pending
from dashboard.session.pending import Pending
from dashboard.session.resources import Resources
from data.frames import Frames
from data.names import Names
from data.store import Store
from data.text import Problem


@pytest.fixture
def kept(frames: Frames, store_path: Path) -> Resources:
    return Resources("test", Store.open(store_path), frames, Names.of(frames))


def test_those_who_ask_at_once_wait_for_one_answer(kept: Resources) -> None:
    asked: list[int] = []
    go = Event()

    def slow(frames: Frames, number: int) -> int:
        asked.append(number)
        go.wait(20)
        return 2 * number

    first, second = (pending.ask(kept, slow, 21) for _ in range(2))
    assert isinstance(first, Pending)
    assert isinstance(second, Pending)
    assert first.future is second.future
    go.set()
    assert first.future.result(20) == 42
    assert pending.ask(kept, slow, 21) == 42
    assert asked == [21]


def test_what_is_quick_is_answered_at_once_and_what_is_known_needs_no_queue(
    kept: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "_AT_ONCE", 20)
    assert pending.ask(kept, lambda frames: 1) == 1
    monkeypatch.setattr(pending, "_POOL", None)

    def known(frames: Frames) -> int:
        return 3

    kept.ask(known)
    assert pending.ask(kept, known) == 3


def test_a_refusal_reaches_whoever_asks_and_is_not_worked_out_again(
    kept: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "_AT_ONCE", 20)
    asked: list[int] = []

    def refused(frames: Frames) -> int:
        asked.append(1)
        raise Problem("Không được.", "No.")

    for _ in range(2):
        with pytest.raises(Problem):
            pending.ask(kept, refused)
    assert asked == [1]


def test_what_failed_keeps_nothing_alive(kept: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "_AT_ONCE", 20)

    class Rows:
        """Something large that a question works on."""

    alive: list[weakref.ref[Rows]] = []

    def failing(frames: Frames, problem: bool) -> None:
        rows = Rows()
        alive.append(weakref.ref(rows))
        raise Problem("Không được.", "No.") if problem else RuntimeError("out of order")

    for problem in (True, False):
        with pytest.raises((Problem, RuntimeError)):
            pending.ask(kept, failing, problem)
    gc.collect()
    assert [rows() for rows in alive] == [None, None]
    assert not pending._UNDER_WAY


def test_one_session_has_two_questions_under_way_and_the_others_wait(
    kept: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "_AT_ONCE", 0.01)
    asking = ["one"]
    monkeypatch.setattr(pending, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id=asking[0]))
    answered: list[int] = []
    go = Event()

    def slow(frames: Frames, number: int) -> int:
        go.wait(20)
        answered.append(number)
        return number

    mine = [pending.ask(kept, slow, number) for number in range(5)]
    assert pending._BEGUN == {"one": 2}
    asking[0] = "other"
    # Somebody else's question goes before the third of one; one that one still waits for is theirs as well.
    theirs = [pending.ask(kept, slow, number) for number in (10, 4)]
    go.set()
    found = [item.future.result(20) for item in (*mine, *theirs) if isinstance(item, Pending)]
    assert found == [0, 1, 2, 3, 4, 10, 4]
    assert answered == [0, 1, 10, 4, 2, 3]
    for left in (pending._UNDER_WAY, pending._WAITING, pending._LINES, pending._BEGUN):
        assert not left
