"""Which editions can a question be asked of? What a page offers where the one chosen has no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from analytics.core.answer import Answer
from data.frames import Frames
from data.text import Problem

MOST = 4


def answerable_editions(
    frames: Frames, question: Callable[[Frames, str, int], Answer], index: str, most: int = MOST
) -> tuple[int, ...]:
    """The newest editions of an index that `question(frames, index, year)` has an answer for, the newest first.

    Raises Problem for an index that does not exist.
    """

    def answered() -> Iterator[int]:
        for edition in reversed(frames.index(index).editions):
            try:
                question(frames, index, edition.year)
            except Problem:
                continue
            yield edition.year

    return tuple(islice(answered(), most))
