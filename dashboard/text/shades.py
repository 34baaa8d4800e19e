"""What a map says of each unit: the rows behind it, what their value is, and the mark of how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

Measure = Literal["score", "share", "rank", "order"]

# As a mark of its own where the sign of a status has no room for a letter.
SHAPES = {"provincial": "circle", "derived": "diamond", "estimated": "cross", "censored": "triangle"}


@dataclass(frozen=True, slots=True)
class Shades:
    """The rows to draw, one per unit, what their `value` is, and `of` how many units were scored.

    Columns: unit, name, value (null: unknown), written (the value as text), strong (nearer the dark end),
    shape (how the figure is known, where not all are known alike), chosen, inside (the region asked for),
    score, rank, status (for tooltips), said (for screen readers).
    """

    rows: pl.DataFrame
    measure: Measure
    of: int

    @property
    def unknown(self) -> int:
        """How many units have no shade."""
        return self.rows["value"].null_count()
