"""Why total and rank changed, in sentences, from the answer of `analytics.change`.

Every number is one of the answer's; None where it can't carry a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analytics.change.change import REMAINDER
from analytics.core.answer import Answer
from dashboard.text import grammar, say
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]

# How many components are named as raising or lowering a total.
NAMED = 3


def reason(index: Index, name: str, answer: Answer, lang: Language) -> str | None:
    """Why the rank changed: the parts of the own score, the others' and the method, and the largest contributions.

    `answer` is `analytics.change`'s. Without the parts, only where contributions are known.
    """
    figures = answer.figures
    if figures["rank_change"] is None:
        return None
    way = grammar.direction(figures["rank_change"], 0)
    moved = say(
        lang,
        f"documents.reason.{way}",
        name=name,
        index=index.name.in_(lang),
        before=figures["previous_year"],
        places=grammar.places(figures["rank_change"], lang),
    )
    main = _main(index, answer, lang)
    how = grammar.bracketed("documents.reason.derived", lang) if _rank_computed(figures) else ""
    if figures["own"] is None:
        return say(lang, "documents.reason.unsplit", moved=moved, how=how, main=main) if main else None
    parts = {part: grammar.half(figures[part], lang, signed=True) for part in ("own", "others")}
    # Within a regime the method has no part.
    method = ""
    if not index.comparable(figures["previous_year"], int(answer.year or 0)):
        method = say(lang, "documents.reason.method", places=grammar.half(figures["method"], lang, signed=True))
    lists = say(lang, "documents.reason.lists", places=_signed(figures["lists"], lang)) if figures["lists"] else ""
    return say(
        lang, "documents.reason.sentence", moved=moved, how=how, method=method, lists=lists, main=main, **parts
    )


def _signed(places: int, lang: Language) -> str:
    return grammar.half(float(places), lang, signed=True)


def _main(index: Index, answer: Answer, lang: Language) -> str:
    """The components that raised and lowered the total most, as far as they are known."""
    said = []
    for key, worst in (("raised", False), ("lowered", True)):
        first = _contributions(answer, worst)[:1]
        if first:
            part, points = _named(index, first[0], lang)
            said.append(say(lang, f"documents.reason.{key}", part=part, points=points))
    if not said:
        return ""
    return say(lang, "documents.reason.main", among=_among(index, answer, lang), named=", ".join(said))


def _among(index: Index, answer: Answer, lang: Language) -> str:
    parts = answer.rows.filter(pl.col("component") != REMAINDER)
    return grammar.among(index, parts["contribution"].count(), parts.height, lang)


def reason_headline(name: str, answer: Answer, lang: Language) -> str | None:
    """The headline of `reason`; None where the change of rank can't be split."""
    figures = answer.figures
    if figures["own"] is None:
        return None
    way = grammar.direction(figures["rank_change"], 0)
    places = grammar.places(figures["rank_change"], lang)
    parts = {part: grammar.half(figures[part], lang, signed=True) for part in ("own", "others")}
    said = say(lang, f"documents.reason.headline_{way}", name=name, places=places, **parts)
    if figures["lists"]:
        said += say(lang, "documents.reason.headline_lists", places=_signed(figures["lists"], lang))
    return said


def kept(index: Index, name: str, answer: Answer, lang: Language) -> tuple[str, str] | None:
    """The rank with the previous edition's score, and a headline."""
    figures = answer.figures
    if figures["rank_if_score_kept"] is None or figures["score_before"] is None:
        return None
    place = number.standing(figures["rank_if_score_kept"], figures["compared"], lang)
    before = figures["previous_year"]
    same_method = index.comparable(before, int(answer.year or 0))
    even = figures["rank_if_score_kept"] == figures["compared_after"]
    key = ("" if same_method else "method_") + ("even" if even else "other")
    sentence = say(
        lang,
        f"documents.kept.{key}",
        score=number.decimal(figures["score_before"], index.score_decimals, lang),
        before=before,
        name=name,
        place=place,
        rank=figures["compared_after"],
        how=grammar.bracketed("documents.how.computed", lang) if _rank_recomputed(figures) else "",
        among=_in_both(index, answer, lang),
    )
    short = "documents.kept.headline_even" if even else "documents.kept.headline_other"
    return sentence, say(lang, short, before=before, place=place)


