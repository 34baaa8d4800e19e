"""The subject of the target page, and its path."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analytics.path.target_path import TargetPath
from analytics.path.threshold import Percentile
from dashboard.session.context import Context
from dashboard.subject import Subject


@dataclass(frozen=True, slots=True)
class Aim:
    """What the path leads to: the size of the target group, and the margin above its threshold."""

    top: int
    margin: Percentile = "median"


def subject_of(at: Context, aim: Aim) -> Subject:
    """What the reader has chosen, with this aim."""
    return replace(at.subject(), top=aim.top, margin=aim.margin)


def path_of(subject: Subject) -> TargetPath:
    """The path of a subject that has one: the page has made sure."""
    assert subject.target_path is not None
    return subject.target_path
