"""The four or five key figures of a summary slide, each with the words that qualify it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.documents.content.content import Chapter
from dashboard.documents.deck.slide import Card
from dashboard.text import grammar, say
from dashboard.text.sentences import shown_rank
from data import number
from data.text import Language


def cards(chapter: Chapter, lang: Language) -> tuple[Card, ...]:
    """Rank, score, rank in the region, distance to the target group, chance of joining it: those known."""
    row = chapter.subject.row
    if row is None:
        return ()
    return (*_rank(row, lang), *_score(chapter, row, lang), *_region(chapter, row, lang), *_way(chapter, lang))


def _rank(row: Mapping[str, Any], lang: Language) -> Iterator[Card]:
    rank = shown_rank(row)
    if rank is None:
        return
    change = row["change_rank"]
    moved = "" if change is None else f"{_sign(change)} {grammar.places(change, lang)}" if change else _sign(0)
    status = "computed" if row["published_rank"] is None else row["rank_status"]
    beside = _how("rank", status, lang)
    figure = f"{number.whole(rank, lang)}/{row['of']}"
    yield Card(say(lang, "deck.card.rank"), figure, _joined(moved, beside), "chosen")


def _score(chapter: Chapter, row: Mapping[str, Any], lang: Language) -> Iterator[Card]:
    published = row["published_score"]
    score = row["score"] if published is None else published
    if score is None:
        return
    places, change = chapter.index.score_decimals, row["change_score"]
    amount = number.decimal(abs(change or 0.0), places, lang)
    moved = "" if change is None else f"{_sign(change)} {say(lang, 'documents.unit.points', amount=amount)}"
    how = "" if published is not None else _how("score", row["score_status"], lang)
    yield Card(say(lang, "deck.card.score"), number.decimal(score, places, lang), _joined(moved, how))


def _region(chapter: Chapter, row: Mapping[str, Any], lang: Language) -> Iterator[Card]:
    ranked = chapter.subject.region_ranked
    if ranked is None or row["rank_in_region"] is None:
        return
    name, of = ranked
    yield Card(say(lang, "deck.card.region"), f"{row['rank_in_region']}/{of}", name)


def _way(chapter: Chapter, lang: Language) -> Iterator[Card]:
    found, answer = chapter.subject.distance, chapter.subject.target
    if found is not None and found.inside is not None and found.points is not None:
        side = "inside" if found.inside else "outside"
        figure = number.decimal(found.points, chapter.index.score_decimals, lang)
        key = "deck.card.points" if found.places is None else "deck.card.points_places"
        beside = say(lang, key, places=grammar.places(found.places or 0, lang))
        yield Card(say(lang, f"deck.card.{side}", top=found.top), figure, beside, "target")
    odds = answer.figures["odds"] if answer is not None else None
    if answer is not None and odds is not None:
        planned = grammar.chance(max(odds["with"].values()), lang) if odds["with"] else ""
        beside = say(lang, "deck.card.planned", p=planned) if planned else ""
        label = say(lang, "deck.card.odds", top=answer.figures["top"])
        yield Card(label, grammar.chance(odds["without"], lang), beside)


def _sign(change: float) -> str:
    return "▲" if change > 0 else "▼" if change < 0 else "="


def _how(what: str, status: str | None, lang: Language) -> str:
    if status in (None, "published"):
        return ""
    return say(lang, f"documents.how.{'computed' if status == 'computed' else f'{what}_{status}'}")


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
