"""Titles on what goes with an outcome: figures of `analytics.drivers.effects` in, words out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from analytics.core.answer import Answer
from analytics.drivers.drivers_notes import FALSE_RATE
from dashboard.text import grammar, say
from dashboard.text.wording import Wording
from data import number
from data.definition import spans
from data.text import Language

Figures = Mapping[str, Any]
Row = Mapping[str, Any]

# Percentages of at least this are written without decimals; from this on, as a multiple.
_WHOLE = 0.10
_TIMES = 1.0
# A q-value below this has a third decimal.
_NEAR = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class DriversWording(Wording):
    """Words for an answer of `analytics.drivers.effects`, on one outcome."""

    PAGE: ClassVar[str] = "drivers"

    answer: Answer

    @property
    def figures(self) -> Figures:
        """The figures of the answer."""
        return self.answer.figures

    @property
    def section(self) -> bool:
        """Whether provinces are compared with each other in one year."""
        return bool(self.figures["method"] == "cross_section")

    @property
    def outcome(self) -> str:
        """The outcome inside a sentence."""
        return say(self.lang, f"drivers.result.{self.figures['outcome']}")

    def _given(self) -> dict[str, object]:
        """The outcome and what was observed."""
        figures = self.figures
        return Wording._given(self) | {
            "editions": spans(figures["editions"]),
            "years": spans(figures["years"]),
            "count": len(figures["years"]),
            "outcome": self.outcome,
            "words": self.words(self.answer.rows.height),
            "terms": self.answer.rows.height,
            "observations": number.whole(figures["observations"], self.lang),
            "units": figures["units"],
            "publisher": self.index.publisher.in_(self.lang),
        }


def percent(difference: float | None, lang: Language, *, signed: bool = True) -> str:
    """A difference of logarithms in per cent."""
    if difference is None:
        return number.MISSING
    share = math.expm1(difference)
    return f"{number.decimal(100 * share, 1 if abs(share) < _WHOLE else 0, lang, signed=signed)} %"


def q_value(value: float, lang: Language) -> str:
    """A q-value, with a third decimal where it is small."""
    return number.decimal(value, 3 if value < _NEAR else 2, lang)


def effects_title(wording: DriversWording) -> str:
    """Which components are associated with the outcome, and by how much; or that none is."""
    rows = wording.answer.rows
    if rows["estimate"].null_count() == rows.height:
        return wording.say("effects.nothing")
    called = rows.filter(pl.col("term").is_in(wording.figures["significant"])).to_dicts()
    if not called:
        return wording.say("effects.none")
    title = (
        _one(wording, called[0])
        if len(called) == 1
        else wording.say("effects.many", listed=_listed(wording, called))
    )
    again = [row["q_unbroken"] for row in called]
    if all(q is not None and q > FALSE_RATE for q in again):
        return wording.say("effects.lost", title=title)
    return title


def _one(wording: DriversWording, row: Row) -> str:
    share = math.expm1(row["estimate"])
    if share >= _TIMES:
        return wording.say(
            "effects.one_times",
            name=wording.component(row["term"]),
            times=number.decimal(1 + share, 1, wording.lang),
        )
    written = percent(row["estimate"], wording.lang, signed=False).removeprefix(number.MINUS)
    key = "more" if share > 0 else "less"
    return wording.say(f"effects.one_{key}", name=wording.component(row["term"]), share=written)


def _listed(wording: DriversWording, rows: list[dict[str, Any]]) -> str:
    said = [f"{wording.component(row['term'])} ({percent(row['estimate'], wording.lang)})" for row in rows]
    return grammar.listed(said, wording.lang, len(said))


def effects_subtitle(wording: DriversWording) -> str:
    """The observations: how many, of which units and years; and what the marks mean."""
    said = [wording.say("effects.subtitle_section" if wording.section else "effects.subtitle")]
    if wording.figures["unbroken_years"] is not None:
        said.append(wording.say("effects.subtitle_second", years=spans(wording.figures["unbroken_years"])))
    return "; ".join(said)


def verdict(skill: Figures | None) -> str:
    """Whether predictions are better than the naive guess, by the interval of their skill."""
    if skill is None or skill["skill"] is None or skill["low"] is None:
        return "unknown"
    return "better" if skill["low"] > 0 else "worse" if skill["high"] < 0 else "alike"


def skill_title(wording: DriversWording) -> str:
    """How much the scores help to predict the outcome."""
    skill = wording.figures["skill"]
    grouped = wording.say(f"skill.grouped_{verdict(skill['grouped'])}")
    if skill["forward"] is None:
        return wording.say("skill.title_one", grouped=grouped)
    forward = wording.say(f"skill.forward_{verdict(skill['forward'])}")
    return wording.say("skill.title_both", grouped=grouped, forward=forward)


def skill_subtitle(wording: DriversWording) -> str:
    """What skill is, and on which observations it was measured."""
    forward = wording.figures["skill"]["forward"]
    if forward is None:
        more = wording.say("skill.subtitle_one")
    else:
        more = wording.say("skill.subtitle_forward", years=spans(item["year"] for item in forward["years"]))
    return f"{wording.say('skill.subtitle')}; {more}"


def importance_title(wording: DriversWording) -> str:
    """The component that predictions depend on most; none where they have no skill."""
    top = wording.answer.rows.sort("importance", descending=True, nulls_last=True, maintain_order=True)
    if verdict(wording.figures["skill"]["grouped"]) != "better" or (top["importance"][0] or 0) <= 0:
        return wording.say("importance.title_none")
    return wording.say("importance.title", name=wording.component(top["term"][0]))
