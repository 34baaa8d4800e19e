"""Sentences on the target group: figures in, words out, in either language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from analytics.core.answer import Answer
from analytics.path.backtest import verdict
from analytics.path.threshold import UPPER_PERCENTILE
from analytics.standing.gap_history import THRESHOLD, gaps
from analytics.standing.standing import Distance
from dashboard.text import grammar
from dashboard.text.findings.standing import distance_points
from dashboard.text.wording import Wording
from data import number
from data.definition import OVERALL, spans
from data.text import Language

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TargetWording(Wording):
    """Words for the target group of the first `top`."""

    PAGE: ClassVar[str] = "target"

    top: int

    def _given(self) -> dict[str, object]:
        return Wording._given(self) | {"top": self.top}


def standing(figures: Figures, wording: TargetWording) -> str:
    """The rank that is shown."""
    rank = figures["rank"] if figures["published_rank"] is None else figures["published_rank"]
    if rank is None:
        return wording.say("no_rank")
    return grammar.capital(number.standing(rank, figures["of"], wording.lang))


def heading(figures: Figures, wording: TargetWording) -> tuple[str, str]:
    """The title of the page and the sentence below it."""
    title = wording.say("title_inside" if figures["inside"] else "title_outside")
    known = {"standing": standing(figures, wording), "score": wording.points(figures["score"])}
    if figures["threshold"] is not None:
        key = "below_inside" if figures["inside"] else "below_outside"
        return title, wording.say(key, threshold=wording.points(figures["threshold"]), **known)
    low, high = figures["threshold_low"], figures["threshold_high"]
    if low is None or high is None:
        return title, wording.say("below_unknown", **known)
    return title, wording.say("below_bracket", low=wording.points(low), high=wording.points(high), **known)


def chart_title(rows: pl.DataFrame, unit: str | None, wording: TargetWording) -> str:
    """The gap to the threshold in the edition, and in the one before where the two can be compared."""
    known = gaps(rows, wording.index, unit) if unit else pl.DataFrame(schema={"year": pl.Int32})
    here = known.filter(year=wording.year)
    if here.is_empty():
        return _threshold_title(rows, unit, wording)
    gap = float(here["gap"][0])
    side = _side(gap, wording)
    said = wording.say(f"chart.title_{side}", gap=wording.points(abs(gap)))
    before = wording.index.previous(wording.year)
    then = known.filter(year=before.year) if before else known.clear()
    if before is None or then.is_empty() or not _comparable(wording, before.year):
        return said
    was = float(then["gap"][0])
    key = "chart.then_above" if was < 0 else "chart.then_below"
    return f"{said}; {wording.say(key, year=before.year, gap=wording.points(abs(was)))}"


def _threshold_title(rows: pl.DataFrame, unit: str | None, wording: TargetWording) -> str:
    """The threshold of the edition, or its bounds, with the unit's own score beside it."""
    line = rows.filter(~pl.col("dashed").fill_null(False), year=wording.year)
    at = line.filter(unit=THRESHOLD)
    if at.is_empty():
        said = wording.say("chart.title_unknown")
    elif at["score"][0] is not None:
        said = wording.say("chart.title_threshold", score=wording.points(at["score"][0]))
    else:
        ends = {"low": wording.points(at["low"][0]), "high": wording.points(at["high"][0])}
        said = wording.say("chart.title_bracket", **ends)
    own = line.filter(unit=unit or "")
    if own.is_empty():
        return said
    return wording.say("chart.title_own", title=said, score=wording.points(own["score"][0]))


def _side(gap: float, wording: TargetWording) -> str:
    if not wording.points(abs(gap)).strip("0,."):
        return "at"
    return "outside" if gap > 0 else "inside"


def _comparable(wording: TargetWording, before: int) -> bool:
    index = wording.index
    return index.comparable(before, wording.year) and index.broken(OVERALL, before, wording.year) is None


def chart_subtitle(rows: pl.DataFrame, wording: TargetWording) -> str:
    """What is measured, and what each kind of line and point means, those that are drawn."""
    said = [wording.say("chart.subtitle", index=wording.index.name.in_(wording.lang))]
    drawn = rows.drop_nulls("score")
    if drawn["regime"].n_unique() > 1:
        said.append(wording.say("chart.regimes"))
    if drawn["dashed"].any():
        said.append(wording.say("chart.dashed"))
    if (drawn["score_status"].cast(pl.String) != "published").any():
        said.append(wording.say("chart.hollow"))
    if rows["low"].count():
        said.append(wording.say("chart.bars"))
    return "; ".join(said)


