"""Many charts drawn at once, in processes of their own: laying out is JavaScript, which threads don't speed up.

Not `multiprocessing`: a process that it spawns runs the program's main module again, which for the dashboard is
the whole page. Here each thread talks to a small program (`drawer`) of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Literal

from dashboard.charts.export import drawer
from dashboard.charts.figure import FONTS

Form = tuple[Literal["png", "svg", "pdf"], float]
# More would wait for each other's memory.
_MOST = 8
_ENDED = "the drawing process ended before its work"


@dataclass(frozen=True, slots=True)
class Job:
    """A Vega-Lite specification with its data (`figure.standalone`), and the forms wanted of it."""

    specification: dict[str, Any]
    forms: tuple[Form, ...]


class Drawers:
    """A context with processes that draw charts; starting one takes as long as drawing three charts."""

    def __init__(self, workers: int | None = None) -> None:
        self._count = max(1, min(workers or processors(), _MOST))
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._stack = ExitStack()
        self._begun = False

    def begin(self) -> None:
        """Start the processes now, while other work is done; otherwise `draw` starts them."""
        if not self._begun:
            self._begun = True
            for _ in range(self._count):
                self._idle.put(self._stack.enter_context(_Worker()))

    def draw(self, jobs: Sequence[Job], progress: Callable[[int, int], None] | None = None) -> list[list[bytes]]:
        """Each job's pictures, in the order of its forms.

        `progress` is called with how many jobs are done, and of how many.
        """
        if not jobs:
            return []
        self.begin()
        found: dict[int, list[bytes]] = {}
        with ThreadPoolExecutor(self._count) as pool:
            waiting = {pool.submit(self._draw, job): place for place, job in enumerate(jobs)}
            try:
                for future in as_completed(waiting):
                    found[waiting[future]] = future.result()
                    if progress is not None:
                        progress(len(found), len(jobs))
            finally:
                pool.shutdown(cancel_futures=True)
        return [found[place] for place in range(len(jobs))]

    def __enter__(self) -> Drawers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; kill them after an error."""
        self._stack.__exit__(kind, error, trace)

    def _draw(self, job: Job) -> list[bytes]:
        worker = self._idle.get()
        try:
            return worker.draw(job)
        finally:
            self._idle.put(worker)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """One drawing process, as a context."""

    def __init__(self) -> None:
        # By its path and safely (-P): beside it lie modules whose names others may bear.
        command = [sys.executable, "-P", drawer.__file__, str(FONTS)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def draw(self, job: Job) -> list[bytes]:
        """A job's pictures."""
        given = self._process.stdin
        assert given is not None  # asked for above
        try:
            given.write(json.dumps(job.forms).encode() + b"\n")
            given.write(json.dumps(job.specification).encode() + b"\n")
            given.flush()
        except BrokenPipeError as error:
            raise RuntimeError(_ENDED) from error
        return [self._read() for _ in job.forms]

    def _read(self) -> bytes:
        back: IO[bytes] | None = self._process.stdout
        assert back is not None  # asked for above
        head = back.read(8)
        if len(head) < 8:
            raise RuntimeError(_ENDED)
        length = int.from_bytes(head, "big", signed=True)
        if length < 0:
            raise RuntimeError(back.read(-length - 1).decode())
        return back.read(length)

    def __enter__(self) -> _Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the process end; kill it after an error."""
        if kind is not None:
            self._process.kill()
        # Closing the pipe to a process that ended early fails; a command must not mistake that for its own
        # output's end.
        with suppress(BrokenPipeError), self._process:
            pass
