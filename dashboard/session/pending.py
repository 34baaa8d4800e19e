"""Questions that take seconds: answered in the background, so that a reader who goes elsewhere need not wait.

Streamlit lets nothing that is chosen on a page interrupt a run of it. So the run ends without the answer, and the
page is drawn again when it has come (`dashboard.widgets.waiting`); the answer is kept for whoever asks next.
Those who ask for the same at once wait for one computation.
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

# Seconds: what is quicker is waited for in the run itself.
_AT_ONCE = 0.15

# One at a time: more would only share the same processor, and each reader would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="questions")
# Those under way; what came of them the resources keep.
_UNDER_WAY: dict[Hashable, Future[Any]] = {}
_LOCK = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """An answer that is still to come."""

    future: Future[Any]


def ask(
    resources: Resources,
    question: Callable[Concatenate[Frames, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | Pending:
    """`resources.ask(question, …)` where that is kept or quick, else that it is still to come.

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
    """The computation, begun now unless somebody else is waiting for the same."""
    with _LOCK:
        future = _UNDER_WAY.get(key)
        if future is None:
            future = _UNDER_WAY[key] = _POOL.submit(answer)
    # Outside the lock: where it is done by now, this is called on the spot.
    future.add_done_callback(lambda done: _ended(key))
    return future


def _ended(key: Hashable) -> None:
    with _LOCK:
        _UNDER_WAY.pop(key, None)
