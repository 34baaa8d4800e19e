"""Two cards: the gap to the target group, and the chance to be in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from analytics.path.odds import OddsByGain
from analytics.path.target_path import TargetPath
from analytics.standing.standing import Distance
from dashboard.html.cells import length
from dashboard.html.markup import NOTHING, fragment, paragraphs, tag
from dashboard.text import grammar
from dashboard.text.target import Figures, TargetWording, gap_sentences, gap_title, odds_title
from data import number
from data.definition import spans
from data.text import Text


def gap(figures: Figures, distance: Distance | None, wording: TargetWording) -> Markup:
    """The gap, the margin and their sum; for a unit inside the group, its lead over the threshold."""
    return _card(
        gap_title(figures, distance, wording),
        _sum(_parts(figures, wording), wording),
        gap_sentences(figures, wording),
        wording,
    )


def odds(found: OddsByGain | Text, path: TargetPath, wording: TargetWording, said: Iterable[str]) -> Markup:
    """The chance without and with the routes of the path; or why it is not known."""
    if isinstance(found, Text):
        return _card(wording.say("odds.none"), NOTHING, [found.in_(wording.lang)], wording)
    bars = [_bar(wording.say("odds.without"), found.chance(), "vb-plain", wording)]
    gain = path.planned_gain
    if gain is not None:
        key = "odds.with_route" if path.interim is None else "odds.with_stage"
        label = wording.say(key, need=wording.points(gain))
        bars.append(_bar(label, found.chance(gain), "vb-planned", wording))
    moves = number.whole(found.moves, wording.lang)
    basis = wording.say("odds.basis", moves=moves, years=spans(found.editions))
    ahead = grammar.chances_ahead(found.within(), wording.lang)
    within = [wording.say("odds.within", chances=ahead)] if ahead else []
    title = odds_title(found.chance(), bool(path.figures["inside"]), wording)
    return _card(title, fragment(*bars), [*within, *said, basis], wording)


def _parts(figures: Figures, wording: TargetWording) -> list[tuple[str, str, str]]:
    """Sign, points and what they are; the last one is the sum."""
    if figures["inside"]:
        return [("", wording.points(figures["cushion"]), "gap.cushion")] if figures["cushion"] is not None else []
    if figures["need"] is None:
        return []
    # A unit may be outside by the publisher's rank and above the threshold by a rounding of its score.
    key = "gap.gap" if figures["gap"] >= 0 else "gap.above"
    return [
        ("", wording.points(abs(figures["gap"])), key),
        ("+", wording.points(figures["margin"]), "gap.margin"),
        ("=", wording.points(figures["need"]), "gap.need"),
    ]


def _sum(parts: Sequence[tuple[str, str, str]], wording: TargetWording) -> Markup:
    """The parts side by side with their signs, the last one strong."""
    last = len(parts) - 1
    terms = [
        tag(
            "div.vb-term.vb-total" if place == last else "div.vb-term",
            tag("span.vb-big", tag("span.vb-op", sign), " ", points),
            tag("span", wording.say(key)),
        )
        for place, (sign, points, key) in enumerate(parts)
    ]
    return tag("div.vb-sum", *terms) if terms else NOTHING


def _bar(label: str, share: float, style: str, wording: TargetWording) -> Markup:
    """A chance as a figure and as a length."""
    return tag(
        f"div.vb-chance.{style}",
        tag("span.vb-big", grammar.chance(share, wording.lang)),
        tag("span", label),
        tag("span.vb-track", length(share), aria_hidden="true"),
    )


def _card(title: str, body: Markup, sentences: Iterable[str], wording: TargetWording) -> Markup:
    return tag("section.vb-reach", tag("h2", title), body, paragraphs(sentences), lang=wording.lang)
