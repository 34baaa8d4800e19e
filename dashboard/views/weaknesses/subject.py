"""The subject of the weaknesses page, its answer, and links to its components."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from analytics.core.answer import Answer
from analytics.weakness.weakness import Against
from dashboard.session.context import Context
from dashboard.subject import Subject

REFERENCES: tuple[Against, ...] = get_args(Against)


def subject_of(at: Context, against: Against) -> Subject:
    """The choice with its reference; the target group stands in for peers that are not known."""
    asked = replace(at.subject(), against=against)
    if asked.weakness is not None or against != "peers":
        return asked
    return replace(asked, against=REFERENCES[0])


def answer_of(subject: Subject) -> Answer:
    """The weaknesses of a subject that has any: the page has made sure."""
    assert subject.weakness is not None
    return subject.weakness


def component_link(at: Context, against: Against, component: str) -> str:
    """The address of this page with a component in detail, the reference chosen kept."""
    kept = {} if against == REFERENCES[0] else {"against": against}
    return at.selection.link(part=component, **kept)
