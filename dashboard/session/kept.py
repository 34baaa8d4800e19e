"""Answers kept in memory, so many bytes of them; those not asked for longest go first."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from types import ModuleType
from typing import Any, TypeVar, cast

from data.frames import Frames
from data.names import Names
from data.text import Problem, Text

T = TypeVar("T")


class KeptAnswers:
    """Answers by a key that names the question and all that it depends on; shared by all threads.

    A refusal (a `Problem`) is kept too, as its words: the exception itself would keep alive whatever was under way
    when it was raised.
    """

    def __init__(self, most: int) -> None:
        """Keep at most `most` bytes, as `size_of` estimates them."""
        self._most, self._held = most, 0
        self._answers: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    @property
    def held(self) -> int:
        """The bytes held now."""
        return self._held

    def get(self, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer kept under `key`, else `answer()`, kept from now on.

        Two threads that ask at once may both work it out; none waits for the other's question.
        """
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
        if found is None:
            found = self._keep(key, _answered(answer))
        if isinstance(found[0], _Refusal):
            raise found[0].problem()
        return cast(T, found[0])

    def __contains__(self, key: Hashable) -> bool:
        with self._lock:
            return key in self._answers

    def _keep(self, key: Hashable, value: Any) -> tuple[Any, int]:
        entry = (value, size_of(value))
        with self._lock:
            before = self._answers.pop(key, None)
            self._answers[key] = entry
            self._held += entry[1] - (before[1] if before else 0)
            while self._held > self._most and len(self._answers) > 1:
                self._held -= self._answers.popitem(last=False)[1][1]
        return entry


class _Refusal:
    """That a question can't be answered."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def problem(self) -> Problem:
        return Problem(self.text.vi, self.text.en)


def _answered(answer: Callable[[], T]) -> T | _Refusal:
    try:
        return answer()
    except Problem as problem:
        return _Refusal(problem.text)


def size_of(value: object) -> int:
    """About how many bytes a value keeps alive: frames and arrays by their data, containers by their items.

    What two values share is counted with each of them, except the data themselves; functions, classes and modules
    are not counted.
    """
    return _size(value, set())


def _size(value: object, seen: set[int]) -> int:
    if value is None or isinstance(value, bool | type | ModuleType | Frames | Names) or id(value) in seen:
        return 0
    seen.add(id(value))
    for measure in ("estimated_size", "nbytes"):  # a frame or series of Polars; an array of NumPy
        found = getattr(value, measure, None)
        if found is not None:
            return int(found() if callable(found) else found)
    own = sys.getsizeof(value)
    if isinstance(value, Mapping):
        return own + sum(_size(item, seen) for pair in value.items() for item in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return own + sum(_size(item, seen) for item in value)
    if is_dataclass(value):
        held = [getattr(value, field.name) for field in fields(value)]
        return own + sum(_size(item, seen) for item in held)
    return own
