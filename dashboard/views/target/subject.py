"""Whose path the page shows, into which group."""

from __future__ import annotations

from dataclasses import replace

from analytics.path.target_path import TargetPath
from dashboard.session.context import Context
from dashboard.subject import Subject


def subject_of(at: Context, size: int) -> Subject:
    """What the reader has chosen, with a target group of `size`."""
    return replace(at.subject(), top=size)


def path_of(subject: Subject) -> TargetPath:
    """The path, of which the page has seen that there is one."""
    assert subject.target_path is not None
    return subject.target_path
