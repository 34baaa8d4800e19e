"""Which editions can a question be asked of? What a page offers where the one chosen has no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from analytics.core.answer import Answer
from analytics.forecast.forecast import forecast
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem

MOST = 4


def editions(
    frames: Frames, question: Callable[[Frames, str, int], Answer], index: str, most: int = MOST
) -> tuple[int, ...]:
    """The newest editions of an index that `question(frames, index, year)` has an answer for, the newest first."""

    def answered() -> Iterator[int]:
        for edition in reversed(frames.index(index).editions):
            try:
                question(frames, index, edition.year)
            except Problem:
                continue
            yield edition.year

    return tuple(islice(answered(), most))


def starts(frames: Frames, unit: str, index: str, component: str = OVERALL, most: int = MOST) -> tuple[int, ...]:
    """The newest editions that a forecast of a unit's next score can start from, the newest first."""
    definition = frames.index(index)

    def possible() -> Iterator[int]:
        for edition in reversed(definition.editions):
            if edition.unit_set != unit[:2]:
                continue
            if component != OVERALL and component not in definition.regime(edition.year).components:
                continue
            if forecast(frames, unit, index, edition.year, component).figures["reason"] is None:
                yield edition.year

    return tuple(islice(possible(), most))
