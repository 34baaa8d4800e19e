"""Who answers questions on the data: what keeps its answers, and what asks each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from data.frames import Frames
from data.names import Names
from data.text import Problem

P = ParamSpec("P")
T = TypeVar("T")


class Asker(Protocol):
    """Answers questions on the data: a session's resources, which keep answers, or a `PlainAsker`."""

    @property
    def frames(self) -> Frames:
        """The data."""

    @property
    def names(self) -> Names:
        """Everything by which units are known."""

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`question(frames, …)`; the arguments must be hashable."""


@dataclass(frozen=True, slots=True, eq=False)
class PlainAsker:
    """Asks and keeps nothing: for a command or a document, where whoever asks keeps the answer."""

    frames: Frames
    names: Names

    @classmethod
    def of(cls, frames: Frames) -> PlainAsker:
        """On these data."""
        return cls(frames, Names.of(frames))

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to a question."""
        return question(self.frames, *args, **kwargs)


def answer_or_reason(frames: Frames, question: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The answer to a question, or the sentence (`Text`) of the Problem with which it is refused.

    Asked of an asker that keeps answers, the refusal is kept like an answer.
    """
    try:
        return question(frames, *args, **kwargs)
    except Problem as problem:
        return problem.text
