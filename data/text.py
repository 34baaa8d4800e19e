"""Words in both languages of the product, notes found by their keys, and the one error meant for its user."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Self

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and in English."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.vi if language() == "vi" else self.en

    def in_(self, lang: Language) -> str:
        """The words in one language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Note:
    """What must be read with an answer, and the key that it is asked for by.

    Keys are unique within an answer. Where there may be several of a kind, what follows a colon says of what each
    is: `edition:2019`.
    """

    key: str
    text: Text

    @classmethod
    def of(cls, key: str, vi: str, en: str) -> Self:
        """The note of a key in these words."""
        return cls(key, Text(vi, en))

    def in_(self, lang: Language) -> str:
        """Its words in one language."""
        return self.text.in_(lang)


def prefixed(key: str, notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes of another answer for one that carries them on, each `key:` and its own key."""
    return tuple(Note(f"{key}:{note.key}", note.text) for note in notes)


class Noted:
    """Something with `notes`, which are asked for by key and never by their place among the others."""

    __slots__ = ()

    notes: tuple[Note, ...]

    def note(self, key: str) -> Text | None:
        """The words of one note, None where it is not among them."""
        return next((note.text for note in self.notes if note.key == key), None)

    def notes_only(self, *keys: str) -> tuple[Note, ...]:
        """Those of these keys that there are, in the order in which they are read."""
        return tuple(note for note in self.notes if note.key in keys)

    def notes_except(self, *keys: str) -> tuple[Note, ...]:
        """All but those of these keys."""
        return tuple(note for note in self.notes if note.key not in keys)


class Problem(ValueError):
    """Something its user can mend: one sentence in both languages, with the place and the remedy."""

    def __init__(self, vi: str, en: str) -> None:
        self.text = Text(vi, en)
        super().__init__(vi, en)

    def __str__(self) -> str:
        return str(self.text)


def language() -> Language:
    """The language of sentences where nobody chose one: `VUOTBAC_LANG`, else Vietnamese."""
    return "en" if os.environ.get("VUOTBAC_LANG", "").lower().startswith("en") else "vi"


def clean(text: str) -> str:
    """A text as any database keeps it: without NULs and halves of pairs of surrogates, and nothing at its ends."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()
