"""Score, rank, and the rank that the score of the edition before would have now: three figures side by side."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from analytics.core.answer import Answer
from dashboard.html import cells
from dashboard.html.markup import NOTHING, fill, fragment, paragraphs, tag
from dashboard.text import change as words
from dashboard.text import say
from dashboard.text.change import ChangeWording
from dashboard.text.findings import change as findings
from data import number


def facts(wording: ChangeWording, noise: Answer | None) -> Markup:
    """The figures of an answer of `analytics.change.change`; the third is left out where it is not known.

    `noise` says whether the score moved by more than luck (`analytics.standing.noise_band`).
    """
    shown = [_score(wording, noise), _rank(wording)]
    kept = findings.kept(wording.index, wording.name, wording.answer, wording.lang)
    if kept:
        place = number.standing(wording.figures["rank_if_score_kept"], wording.figures["compared"], wording.lang)
        shown.append(_fact(wording.say("kept", before=wording.before), place, NOTHING, kept[:1]))
    return tag("section.vb-facts" if kept else "section.vb-facts.vb-two", *shown, lang=wording.lang)


def _score(wording: ChangeWording, noise: Answer | None) -> Markup:
    figures, lang = wording.figures, wording.lang
    now, then = (
        fragment(wording.points(figures[f"score_{side}"]), cells.sign(figures[f"status_{side}"], lang))
        for side in ("after", "before")
    )
    lines: list[str] = [_was(wording, then)]
    if not wording.comparable:
        lines.append(wording.say("no_score"))
    elif figures["score_change"] is None:
        lines.append(wording.say("score_missing"))
    change = figures["score_change"]
    said = words.noise(change, noise, wording)
    if said is not None:
        lines.append(said)
    moved = NOTHING if change is None else cells.change(change, wording.index.score_decimals, lang)
    return _fact(wording.say("score"), now, moved, lines)


def _rank(wording: ChangeWording) -> Markup:
    figures, lang = wording.figures, wording.lang
    now, then = (
        _place(wording, figures[f"rank_{side}"], year, figures[f"rank_status_{side}"])
        for side, year in (("after", wording.year), ("before", figures["previous_year"]))
    )
    lines: list[str] = [_was(wording, then)]
    if figures["rank_after"] is not None and figures["rank_status_after"] is None:
        lines.append(say(lang, "legend.computed"))
    change = figures["rank_change"]
    if change == 0:
        moved = tag("span.vb-quiet", say(lang, "standing.rank_same"))
    else:
        moved = NOTHING if change is None else cells.change(change, 0, lang)
    return _fact(wording.say("rank"), now, moved, lines)


def _was(wording: ChangeWording, then: Markup) -> Markup:
    return fill(wording.say("was", before=wording.before, value="{value}"), value=then)


def _place(wording: ChangeWording, rank: int | None, year: int, status: str | None) -> Markup:
    of = wording.index.edition(year).units
    return fragment(number.standing(rank, of, wording.lang), cells.sign(status, wording.lang))


def _fact(title: str, big: str, moved: Markup, lines: Iterable[str]) -> Markup:
    figures = tag("p.vb-figures", tag("span.vb-big", big), moved)
    return tag("div.vb-fact", tag("h2", title), figures, paragraphs(lines))
