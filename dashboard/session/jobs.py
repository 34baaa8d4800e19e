"""Jobs that make files, which take seconds: in the background, so that the reader can go on meanwhile."""

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

# Called with the share of the work that is done (0 to 1) and what is being done.
Progress = Callable[[float, str], None]

# One at a time: two would share the same processor, and both readers would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="jobs")
# A job is given up when its reader has been disconnected for so many seconds: lost connections often come back.
_AWAY = 20.0


def reader_present() -> Callable[[], bool]:
    """A function that says whether the reader of this run is still connected; any thread may call it."""
    run = get_script_run_ctx()
    if run is None or not runtime.exists():
        return lambda: True
    return partial(runtime.get_instance().is_active_session, run.session_id)


class Stopped(Exception):
    """Raised where a job was given up."""


class Job(Generic[T]):
    """One file being made.

    `key` identifies what is made; `share` (0 to 1) and `doing` say how far it is. Only the job holds the result,
    so that it is freed together with it. Before the first and between all later steps it calls `present`, and
    gives up once that has been False for a while.
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
        """Whether it has not begun, since another reader's job is under way."""
        return not self._future.running() and not self._future.done()

    @property
    def done(self) -> bool:
        """Whether it has ended, with a result or an error."""
        return self._future.done()

    def result(self, timeout: float | None = None) -> T:
        """The result; raises the error that it ended with, `Stopped` where it was given up."""
        return self._future.result(timeout)

    def stop(self) -> None:
        """Give it up at its next step."""
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
