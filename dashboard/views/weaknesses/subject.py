"""Whose weaknesses the page shows, against which reference, and its own addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from analytics.core.answer import Answer
from analytics.weakness.weakness import Against
from dashboard.session.context import Context
from dashboard.subject import Subject

REFERENCES: tuple[Against, ...] = get_args(Against)


def subject_of(at: Context, against: Against) -> Subject:
    """The province against the reference chosen; against the target group, where no peers are known."""
    asked = replace(at.subject(), against=against)
    if asked.weakness is not None or against != "peers":
        return asked
    return replace(asked, against=REFERENCES[0])


def answer_of(subject: Subject) -> Answer:
    """The weaknesses, of which the page has seen that there are some."""
    assert subject.weakness is not None
    return subject.weakness


def component_link(at: Context, against: Against, component: str) -> str:
    """The address of this page with a component in detail, the reference chosen kept."""
    kept = {} if against == REFERENCES[0] else {"against": against}
    return at.selection.link(part=component, **kept)
