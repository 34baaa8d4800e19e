"""The way into the target group in words: figures in, true sentences out, in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.standing.gap_history import THRESHOLD, gaps
from analytics.standing.standing import Distance
from dashboard.text import grammar, overview, say
from data import number
from data.definition import OVERALL, Index
from data.text import Language

Figures = Mapping[str, Any]
# Skill within ± 2 % is neither better nor worse (`analytics.backtest`): one edition moves it by as much.
ALIKE = 0.02


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose way it is, into which group, and how scores are written."""

    index: Index
    year: int
    name: str
    top: int
    lang: Language

    @property
    def edition(self) -> str:
        """`PCI 2023`."""
        return overview.edition(self.index, self.year, self.lang)

    def say(self, key: str, **values: object) -> str:
        """A text of the page, which may name the province, the group and the edition."""
        given = {"name": self.name, "top": self.top, "edition": self.edition}
        return say(self.lang, f"target.{key}", **(given | values))

    def points(self, value: float | None, *, signed: bool = False) -> str:
        """Points with the index's decimals."""
        return number.decimal(value, self.index.score_decimals, self.lang, signed=signed)

    def words(self, count: int) -> str:
        """The index's word for so many components."""
        return grammar.component_words(self.index, count, self.lang)


def standing(figures: Figures, subject: Subject) -> str:
    """The rank that is shown."""
    rank = figures["rank"] if figures["published_rank"] is None else figures["published_rank"]
    if rank is None:
        return subject.say("no_rank")
    return grammar.capital(number.standing(rank, figures["of"], subject.lang))


def heading(figures: Figures, subject: Subject) -> tuple[str, str]:
    """The title of the page and the sentence below it."""
    title = subject.say("title_inside" if figures["inside"] else "title_outside")
    known = {"standing": standing(figures, subject), "score": subject.points(figures["score"])}
    if figures["threshold"] is not None:
        key = "below_inside" if figures["inside"] else "below_outside"
        return title, subject.say(key, threshold=subject.points(figures["threshold"]), **known)
    low, high = figures["threshold_low"], figures["threshold_high"]
    if low is None or high is None:
        return title, subject.say("below_unknown", **known)
    return title, subject.say("below_bracket", low=subject.points(low), high=subject.points(high), **known)


def chart_title(rows: pl.DataFrame, unit: str | None, subject: Subject) -> str:
    """How far from the threshold in the edition looked at, and in the one before where they can be compared."""
    known = gaps(rows, subject.index, unit) if unit else pl.DataFrame(schema={"year": pl.Int16})
    here = known.filter(year=subject.year)
    if here.is_empty():
        return _threshold_title(rows, unit, subject)
    gap = float(here["gap"][0])
    side = _side(gap, subject)
    said = subject.say(f"chart.title_{side}", gap=subject.points(abs(gap)))
    before = subject.index.previous(subject.year)
    then = known.filter(year=before.year) if before else known.clear()
    if before is None or then.is_empty() or not _comparable(subject, before.year):
        return said
    was = float(then["gap"][0])
    key = "chart.then_above" if was < 0 else "chart.then_below"
    return f"{said}; {subject.say(key, year=before.year, gap=subject.points(abs(was)))}"


def _threshold_title(rows: pl.DataFrame, unit: str | None, subject: Subject) -> str:
    """The threshold of the edition alone, or its bounds, with our own score beside it."""
    line = rows.filter(~pl.col("dashed").fill_null(False), year=subject.year)
    at = line.filter(unit=THRESHOLD)
    if at.is_empty():
        said = subject.say("chart.title_unknown")
    elif at["score"][0] is not None:
        said = subject.say("chart.title_threshold", score=subject.points(at["score"][0]))
    else:
        ends = {"low": subject.points(at["low"][0]), "high": subject.points(at["high"][0])}
        said = subject.say("chart.title_bracket", **ends)
    own = line.filter(unit=unit or "")
    if own.is_empty():
        return said
    return subject.say("chart.title_own", title=said, score=subject.points(own["score"][0]))


def _side(gap: float, subject: Subject) -> str:
    if not subject.points(abs(gap)).strip("0,."):
        return "at"
    return "outside" if gap > 0 else "inside"


