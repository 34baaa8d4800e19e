"""The words of the page on why a rank moved: figures of `analytics.change` in, titles out, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.change.change import REMAINDER
from analytics.change.rank_change import METHOD, OTHERS, OWN
from analytics.core.answer import Answer
from dashboard.text import grammar, say
from dashboard.text import overview as words
from data import number
from data.definition import Index
from data.text import Language

WAYS = ("up", "same", "down", "?")
# How components are counted when both score and rank are known; what stayed the same in either is one group.
_BOTH = {"both_up": "up/up", "up_down": "up/down", "both_down": "down/down", "down_up": "down/up"}


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """An answer of `analytics.change`, and whose it is."""

    answer: Answer
    index: Index
    name: str
    lang: Language

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures of the answer."""
        return self.answer.figures

    @property
    def year(self) -> int:
        """The edition asked about."""
        assert self.answer.year is not None  # a change ends in an edition
        return self.answer.year

    @property
    def edition(self) -> str:
        """`PCI 2019`."""
        return words.edition(self.index, self.year, self.lang)

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

    @property
    def word(self) -> str:
        """What the index calls its components."""
        return self.index.component_word.in_(self.lang)

    def component(self, code: str) -> str:
        """A component's name."""
        return self.index.component(code).name.in_(self.lang)

    def short(self, code: str) -> str:
        """A component's name where there is little room."""
        return self.index.component(code).short.in_(self.lang)

    def points(self, value: float | None, *, signed: bool = False) -> str:
        """Points, as many decimals as the index prints."""
        return number.decimal(value, self.index.score_decimals, self.lang, signed=signed)

    def say(self, key: str, **values: object) -> str:
        """A text of the page, in the language of the account."""
        return say(self.lang, f"change.{key}", **values)


def title(account: Account) -> str:
    """`Nam Định, PCI 2019: vì sao lên 2 bậc`."""
    moved = account.figures["rank_change"]
    named = {"name": account.name, "edition": account.edition}
    if moved is None:
        return account.say("title_unknown", **named)
    return account.say(f"title_{_way(moved)}", **named, by=grammar.places(moved, account.lang))


def parts_title(account: Account) -> str:
    """Which component added most and which took most."""
    known = account.parts.drop_nulls("contribution").sort("contribution", maintain_order=True)
    worst, best = (known.row(place, named=True) for place in (0, -1))
    lost, won = worst["contribution"] < 0, best["contribution"] > 0
    values = {"word": account.word}
    for end, row in (("best", best if won else worst), ("worst", worst)):
        values |= {end: account.component(row["component"])}
        values |= {f"{end}_by": account.points(row["contribution"], signed=True)}
    if known.height == 1:
        return account.say("parts.title_one", **values)
    key = "both" if won and lost else "up" if won else "down" if lost else "same"
    return account.say(f"parts.title_{key}", **values)


def places_title(account: Account) -> str:
    """Whose doing the change of rank is: ours, the others', the method's."""

    def said(part: str) -> str:
        value = account.figures[part]
        by = grammar.places(value, account.lang)
        return account.say(f"places.{part}_{_way(value)}", name=account.name, by=by)

    if account.comparable:
        return account.say("places.title", own=said(OWN), others=said(OTHERS))
    return account.say("places.title_method", own=said(OWN), others=said(OTHERS), method=said(METHOD))


def crossed_title(account: Account) -> str | None:
    """How many components rose in score and rank, rose in score but fell in rank …; None where none is known."""
    crossed: Mapping[str, Sequence[str]] = account.figures["crossed"]
    count = {way: len(codes) for way, codes in crossed.items()}
    both = sum(number for way, number in count.items() if "?" not in way)
    if both:
        counts = {key: count.get(way, 0) for key, way in _BOTH.items()}
        counts["unchanged"] = sum(number for way, number in count.items() if "same" in way and "?" not in way)
        return _counted(account, "finding", both, counts)
    for what, side in (("rank", 1), ("score", 0)):
        one = {way: sum(n for key, n in count.items() if key.split("/")[side] == way) for way in WAYS[:3]}
        if sum(one.values()):
            return _counted(
                account, f"finding_{what}", sum(one.values()), {f"{what}_{way}": n for way, n in one.items()}
            )
    return None


def source(account: Account) -> str:
    """Whose figures they are, of both editions; figures mostly read at second hand are called so."""
    rows = account.answer.rows
    met = [*rows["status_before"].drop_nulls(), *rows["status_after"].drop_nulls()]
    met += [account.figures[side] for side in ("status_before", "status_after") if account.figures[side]]
    first = sum(status in ("published", "derived") for status in met)
    key = "source" if 2 * first >= len(met) else "source_second"
    publisher = account.index.publisher.in_(account.lang)
    return account.say(f"table.{key}", publisher=publisher, before=account.before, edition=account.edition)


def _counted(account: Account, key: str, known: int, counts: Mapping[str, int]) -> str:
    listed = ", ".join(account.say(f"crossed.{part}", count=count) for part, count in counts.items() if count)
    word = grammar.component_words(account.index, known, account.lang)
    return account.say(f"crossed.{key}", known=known, word=word, parts=listed)


def _way(value: float) -> str:
    return "up" if value > 0 else "down" if value < 0 else "same"
