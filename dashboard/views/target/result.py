"""What comes of the sliders, as HTML: total, rank, odds, and where that lies among the others."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.path.simulation import Prospect, Simulation
from dashboard.html import tables
from dashboard.text import grammar
from dashboard.text.target import Subject
from data import number


def panel(
    found: Simulation,
    prospect: Prospect | None,
    rank: int | None,
    of: int,
    others: Sequence[float],
    subject: Subject,
) -> str:
    """The figures in a row; `rank` is the one that is shown today, `others` the scores of all units known."""
    cells = [_score(found, subject), _threshold(found, subject), _rank(found, rank, of, subject)]
    if prospect is not None:
        cells.append(_odds(found, prospect, subject))
    listed = "".join(
        f'<div><span class="vb-label">{escape(label)}</span><span class="vb-big">{value}</span>'
        f'<span class="vb-was">{below}</span></div>'
        for label, value, below in cells
    )
    return (
        f'<section class="vb-result" lang="{subject.lang}" aria-live="polite"><div class="vb-cells">{listed}</div>'
        f"{_rail(found, others, subject)}</section>"
    )


def title(found: Simulation, subject: Subject, *, odds: bool) -> str:
    """What the sliders come to; before anything is set, what they are for."""
    if found.answer is None:
        return subject.say("simulator.title" if odds else "simulator.title_plain")
    after = found.answer.figures["rank_after"]
    score = subject.points(found.score)
    if after is None:
        return subject.say("simulator.title_total", score=score)
    rank = number.standing(after, found.answer.figures["of"], subject.lang)
    return subject.say("simulator.title_set", score=score, rank=rank)


def _score(found: Simulation, subject: Subject) -> tuple[str, str, str]:
    label = subject.say("simulator.score")
    if found.answer is None:
        return label, escape(subject.points(found.score)), ""
    change = tables.change(found.answer.figures["change_score"], subject.index.score_decimals, subject.lang)
    return (
        label,
        escape(subject.points(found.score)),
        f"{change} {_from(subject.points(found.score_before), subject)}",
    )


def _rank(found: Simulation, rank: int | None, of: int, subject: Subject) -> tuple[str, str, str]:
    label = subject.say("simulator.rank")

    def written(place: int | None) -> str:
        return number.MISSING if place is None else f"{place}/{of}"

    if found.answer is None:
        return label, written(rank), ""
    after = found.answer.figures["rank_after"]
    if after is None:
        return label, number.MISSING, escape(subject.say("simulator.no_rank"))
    change = tables.change(found.answer.figures["change_rank"], 0, subject.lang)
    return label, written(after), f"{change} {_from(written(found.answer.figures['rank_before']), subject)}"


def _odds(found: Simulation, prospect: Prospect, subject: Subject) -> tuple[str, str, str]:
    label = subject.say("simulator.odds")
    before = grammar.chance(prospect.chance(), subject.lang)
    if found.answer is None:
        return label, escape(before), ""
    return label, escape(grammar.chance(prospect.chance(found.gain), subject.lang)), _from(before, subject)


def _threshold(found: Simulation, subject: Subject) -> tuple[str, str, str]:
    """Short of the threshold, beyond it, or between its bounds."""
    label = subject.say("simulator.threshold")
    low, high = found.short_low, found.short_high
    if low is None or high is None:
        return label, escape(subject.say("simulator.unknown")), ""
    if high <= 0:
        key = "simulator.over" if low == high else "simulator.over_least"
        return label, escape(subject.say(key, points=subject.points(abs(high)))), ""
    if low <= 0:
        return label, escape(subject.say("simulator.between")), ""
    if low == high:
        return label, escape(subject.say("simulator.short", points=subject.points(low))), ""
    ends = {"low": subject.points(low), "high": subject.points(high)}
    return label, escape(subject.say("simulator.short_between", **ends)), ""


def _from(value: str, subject: Subject) -> str:
    return escape(subject.say("simulator.from", value=value))


def _rail(found: Simulation, others: Sequence[float], subject: Subject) -> str:
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
    label = escape(subject.say("simulator.rail", low=subject.points(low), high=subject.points(high)))
    return (
        f'<div class="vb-scale" role="img" aria-label="{label}">{ticks}{line}{ours}</div>'
        f'<div class="vb-scale-ends" aria-hidden="true"><span>{escape(subject.points(low))}</span>'
        f"<span>{escape(subject.points(high))}</span></div>"
    )
