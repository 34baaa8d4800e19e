"""Files that take seconds to make: made in the background for one reader, who goes on reading meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Generic, TypeVar

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")

# Told how far the making is, a share of 1, and what is being made.
Progress = Callable[[float, str], None]

# One at a time: two would only share the same processor, and both readers would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="jobs")
# Seconds for which a reader may be away before a job is given up: a connection that breaks comes back.
_AWAY = 20.0


def reader_present() -> Callable[[], bool]:
    """Whether the reader of the present run is still connected; to be called from any thread, at any time."""
    run = get_script_run_ctx()
    if run is None or not runtime.exists():
        return lambda: True
    return partial(runtime.get_instance().is_active_session, run.session_id)


class Stopped(Exception):
    """Nobody wants it any more."""


class Job(Generic[T]):
    """A file in the making. `key` says of what; `share` and `doing` how far it is.

    It is kept nowhere but here: whoever lets go of it lets go of the file. Between two steps, and before the
    first, it asks `present` whether its reader is still there, and stops once that has been denied for a while.
    """

    def __init__(
        self, key: Hashable, make: Callable[[Progress], T], present: Callable[[], bool] = lambda: True
    ) -> None:
        self.key = key
        self.share = 0.0
        self.doing = ""
        self._present, self._seen = present, time.monotonic()
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
        """What was made; raises what went wrong, `Stopped` where it was given up."""
        return self._future.result(timeout)

    def stop(self) -> None:
        """Give up at the next step."""
        self._stop.set()
        self._future.cancel()

    def _made(self, make: Callable[[Progress], T]) -> T:
        self._check()
        return make(self._progress)

    def _progress(self, share: float, doing: str) -> None:
        self._check()
        self.share, self.doing = min(max(share, 0.0), 1.0), doing

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped
        if self._present():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > _AWAY:
            raise Stopped
