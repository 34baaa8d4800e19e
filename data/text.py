"""Words in both languages of the product, and the one kind of error that is meant for its user."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

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
