"""Files made in the background: how far they are, given up, failed, one after the other."""

from __future__ import annotations

from threading import Event

import pytest

from dashboard.session.building import Building, Progress, Stopped
from data.text import Problem

SOON = 10


def test_it_tells_how_far_it_is_and_gives_what_was_made() -> None:
    begun, go = Event(), Event()

    def make(progress: Progress) -> bytes:
        progress(0.25, "slides")
        begun.set()
        assert go.wait(SOON)
        progress(7.0, "zip")
        return b"made"

    job = Building("a", make)
    assert begun.wait(SOON)
    assert (job.share, job.doing, job.done, job.waiting) == (0.25, "slides", False, False)
    go.set()
    assert job.result(SOON) == b"made"
    assert (job.share, job.doing, job.done) == (1.0, "zip", True)


def test_one_that_nobody_wants_ends_at_its_next_step_and_the_next_one_begins() -> None:
    begun, go, steps = Event(), Event(), []

    def make(progress: Progress) -> None:
        begun.set()
        assert go.wait(SOON)
        progress(0.5, "on")
        steps.append("never")

    first, second = Building("a", make), Building("b", lambda progress: "next")
    assert begun.wait(SOON)
    assert second.waiting
    first.stop()
    go.set()
    with pytest.raises(Stopped):
        first.result(SOON)
    assert second.result(SOON) == "next"
    assert steps == []


def test_one_that_has_not_begun_never_does() -> None:
    go, made = Event(), []
    first = Building("a", lambda progress: go.wait(SOON))
    second = Building("b", lambda progress: made.append(1))
    second.stop()
    assert second.done
    go.set()
    assert first.result(SOON)
    assert made == []


def test_what_went_wrong_is_told() -> None:
    def make(progress: Progress) -> None:
        raise Problem("không được", "not possible")

    with pytest.raises(Problem):
        Building("a", make).result(SOON)
