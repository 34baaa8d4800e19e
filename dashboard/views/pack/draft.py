"""Drafts of notes: what is typed is kept in the session until it is saved, so that nothing gets lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import streamlit as st

from dashboard.session.context import Context
from data.notes import Version, Words, note, versions
from data.text import Problem, Text

# Keys of the session state: the drafts by place, and the result of the last attempt to save, to be said once.
_DRAFTS, _SAME, _WRONG = "pack_drafts", "pack_note_same", "pack_note_wrong"


@dataclass(frozen=True, slots=True)
class Place:
    """What a note is about: a component of a unit's edition."""

    unit: str
    index: str
    year: int
    component: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A note being written.

    base: The saved note that it was begun from.
    words: The words in the fields now.
    seen: The number of that saved note; 0 without one.
    round: Part of the fields' keys; a new one makes new fields, where they are filled by something else than
        typing.
    """

    base: Words
    words: Words
    seen: int = 0
    round: int = 0

    def unsaved(self, stored: Words) -> bool:
        """Whether there is anything to save."""
        return trimmed(self.words) != stored

    def overtaken(self, stored: Words) -> bool:
        """Whether somebody else has saved something since it was begun."""
        return self.unsaved(stored) and self.base != stored


def past(at: Context, place: Place) -> list[Version]:
    """The saved versions of a note, newest first: the first one is in force."""
    return at.resources.ask_written(versions, place.unit, place.index, place.year, place.component)


def standing(saved: list[Version]) -> Words:
    """The note in force."""
    return saved[0].words if saved else Words()


def draft(place: Place, saved: list[Version]) -> Draft:
    """The draft of a note, begun from the newest of its `saved` versions."""
    now, number = standing(saved), saved[0].number if saved else 0
    drafts: dict[Place, Draft] = st.session_state.setdefault(_DRAFTS, {})
    kept = drafts.get(place)
    if kept is None:
        kept = drafts[place] = Draft(now, now, number)
    elif kept.words == kept.base != now:
        # Somebody else saved a version while nothing was typed here.
        kept = drafts[place] = Draft(now, now, number, kept.round + 1)
    elif kept.seen < number and now in (kept.base, trimmed(kept.words)):
        # Others saved, and what stands is what it was begun from again, or what its author has taken over.
        kept = drafts[place] = replace(kept, base=now, seen=number)
    return kept


def unsaved(unit: str, index: str, year: int, saved: Mapping[str, Words]) -> set[str]:
    """The components whose drafts are not saved."""
    drafts: dict[Place, Draft] = st.session_state.get(_DRAFTS, {})
    return {
        place.component
        for place, item in drafts.items()
        if (place.unit, place.index, place.year) == (unit, index, year)
        and item.words != item.base
        and item.unsaved(saved.get(place.component, Words()))
    }


def field_key(place: Place, kept: Draft, name: str) -> str:
    """The key of a field, which differs by place and round."""
    return f"note-{name}-{place.unit}-{place.index}-{place.year}-{place.component}-{kept.round}"


def typed(place: Place, name: str) -> None:
    """Keep the text of a field that was left."""
    drafts: dict[Place, Draft] = st.session_state[_DRAFTS]
    kept = drafts[place]
    written = str(st.session_state[field_key(place, kept, name)] or "")
    drafts[place] = replace(kept, words=replace(kept.words, **{name: written}))


def fill(place: Place, words: Words) -> None:
    """Fill the fields with other words, such as an older version."""
    drafts: dict[Place, Draft] = st.session_state[_DRAFTS]
    kept = drafts[place]
    drafts[place] = replace(kept, words=words, round=kept.round + 1)


def save(at: Context, place: Place, over: int | None = None) -> None:
    """Write the words into the store; why that can't be is said at the next run.

    Where somebody else has saved since they were begun, nothing is written unless `over` is the number of what he
    saved: then the reader has seen it and chosen.
    """
    # The field that was left last may not have been kept yet.
    for name in asdict(Words()):
        typed(place, name)
    drafts: dict[Place, Draft] = st.session_state[_DRAFTS]
    kept = drafts[place]
    words = trimmed(kept.words)
    if words == standing(past(at, place)):
        st.session_state[_SAME] = True
        return
    try:
        number = note(
            at.resources.store,
            at.resources.frames,
            place.unit,
            place.index,
            place.year,
            place.component,
            words,
            by=at.person,
            seen=kept.seen if over is None else over,
        )
    except Problem as problem:
        st.session_state[_WRONG] = problem.text
        return
    drafts[place] = Draft(words, words, number, kept.round + (words != kept.words))


def same() -> bool:
    """Whether there was nothing to save, once."""
    return bool(st.session_state.pop(_SAME, False))


def wrong() -> Text | None:
    """Why it could not be saved, once."""
    found: Text | None = st.session_state.pop(_WRONG, None)
    return found


def trimmed(words: Words) -> Words:
    """Words as the store keeps them."""
    return Words(**{name: text.strip() for name, text in asdict(words).items()})
