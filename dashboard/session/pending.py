"""Questions that take seconds, answered in the background so that the reader can leave the page meanwhile.

Streamlit does not let a choice on a page interrupt the page's run. So the run ends without the answer, and the
page is rerun when it is there (`dashboard.widgets.waiting`). Answers are kept like all others; readers who ask the
same question at the same time share one computation.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.session.resources import Resources
from data.frames import Frames

P = ParamSpec("P")
T = TypeVar("T")

# Seconds for which a run waits before it goes on without the answer.
_AT_ONCE = 0.15

# One at a time: more would only share the same processor, and each reader would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="questions")
# Questions of one session that are under way or next; its further ones wait, so that nobody fills the line alone.
_OF_ONE = 2

_LOCK = Lock()
# What was asked and has no answer yet; what came of the others the resources keep.
_UNDER_WAY: dict[Hashable, Future[Any]] = {}
# Those of them that are not begun; by session, those it waits for in the order of asking, and how many are begun.
_WAITING: dict[Hashable, Callable[[], Any]] = {}
_LINES: defaultdict[str, deque[Hashable]] = defaultdict(deque)
_BEGUN: Counter[str] = Counter()


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
    future: Future[T] = _asked(key, lambda: resources.ask(question, *args, **kwargs))
    try:
        return future.result(_AT_ONCE)
    except TimeoutError:
        return Pending(future)


def _asked(key: Hashable, answer: Callable[[], T]) -> Future[T]:
    """The computation: begun now where the session has room, unless somebody else is waiting for the same."""
    run = get_script_run_ctx(suppress_warning=True)
    session = run.session_id if run else ""
    with _LOCK:
        future = _UNDER_WAY.get(key)
        if future is None:
            future = _UNDER_WAY[key] = Future()
            _WAITING[key] = answer
        # What waits in another session's line is begun by whoever has room first.
        if key in _WAITING:
            _LINES[session].append(key)
            _begin(session)
    return future


def _begin(session: str) -> None:
    """What a session waits for, as far as it has room; the lock is held."""
    line = _LINES[session]
    while line and _BEGUN[session] < _OF_ONE:
        key = line.popleft()
        answer = _WAITING.pop(key, None)
        if answer is not None:
            _BEGUN[session] += 1
            _POOL.submit(_answered, session, key, answer)
    if not line:
        del _LINES[session]


def _answered(session: str, key: Hashable, answer: Callable[[], Any]) -> None:
    """Work a question out, tell those who wait, and begin the next of the session."""
    future = _UNDER_WAY[key]
    try:
        found = answer()
    except BaseException as error:
        _ended(session, key)
        future.set_exception(error)
    else:
        _ended(session, key)
        future.set_result(found)


def _ended(session: str, key: Hashable) -> None:
    with _LOCK:
        del _UNDER_WAY[key]
        _BEGUN[session] -= 1
        if not _BEGUN[session]:
            del _BEGUN[session]
        _begin(session)
