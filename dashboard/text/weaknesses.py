"""The sentences of the weaknesses: figures in, words out, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from analytics.core.answer import Answer
from analytics.weakness.disagreement import Disagreement, First
from dashboard.text import grammar, say
from dashboard.text.wording import Wording
from data import number
from data.text import Language

Row = Mapping[str, Any]

# Weighted gaps are points of the total, which publishers print with two decimals.
PLACES = 2


@dataclass(frozen=True, slots=True)
class WeaknessWording(Wording):
    """Words for weaknesses and gaps; `reference` is what the gaps are measured against, in words."""

    PAGE: ClassVar[str] = "weaknesses"

    reference: str

    def points(self, value: float | None, *, signed: bool = False) -> str:
        """A score or a gap; a gap's words say whether it is behind or ahead, so it has no sign of its own."""
        shown = value if signed or value is None else abs(value)
        return number.decimal(shown, PLACES, self.lang, signed=signed)

    def place(self, rank: int | None, of: int) -> str:
        """`55/63`."""
        return number.MISSING if rank is None else f"{rank}/{of}"


def reference(answer: Answer, region: str, lang: Language) -> str:
    """What the gaps are measured against: `trung vị nhóm 15 dẫn đầu`."""
    count = len(answer.figures["group"] or ())
    values = {"top": answer.figures["top"], "count": count, "region": region}
    return say(lang, f"weaknesses.reference.{answer.figures['against']}", **values)


def standing(row: Row | None, of: int, wording: WeaknessWording) -> str:
    """Rank and total in a sentence; empty where neither is known."""
    rank = None if row is None else row["rank"] if row["published_rank"] is None else row["published_rank"]
    score = None if row is None else row["score"]
    place = number.standing(rank, of, wording.lang)
    place = place[:1].upper() + place[1:]
    points = number.decimal(score, wording.index.score_decimals, wording.lang)
    if rank is not None and score is not None:
        return wording.say("standing", standing=place, points=points)
    if rank is not None:
        return wording.say("rank_only", standing=place)
    return "" if score is None else wording.say("points_only", points=points)


def finding(found: Disagreement, wording: WeaknessWording) -> str:
    """Which components are weak by every list, in a title."""
    lists = len(found.first)
    if lists == 1:
        ((kind, first),) = found.first.items()
        how = wording.place(first.rank, first.of) if kind == "rank" else _score(found, first, wording)
        return wording.say("finding.one", name=wording.name, part=wording.component(first.component), how=how)
    if not found.weakest:
        return wording.say("finding.none" if lists > 2 else "finding.none_two", name=wording.name)
    parts = listed([wording.component(code) for code in found.weakest], wording)
    return wording.say("finding.all" if lists > 2 else "finding.two", name=wording.name, parts=parts)


