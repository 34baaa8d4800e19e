"""The result of the simulator: total, distance to the threshold, rank, odds, and a strip plot of all units."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analytics.path.odds import OddsByGain
from analytics.path.simulation import Simulation
from dashboard.html import cells
from dashboard.html.markup import NOTHING, fragment, tag
from dashboard.text import grammar
from dashboard.text.target import TargetWording
from data import number


def panel(
    found: Simulation,
    prospect: OddsByGain | None,
    rank: int | None,
    of: int,
    others: Sequence[float],
    wording: TargetWording,
) -> Markup:
    """The figures side by side, above a strip plot.

    `rank` of `of` is the unit's rank today; `others` are the totals of all other units, as far as they are known.
    """
    figures = [_score(found, wording), _threshold(found, wording), _rank(found, rank, of, wording)]
    if prospect is not None:
        figures.append(_odds(found, prospect, wording))
    scale = _strip(found, others, wording)
    return tag("section.vb-result", tag("div.vb-cells", *figures), scale, lang=wording.lang, aria_live="polite")


def title(found: Simulation, wording: TargetWording, *, odds: bool) -> str:
    """The result in a title; before anything is set, what the simulator is for."""
    if found.answer is None:
        return wording.say("simulator.title" if odds else "simulator.title_plain")
    after = found.answer.figures["rank_after"]
    score = wording.points(found.score)
    if after is None:
        return wording.say("simulator.title_total", score=score)
    rank = number.standing(after, found.answer.figures["of"], wording.lang)
    return wording.say("simulator.title_set", score=score, rank=rank)


def _figure(label: str, value: str, below: str = "") -> Markup:
    """A label, a figure, and a line below it."""
    return tag("div", tag("span.vb-label", label), tag("span.vb-big", value), tag("span.vb-was", below))


def _score(found: Simulation, wording: TargetWording) -> Markup:
    label, score = wording.say("simulator.score"), wording.points(found.score)
    if found.answer is None:
        return _figure(label, score)
    change = cells.change(found.answer.figures["change_score"], wording.index.score_decimals, wording.lang)
    return _figure(label, score, _from(change, wording.points(found.score_before), wording))


def _rank(found: Simulation, rank: int | None, of: int, wording: TargetWording) -> Markup:
    label = wording.say("simulator.rank")

    def written(place: int | None) -> str:
        return number.MISSING if place is None else f"{place}/{of}"

    if found.answer is None:
        return _figure(label, written(rank))
    figures = found.answer.figures
    if figures["rank_after"] is None:
        return _figure(label, number.MISSING, wording.say("simulator.no_rank"))
    change = cells.change(figures["change_rank"], 0, wording.lang)
    return _figure(label, written(figures["rank_after"]), _from(change, written(figures["rank_before"]), wording))


def _odds(found: Simulation, prospect: OddsByGain, wording: TargetWording) -> Markup:
    label = wording.say("simulator.odds")
    before = grammar.chance(prospect.chance(), wording.lang)
    if found.answer is None:
        return _figure(label, before)
    after = grammar.chance(prospect.chance(found.gain), wording.lang)
    return _figure(label, after, wording.say("simulator.from", value=before))


def _threshold(found: Simulation, wording: TargetWording) -> Markup:
    """Short of the threshold, beyond it, or between its bounds."""
    label = wording.say("simulator.threshold")
    low, high = found.short_low, found.short_high
    if low is None or high is None:
        return _figure(label, wording.say("simulator.unknown"))
    if high <= 0:
        key = "simulator.over" if low == high else "simulator.over_least"
        return _figure(label, wording.say(key, points=wording.points(abs(high))))
    if low <= 0:
        return _figure(label, wording.say("simulator.between"))
    if low == high:
        return _figure(label, wording.say("simulator.short", points=wording.points(low)))
    ends = {"low": wording.points(low), "high": wording.points(high)}
    return _figure(label, wording.say("simulator.short_between", **ends))


def _from(change: Markup, before: str, wording: TargetWording) -> Markup:
    """A change, and the figure before it."""
    return fragment(change, " ", wording.say("simulator.from", value=before))


def _strip(found: Simulation, others: Sequence[float], wording: TargetWording) -> Markup:
    """A tick for each unit, a mark at the threshold, and the province's own score before and after."""
    ends = [*others, found.score, found.score_before]
    low, high = min(ends), max(ends)
    if high <= low:
        return NOTHING

    def at(value: float) -> str:
        return f"{100 * (value - low) / (high - low):.1f}%"

    marks = [tag("i", style=f"left:{at(value)}") for value in others]
    if found.short_high is not None:
        marks.append(tag("b.vb-edge-mark", style=f"left:{at(found.score + found.short_high)}"))
    if found.answer is not None:
        first, last = sorted((found.score_before, found.score))
        marks.append(tag("b.vb-way", style=f"left:{at(first)};right:calc(100% - {at(last)})"))
        marks.append(tag("b.vb-there", style=f"left:{at(found.score_before)}"))
    marks.append(tag("b.vb-here", style=f"left:{at(found.score)}"))
    written = {"low": wording.points(low), "high": wording.points(high)}
    bounds = [tag("span", end) for end in written.values()]
    return fragment(
        tag("div.vb-scale", *marks, role="img", aria_label=wording.say("simulator.strip", **written)),
        tag("div.vb-scale-ends", *bounds, aria_hidden="true"),
    )
