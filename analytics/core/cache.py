"""Remembers what every question starts from, for as long as the frames it was asked of live."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from weakref import WeakKeyDictionary

import polars as pl

from data.definition import Index
from data.frames import Frames

Question = Callable[[Frames, Index], pl.DataFrame]


def cached(question: Question) -> Question:
    """The same pure question, computed once per `Frames` and index.

    Frames never change and neither does the answer, so this is only faster. An index that isn't the frames' own
    (a variant made by the caller) is computed each time.
    """
    answers: WeakKeyDictionary[Frames, dict[str, pl.DataFrame]] = WeakKeyDictionary()

    @wraps(question)
    def remembered(frames: Frames, index: Index) -> pl.DataFrame:
        if frames.indices.get(index.code) is not index:
            return question(frames, index)
        known = answers.setdefault(frames, {})
        if index.code not in known:
            known[index.code] = question(frames, index)
        return known[index.code]

    return remembered
