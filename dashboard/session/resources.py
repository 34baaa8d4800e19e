"""The one place that opens the store for the dashboard, and keeps what is worth keeping between reruns.

What is kept belongs to one version of the data and is named by the question and its plain parameters, never by
a frame: Streamlit hashes a large frame from a sample of it. It is read-only and shared by all readers.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from dashboard.session import address as selection
from data import frames as data_frames
from data.frames import Frames
from data.names import Names
from data.store import Store, default_path

P = ParamSpec("P")
T = TypeVar("T")

_VERSIONS = 2  # the data as they are, and as they were for a rerun still under way
_ANSWERS = 4096  # some kilobytes each: every province's pages of an edition stay at hand
_DRAWN = 1024  # some tens of kilobytes each


class _Kept:
    """At most so many answers by question and parameters; the one not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast(T, self._answers[key])
        answer = ask()  # outside the lock: two readers may both compute it, and none waits for another's question
        with self._lock:
            self._answers[key] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

    def __contains__(self, key: Hashable) -> bool:
        with self._lock:
            return key in self._answers


@dataclass(frozen=True, slots=True, eq=False)
class Resources:
    """The data as they are now. `key` names them and changes with every build, import and undo."""

    key: str
    frames: Frames
    names: Names
    _kept: _Kept = field(default_factory=lambda: _Kept(_ANSWERS), repr=False)
    _drawn: _Kept = field(default_factory=lambda: _Kept(_DRAWN), repr=False)

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`question(frames, …)`, computed once for these data and parameters (which must be hashable)."""
        return self._kept.get(_key(question, args, kwargs), lambda: question(self.frames, *args, **kwargs))

    def known(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the answer is at hand: what takes a second is drawn after the rest where it isn't."""
        return _key(question, args, kwargs) in self._kept

    def drawn(self, key: Hashable, draw: Callable[[], T]) -> T:
        """`draw()`, done once for these data and `key`, which names everything else that it depends on."""
        return self._drawn.get(key, draw)

    def opening_year(self, index: str) -> int:
        """The edition that an index opens with."""
        return self.ask(selection.opening_year, index)


def _key(question: object, args: tuple[object, ...], kwargs: dict[str, object]) -> Hashable:
    return question, args, tuple(sorted(kwargs.items()))


def resources() -> Resources:
    """The data as they are now: a store that was written to since the last rerun is read anew."""
    path = str(default_path())
    store = _store(path)
    store.refresh()
    return _resources(f"{path}:{store.version}", store)


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(path: str) -> Store:
    return Store.open(Path(path))


@st.cache_resource(show_spinner=False, max_entries=_VERSIONS)
def _resources(key: str, _store: Store) -> Resources:
    frames = data_frames.load(_store)
    return Resources(key, frames, Names.of(frames))
