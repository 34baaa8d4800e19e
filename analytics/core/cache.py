"""Remembers what every question starts from, for as long as the frames it was asked of live."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from data.definition import Index
from data.frames import Frames

Question = TypeVar("Question", bound=Callable[..., Any])


def cached(question: Question) -> Question:
    """The same pure question, computed once per `Frames`, index and further (hashable) arguments.

    Frames never change and neither does the answer, so this is only faster. An index that isn't the frames' own
    (a variant made by the caller) is computed each time.
    """
    answers: WeakKeyDictionary[Frames, dict[Hashable, Any]] = WeakKeyDictionary()

    @wraps(question)
    def remembered(frames: Frames, index: Index, *args: Hashable) -> Any:
        if frames.indices.get(index.code) is not index:
            return question(frames, index, *args)
        known = answers.setdefault(frames, {})
        key = (index.code, *args)
        if key not in known:
            known[key] = question(frames, index, *args)
        return known[key]

    return remembered  # type: ignore[return-value]
