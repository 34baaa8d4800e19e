"""The sentences of the weaknesses: figures in, words out, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.weakness.disagreement import Disagreement, First
from dashboard.text import say
from dashboard.text.grammar import component_words
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]

# Weighted gaps are points of the total, which publishers print with two decimals.
PLACES = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is looked at, in which edition, against what."""

    index: Index
    year: int
    name: str
    reference: str
    lang: Language

    def say(self, key: str, **values: object) -> str:
        """A text of this page."""
        return say(self.lang, f"weaknesses.{key}", **values)

    @property
    def edition(self) -> str:
        """`PCI 2019`."""
        return f"{self.index.name.in_(self.lang)} {self.year}"

    @property
    def word(self) -> str:
        """What the index calls a component."""
        return self.index.component_word.in_(self.lang)

    def part(self, code: str) -> str:
        """A component's name."""
        return self.index.component(code).name.in_(self.lang)

    def points(self, value: float | None) -> str:
        """A score or a gap as a number, without its sign where it is one."""
        return number.decimal(None if value is None else abs(value), PLACES, self.lang)

    def place(self, rank: int | None, of: int) -> str:
        """`55/63`."""
        return number.MISSING if rank is None else f"{rank}/{of}"


def reference(answer: Answer, region: str, lang: Language) -> str:
    """What the gaps are measured against: `trung vị nhóm 15 dẫn đầu`."""
    count = len(answer.figures["group"] or ())
    values = {"top": answer.figures["top"], "count": count, "region": region}
    return say(lang, f"weaknesses.reference.{answer.figures['against']}", **values)


def standing(row: Row | None, of: int, subject: Subject) -> str:
    """Rank and total in a sentence; empty where neither is known."""
    rank = None if row is None else row["rank"] if row["published_rank"] is None else row["published_rank"]
    score = None if row is None else row["score"]
    place = number.standing(rank, of, subject.lang)
    place = place[:1].upper() + place[1:]
    points = number.decimal(score, subject.index.score_decimals, subject.lang)
    if rank is not None and score is not None:
        return subject.say("standing", standing=place, points=points)
    if rank is not None:
        return subject.say("rank_only", standing=place)
    return "" if score is None else subject.say("points_only", points=points)


def finding(found: Disagreement, subject: Subject) -> str:
    """Which components are weak by every list, in a title."""
    lists = len(found.first)
    if lists == 1:
        ((kind, first),) = found.first.items()
        how = subject.place(first.rank, first.of) if kind == "rank" else _score(found, first, subject)
        return subject.say("finding.one", name=subject.name, part=subject.part(first.component), how=how)
    if not found.weakest:
        return subject.say("finding.none" if lists > 2 else "finding.none_two", name=subject.name)
    parts = listed([subject.part(code) for code in found.weakest], subject)
    return subject.say("finding.all" if lists > 2 else "finding.two", name=subject.name, parts=parts)


