"""Questions that take seconds: asked in the background, so that a reader who goes elsewhere is not kept waiting.

Streamlit lets nothing that is chosen on a page interrupt a run of it. So the run ends without the answer, a small
part of the page looks now and then whether it has come, and then has the page drawn anew; the answer is kept for
whoever asks next. Those who ask at once wait for one computation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from dashboard.html.markup import tag
from dashboard.session.resources import Resources
from dashboard.widgets.poll import look_again
from data.frames import Frames
from data.text import Language

P = ParamSpec("P")
T = TypeVar("T")

# What is quicker than this is not worth waiting for in another way.
_AT_ONCE = 0.15
_BETWEEN = 0.4

# One at a time: more would only share the same processor, and each reader would wait longer.
_POOL = ThreadPoolExecutor(1, thread_name_prefix="patience")
# Answers under way, and refusals: these are not kept elsewhere, and asking again would only wait again.
_BEGUN: dict[Hashable, Future[Any]] = {}
_LOCK = Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """An answer that is still to come."""

    future: Future[Any]


def ask(
    resources: Resources,
    question: Callable[Concatenate[Frames, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | Waiting:
    """`resources.ask(question, …)` if it is at hand, else that it is on its way. Raises what that raises."""
    if resources.known(question, *args, **kwargs):
        return resources.ask(question, *args, **kwargs)
    key = (resources.key, question, args, tuple(sorted(kwargs.items())))
    future = _begun(key, lambda: resources.ask(question, *args, **kwargs))
    try:
        return future.result(_AT_ONCE)
    except TimeoutError:
        return Waiting(future)


def show(waiting: Waiting, words: str, lang: Language) -> None:
    """That something is being computed; the page is drawn anew when it has come."""
    _watch(waiting.future, tag("p.vb-waiting", words, role="status", lang=lang))


@st.fragment
def _watch(future: Future[Any], said: str) -> None:
    if future.done():
        st.rerun()
    st.html(said)
    look_again("patience", _BETWEEN)


def _begun(key: Hashable, answer: Callable[[], T]) -> Future[T]:
    """The computation, begun now unless somebody else is waiting for the same."""
    with _LOCK:
        found = _BEGUN.get(key)
        if found is not None:
            return cast("Future[T]", found)
        begun = _POOL.submit(answer)
        _BEGUN[key] = begun
    # Outside the lock: where it is done by now, this is called on the spot.
    begun.add_done_callback(lambda done: _ended(key, done))
    return begun


def _ended(key: Hashable, done: Future[Any]) -> None:
    if done.exception() is None:
        with _LOCK:
            _BEGUN.pop(key, None)
