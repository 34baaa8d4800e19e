"""Answers kept: so many bytes of them, refusals as words."""

from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from dashboard.session.kept import KeptAnswers, size_of
from data.text import Problem


def test_an_answer_is_worked_out_once() -> None:
    kept, asked = KeptAnswers(1000), []

    def answer() -> str:
        asked.append(1)
        return "said"

    assert (kept.get("a", answer), kept.get("a", answer)) == ("said", "said")
    assert asked == [1]


def test_what_was_not_asked_for_longest_goes_when_there_is_no_room() -> None:
    kept = KeptAnswers(5000)
    for key in "abc":
        kept.get(key, lambda: np.zeros(200))  # 1,600 bytes each
    kept.get("a", lambda: None)
    kept.get("d", lambda: np.zeros(200))
    assert [key in kept for key in "abcd"] == [True, False, True, True]
    assert kept.held <= 5000


def test_many_small_answers_have_room_and_one_large_one_takes_it() -> None:
    kept = KeptAnswers(100_000)
    for key in range(500):
        kept.get(key, lambda: None)
    assert all(key in kept for key in range(500))
    kept.get("large", lambda: np.zeros(12_000))
    kept.get("larger", lambda: np.zeros(12_400))
    assert "large" not in kept
    assert "larger" in kept


def test_a_refusal_is_kept_without_what_was_under_way() -> None:
    class Frames:
        """Something large that a question works on."""

    kept = KeptAnswers(1000)
    alive: list[weakref.ref[Frames]] = []

    def ask() -> None:
        frames = Frames()
        alive.append(weakref.ref(frames))
        raise Problem("Không được.", "No.")

    for _ in range(2):
        with pytest.raises(Problem, match="Không được"):
            kept.get("a", ask)
    gc.collect()
    assert [frames() for frames in alive] == [None]
    assert "a" in kept


def test_sizes_are_of_what_is_held() -> None:
    @dataclass(frozen=True, slots=True)
    class Answer:
        rows: pl.DataFrame
        draws: np.ndarray
        notes: tuple[str, ...]

    rows = pl.DataFrame({"score": [0.0] * 1000})
    answer = Answer(rows, np.zeros(500), ("a" * 300,))
    assert 8000 + 4000 + 300 <= size_of(answer) <= 8000 + 4000 + 300 + 1000
    assert size_of([answer, answer]) == pytest.approx(size_of(answer), abs=200)
    assert size_of({"draws": answer.draws}) >= 4000
    assert size_of(None) == 0