def listed(names: Sequence[str], wording: WeaknessWording) -> str:
    """`A, B và C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {wording.say('finding.and')} {names[-1]}"


def why(found: Disagreement, wording: WeaknessWording) -> str | None:
    """Why the lists differ, in one sentence; None where there is but one list."""
    score, rank, gap = (found.first.get(kind) for kind in ("score", "rank", "gap"))
    if len(found.first) < 2 or score is None:
        return None
    same = _all_the_same(found, wording)
    if same is not None:
        return same
    key = "why.start" if found.one_scale else "why.start_share"
    said = wording.say(key, part=wording.component(score.component), score=_score(found, score, wording))
    if rank is not None:
        said += _worst_rank(found, score, rank, wording)
    if gap is not None:
        said += _largest_gap(found, score, rank, gap, wording)
    return f"{said}."


def _all_the_same(found: Disagreement, wording: WeaknessWording) -> str | None:
    """The sentence where every list begins with the same component."""
    score, rank, gap = (found.first.get(kind) for kind in ("score", "rank", "gap"))
    if score is None or rank is None or len({item.component for item in found.first.values()}) > 1:
        return None
    values = {
        "part": wording.component(score.component),
        "score": _score(found, score, wording),
        "rank": wording.place(rank.rank, rank.of),
    }
    key = "why.same" if found.one_scale else "why.same_share"
    if gap is None:
        return wording.say(f"{key}_two", **values)
    if _behind(gap):
        return wording.say(f"{key}_three", gap=wording.points(gap.weighted_gap), **values)
    return wording.say(f"{key}_ahead", name=wording.name, word=wording.word, **values)


def _worst_rank(found: Disagreement, score: First, rank: First, wording: WeaknessWording) -> str:
    place, part = wording.place(rank.rank, rank.of), wording.component(rank.component)
    if rank.component == score.component:
        return wording.say("why.rank_too", rank=place)
    if found.why_rank == "low_everywhere":
        low, high = wording.points(score.median), wording.points(rank.median)
        return wording.say("why.rank_low_everywhere", part=part, rank=place, low=low, high=high)
    key = "why.rank_close_together" if found.why_rank else "why.rank_else"
    return wording.say(key, part=part, rank=place)


def _largest_gap(
    found: Disagreement, score: First, rank: First | None, gap: First, wording: WeaknessWording
) -> str:
    if not _behind(gap):
        return wording.say("why.gap_none", word=wording.word)
    amount, part = wording.points(gap.weighted_gap), wording.component(gap.component)
    before = score if rank is None else rank
    if gap.component == before.component:
        return wording.say("why.gap_first" if rank is None else "why.gap_rank", gap=amount)
    key = "why.gap_score" if gap.component == score.component else "why.gap_else"
    said = wording.say(key, part=part, gap=amount)
    if found.why_gap == "wider":
        wide, narrow = wording.points(gap.gap), wording.points(before.gap)
        return said + wording.say("why.wider", wide=wide, narrow=narrow)
    if found.why_gap in ("weight", "both"):
        weight, less = share(gap.weight, wording.lang), share(before.weight, wording.lang)
        values = {"weight": weight, "worst": wording.component(before.component), "less": less}
        return said + wording.say(f"why.{found.why_gap}", part=part, **values)
    return said


def _score(found: Disagreement, first: First, wording: WeaknessWording) -> str:
    """A score, with the end of its scale where scales differ: `11,75/15`."""
    if found.one_scale or first.out_of is None:
        return wording.points(first.score)
    return f"{wording.points(first.score)}/{scale_end(first.out_of, wording.lang)}"


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


def beside(gap: float | None, wording: WeaknessWording) -> str:
    """A weighted gap in words: `kém 1,01`, `hơn 0,54`; rounded to nothing, `ngang`."""
    if gap is None:
        return number.MISSING
    amount = wording.points(gap)
    if not amount.strip("0,."):
        return wording.say("list.level")
    return wording.say("list.behind" if gap > 0 else "list.ahead", amount=amount)


def gaps_title(rows: pl.DataFrame, wording: WeaknessWording) -> str:
    """Where a unit is behind its reference, and where most; `rows` with a weighted gap."""
    ordered = rows.sort("weighted_gap", descending=True)
    behind = ordered.filter(pl.col("weighted_gap") > 0).height
    values: dict[str, object] = {"name": wording.name, "reference": wording.reference}
    edge = ordered.row(0 if behind else -1, named=True)
    part, gap = wording.component(edge["component"]), wording.points(edge["weighted_gap"])
    if not behind:
        return wording.say("gaps.title_none", best=part, word=wording.word, gap=gap, **values)
    values |= {"of": rows.height, "word": wording.words(rows.height)}
    if behind == rows.height:
        return wording.say("gaps.title_all", worst=part, gap=gap, **values)
    return wording.say("gaps.title", behind=behind, worst=part, gap=gap, **values)


def gap_facts(row: Row, wording: WeaknessWording) -> str | None:
    """How far a component is from its reference, in words; None where that is not known."""
    gap = row["weighted_gap"]
    if gap is None:
        return None
    amount = wording.points(gap)
    key = "level" if not amount.strip("0,.") else "behind" if gap > 0 else "ahead"
    values = {"reference": wording.reference} | ({} if key == "level" else {"amount": amount})
    return wording.say(f"part.{key}", **values)


def points_of(row: Row, wording: WeaknessWording) -> str:
    """A component's score: `6,28 điểm`, `8,5/9,5 điểm`."""
    if row["score"] is None:
        return wording.say("part.points_unknown")
    score = number.decimal(row["score"], wording.index.score_decimals, wording.lang)
    return wording.say("part.points", score=score)


def standing_of(row: Row, wording: WeaknessWording) -> str:
    """A component's rank, or the order where no more is known."""
    rank = row["rank"] if row["published_rank"] is None else row["published_rank"]
    if rank is not None:
        return number.standing(rank, row["of"], wording.lang)
    if row["order"] is None:
        return wording.say("part.rank_unknown")
    return wording.say("part.ordered", standing=number.standing(row["order"], row["of"], wording.lang))


def pareto_title(answer: Answer, names: Sequence[str], wording: WeaknessWording) -> str:
    """Whom to learn from: those of `analytics.standing.pareto_peers`, the first of whom are named."""
    many, count = len(answer.figures["weak"]), answer.rows.height
    weak = wording.say("pareto.weak_one" if many == 1 else "pareto.weak_many", count=many)
    key = "strong" if not many else "none" if not count else "one" if count == 1 else "many"
    listed = ", ".join(names) + ("…" if count > len(names) else "")
    return wording.say(f"pareto.title_{key}", names=listed, weak=weak, count=count)


def pareto_below(answer: Answer, closest: str, wording: WeaknessWording) -> str:
    """What was compared, who is ahead but richer, and who comes closest where nobody does it."""
    figures = answer.figures
    if not figures["weak"]:
        return ""
    own, limit = (number.decimal(figures["own"] * more, 1, wording.lang) for more in (1, 1 + figures["margin"]))
    weak = grammar.listed([wording.short(code) for code in figures["weak"]], wording.lang, len(figures["weak"]))
    given = {"listed": weak, "own": own, "limit": limit}
    said = [wording.say("pareto.below", **given, data_year=figures["data_year"], no_richer=figures["no_richer"])]
    if not answer.rows.height and closest:
        beaten = figures["closest"]["beaten"]
        said.append(wording.say("pareto.closest", closest=closest, beaten=beaten, weak=len(figures["weak"])))
    if figures["richer"]:
        said.append(wording.say("pareto.richer", richer=figures["richer"]))
    return " ".join(said)