def _comparable(subject: Subject, before: int) -> bool:
    index = subject.index
    return index.comparable(before, subject.year) and index.broken(OVERALL, before, subject.year) is None


def chart_subtitle(rows: pl.DataFrame, subject: Subject) -> str:
    """What is measured, and what each kind of line and point means, as far as they are met."""
    said = [subject.say("chart.subtitle", index=subject.index.name.in_(subject.lang))]
    drawn = rows.drop_nulls("score")
    if drawn["regime"].n_unique() > 1:
        said.append(subject.say("chart.regimes"))
    if drawn["dashed"].any():
        said.append(subject.say("chart.dashed"))
    if (drawn["score_status"].cast(pl.String) != "published").any():
        said.append(subject.say("chart.hollow"))
    if rows["low"].count():
        said.append(subject.say("chart.bars"))
    return "; ".join(said)


def gap_title(figures: Figures, distance: Distance | None, subject: Subject) -> str:
    """Whether one edition is enough, and how many it takes where it isn't."""
    if figures["inside"]:
        return subject.say("gap.title_inside")
    if figures["need"] is None:
        by = overview.points(distance, subject.index.score_decimals, subject.lang) if distance else None
        return subject.say("gap.title_bracket", distance=by) if by else subject.say("gap.title_unknown")
    if figures["within_one_edition"] is None:
        return subject.say("gap.title_unknown")
    if figures["within_one_edition"]:
        return subject.say("gap.title_one", need=subject.points(figures["need"]))
    if figures["editions"] is None:
        return subject.say("gap.title_far")
    return subject.say("gap.title_many", editions=grammar.editions(figures["editions"], subject.lang))


def gap_sentences(figures: Figures, subject: Subject) -> list[str]:
    """How usual such a gain is, and where the margin comes from."""
    if figures["inside"]:
        return []
    if figures["need"] is None:
        bounded = figures["threshold_low"] is not None or figures["threshold_high"] is not None
        return [subject.say("gap.bracket")] if bounded else []
    said = []
    if figures["within_one_edition"] and figures["gain_share"] is not None:
        share = number.decimal(100 * figures["gain_share"], 0, subject.lang)
        said.append(subject.say("gap.pace_one", share=share))
    elif figures["step"] is not None:
        said.append(subject.say("gap.pace_many", step=subject.points(figures["step"])))
    basis = figures["margin_basis"]
    said.append(subject.say(f"gap.margin_{basis}"))
    return said


def odds_title(p: float, inside: bool, subject: Subject) -> str:
    """The chance without a plan."""
    key = "odds.title_inside" if inside else "odds.title"
    return subject.say(key, p=grammar.chance(p, subject.lang))


def verdict(skill: float | None) -> str:
    """Against the base rates: `better`, `alike`, or `worse`, which means no better."""
    if skill is None or abs(skill) <= ALIKE:
        return "alike"
    return "better" if skill > 0 else "worse"


def skill(value: float | None, lang: Language) -> str:
    """Skill in per cent, signed."""
    return number.decimal(None if value is None else 100 * value, 1, lang, signed=True)


def trust(figures: Figures | None, subject: Subject) -> str:
    """How far the odds can be trusted, by the figures of `analytics.backtest`."""
    if figures is None:
        return subject.say("odds.untested")
    return subject.say(f"odds.{verdict(figures['skill'])}", skill=skill(figures["skill"], subject.lang))


def routes_title(routes: Mapping[str, Figures], need: float, subject: Subject) -> str:
    """How many different routes there are, and over how few and how many components."""
    counts = [route["components"] for route in routes.values()]
    values = {"count": len(routes), "need": subject.points(need), "least": min(counts), "most": max(counts)}
    key = "routes.title_one" if len(routes) == 1 else "routes.title"
    if len(routes) > 1 and min(counts) == max(counts):
        key = "routes.title_same"
    return subject.say(key, word=subject.words(max(counts)), **values)


def route_facts(route: Figures, subject: Subject) -> str:
    """How many components, at what effort, and how often the hardest step was made."""
    said = [
        subject.say("routes.components", count=route["components"], word=subject.words(route["components"])),
        subject.say("routes.effort", effort=number.decimal(route["effort"], 1, subject.lang)),
        subject.say("routes.hardest", share=number.decimal(100 * route["share"], 0, subject.lang)),
    ]
    return "; ".join(said)
