"""What sentences are written with: names, the edition, and the formats of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dashboard.text import grammar, say, sentences
from data import number
from data.definition import OVERALL, Index
from data.text import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """The index, the edition's year, the unit's name and the language of a sentence.

    A `Subject` gives it to the functions of this folder, which take figures as arguments and ask for none. Texts
    of one page have a class derived from this one, whose `PAGE` begins their keys.
    """

    PAGE: ClassVar[str] = ""

    index: Index
    year: int
    name: str
    lang: Language

    @property
    def edition(self) -> str:
        """`PCI 2023`."""
        return sentences.edition(self.index, self.year, OVERALL, self.lang)

    @property
    def word(self) -> str:
        """What the index calls a component."""
        return self.index.component_word.in_(self.lang)

    def words(self, count: int) -> str:
        """What the index calls so many components."""
        return grammar.component_words(self.index, count, self.lang)

    def component(self, code: str) -> str:
        """A component's name."""
        return self.index.component(code).name.in_(self.lang)

    def short(self, code: str) -> str:
        """A component's name where there is little room."""
        return self.index.component(code).short.in_(self.lang)

    def points(self, value: float | None, *, signed: bool = False) -> str:
        """Points with as many decimals as the index prints; a dash for None."""
        return number.decimal(value, self.index.score_decimals, self.lang, signed=signed)

    def say(self, key: str, **values: object) -> str:
        """A text of the page; `{name}`, `{edition}`, `{index}` and `{word}` are filled in."""
        return say(self.lang, f"{self.PAGE}.{key}", **(self._given() | values))

    def _given(self) -> dict[str, object]:
        """The values that every text of the page may name."""
        return {
            "name": self.name,
            "edition": self.edition,
            "index": self.index.name.in_(self.lang),
            "word": self.word,
        }
