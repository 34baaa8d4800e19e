"""The shape of every answer: figures, rows, what is known of how many, and sentences that must be read with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from data.text import Language, Note, Noted


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How many units' figures are known, of how many that the publisher scored."""

    known: int
    of: int

    @property
    def complete(self) -> bool:
        """Whether every unit that was scored has its figure."""
        return self.known == self.of


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Noted):
    """The answer to one question, the same for a page, a command and a notebook.

    The docstring of each question names the keys of its `notes`.
    """

    question: str
    index: str | None
    year: int | None
    unit: str | None
    rows: pl.DataFrame
    coverage: Coverage
    figures: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def to_dict(self, lang: Language = "vi") -> dict[str, object]:
        """The answer as plain values for JSON, figures unrounded, notes in one language."""
        return {
            "question": self.question,
            "index": self.index,
            "year": self.year,
            "unit": self.unit,
            "figures": dict(self.figures),
            "rows": self.rows.to_dicts(),
            "coverage": {"known": self.coverage.known, "of": self.coverage.of},
            "notes": [note.in_(lang) for note in self.notes],
        }
