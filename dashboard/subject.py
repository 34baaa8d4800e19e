"""The subject of pages, documents and commands: a unit on an index in an edition, and the answers on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import polars as pl

from analytics.change.change import change
from analytics.core.answer import Answer
from analytics.core.asker import Asker, answer_or_reason
from analytics.core.history import history
from analytics.core.ranking import density, ranking
from analytics.path.backtest import backtest
from analytics.path.odds import OddsByGain
from analytics.path.outlook import Outlook, chance, outlook
from analytics.path.precedent import precedent
from analytics.path.simulation import odds_by_gain
from analytics.path.target import target
from analytics.path.target_path import TargetPath, target_path
from analytics.path.threshold import Percentile
from analytics.standing.comparison import comparison
from analytics.standing.noise_band import noise_band
from analytics.standing.pareto_peers import pareto_peers
from analytics.standing.peers import peers, region_of
from analytics.standing.profile import nearest_profile, orders
from analytics.standing.standing import Distance, distance
from analytics.weakness.agency import Agency, agencies
from analytics.weakness.disagreement import Disagreement, disagreement
from analytics.weakness.indicators import indicators
from analytics.weakness.strengths import Strengths, strengths
from analytics.weakness.weakness import Against, weakness
from dashboard.charts.theme import Mode
from dashboard.text.change import ChangeWording
from dashboard.text.target import TargetWording
from dashboard.text.weaknesses import WeaknessWording, reference
from dashboard.text.wording import Wording
from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.names import set_of
from data.text import Language, Problem, Text

P = ParamSpec("P")
T = TypeVar("T")

Behind = Literal["region", "peers"]

# Precedents are looked for on so many components: a conference discusses no more.
_LARGEST_GAPS = 3


@dataclass(frozen=True, eq=False)
class Subject:
    """A unit on an index in an edition, what it is compared with, and the answers to the questions on it.

    Pages make one from their context, documents from a specification, commands from their arguments; figures and
    documents are made of it and of nothing else. Each question is asked once, when its answer is first needed, and
    the answer is kept; it is None where `analytics` raises Problem.

    asker: Answers the questions, from the session's kept answers or plainly (`analytics.core.asker`).
    unit: A unit's code; empty where none is chosen.
    index, year: An index and the year of one of its editions.
    lang, mode: The language of words, and whether charts are drawn light or dark.
    component: The component that rankings, trends and forecasts are of; the total by default.
    against: The reference that gaps are measured against (`analytics.weakness.weakness`).
    top: The size of the target group; None for the definition's.
    margin: The rise of the threshold that a path aims above it (`analytics.path.threshold`).
    peers: The units to compare with; empty for the ten most like it.
    behind: Which units a figure draws in the background: a region's, the peers, or none.
    region: The code of that region; None for the unit's own.
    comparators: The units that a figure draws beside it by name.
    through: The last edition that a history shows; None for the newest.
    """

    asker: Asker
    unit: str
    index: Index
    year: int
    lang: Language
    mode: Mode = "light"
    component: str = OVERALL
    against: Against = "target"
    top: int | None = None
    margin: Percentile = "median"
    peers: tuple[str, ...] = ()
    behind: Behind | None = "region"
    region: str | None = None
    comparators: tuple[str, ...] = ()
    through: int | None = None

    def __post_init__(self) -> None:
        """Raises Problem for a year without an edition."""
        self.index.edition(self.year)

    @property
    def frames(self) -> Frames:
        """The data."""
        return self.asker.frames

    @cached_property
    def name(self) -> str:
        """The unit's name; empty where none is chosen."""
        return self.name_of(self.unit) if self.unit else ""

    def name_of(self, unit: str) -> str:
        """The name of any unit."""
        return self.asker.names.name(unit).in_(self.lang)

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.index.edition(self.year)

    @property
    def group_size(self) -> int:
        """How many are in the target group; 0 where the definition names none for the edition's units."""
        return self.top or self.index.target_group.get(self.edition.unit_set, 0)

    @cached_property
    def city(self) -> bool:
        """Whether it is a city under the central government, whose agencies are named after it."""
        return bool(self.asker.ask(_unit, self.unit)["is_city"])

    @cached_property
    def own_region(self) -> str | None:
        """The code of its region; None where no unit is chosen."""
        return self.asker.ask(_unit, self.unit).get("region")

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        """The names of the regions of its unit set, by code, in the official order."""
        return self.asker.ask(_region_names, set_of(self.unit) or self.edition.unit_set, self.lang)

    @property
    def region_name(self) -> str:
        """The name of its region; empty where no unit is chosen."""
        return self.region_names[self.own_region] if self.own_region else ""

    @cached_property
    def wording(self) -> Wording:
        """The names and number formats of any sentence on it."""
        return Wording(self.index, self.year, self.name, self.lang)

    @cached_property
    def target_wording(self) -> TargetWording:
        """Those of sentences on the target group."""
        return TargetWording(self.index, self.year, self.name, self.lang, self.group_size)

    @cached_property
    def weakness_wording(self) -> WeaknessWording:
        """Those of sentences on weaknesses and gaps; its reference is empty without a `weakness`."""
        named = "" if self.weakness is None else reference(self.weakness, self.region_name, self.lang)
        return WeaknessWording(self.index, self.year, self.name, self.lang, named)

    @cached_property
    def change_wording(self) -> ChangeWording | None:
        """Those of sentences on the change since the edition before; None without a `change`."""
        if self.change is None:
            return None
        return ChangeWording(self.index, self.year, self.name, self.lang, self.change)

    def nearest(self) -> Subject:
        """The same in the nearest edition with a figure of the unit; of two equally near, in the earlier one."""
        years: list[int] = self.totals["year"].to_list()
        return replace(self, year=min(years, key=lambda year: (abs(year - self.year), year), default=self.year))

    def on(self, index: Index) -> Subject:
        """The same on another index, in its newest edition with a figure of the unit."""
        if index.code == self.index.code:
            return self
        newest = replace(self, index=index, year=index.years[-1])
        return replace(newest, year=max(newest.totals["year"].to_list(), default=newest.year))

    def ordered(self) -> Subject | None:
        """The same in an edition of the 34 of which only the order on its components is known.

        The edition asked for, else the newest there is, of this index or another; None where there is none.
        """
        newer = [
            replace(self, index=index, year=item.year)
            for index in self.frames.indices.values()
            for item in reversed(index.editions)
            if item.unit_set == "34"
        ]
        found = (it for it in (self, *newer) if not self.ask(orders, it.index.code, it.year).is_empty())
        return next(found, None)

    @cached_property
    def history(self) -> Answer:
        """Its total and components in every edition (`analytics.core.history`), also those after `through`."""
        return self.ask(history, self.unit, self.index.code)

    @cached_property
    def totals(self) -> pl.DataFrame:
        """Its totals in the editions up to `through`, oldest first: rows of `analytics.core.history`."""
        rows = self.ask(history, self.unit, self.index.code, OVERALL).rows
        return rows if self.through is None else rows.filter(pl.col("year") <= self.through)

    @cached_property
    def row(self) -> Mapping[str, Any] | None:
        """The edition's row of `totals`; None where there is none."""
        return next(self.totals.filter(year=self.year).iter_rows(named=True), None)

    @cached_property
    def figures(self) -> Mapping[tuple[str, int], Mapping[str, Any]]:
        """The rows of its `history` by component and year."""
        return {(row["component"], row["year"]): row for row in self.history.rows.iter_rows(named=True)}

    @cached_property
    def ranking(self) -> Answer:
        """The ranking of all units by the total (`analytics.core.ranking`)."""
        return self.ask(ranking, self.index.code, self.year, OVERALL)

    @cached_property
    def region_units(self) -> list[str]:
        """The units of its region that there were in the edition's year, itself first."""
        return [self.unit, *self.ask(region_of, self.unit, self.year)]

    @cached_property
    def nearest_peers(self) -> Answer | None:
        """The units most like it (`analytics.standing.peers`)."""
        return self.known(peers, self.unit, self.year)

    @cached_property
    def peer_units(self) -> tuple[str, ...]:
        """The units it is compared with: `peers`, else `nearest_peers`; empty where there are neither."""
        if self.peers or self.nearest_peers is None:
            return self.peers
        return tuple(self.nearest_peers.rows["unit"])

    @cached_property
    def pareto_peers(self) -> Answer | None:
        """The units no richer that are ahead wherever it is weak (`analytics.standing.pareto_peers`)."""
        return self.known(pareto_peers, self.unit, self.index.code, self.year)

    @property
    def region_ranked(self) -> tuple[str, int] | None:
        """Its region's name and how many units are ranked in that; None where none is."""
        ranked = self.ranked(self.region_units)["rank_in_region"].count()
        return (self.region_name, ranked) if ranked else None

    def ranked(self, units: Collection[str]) -> pl.DataFrame:
        """The rows of some units in the ranking, best first."""
        return self.ranking.rows.filter(pl.col("unit").is_in(list(units)))

    @cached_property
    def comparison(self) -> Answer | None:
        """Its components and total beside the median, in the edition and the one before (`comparison`)."""
        return self.known(comparison, self.unit, self.index.code, self.year)

    @cached_property
    def distance(self) -> Distance | None:
        """How far it is from the target group, in points of the total and in places (`analytics.standing`)."""
        return self.ask(distance, self.index.code, self.year, self.unit, self.top)

    @cached_property
    def noise_band(self) -> Answer | None:
        """How far units must be apart to be told from equals (`analytics.standing.noise_band`)."""
        return self.known(noise_band, self.index.code, self.year, self.top)

    @property
    def noise_points(self) -> float | None:
        """The points that two units of the edition must differ by; None where that is not known."""
        return None if self.noise_band is None else float(self.noise_band.figures["difference"])

    @cached_property
    def density(self) -> dict[str, Any] | None:
        """How many units have nearly its score, and how many ranks a few tenths of a point are worth."""
        return self.ask(density, self.index.code, self.year, self.unit, OVERALL)

    @cached_property
    def profile(self) -> Answer | None:
        """Its components beside the median, in the edition or the newest that has any; None where none has."""
        return self.ask(nearest_profile, self.index.code, self.year, self.unit)

    @cached_property
    def strengths(self) -> Strengths | None:
        """Its weakest and strongest components (`analytics.weakness.strengths`)."""
        return self.ask(strengths, self.unit, self.index.code, self.year)

    @cached_property
    def weakness(self) -> Answer | None:
        """Its components by score, rank and gap to the reference (`analytics.weakness.weakness`)."""
        return None if isinstance(self._weakness, Text) else self._weakness

    @property
    def no_weakness(self) -> Text | None:
        """Why there is no `weakness`."""
        return self._weakness if isinstance(self._weakness, Text) else None

    @cached_property
    def _weakness(self) -> Answer | Text:
        chosen = self.peers if self.against == "peers" else ()
        return self._answered(weakness, self.unit, self.index.code, self.year, self.against, self.top, chosen)

    @cached_property
    def disagreement(self) -> Disagreement:
        """Why the components lowest by score, by rank and by gap differ (`analytics.weakness.disagreement`)."""
        return self.ask(disagreement, self.unit, self.index.code, self.year, self.against, self.top)

    @cached_property
    def indicators(self) -> Answer | None:
        """The indicators of all components (`analytics.weakness.indicators`)."""
        return self.known(indicators, self.unit, self.index.code, self.year)

    def indicators_of(self, component: str) -> Answer | Text:
        """The indicators below a component, or why there are none."""
        return self._answered(indicators, self.unit, self.index.code, self.year, component)

    @cached_property
    def largest_gaps(self) -> tuple[str, ...]:
        """The components furthest behind the reference in points of the total, at most three."""
        if self.weakness is None:
            return ()
        behind = self.weakness.rows.filter(pl.col("weighted_gap") > 0)
        ordered = behind.sort("weighted_gap", descending=True, maintain_order=True)
        return tuple(ordered["component"].head(_LARGEST_GAPS))

    @cached_property
    def precedents(self) -> Mapping[str, Answer]:
        """By component of `largest_gaps`: which units gained as much as it is behind."""
        gaps = {} if self.weakness is None else dict(self.weakness.rows.select("component", "gap").iter_rows())
        found = {code: self.precedent(code, float(gaps[code])) for code in self.largest_gaps}
        return {code: answer for code, answer in found.items() if answer is not None}

    def precedent(self, component: str, gain: float | None) -> Answer | None:
        """Which units gained so much on a component from a similar level (`analytics.path.precedent`)."""
        return self.known(precedent, self.unit, self.index.code, self.year, component, gain)

    @cached_property
    def target(self) -> Answer | None:
        """Threshold, routes and odds (`analytics.path.target`)."""
        return self.known(target, self.unit, self.index.code, self.year, self.top, self.margin)

    @cached_property
    def target_path(self) -> TargetPath | None:
        """Its path to the target group, by an interim target where needed (`analytics.path.target_path`)."""
        return self.known(target_path, self.unit, self.index.code, self.year, self.top, self.margin)

    @property
    def planned(self) -> Answer | None:
        """The path whose routes are within the pace of the best tenth: to the target group, or a nearer one."""
        return None if self.target_path is None else self.target_path.next_step

    @cached_property
    def odds_by_gain(self) -> OddsByGain | Text:
        """Its chance to be in the target group in the next edition for any gain, or why there is none."""
        return self.ask(odds_by_gain, self.unit, self.index.code, self.year, self.top)

    @cached_property
    def agencies(self) -> Mapping[str, Agency]:
        """Which agency leads each component (`analytics.weakness.agency`)."""
        return self.ask(agencies, self.index.code)

    @cached_property
    def change(self) -> Answer | None:
        """What moved total and rank since the edition before (`analytics.change.change`)."""
        return self.known(change, self.unit, self.index.code, self.year)

    @cached_property
    def outlook(self) -> Outlook | Text:
        """Every unit's chance to be in the target group in the next edition, or why there is none."""
        chosen = () if self.top is None else (self.top,)
        return self.ask(outlook, self.index.code, self.year, *chosen)

    @cached_property
    def chance(self) -> float | Text:
        """Its chance to be in the target group in the next edition (0 to 1), or why there is none."""
        return chance(self.frames, self.unit, self.index.code, self.year, self.outlook)

    @property
    def backtest_question(self) -> tuple[Callable[[Frames, str, int | None], Answer], str, int | None]:
        """The question how good past chances were, and its arguments: it takes a second to answer."""
        top = self.top
        if top is None and not isinstance(self.outlook, Text):
            top = self.outlook.top
        return backtest, self.index.code, top

    def backtest(self) -> Answer | None:
        """How good past chances were (`analytics.path.backtest`); None where none can be tested."""
        question, index, top = self.backtest_question
        try:
            return self.ask(question, index, top)
        except Problem:
            return None

    def ask(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to any question; raises Problem where it is refused."""
        return self.asker.ask(question, *args, **kwargs)

    def known(self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """The answer to any question; None where it is refused."""
        found = self._answered(question, *args, **kwargs)
        return None if isinstance(found, Text) else found

    def _answered(
        self, question: Callable[Concatenate[Frames, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | Text:
        """The answer, or the sentence with which it is refused: that is kept like an answer."""
        found: T | Text = self.asker.ask(answer_or_reason, question, *args, **kwargs)
        return found


def _unit(frames: Frames, unit: str) -> Mapping[str, Any]:
    """The row of a unit; empty where none is chosen."""
    return next(frames.unit.filter(unit=unit).iter_rows(named=True), {})


def _region_names(frames: Frames, unit_set: str, lang: Language) -> Mapping[str, str]:
    return dict(frames.region.filter(unit_set=unit_set).select("region", f"name_{lang}").iter_rows())
