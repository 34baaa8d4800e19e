"""A made-up edition of the 34, drawn by a seeded formula, and reckoned in plain Python; none of it is real."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from data.frames import Frames, load
from data.intake import Intake, enter, understand
from data.store import Store

INDEX, YEAR, SEED = "pci", 2025, 20250701
FILE = "made-up.csv"

# In steps of 5 %, no two orders alike; made up like the scores.
PERCENT = {
    "entry_costs": 5,
    "land_access": 10,
    "transparency": 15,
    "compliance_costs": 10,
    "informal_charges": 15,
    "policy_bias": 10,
    "business_support": 15,
    "legal_institutions": 10,
    "facilitating_government": 10,
}
TOP = 8


@dataclass(frozen=True)
class MadeUp:
    """Scores of every unit on every component, out of 10 and with two decimals; `names` are units as printed."""

    names: Mapping[str, str]
    headings: Mapping[str, str]
    scores: Mapping[str, Mapping[str, float]]

    @cached_property
    def totals(self) -> dict[str, float]:
        """The total of each unit, out of 100, rounded as a publisher prints it."""
        return {
            unit: round(sum(PERCENT[code] * score for code, score in own.items()) / 10, 2)
            for unit, own in self.scores.items()
        }

    def column(self, component: str) -> dict[str, float]:
        """Every unit's score on a component, or its total."""
        if component == "overall":
            return self.totals
        return {unit: own[component] for unit, own in self.scores.items()}

    def ranks(self, component: str = "overall") -> dict[str, int]:
        """1 + the number of units with a better score."""
        values = self.column(component)
        return {unit: 1 + sum(other > value for other in values.values()) for unit, value in values.items()}

    @property
    def first(self) -> list[str]:
        """The units of the target group."""
        return [unit for unit, rank in self.ranks().items() if rank <= TOP]

    def table(self, *, totals: bool = True, ranks: bool = True, weights: bool = False) -> bytes:
        """The edition as a CSV file, best first."""
        out = io.StringIO()
        write = csv.writer(out).writerow
        write(["Tỉnh", *self.headings.values(), *["Tổng điểm"] * totals, *["Thứ hạng"] * ranks])
        placed = self.ranks()
        for unit in sorted(placed, key=placed.__getitem__):
            total = [f"{self.totals[unit]:.2f}"] * totals
            write(
                [
                    self.names[unit],
                    *map("{:.2f}".format, self.scores[unit].values()),
                    *total,
                    *[placed[unit]] * ranks,
                ]
            )
        if weights:
            write(["Trọng số", *(f"{PERCENT[code]}%" for code in self.headings), *[""] * (totals + ranks)])
        return out.getvalue().encode()


def made_up(frames: Frames, seed: int = SEED) -> MadeUp:
    """The edition, for the units and components there are; the same every time."""
    draw = Random(seed)
    units = frames.unit.filter(unit_set="34").sort("unit").select("unit", "name_vi")
    headings = {item.code: item.name.vi for item in frames.index(INDEX).components_of(YEAR)}
    assert headings.keys() == PERCENT.keys()
    scores = {
        unit: {code: round(draw.uniform(5, 8.5), 2) for code in headings} for unit in units["unit"].to_list()
    }
    return MadeUp(dict(units.rows()), headings, scores)


def entered(path: Path, table: bytes, year: int = YEAR) -> tuple[Frames, int]:
    """The data of the store at `path` with a table of the edition in it, and the number of its batch."""
    with closing(Store.open(path)) as store:
        batch = enter(store, read(load(store), table, year), source="made up")
        return load(store), batch


def read(frames: Frames, table: bytes, year: int = YEAR) -> Intake:
    """A table of the edition as it is understood."""
    return understand(FILE, table, frames, INDEX, year)
