"""How far it is and how likely: two cards as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from analytics.path.simulation import Prospect
from analytics.standing.standing import Distance
from dashboard.text import grammar
from dashboard.text import target as words
from dashboard.text.target import Figures, Subject
from data import number
from data.definition import spans
from data.text import Text


def gap(figures: Figures, distance: Distance | None, subject: Subject) -> str:
    """The gap, the margin and what they come to; for a unit inside, its cushion."""
    return _card(
        words.gap_title(figures, distance, subject),
        _sum(_parts(figures, subject), subject),
        words.gap_sentences(figures, subject),
        subject,
    )


def odds(
    found: Prospect | Text, inside: bool, plan: tuple[str, float] | None, subject: Subject, said: Iterable[str]
) -> str:
    """The chance without and with a plan (its words' key and its gain); else why there are no odds."""
    if isinstance(found, Text):
        return _card(subject.say("odds.none"), "", [found.in_(subject.lang)], subject)
    bars = [_bar(subject.say("odds.without"), found.chance(), "vb-plain", subject)]
    if plan is not None:
        key, gain = plan
        label = subject.say(f"odds.{key}", need=subject.points(gain))
        bars.append(_bar(label, found.chance(gain), "vb-planned", subject))
    moves = number.whole(found.moves, subject.lang)
    basis = subject.say("odds.basis", moves=moves, years=spans(found.editions))
    title = words.odds_title(found.chance(), inside, subject)
    return _card(title, "".join(bars), [*said, basis], subject)


def _parts(figures: Figures, subject: Subject) -> list[tuple[str, str, str]]:
    """Sign, points and what they are; the last one is the sum."""
    if figures["inside"]:
        return [("", subject.points(figures["cushion"]), "gap.cushion")] if figures["cushion"] is not None else []
    if figures["need"] is None:
        return []
    # A unit may be outside by the publisher's rank and above the threshold by a rounding of its score.
    key = "gap.gap" if figures["gap"] >= 0 else "gap.above"
    return [
        ("", subject.points(abs(figures["gap"])), key),
        ("+", subject.points(figures["margin"]), "gap.margin"),
        ("=", subject.points(figures["need"]), "gap.need"),
    ]


def _sum(parts: Sequence[tuple[str, str, str]], subject: Subject) -> str:
    """The parts side by side with their signs, the last one strong."""
    terms = "".join(
        f'<div class="vb-term{" vb-total" if place == len(parts) - 1 else ""}">'
        f'<span class="vb-big"><span class="vb-op">{sign}</span> {escape(points)}</span>'
        f"<span>{escape(subject.say(key))}</span></div>"
        for place, (sign, points, key) in enumerate(parts)
    )
    return f'<div class="vb-sum">{terms}</div>' if terms else ""


def _bar(label: str, share: float, style: str, subject: Subject) -> str:
    """A chance as a figure and as a length."""
    return (
        f'<div class="vb-chance {style}"><span class="vb-big">{escape(grammar.chance(share, subject.lang))}</span>'
        f"<span>{escape(label)}</span>"
        f'<span class="vb-track" aria-hidden="true"><i style="width:{100 * share:.1f}%"></i></span></div>'
    )


def _card(title: str, body: str, sentences: Iterable[str], subject: Subject) -> str:
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return f'<section class="vb-reach" lang="{subject.lang}"><h2>{escape(title)}</h2>{body}{said}</section>'