def gap_title(figures: Figures, distance: Distance | None, wording: TargetWording) -> str:
    """What it takes to close the gap, and whether that is within the pace of the best tenth."""
    if figures["inside"]:
        return wording.say("gap.title_inside")
    if figures["need"] is None:
        by = distance_points(distance, wording.index.score_decimals, wording.lang) if distance else None
        return wording.say("gap.title_bracket", distance=by) if by else wording.say("gap.title_unknown")
    if figures["within_pace"] is None:
        return wording.say("gap.title_unknown")
    key = "gap.title_within" if figures["within_pace"] else "gap.title_beyond"
    return wording.say(key, need=wording.points(figures["need"]))


def gap_sentences(figures: Figures, wording: TargetWording) -> list[str]:
    """How common such a gain is, and what the margin is based on."""
    if figures["inside"]:
        return []
    if figures["need"] is None:
        bounded = figures["threshold_low"] is not None or figures["threshold_high"] is not None
        return [wording.say("gap.bracket")] if bounded else []
    said = []
    if figures["within_pace"] and figures["gain_share"] is not None:
        share = number.decimal(100 * figures["gain_share"], 0, wording.lang)
        said.append(wording.say("gap.pace_within", share=share))
    elif figures["step"] is not None:
        said.append(wording.say("gap.pace_beyond", step=wording.points(figures["step"])))
    basis = figures["margin_basis"]
    upper = wording.say("gap.upper" if figures["margin_percentile"] == UPPER_PERCENTILE else "gap.middle")
    said.append(wording.say(f"gap.margin_{basis}", what=upper))
    margins = figures["margins"]
    if all(one["tested"] for one in margins.values()):
        points = {name: wording.points(one["points"]) for name, one in margins.items()}
        counts = {f"{name}_{key}": one[key] for name, one in margins.items() for key in ("enough", "tested")}
        said.append(wording.say("gap.margins", **points, **counts))
    return said


def odds_title(p: float, inside: bool, wording: TargetWording) -> str:
    """The chance without a plan."""
    key = "odds.title_inside" if inside else "odds.title"
    return wording.say(key, p=grammar.chance(p, wording.lang))


def skill(scores: Mapping[str, Any], lang: Language, name: str = "skill") -> str:
    """Skill in per cent, signed, with its interval where it has one: `+3,9 % [1,2; 6,3]`."""

    def per_cent(key: str, *, signed: bool = False) -> str:
        return number.decimal(None if scores[key] is None else 100 * scores[key], 1, lang, signed=signed)

    if scores[name] is None:
        return number.MISSING
    said = f"{per_cent(name, signed=True)} %"
    if scores.get(f"{name}_low") is None:
        return said
    return f"{said} [{per_cent(f'{name}_low')}; {per_cent(f'{name}_high')}]"


def trust(answer: Answer | None, wording: TargetWording) -> str:
    """How right past chances were, by `analytics.path.backtest` (None: untested)."""
    if answer is None:
        return wording.say("odds.untested")
    return wording.say(f"odds.{verdict(answer.figures)}", skill=skill(answer.figures, wording.lang))


def tested_title(answer: Answer, wording: TargetWording) -> str:
    """How many forecasts were tested, and how right they were."""
    figures = answer.figures
    judged = wording.say(f"tested.verdict_{verdict(figures)}", skill=skill(figures, wording.lang))
    forecasts = number.whole(figures["forecasts"], wording.lang)
    return wording.say("tested.title", forecasts=forecasts, verdict=judged)


def tested_years(answer: Answer) -> str:
    """The editions that were forecast."""
    return spans(item["next_year"] for item in answer.figures["editions"])


def routes_title(routes: Mapping[str, Figures], need: float, wording: TargetWording) -> str:
    """How many different routes there are, and over how many components the shortest and the longest run."""
    counts = [route["components"] for route in routes.values()]
    values = {"count": len(routes), "need": wording.points(need), "least": min(counts), "most": max(counts)}
    key = "routes.title_one" if len(routes) == 1 else "routes.title"
    if len(routes) > 1 and min(counts) == max(counts):
        key = "routes.title_same"
    return wording.say(key, word=wording.words(max(counts)), **values)


def route_facts(route: Figures, wording: TargetWording) -> str:
    """A route's number of components, its effort, and how often its hardest step was made before."""
    said = [
        wording.say("routes.components", count=route["components"], word=wording.words(route["components"])),
        wording.say("routes.effort", effort=number.decimal(route["effort"], 1, wording.lang)),
        _hardest(route, wording),
    ]
    return "; ".join(said)


def _hardest(route: Figures, wording: TargetWording) -> str:
    share = number.decimal(100 * route["share"], 0, wording.lang)
    if route["held"] is None:
        return wording.say("routes.hardest", share=share)
    held = number.decimal(100 * route["held"], 0, wording.lang)
    return wording.say("routes.hardest_held", share=share, held=held)
