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
from typing import Concatenate, ParamSpec, TypeVar

import polars as pl

from analytics.core.coverage import opening_year
from dashboard.session.kept import KeptAnswers
from data import frames as data_frames
from data.frames import Frames
from data.names import Names, UnitSet
from data.store import Snapshot, Store, default_path

P = ParamSpec("P")
T = TypeVar("T")

_VERSIONS = 2  # the data as they are, and as they were for a run still under way
_STORES: OrderedDict[str, Store] = OrderedDict()
_RESOURCES: OrderedDict[str, Resources] = OrderedDict()
_LOCK = Lock()
_KEPT = 192 * 1024 * 1024  # bytes of answers to each: every province's pages of some editions


@dataclass(frozen=True, slots=True, eq=False)
class Resources:
    """The data as they are now. `key` names them and changes with every build, import and undo."""

    key: str
    store: Store
    frames: Frames
    names: Names
    _kept: KeptAnswers = field(default_factory=lambda: KeptAnswers(_KEPT), repr=False)

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`question(frames, …)`, computed once for these data and these (hashable) arguments.

        Raises the `Problem` that the question raised, each time.
        """
        return self._kept.get(_key(question, args, kwargs), lambda: question(self.frames, *args, **kwargs))

    def known(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether the answer is kept: what takes a second is drawn after the rest where it isn't."""
        return _key(question, args, kwargs) in self._kept

    def kept(self, key: Hashable, made: Callable[[], T]) -> T:
        """`made()`, once for these data and `key`, which names everything else that it depends on."""
        return self._kept.get(key, made)

    def ask_written(
        self, question: Callable[Concatenate[pl.DataFrame, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """`question(written, …)` of what provinces wrote (`data.schema.Note`), as it stands now.

        Computed once until somebody writes again, which changes nothing else.
        """
        version = self.store.part("notes")

        def answer() -> T:
            written = self._kept.get(("written", version), lambda: self.store.entered("note"))
            return question(written, *args, **kwargs)

        return self._kept.get(("written", version, _key(question, args, kwargs)), answer)

    @property
    def history(self) -> pl.DataFrame:
        """Every entry that was made, as it stands now (`data.schema.History`)."""
        versions = tuple(sorted(self.store.entries.versions().items()))
        return self._kept.get(("history", versions), lambda: self.store.entered("history"))

    def opening_year(self, index: str, unit_set: UnitSet | None = None) -> int:
        """The edition that an index opens with, for a reader who has chosen a unit of that set."""
        return self.ask(opening_year, index, unit_set)


def _key(question: object, args: tuple[object, ...], kwargs: dict[str, object]) -> Hashable:
    return question, args, tuple(sorted(kwargs.items()))


def resources() -> Resources:
    """The data as they are now: a store that was written to since the last run is read anew."""
    path = str(default_path())
    store = _newest(_STORES, path, lambda: Store.open(Path(path)))
    now = store.snapshot()
    key = f"{path}:{now.version}"
    return _newest(_RESOURCES, key, lambda: _read(key, store, now))


def _read(key: str, store: Store, now: Snapshot) -> Resources:
    frames = data_frames.load(now)
    return Resources(key, store, frames, Names.of(frames))


def _newest(among: OrderedDict[str, T], key: str, made: Callable[[], T]) -> T:
    """What is kept under `key`, made where nothing is; the oldest goes."""
    found = among.get(key)
    if found is None:
        with _LOCK:
            found = among.get(key)
            if found is None:
                found = among[key] = made()
                if len(among) > _VERSIONS:
                    among.popitem(last=False)
    return found
