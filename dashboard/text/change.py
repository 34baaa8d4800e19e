"""Titles on why a rank moved: figures of `analytics.change.change` in, words out, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from analytics.change.change import REMAINDER
from analytics.change.rank_change import METHOD, OTHERS, OWN
from analytics.core.answer import Answer
from dashboard.text import grammar, say
from dashboard.text import overview as words
from dashboard.text.wording import Wording
from data import number

DIRECTIONS = ("up", "same", "down", "?")
# How components are counted when both score and rank are known; what stayed the same in either is one group.
_BOTH = {"both_up": "up/up", "up_down": "up/down", "both_down": "down/down", "down_up": "down/up"}


@dataclass(frozen=True, slots=True, eq=False)
class ChangeWording(Wording):
    """Words for an answer of `analytics.change.change`."""

    PAGE: ClassVar[str] = "change"

    answer: Answer

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures of the answer."""
        return self.answer.figures

    @property
    def before(self) -> str:
        """`PCI 2018`."""
        return words.edition(self.index, self.figures["previous_year"], self.lang)

    @property
    def comparable(self) -> bool:
        """Whether both editions follow one method."""
        return self.index.comparable(self.figures["previous_year"], self.year)

    @property
    def parts(self) -> pl.DataFrame:
        """The components, without the remainder."""
        return self.answer.rows.filter(pl.col("component") != REMAINDER)


def title(wording: ChangeWording) -> str:
    """`Nam Định, PCI 2019: vì sao lên 2 bậc`."""
    moved = wording.figures["rank_change"]
    named = {"name": wording.name, "edition": wording.edition}
    if moved is None:
        return wording.say("title_unknown", **named)
    return wording.say(f"title_{_direction(moved)}", **named, by=grammar.places(moved, wording.lang))


def parts_title(wording: ChangeWording) -> str:
    """The component that added most to the total, and the one that took most from it."""
    known = wording.parts.drop_nulls("contribution").sort("contribution", maintain_order=True)
    worst, best = (known.row(place, named=True) for place in (0, -1))
    lost, won = worst["contribution"] < 0, best["contribution"] > 0
    values = {"word": wording.word}
    for end, row in (("best", best if won else worst), ("worst", worst)):
        values |= {end: wording.component(row["component"])}
        values |= {f"{end}_by": wording.points(row["contribution"], signed=True)}
    if known.height == 1:
        return wording.say("parts.title_one", **values)
    key = "both" if won and lost else "up" if won else "down" if lost else "same"
    return wording.say(f"parts.title_{key}", **values)


def noise(change: float | None, band: Answer | None, wording: Wording) -> str | None:
    """Whether the total moved by more than luck, by `analytics.standing.noise_band`; None where unknown."""
    width = None if band is None else band.figures["change"]
    if change is None or width is None:
        return None
    key = "noise.within" if abs(change) <= width else "noise.beyond"
    lang, places = wording.lang, wording.index.score_decimals
    change_said, width_said = (
        number.decimal(change, places, lang, signed=True),
        number.decimal(width, places, lang),
    )
    return say(lang, f"change.{key}", change=change_said, noise=width_said)


def places_title(wording: ChangeWording) -> str:
    """The parts of the change of rank: the unit's own scores, the others', and the method."""

    def said(part: str) -> str:
        value = wording.figures[part]
        by = grammar.places(value, wording.lang)
        return wording.say(f"places.{part}_{_direction(value)}", name=wording.name, by=by)

    if wording.comparable:
        return wording.say("places.title", own=said(OWN), others=said(OTHERS))
    return wording.say("places.title_method", own=said(OWN), others=said(OTHERS), method=said(METHOD))


def crossed_title(wording: ChangeWording) -> str | None:
    """How many components rose in score and rank, rose in score but fell in rank …; None where none is known."""
    crossed: Mapping[str, Sequence[str]] = wording.figures["crossed"]
    count = {pair: len(codes) for pair, codes in crossed.items()}
    both = sum(number for pair, number in count.items() if "?" not in pair)
    if both:
        counts = {key: count.get(pair, 0) for key, pair in _BOTH.items()}
        counts["unchanged"] = sum(n for pair, n in count.items() if "same" in pair and "?" not in pair)
        return _counted(wording, "finding", both, counts)
    for what, side in (("rank", 1), ("score", 0)):
        one = {way: sum(n for key, n in count.items() if key.split("/")[side] == way) for way in DIRECTIONS[:3]}
        if sum(one.values()):
            return _counted(
                wording, f"finding_{what}", sum(one.values()), {f"{what}_{way}": n for way, n in one.items()}
            )
    return None


def source(wording: ChangeWording) -> str:
    """The source line, with both editions; it says so where most figures are second-hand."""
    rows = wording.answer.rows
    met = [*rows["status_before"].drop_nulls(), *rows["status_after"].drop_nulls()]
    met += [wording.figures[side] for side in ("status_before", "status_after") if wording.figures[side]]
    first = sum(status in ("published", "derived") for status in met)
    key = "source" if 2 * first >= len(met) else "source_second"
    publisher = wording.index.publisher.in_(wording.lang)
    return wording.say(f"table.{key}", publisher=publisher, before=wording.before, edition=wording.edition)


def _counted(wording: ChangeWording, key: str, known: int, counts: Mapping[str, int]) -> str:
    listed = ", ".join(wording.say(f"crossed.{part}", count=count) for part, count in counts.items() if count)
    word = grammar.component_words(wording.index, known, wording.lang)
    return wording.say(f"crossed.{key}", known=known, word=word, parts=listed)


def _direction(value: float) -> str:
    return "up" if value > 0 else "down" if value < 0 else "same"
