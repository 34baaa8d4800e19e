"""Subjects for tests, on the project's own figures."""

from __future__ import annotations

from typing import Any

from analytics.core.asker import PlainAsker
from dashboard.subject import Subject
from data.frames import Frames
from data.text import Language

_ASKERS: dict[str, PlainAsker] = {}


def subject(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi", **more: Any) -> Subject:
    """A unit on an index in an edition; `more` are fields of `Subject`."""
    if frames.version not in _ASKERS:
        _ASKERS[frames.version] = PlainAsker.of(frames)
    asker = _ASKERS[frames.version]
    return Subject(asker, unit, frames.index(index), year, lang, **more)