def _rank_computed(figures: Mapping[str, Any]) -> bool:
    """Whether the rank after the change is computed, not the publisher's."""
    return figures["rank_after"] is not None and figures["rank_status_after"] is None


def _rank_recomputed(figures: Mapping[str, Any]) -> bool:
    """Whether the rank among the units in both editions is none that its publisher stated."""
    return _rank_computed(figures) or figures["compared_after"] != figures["rank_after"]


def _in_both(index: Index, answer: Answer, lang: Language) -> str:
    """A remark that ranks are among the units in both editions, where an edition has others too."""
    assert answer.year is not None  # a change is of an edition
    ranked, editions = answer.figures["compared"], {answer.figures["previous_year"], answer.year}
    if all(index.edition(year).units == ranked for year in editions):
        return ""
    return grammar.bracketed("documents.reason.among", lang, ranked=ranked)


def contributors(index: Index, name: str, answer: Answer, lang: Language) -> tuple[str, str] | None:
    """The components that raised and lowered the total most, and the remainder; and a headline."""
    change = answer.figures["score_change"]
    raised, lowered = _contributions(answer, worst=False), _contributions(answer, worst=True)
    if change is None or not (raised or lowered):
        return None
    way = grammar.direction(change, index.score_decimals).replace("barely", "same")
    amount = number.decimal(abs(change), index.score_decimals, lang)
    about = {"index": index.name.in_(lang), "name": name, "before": answer.figures["previous_year"]}
    parts = []
    for key, rows in (("raised", raised), ("lowered", lowered)):
        if rows:
            named = (_named(index, row, lang) for row in rows[:NAMED])
            items = [say(lang, "documents.contributors.item", part=part, points=points) for part, points in named]
            parts.append(say(lang, f"documents.contributors.{key}", items=grammar.listed(items, lang)))
    sentence = say(
        lang,
        "documents.contributors.sentence",
        moved=say(lang, f"documents.contributors.{way}", amount=amount, **about),
        among=_among(index, answer, lang),
        parts="; ".join(parts),
        rest=_rest(index, answer, lang),
    )
    # The headline names a component that moved in the direction of the total.
    largest = ((lowered or raised) if change < 0 else (raised or lowered))[0]
    part, points = index.component(largest["component"]).name.in_(lang), abs(largest["contribution"])
    written = number.decimal(points, index.score_decimals, lang)
    key = "raised" if largest["contribution"] > 0 else "lowered"
    return sentence, say(lang, f"documents.contributors.headline_{key}", part=part, points=written)


def shown_rows(index: Index, answer: Answer) -> pl.DataFrame:
    """The rows for a table or chart: without a remainder that is not known or rounds to zero.

    As printed, they still add up to the change of the total.
    """
    rest = answer.rows.filter(component=REMAINDER)["contribution"]
    if rest.count() and grammar.direction(rest.drop_nulls().item(), index.score_decimals) in ("up", "down"):
        return answer.rows
    return answer.rows.filter(pl.col("component") != REMAINDER)


def _rest(index: Index, answer: Answer, lang: Language) -> str:
    rest = shown_rows(index, answer).filter(component=REMAINDER)
    if rest.is_empty():
        return ""
    points = number.decimal(rest["contribution"].item(), index.score_decimals, lang, signed=True)
    return say(lang, "documents.contributors.rest", points=points)


def _contributions(answer: Answer, worst: bool) -> Sequence[Row]:
    """The components that raised the total, or lowered it, the largest first."""
    sign = -1 if worst else 1
    found = answer.rows.filter(pl.col("component") != REMAINDER, sign * pl.col("contribution") > 0)
    return found.sort(pl.col("contribution").abs(), descending=True, maintain_order=True).to_dicts()


def _named(index: Index, row: Row, lang: Language) -> tuple[str, str]:
    points = number.decimal(row["contribution"], index.score_decimals, lang, signed=True)
    return index.component(row["component"]).name.in_(lang), points
