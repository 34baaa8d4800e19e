"""Every score of an edition, unit by unit, with what a workbook needs to compute totals from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from analytics.core.ranking import ranked
from dashboard.documents.content.content import Chapter
from data.definition import OVERALL, Component

# Totals are rounded to what no publisher prints any more: equal ones must tie, whatever their binary fractions.
PLACES = 6


@dataclass(frozen=True, eq=False)
class Scores:
    """The figures of an edition as the sheet has them; rows best first, then those without a rank."""

    chapter: Chapter
    rows: list[dict[str, Any]] = field(init=False)
    figures: dict[tuple[str, str], dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        """Looks the edition up."""
        subject = self.chapter.subject
        edition = ranked(subject.frames, subject.index).filter(year=self.chapter.year)
        known = edition.filter(pl.any_horizontal(pl.col("score", "published_rank").is_not_null()))
        totals = known.filter(component=OVERALL).to_dicts()
        place = {row["unit"]: (row["shown_rank"] or len(known), -(row["score"] or 0.0)) for row in totals}
        units = sorted(known["unit"].unique(), key=lambda unit: (*place.get(unit, (len(known), 0.0)), unit))
        object.__setattr__(self, "rows", [{"unit": unit, "name": subject.name_of(unit)} for unit in units])
        object.__setattr__(self, "figures", {(row["unit"], row["component"]): row for row in known.to_dicts()})

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The components of the edition."""
        return self.chapter.index.components_of(self.chapter.year)

    def value(self, unit: str, component: str, key: str = "score") -> Any:
        """A figure; None where it is not known."""
        return self.figures.get((unit, component), {}).get(key)

    def unit_value(self, component: str) -> float | None:
        """Points of the total that one point of a component is worth; scores in per cent are converted first."""
        return self.chapter.index.unit_value(component, self.chapter.year)

    def end(self, component: str) -> float | None:
        """The highest score of a component."""
        return self.chapter.index.maximum(component, self.chapter.year)

    @cached_property
    def weighted(self) -> bool:
        """Whether the unit value of every component is known."""
        return bool(self.components) and all(self.unit_value(item.code) is not None for item in self.components)

    def total(self, unit: str) -> float | None:
        """The total as the sheet computes it; None unless every component is known."""
        total = 0.0
        for item in self.components:
            score, unit_value = self.value(unit, item.code), self.value(unit, item.code, "unit_value")
            if score is None or unit_value is None:
                return None
            total += score * unit_value
        return round(total, PLACES) if self.weighted else None

    def published(self, unit: str) -> float | None:
        """The published total: a derived one would be compared with itself."""
        printed: float | None = self.value(unit, OVERALL, "published_score")
        if printed is None and self.value(unit, OVERALL, "score_status") != "derived":
            printed = self.value(unit, OVERALL)
        return printed

    @cached_property
    def of(self) -> int:
        """How many units were scored."""
        return self.chapter.index.edition(self.chapter.year).units

    @cached_property
    def live(self) -> bool:
        """Whether every unit's total can be computed, so that ranks may be taken from these."""
        return len(self.rows) >= self.of and all(self.total(row["unit"]) is not None for row in self.rows)

    @cached_property
    def complete(self) -> bool:
        """Whether every unit's total is known, one way or the other."""
        return self.live or self.totals >= self.of

    @cached_property
    def worst(self) -> tuple[int, float] | None:
        """How many computed totals can be compared with published ones, and by how much they differ at most."""
        pairs = [(self.total(row["unit"]), self.published(row["unit"])) for row in self.rows]
        apart = [abs(ours - theirs) for ours, theirs in pairs if ours is not None and theirs is not None]
        return (len(apart), max(apart)) if apart else None

    @cached_property
    def totals(self) -> int:
        """How many totals are known."""
        return sum(self.value(row["unit"], OVERALL) is not None for row in self.rows)

    @property
    def can_be_weighed(self) -> bool:
        """Whether every weight is known, and any score."""
        if not self.weighted:
            return False
        codes = [item.code for item in self.components]
        return any(self.value(row["unit"], code) is not None for row in self.rows for code in codes)

    @property
    def falls(self) -> bool:
        """Whether a lower total is the better one."""
        return self.chapter.index.component(OVERALL).direction == "lower_better"
