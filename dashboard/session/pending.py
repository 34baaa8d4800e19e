"""Questions that take seconds, answered in the background so that the reader can leave the page meanwhile.

Streamlit does not let a choice on a page interrupt the page's run. So the run ends without the answer, and the
page is rerun when it is there (`dashboard.widgets.waiting`). Answers are kept like all others; readers who ask the
same question at the same time share one computation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from dashboard.session.resources import Resources
from data.frames import Frames

P = ParamSpec("P")
T = TypeVar("T")

# Seconds for which a run waits before it goes on without the answer.
_AT_ONCE = 0.15

# One at a time: more would only share the same processor, and each reader would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="questions")
# Computations under way; their results are kept by the resources.
_UNDER_WAY: dict[Hashable, Future[Any]] = {}
_LOCK = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """An answer that is still being computed."""

    future: Future[Any]


def ask(
    resources: Resources,
    question: Callable[Concatenate[Frames, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | Pending:
    """`resources.ask(question, …)` if the answer is kept or comes within a moment, else a `Pending`.

    Raises what the question raises.
    """
    if resources.known(question, *args, **kwargs):
        return resources.ask(question, *args, **kwargs)
    key = (resources.key, question, args, tuple(sorted(kwargs.items())))
    future: Future[T] = _begun(key, lambda: resources.ask(question, *args, **kwargs))
    try:
        return future.result(_AT_ONCE)
    except TimeoutError:
        return Pending(future)


def _begun(key: Hashable, answer: Callable[[], T]) -> Future[T]:
    """The future of the computation, started now unless it is under way already."""
    with _LOCK:
        future = _UNDER_WAY.get(key)
        if future is None:
            future = _UNDER_WAY[key] = _POOL.submit(answer)
    # Outside the lock: of a future that is done, the callback runs at once.
    future.add_done_callback(lambda done: _ended(key))
    return future


def _ended(key: Hashable) -> None:
    with _LOCK:
        _UNDER_WAY.pop(key, None)
