"""Turns of threads that write to one place, in the order in which they came.

Databases let whoever asks at the right moment go first: of thirty who save at once, some waited for ever.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Turns:
    """One thread at a time, first come, first served."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: deque[Event] = deque()
        self._taken = False
        self._ended_well = 0

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Wait while the queue moves; raises TimeoutError when nobody succeeded for `patience` seconds."""
        with self._lock:
            mine = Event() if self._taken else None
            if mine is not None:
                self._waiting.append(mine)
            self._taken = True
            seen = self._ended_well
        while mine is not None and not mine.wait(patience):
            with self._lock:
                if not mine.is_set() and seen == self._ended_well:
                    self._waiting.remove(mine)
                    raise TimeoutError
                seen = self._ended_well
        well = 0
        try:
            yield
            well = 1
        finally:
            with self._lock:
                self._ended_well += well
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._taken = False
