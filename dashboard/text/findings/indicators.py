"""What the indicators show, in sentences, from the answer of `analytics.indicators`."""

from __future__ import annotations

from analytics.core.answer import Answer
from dashboard.text import grammar, say
from data import number
from data.text import Language

# How many indicators are named.
_NAMED = 3


def indicators(answer: Answer, lang: Language) -> tuple[str, str] | None:
    """How many indicators got better and worse since they were last measured, and a headline."""
    moved = answer.rows.drop_nulls("moved")["moved"]
    if moved.is_empty():
        return None
    counts = {way: int((moved == way).sum()) for way in ("better", "worse", "same")}
    moves = [say(lang, f"documents.indicators.{way}", count=count) for way, count in counts.items() if count]
    sentence = say(lang, "documents.indicators.sentence", count=len(moved), moves=", ".join(moves))
    return sentence, say(lang, "documents.indicators.headline", count=len(moved), **counts)


def worst_indicators(answer: Answer, lang: Language) -> tuple[str, str] | None:
    """The three indicators that rank lowest, how many share the rank of the last of them, and a headline."""
    ranked = answer.rows.drop_nulls("rank").sort("rank", descending=True, maintain_order=True)
    if ranked.is_empty():
        return None
    items = [
        say(
            lang,
            "documents.indicators.item",
            indicator=row[f"name_{lang}"],
            place=number.standing(row["rank"], row["of"], lang),
        )
        for row in ranked.head(_NAMED).iter_rows(named=True)
    ]
    last = ranked.head(_NAMED).row(-1, named=True)
    level = ranked.slice(_NAMED).filter(rank=last["rank"]).height
    key = "documents.indicators.more_one" if level == 1 else "documents.indicators.more"
    more = grammar.bracketed(key, lang, count=level) if level else ""
    sentence = say(lang, "documents.indicators.worst", count=ranked.height, items="; ".join(items), more=more)
    lowest = ranked.row(0, named=True)
    count = ranked.filter(rank=lowest["rank"]).height
    place = number.standing(lowest["rank"], lowest["of"], lang)
    return sentence, say(lang, "documents.indicators.headline_worst", count=count, of=ranked.height, place=place)
