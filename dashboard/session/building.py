"""Files that take seconds to make: made in the background for one reader, who goes on reading meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Generic, TypeVar

T = TypeVar("T")

# Told how far the making is, a share of 1, and what is being made.
Progress = Callable[[float, str], None]

# One at a time: two would only share the same processor, and both readers would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="building")


class Stopped(Exception):
    """Nobody wants it any more."""


class Building(Generic[T]):
    """A file in the making. `key` says of what; `share` and `doing` how far it is.

    It is kept nowhere but here: whoever lets go of it lets go of the file.
    """

    def __init__(self, key: Hashable, make: Callable[[Progress], T]) -> None:
        self.key = key
        self.share = 0.0
        self.doing = ""
        self._stop = Event()
        self._future: Future[T] = _POOL.submit(self._made, make)

    @property
    def waiting(self) -> bool:
        """Whether another reader's file is made first."""
        return not self._future.running() and not self._future.done()

    @property
    def done(self) -> bool:
        """Whether there is a result or a reason why there is none."""
        return self._future.done()

    def result(self, timeout: float | None = None) -> T:
        """What was made; raises what went wrong."""
        return self._future.result(timeout)

    def stop(self) -> None:
        """Give up at the next step."""
        self._stop.set()
        self._future.cancel()

    def _made(self, make: Callable[[Progress], T]) -> T:
        return make(self._told)

    def _told(self, share: float, doing: str) -> None:
        if self._stop.is_set():
            raise Stopped
        self.share, self.doing = min(max(share, 0.0), 1.0), doing
