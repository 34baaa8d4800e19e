"""What an index is made of: components, weights, regimes, breaks and editions.

An index is data, a TOML file below `definitions/` that `data.definition_file` reads; no module names one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict
from pydantic.dataclasses import dataclass

from data.period import readable
from data.text import Problem, Text

OVERALL = "overall"
# Editions from this year on are of the 34 units (Resolution 202/2025/QH15, in force from 1 July 2025).
MERGED = 2025
# The number of units where nobody knows it.
ANY_COUNT = 9999

_STRICT = ConfigDict(extra="forbid", frozen=True)


@dataclass(config=_STRICT)
class Printed:
    """A heading as a publisher prints it, and the source of `figures/<index>/source.csv` that does."""

    text: str
    source: str


@dataclass(config=_STRICT)
class Component:
    """A sub-index, field or dimension, or `overall`, the total.

    `maximum` is the end of its scale; missing where it changes from regime to regime (see `Regime.maxima`).
    `printed` are the headings that its publisher prints above it, beside its names here.
    """

    code: str
    name: Text
    short: Text
    minimum: float
    maximum: float | None = None
    direction: Literal["higher_better", "lower_better"] = "higher_better"
    printed: tuple[Printed, ...] = ()


@dataclass(config=_STRICT)
class Regime:
    """Editions with the same components and weights. `last` is missing while the regime is in force.

    `weights` are shares of 1. Where the publisher gives points instead, `maxima` holds each component's
    and the share follows; a component in neither has a weight that is not known. `additive` says that scores
    are points of the total and simply add up, whether or not the maxima are known. That weights are `entered` or
    `assumed` no file says: it comes of what people entered (`data.entered_weights`).
    """

    code: str
    first: int
    components: tuple[str, ...]
    last: int | None = None
    weights: dict[str, float] | None = None
    maxima: dict[str, float] | None = None
    overall_maximum: float | None = None
    additive: bool = False
    weight_status: Literal["published", "recovered", "entered", "assumed", "unknown"] = "unknown"
    weight_source: tuple[str, ...] = ()
    note: Text | None = None

    def covers(self, year: int) -> bool:
        """Whether `year` lies in this regime."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(config=_STRICT)
class SeriesBreak:
    """From `year` on, the indicators or a definition changed inside a regime; all components unless named."""

    year: int
    note: Text
    components: tuple[str, ...] = ()


@dataclass(config=_STRICT)
class Edition:
    """One year of the index, or a part of one (`data.period`): how many units were scored, what was announced.

    `units_by_component` overrides `units` where the publisher scored a component for more or fewer. `note`
    is its caveat, `missing` what to say while nothing of it is known. `batches` are those of the tables entered
    here that completed it (`data.entered`); no file says so.
    """

    year: Annotated[int, AfterValidator(readable)]
    unit_set: str
    units: int
    announced: str
    units_by_component: dict[str, int] | None = None
    note: Text | None = None
    missing: Text | None = None
    batches: tuple[int, ...] = ()

    def units_of(self, component: str) -> int:
        """How many units were scored on `component`."""
        return (self.units_by_component or {}).get(component, self.units)


@dataclass(config=_STRICT)
class Tier:
    """A group of the ranking, best first. `floor` is its lowest total, where the publisher states one."""

    name: Text
    floor: float | None = None


