"""Files made in the background: how far they are, given up, failed, one after the other."""

from __future__ import annotations

import time
from threading import Event

import pytest

from dashboard.session import jobs
from dashboard.session.jobs import Job, Progress, Stopped
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

    job = Job("a", make)
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

    first, second = Job("a", make), Job("b", lambda progress: "next")
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
    first = Job("a", lambda progress: go.wait(SOON))
    second = Job("b", lambda progress: made.append(1))
    second.stop()
    assert second.done
    go.set()
    assert first.result(SOON)
    assert made == []


def test_what_went_wrong_is_told() -> None:
    def make(progress: Progress) -> None:
        raise Problem("không được", "not possible")

    with pytest.raises(Problem):
        Job("a", make).result(SOON)


def test_one_whose_reader_has_gone_ends_at_its_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_AWAY", 0.05)
    begun, go, present = Event(), Event(), [True]
    steps = []

    def make(progress: Progress) -> None:
        progress(0.1, "first")
        begun.set()
        assert go.wait(SOON)
        for step in range(200):
            progress(0.5, "on")
            steps.append(step)
            time.sleep(0.01)

    job = Job("a", make, lambda: present[0])
    assert begun.wait(SOON)
    present[0] = False
    go.set()
    with pytest.raises(Stopped):
        job.result(SOON)
    assert len(steps) < 200


def test_those_whose_readers_have_gone_do_not_keep_the_next_one_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_AWAY", 0.0)
    go, made = Event(), []
    first = Job("a", lambda progress: go.wait(SOON))
    gone = [Job(key, lambda progress: made.append(1), lambda: False) for key in range(5)]
    time.sleep(0.01)
    go.set()
    assert Job("b", lambda progress: "next").result(SOON) == "next"
    assert first.done
    assert all(job.done for job in gone)
    assert made == []


def test_a_reader_who_comes_back_soon_gets_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_AWAY", SOON)
    answers = iter([True, False, False, True])

    def make(progress: Progress) -> str:
        for _ in range(3):
            progress(0.5, "on")
        return "made"

    assert Job("a", make, lambda: next(answers)).result(SOON) == "made"
