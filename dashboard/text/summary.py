"""The overview's summary in words: strengths, weaknesses, why the rank moved, the chance to lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.core.answer import Answer
from analytics.core.caveats import equal_weights
from analytics.core.edition import no_components
from analytics.standing.standing import Distance
from analytics.weakness.strengths import LEVEL, Strengths
from dashboard.text import grammar, overview, say
from dashboard.text.findings import change
from dashboard.text.findings.standing import distance_points
from dashboard.text.target import TargetWording, odds_title
from data import number
from data.definition import Index
from data.text import Language, Text

Row = Mapping[str, Any]


def strengths_titles(found: Strengths, index: Index, lang: Language) -> tuple[str, str]:
    """The headings of the weakest and the strongest components, by what they are ordered by."""
    weak, strong = "weak", "strong"
    if found.by != "gap":
        weak, strong = f"weak_{found.by}", f"strong_{found.by}"
    elif behind := sum(row["weighted_gap"] >= LEVEL for row in found.strong):
        # What is behind the leading group is no strength, however good it is among the others.
        strong = "strong_behind" if behind == len(found.strong) else "strong_mixed"
    return say(lang, f"overview.strengths.{weak}"), say(lang, f"overview.strengths.{strong}")


def strengths_measure(found: Strengths, index: Index, lang: Language) -> str:
    """What the figures beside the components measure, in which edition, and for how many components."""
    said = say(
        lang,
        f"overview.strengths.measure_{found.by}",
        edition=overview.edition(index, found.year, lang),
        top=found.top,
        word=index.component_word.in_(lang),
    )
    if found.by == "gap" and equal_weights(index, found.year):
        said = say(lang, "overview.strengths.assumed", said=said)
    if found.known == found.of:
        return said
    word = grammar.component_words(index, found.of, lang)
    return say(lang, "overview.strengths.partial", said=said, known=found.known, of=found.of, word=word)


def amount(row: Row, found: Strengths, index: Index, lang: Language) -> str:
    """The figure beside a component: points of the total ahead (+) or behind (−), the rank, or the score."""
    if found.by == "gap":
        return number.decimal(-row["weighted_gap"], index.score_decimals, lang, signed=True)
    if found.by == "rank":
        place = next(row[key] for key in ("published_rank", "rank", "order") if row[key] is not None)
        return number.standing(int(place), row["of"], lang)
    return number.decimal(row["score"], index.score_decimals, lang)


def direction(row: Row, found: Strengths) -> str:
    """Whether a component is ahead (`better`) or behind (`worse`); empty where gaps are not what is measured."""
    if found.by != "gap" or abs(row["weighted_gap"]) < LEVEL:
        return ""
    return "worse" if row["weighted_gap"] > 0 else "better"


def no_weakness(found: Strengths, index: Index, lang: Language) -> str:
    """The sentence that no component is behind the target group."""
    return say(lang, "overview.strengths.none", top=found.top, word=index.component_word.in_(lang))


def no_strengths(index: Index, name: str, year: int, lang: Language) -> str:
    """Why neither strengths nor weaknesses can be shown."""
    without = no_components(index, year)
    if without is not None:
        return without.in_(lang)
    named = {"name": name, "index": index.name.in_(lang), "word": index.component_word.in_(lang)}
    return say(lang, "overview.strengths.unknown", **named)


def why(index: Index, name: str, year: int, answer: Answer | None, lang: Language) -> str:
    """Why the rank changed, in a sentence; `answer` of `analytics.change`, None where it has none."""
    before = index.previous(year)
    now = overview.edition(index, year, lang)
    if before is None or before.unit_set != index.edition(year).unit_set:
        return say(lang, "overview.neighbours_first", now=now)
    if answer is None or answer.figures["rank_change"] is None:
        then = overview.edition(index, before.year, lang)
        return say(lang, "overview.why.unknown", name=name, before=then, now=now)
    reason = change.reason(index, name, answer, lang)
    if reason is not None:
        return reason
    moved = say(
        lang,
        f"documents.reason.{grammar.direction(answer.figures['rank_change'], 0)}",
        name=name,
        index=index.name.in_(lang),
        before=answer.figures["previous_year"],
        places=grammar.places(answer.figures["rank_change"], lang),
    )
    return f"{moved}. {say(lang, 'documents.unknown.split')}"


def odds(p: float | Text, found: Distance | None, wording: TargetWording) -> tuple[str, str]:
    """The title and text of the odds: the chance, or that there is none and why."""
    if isinstance(p, Text):
        return wording.say("odds.none"), p.in_(wording.lang)
    return odds_title(p, bool(found and found.inside), wording), ""


def short_distance(found: Distance, places: int, lang: Language, noise: float | None = None) -> str:
    """`Cách nhóm 15: 1,58 điểm, 12 bậc, trong biên độ ngẫu nhiên ±2,09`: the last where `noise` is as wide."""
    apart = _short_points(found, places, lang)
    steps = None if found.places is None else grammar.places(found.places, lang)
    by = ", ".join(filter(None, (apart, steps)))
    side = "unknown" if found.inside is None or not by else "inside" if found.inside else "outside"
    said = say(lang, f"overview.short.{side}", top=found.top, by=by)
    if noise is None or found.points is None or abs(found.points) > noise:
        return said
    return say(lang, "overview.short.noise", said=said, noise=number.decimal(noise, places, lang))


def _short_points(found: Distance, places: int, lang: Language) -> str | None:
    if found.points is None and found.low is not None and found.high is not None:
        low, high = (number.decimal(end, places, lang) for end in (found.low, found.high))
        return say(lang, "documents.unit.points", amount=f"{low}–{high}")
    return distance_points(found, places, lang)