@dataclass(config=_STRICT)
class Index:
    """An index as its definition file states it.

    `printed_parts` are headings of figures that its publisher prints beside the components, and that are none.
    `own_maximum` says that some criteria do not apply to every unit, so that each is ranked by its per cent of the
    highest total that it could have.
    """

    code: str
    position: int
    name: Text
    full_name: Text
    publisher: Text
    component_word: Text
    target_group: dict[str, int]
    announcements: dict[str, Text]
    components: tuple[Component, ...]
    regimes: tuple[Regime, ...]
    editions: tuple[Edition, ...]
    series_breaks: tuple[SeriesBreak, ...] = ()
    tiers: tuple[Tier, ...] = ()
    score_decimals: int = 2
    about: Text | None = None
    printed_parts: tuple[Printed, ...] = ()
    own_maximum: bool = False

    @property
    def family(self) -> str:
        """The code that blocks of units share which are ranked apart: `ddci` of `ddci.so`."""
        return self.code.partition(".")[0]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of all editions, oldest first."""
        return tuple(edition.year for edition in self.editions)

    def component(self, code: str) -> Component:
        """A component by its code; a Problem names the components there are."""
        found = next((item for item in self.components if item.code == code), None)
        if found is None:
            known = ", ".join(item.code for item in self.components)
            raise Problem(
                f"Chỉ số {self.name.vi} không có thành phần “{code}”. Các thành phần: {known}.",
                f"{self.name.en} has no component “{code}”. Its components: {known}.",
            )
        return found

    def edition(self, year: int) -> Edition:
        """The edition of a year; a Problem names the years there are."""
        found = self._edition_of.get(year)
        if found is None:
            known = spans(self.years)
            raise Problem(
                f"{self.name.vi} không có kỳ đánh giá năm {year}. Các kỳ đánh giá: {known}.",
                f"{self.name.en} has no edition of {year}. Its editions: {known}.",
            )
        return found

    def regime(self, year: int) -> Regime:
        """The regime in force in a year of an edition."""
        self.edition(year)
        return self._regime_of[year]

    # Looked up thousands of times by every question.
    @cached_property
    def _edition_of(self) -> dict[int, Edition]:
        return {item.year: item for item in self.editions}

    @cached_property
    def _regime_of(self) -> dict[int, Regime]:
        return {year: next(item for item in self.regimes if item.covers(year)) for year in self.years}

    def components_of(self, year: int) -> tuple[Component, ...]:
        """The components of an edition, without the total, in the publisher's order."""
        return tuple(self.component(code) for code in self.regime(year).components)

    def check_component(self, component: str, year: int) -> Component:
        """The component, if the edition of `year` has it; a Problem names those it has."""
        found = self.component(component)
        present = self.regime(year).components
        if component != OVERALL and component not in present:
            known = ", ".join((OVERALL, *present))
            raise Problem(
                f"{self.name.vi} {year} không có thành phần “{component}”. Năm ấy có: {known}.",
                f"{self.name.en} {year} has no component “{component}”. That year has: {known}.",
            )
        return found

    def overall_maximum(self, year: int) -> float:
        """The highest total possible in an edition."""
        maximum = self.regime(year).overall_maximum or self.component(OVERALL).maximum
        assert maximum is not None  # a definition file without one is refused
        return maximum

    def maximum(self, component: str, year: int) -> float | None:
        """The highest score possible on a component; None where the publisher's maximum is not known."""
        if component == OVERALL:
            return self.overall_maximum(year)
        maxima = self.regime(year).maxima
        return self.component(component).maximum if maxima is None else maxima.get(component)

    def weight(self, component: str, year: int) -> float | None:
        """The component's share of the total, 0 to 1; None where it is not known."""
        regime = self.regime(year)
        if regime.weights is not None:
            return regime.weights.get(component)
        points = (regime.maxima or {}).get(component)
        return None if points is None else points / self.overall_maximum(year)

    def unit_value(self, component: str, year: int, *, percent: bool = False) -> float | None:
        """Points of the total that one point of the component is worth; None where it is not known.

        `percent` is for a score given in per cent of the component's maximum (some PAR INDEX fields).
        """
        weight = self.weight(component, year)
        if not percent and self.regime(year).additive:
            return 1.0
        scale_end = 100.0 if percent else self.maximum(component, year)
        if weight is None or scale_end is None:
            return None
        return weight * self.overall_maximum(year) / scale_end

    def broken(self, component: str, before: int, after: int) -> SeriesBreak | None:
        """The first series break of a component between two editions of one regime."""
        return next(
            (
                item
                for item in self.series_breaks
                if before < item.year <= after and (not item.components or component in item.components)
            ),
            None,
        )

    def comparable(self, before: int, after: int) -> bool:
        """Whether scores of two editions can be held against each other: the same regime."""
        return self.regime(before).code == self.regime(after).code

    def previous(self, year: int) -> Edition | None:
        """The edition before, or None for the first."""
        return next((item for item in reversed(self.editions) if item.year < year), None)

    def with_edition(self, year: int) -> Index:
        """This index with an edition of `year` added on the pattern of its last one.

        For editions that people import before the definition knows them: the units of that year, the same
        regime if that is still in force, else a new one with the same components and unknown weights.
        """
        last = self.editions[-1]
        merged = last.unit_set == "63" and year >= MERGED
        edition = Edition(year, "34" if merged else last.unit_set, 34 if merged else last.units, last.announced)
        regimes = self.regimes
        if not any(item.covers(year) for item in regimes):
            regimes = (*regimes, Regime(str(year), year, regimes[-1].components))
        editions = sorted((*self.editions, edition), key=lambda item: item.year)
        return replace(self, editions=tuple(editions), regimes=regimes)


def looked_at(code: str, year: int) -> Index:
    """An index that nobody defined yet, for a look at a table of it: a total out of 100, any units."""
    name = Text(code.upper(), code.upper())
    return Index(
        code=code,
        position=0,
        name=name,
        full_name=name,
        publisher=name,
        component_word=Text("thành phần", "component"),
        target_group={"63": 1, "34": 1},
        announcements={"all": name},
        components=(Component(OVERALL, Text("Tổng điểm", "Total"), Text("Tổng điểm", "Total"), 0, 100),),
        regimes=(Regime(str(year), year, ()),),
        editions=(Edition(year, "63", ANY_COUNT, "all"),),
    )


def spans(years: Iterable[int]) -> str:
    """Years as people write them: `2005–2019, 2023`."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
