"""The subject of the target page, and its path."""

from __future__ import annotations

from dataclasses import replace

from analytics.path.target_path import TargetPath
from dashboard.session.context import Context
from dashboard.subject import Subject


def subject_of(at: Context, size: int) -> Subject:
    """What the reader has chosen, with a target group of `size`."""
    return replace(at.subject(), top=size)


def path_of(subject: Subject) -> TargetPath:
    """The path of a subject that has one: the page has made sure."""
    assert subject.target_path is not None
    return subject.target_path
