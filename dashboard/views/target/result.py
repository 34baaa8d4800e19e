"""What comes of the sliders, as HTML: total, rank, odds, and where that lies among the others."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.path.simulation import Prospect, Simulation
from dashboard.html import tables
from dashboard.text import grammar
from dashboard.text.target import TargetWording
from data import number


def panel(
    found: Simulation,
    prospect: Prospect | None,
    rank: int | None,
    of: int,
    others: Sequence[float],
    wording: TargetWording,
) -> str:
    """The figures in a row; `rank` is the one that is shown today, `others` the scores of all units known."""
    cells = [_score(found, wording), _threshold(found, wording), _rank(found, rank, of, wording)]
    if prospect is not None:
        cells.append(_odds(found, prospect, wording))
    listed = "".join(
        f'<div><span class="vb-label">{escape(label)}</span><span class="vb-big">{value}</span>'
        f'<span class="vb-was">{below}</span></div>'
        for label, value, below in cells
    )
    return (
        f'<section class="vb-result" lang="{wording.lang}" aria-live="polite"><div class="vb-cells">{listed}</div>'
        f"{_rail(found, others, wording)}</section>"
    )


def title(found: Simulation, wording: TargetWording, *, odds: bool) -> str:
    """What the sliders come to; before anything is set, what they are for."""
    if found.answer is None:
        return wording.say("simulator.title" if odds else "simulator.title_plain")
    after = found.answer.figures["rank_after"]
    score = wording.points(found.score)
    if after is None:
        return wording.say("simulator.title_total", score=score)
    rank = number.standing(after, found.answer.figures["of"], wording.lang)
    return wording.say("simulator.title_set", score=score, rank=rank)


def _score(found: Simulation, wording: TargetWording) -> tuple[str, str, str]:
    label = wording.say("simulator.score")
    if found.answer is None:
        return label, escape(wording.points(found.score)), ""
    change = tables.change(found.answer.figures["change_score"], wording.index.score_decimals, wording.lang)
    return (
        label,
        escape(wording.points(found.score)),
        f"{change} {_from(wording.points(found.score_before), wording)}",
    )


def _rank(found: Simulation, rank: int | None, of: int, wording: TargetWording) -> tuple[str, str, str]:
    label = wording.say("simulator.rank")

    def written(place: int | None) -> str:
        return number.MISSING if place is None else f"{place}/{of}"

    if found.answer is None:
        return label, written(rank), ""
    after = found.answer.figures["rank_after"]
    if after is None:
        return label, number.MISSING, escape(wording.say("simulator.no_rank"))
    change = tables.change(found.answer.figures["change_rank"], 0, wording.lang)
    return label, written(after), f"{change} {_from(written(found.answer.figures['rank_before']), wording)}"


def _odds(found: Simulation, prospect: Prospect, wording: TargetWording) -> tuple[str, str, str]:
    label = wording.say("simulator.odds")
    before = grammar.chance(prospect.chance(), wording.lang)
    if found.answer is None:
        return label, escape(before), ""
    return label, escape(grammar.chance(prospect.chance(found.gain), wording.lang)), _from(before, wording)


def _threshold(found: Simulation, wording: TargetWording) -> tuple[str, str, str]:
    """Short of the threshold, beyond it, or between its bounds."""
    label = wording.say("simulator.threshold")
    low, high = found.short_low, found.short_high
    if low is None or high is None:
        return label, escape(wording.say("simulator.unknown")), ""
    if high <= 0:
        key = "simulator.over" if low == high else "simulator.over_least"
        return label, escape(wording.say(key, points=wording.points(abs(high)))), ""
    if low <= 0:
        return label, escape(wording.say("simulator.between")), ""
    if low == high:
        return label, escape(wording.say("simulator.short", points=wording.points(low))), ""
    ends = {"low": wording.points(low), "high": wording.points(high)}
    return label, escape(wording.say("simulator.short_between", **ends)), ""


def _from(value: str, wording: TargetWording) -> str:
    return escape(wording.say("simulator.from", value=value))


def _rail(found: Simulation, others: Sequence[float], wording: TargetWording) -> str:
    """Everybody as a tick, the threshold as a mark, ourselves from where to where; the figures are said above."""
    ends = [*others, found.score, found.score_before]
    low, high = min(ends), max(ends)
    if high <= low:
        return ""

    def at(value: float) -> str:
        return f"{100 * (value - low) / (high - low):.1f}%"

    ticks = "".join(f'<i style="left:{at(value)}"></i>' for value in others)
    line = (
        ""
        if found.short_high is None
        else f'<b class="vb-edge-mark" style="left:{at(found.score + found.short_high)}"></b>'
    )
    ours = f'<b class="vb-here" style="left:{at(found.score)}"></b>'
    if found.answer is not None:
        first, last = sorted((found.score_before, found.score))
        ours = (
            f'<b class="vb-way" style="left:{at(first)};right:calc(100% - {at(last)})"></b>'
            f'<b class="vb-there" style="left:{at(found.score_before)}"></b>{ours}'
        )
    label = escape(wording.say("simulator.rail", low=wording.points(low), high=wording.points(high)))
    return (
        f'<div class="vb-scale" role="img" aria-label="{label}">{ticks}{line}{ours}</div>'
        f'<div class="vb-scale-ends" aria-hidden="true"><span>{escape(wording.points(low))}</span>'
        f"<span>{escape(wording.points(high))}</span></div>"
    )
