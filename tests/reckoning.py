"""What a made-up edition must come to for one unit, in plain Python, without the project's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from tests.edition import PERCENT, TOP, MadeUp


@dataclass(frozen=True)
class Reckoned:
    """The figures of one unit; `shares` are the weights that the reader has, in shares of 1."""

    edition: MadeUp
    unit: str
    shares: Mapping[str, float]

    @property
    def total(self) -> float:
        """Its total as printed."""
        return self.edition.totals[self.unit]

    @property
    def rank(self) -> int:
        """Its rank by the printed totals."""
        return self.edition.ranks()[self.unit]

    @property
    def threshold(self) -> float:
        """The total of the last unit of the target group."""
        return sorted(self.edition.totals.values(), reverse=True)[TOP - 1]

    @property
    def lead(self) -> float:
        """Its total less that of the first unit outside the target group; for one outside, less the threshold."""
        ordered = sorted(self.edition.totals.values(), reverse=True)
        return self.total - (ordered[TOP] if self.rank <= TOP else self.threshold)

    @property
    def scores(self) -> Mapping[str, float]:
        """Its score on each component."""
        return self.edition.scores[self.unit]

    @property
    def gaps(self) -> dict[str, float]:
        """Points of the total that it is behind the median of the target group on each component."""
        return {code: 10 * self.shares[code] * (self.reference(code) - own) for code, own in self.scores.items()}

    def reference(self, component: str) -> float:
        """The median score of the target group on a component."""
        return median(self.edition.scores[unit][component] for unit in self.edition.first)

    def place(self, component: str) -> int:
        """Its rank on a component."""
        return self.edition.ranks(component)[self.unit]

    @property
    def weakest(self) -> dict[str, str]:
        """The component that comes first in the list by score, by rank and by gap."""
        return {
            "score": min(self.scores, key=self.scores.__getitem__),
            "rank": max(self.scores, key=self.place),
            "gap": max(self.gaps, key=self.gaps.__getitem__),
        }

    def after(self, component: str, score: float) -> tuple[float, int]:
        """Total and rank if it had another score on a component and all others stayed as they are."""
        total = self.total + 10 * self.shares[component] * (score - self.scores[component])
        others = (value for unit, value in self.edition.totals.items() if unit != self.unit)
        return total, 1 + sum(value > total for value in others)


EQUAL = dict.fromkeys(PERCENT, 1 / len(PERCENT))
TRUE = {code: percent / 100 for code, percent in PERCENT.items()}


def vi(value: float, places: int = 2) -> str:
    """A number without its sign as Vietnamese texts write it, halves rounded up."""
    exact = Decimal(str(round(abs(value), 9)))
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)).replace(".", ",")
