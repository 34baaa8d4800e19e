"""What goes with an outcome, in words: figures of `analytics.drivers` in, titles out, in either language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.drivers.drivers_notes import FALSE_RATE
from dashboard.text import grammar, say
from data import number
from data.definition import Index, spans
from data.text import Language

Figures = Mapping[str, Any]
Row = Mapping[str, Any]

# From here on a percentage needs no decimal; from there on it is said as so many times as much.
_WHOLE = 0.10
_TIMES = 1.0
# A q-value that is near the line is written out.
_NEAR = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """An answer of `analytics.drivers`, of which index and outcome."""

    answer: Answer
    index: Index
    lang: Language

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

    def name(self, code: str) -> str:
        """A component's name."""
        return self.index.component(code).name.in_(self.lang)

    def say(self, key: str, **values: object) -> str:
        """A text of this part, which may name the index, the outcome and what was observed."""
        figures = self.figures
        given: dict[str, object] = {
            "index": self.index.name.in_(self.lang),
            "editions": spans(figures["editions"]),
            "years": spans(figures["years"]),
            "count": len(figures["years"]),
            "outcome": self.outcome,
            "word": self.index.component_word.in_(self.lang),
            "words": grammar.component_words(self.index, self.answer.rows.height, self.lang),
            "terms": self.answer.rows.height,
            "observations": number.whole(figures["observations"], self.lang),
            "units": figures["units"],
            "publisher": self.index.publisher.in_(self.lang),
        }
        return say(self.lang, f"drivers.{key}", **(given | values))


def percent(difference: float | None, lang: Language, *, signed: bool = True) -> str:
    """A difference of logarithms as the per cent that it is."""
    if difference is None:
        return number.MISSING
    share = math.expm1(difference)
    return f"{number.decimal(100 * share, 1 if abs(share) < _WHOLE else 0, lang, signed=signed)} %"


def q_value(value: float, lang: Language) -> str:
    """A q-value, with a third decimal where it is small."""
    return number.decimal(value, 3 if value < _NEAR else 2, lang)


def effects_title(study: Study) -> str:
    """Which components go with the outcome, and by how much; or that none does."""
    rows = study.answer.rows
    if rows["estimate"].null_count() == rows.height:
        return study.say("effects.nothing")
    called = rows.filter(pl.col("term").is_in(study.figures["significant"])).to_dicts()
    if not called:
        return study.say("effects.none")
    title = (
        _one(study, called[0]) if len(called) == 1 else study.say("effects.many", listed=_listed(study, called))
    )
    again = [row["q_unbroken"] for row in called]
    if all(q is not None and q > FALSE_RATE for q in again):
        return study.say("effects.lost", title=title)
    return title


def _one(study: Study, row: Row) -> str:
    share = math.expm1(row["estimate"])
    if share >= _TIMES:
        return study.say(
            "effects.one_times", name=study.name(row["term"]), times=number.decimal(1 + share, 1, study.lang)
        )
    written = percent(row["estimate"], study.lang, signed=False).removeprefix(number.MINUS)
    key = "more" if share > 0 else "less"
    return study.say(f"effects.one_{key}", name=study.name(row["term"]), share=written)


def _listed(study: Study, rows: list[dict[str, Any]]) -> str:
    said = [f"{study.name(row['term'])} ({percent(row['estimate'], study.lang)})" for row in rows]
    return grammar.listed(said, study.lang, len(said))


def effects_subtitle(study: Study) -> str:
    """How many observations, of whom and when, and what is drawn."""
    said = [study.say("effects.subtitle_section" if study.section else "effects.subtitle")]
    if study.figures["unbroken_years"] is not None:
        said.append(study.say("effects.subtitle_second", years=spans(study.figures["unbroken_years"])))
    return "; ".join(said)


def verdict(skill: Figures | None) -> str:
    """Whether a guess is better than the naive one, as far as its interval tells."""
    if skill is None or skill["skill"] is None or skill["low"] is None:
        return "unknown"
    return "better" if skill["low"] > 0 else "worse" if skill["high"] < 0 else "alike"


def skill_title(study: Study) -> str:
    """The plain sentence: what knowing the scores is good for."""
    skill = study.figures["skill"]
    grouped = study.say(f"skill.grouped_{verdict(skill['grouped'])}")
    if skill["forward"] is None:
        return study.say("skill.title_one", grouped=grouped)
    forward = study.say(f"skill.forward_{verdict(skill['forward'])}")
    return study.say("skill.title_both", grouped=grouped, forward=forward)


def skill_subtitle(study: Study) -> str:
    """What skill is, and on what it was tried."""
    forward = study.figures["skill"]["forward"]
    if forward is None:
        more = study.say("skill.subtitle_one")
    else:
        more = study.say("skill.subtitle_forward", years=spans(item["year"] for item in forward["years"]))
    return f"{study.say('skill.subtitle')}; {more}"


def importance_title(study: Study) -> str:
    """Which component the guesses lean on most; none, where they are no good."""
    top = study.answer.rows.sort("importance", descending=True, nulls_last=True, maintain_order=True)
    if verdict(study.figures["skill"]["grouped"]) != "better" or (top["importance"][0] or 0) <= 0:
        return study.say("importance.title_none")
    return study.say("importance.title", name=study.name(top["term"][0]))