def listed(names: Sequence[str], subject: Subject) -> str:
    """`A, B và C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {subject.say('finding.and')} {names[-1]}"


def why(found: Disagreement, subject: Subject) -> str | None:
    """Why the lists differ, in one sentence; None where there is but one list."""
    score, rank, gap = (found.first.get(kind) for kind in ("score", "rank", "gap"))
    if len(found.first) < 2 or score is None:
        return None
    same = _all_the_same(found, subject)
    if same is not None:
        return same
    key = "why.start" if found.one_scale else "why.start_share"
    said = subject.say(key, part=subject.part(score.component), score=_score(found, score, subject))
    if rank is not None:
        said += _worst_rank(found, score, rank, subject)
    if gap is not None:
        said += _largest_gap(found, score, rank, gap, subject)
    return f"{said}."


def _all_the_same(found: Disagreement, subject: Subject) -> str | None:
    """The sentence where every list begins with the same component."""
    score, rank, gap = (found.first.get(kind) for kind in ("score", "rank", "gap"))
    if score is None or rank is None or len({item.component for item in found.first.values()}) > 1:
        return None
    values = {
        "part": subject.part(score.component),
        "score": _score(found, score, subject),
        "rank": subject.place(rank.rank, rank.of),
    }
    key = "why.same" if found.one_scale else "why.same_share"
    if gap is None:
        return subject.say(f"{key}_two", **values)
    if _behind(gap):
        return subject.say(f"{key}_three", gap=subject.points(gap.weighted_gap), **values)
    return subject.say(f"{key}_ahead", name=subject.name, word=subject.word, **values)


def _worst_rank(found: Disagreement, score: First, rank: First, subject: Subject) -> str:
    place, part = subject.place(rank.rank, rank.of), subject.part(rank.component)
    if rank.component == score.component:
        return subject.say("why.rank_too", rank=place)
    if found.why_rank == "low_everywhere":
        low, high = subject.points(score.median), subject.points(rank.median)
        return subject.say("why.rank_low_everywhere", part=part, rank=place, low=low, high=high)
    key = "why.rank_close_together" if found.why_rank else "why.rank_else"
    return subject.say(key, part=part, rank=place)


def _largest_gap(found: Disagreement, score: First, rank: First | None, gap: First, subject: Subject) -> str:
    if not _behind(gap):
        return subject.say("why.gap_none", word=subject.word)
    amount, part = subject.points(gap.weighted_gap), subject.part(gap.component)
    before = score if rank is None else rank
    if gap.component == before.component:
        return subject.say("why.gap_first" if rank is None else "why.gap_rank", gap=amount)
    key = "why.gap_score" if gap.component == score.component else "why.gap_else"
    said = subject.say(key, part=part, gap=amount)
    if found.why_gap == "wider":
        wide, narrow = subject.points(gap.gap), subject.points(before.gap)
        return said + subject.say("why.wider", wide=wide, narrow=narrow)
    if found.why_gap in ("weight", "both"):
        weight, less = share(gap.weight, subject.lang), share(before.weight, subject.lang)
        values = {"weight": weight, "worst": subject.part(before.component), "less": less}
        return said + subject.say(f"why.{found.why_gap}", part=part, **values)
    return said


def _score(found: Disagreement, first: First, subject: Subject) -> str:
    """A score, with the end of its scale where scales differ: `11,75/15`."""
    if found.one_scale or first.out_of is None:
        return subject.points(first.score)
    return f"{subject.points(first.score)}/{scale_end(first.out_of, subject.lang)}"


def scale_end(value: float, lang: Language) -> str:
    """The end of a scale: `10`, `9,5`."""
    return number.decimal(value, 0 if value == int(value) else 1, lang)


def _behind(first: First) -> bool:
    return first.weighted_gap is not None and first.weighted_gap > 0


def share(weight: float | None, lang: Language) -> str:
    """A weight as people write it: `5 %`, `12,5 %`."""
    if weight is None:
        return number.MISSING
    percent = round(100 * weight, 1)
    return f"{number.decimal(percent, 0 if percent == int(percent) else 1, lang)} %"


def beside(gap: float | None, subject: Subject) -> str:
    """A weighted gap in words: `kém 1,01`, `hơn 0,54`; rounded to nothing, `ngang`."""
    if gap is None:
        return number.MISSING
    amount = subject.points(gap)
    if not amount.strip("0,."):
        return subject.say("list.level")
    return subject.say("list.behind" if gap > 0 else "list.ahead", amount=amount)


def gaps_title(rows: pl.DataFrame, subject: Subject) -> str:
    """Where a unit is behind its reference, and where most; `rows` with a weighted gap."""
    ordered = rows.sort("weighted_gap", descending=True)
    behind = ordered.filter(pl.col("weighted_gap") > 0).height
    values: dict[str, object] = {"name": subject.name, "reference": subject.reference}
    edge = ordered.row(0 if behind else -1, named=True)
    part, gap = subject.part(edge["component"]), subject.points(edge["weighted_gap"])
    if not behind:
        return subject.say("gaps.title_none", best=part, word=subject.word, gap=gap, **values)
    values |= {"of": rows.height, "word": component_words(subject.index, rows.height, subject.lang)}
    if behind == rows.height:
        return subject.say("gaps.title_all", worst=part, gap=gap, **values)
    return subject.say("gaps.title", behind=behind, worst=part, gap=gap, **values)


def gap_facts(row: Row, subject: Subject) -> str | None:
    """How far a component is from its reference, in words; None where that is not known."""
    gap = row["weighted_gap"]
    if gap is None:
        return None
    amount = subject.points(gap)
    key = "level" if not amount.strip("0,.") else "behind" if gap > 0 else "ahead"
    values = {"reference": subject.reference} | ({} if key == "level" else {"amount": amount})
    return subject.say(f"part.{key}", **values)


def points_of(row: Row, subject: Subject) -> str:
    """A component's score: `6,28 điểm`, `8,5/9,5 điểm`."""
    if row["score"] is None:
        return subject.say("part.points_unknown")
    score = number.decimal(row["score"], subject.index.score_decimals, subject.lang)
    return subject.say("part.points", score=score)


def standing_of(row: Row, subject: Subject) -> str:
    """A component's rank, or the order where no more is known."""
    rank = row["rank"] if row["published_rank"] is None else row["published_rank"]
    if rank is not None:
        return number.standing(rank, row["of"], subject.lang)
    if row["order"] is None:
        return subject.say("part.rank_unknown")
    return subject.say("part.ordered", standing=number.standing(row["order"], row["of"], subject.lang))
