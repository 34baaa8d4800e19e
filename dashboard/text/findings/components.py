"""What the components show, in sentences: how they changed, where they stand, what holds a province back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from dashboard.text import agency as names
from dashboard.text import grammar, say
from data import number
from data.definition import OVERALL, Index
from data.text import Language

Row = Mapping[str, Any]

THREE = 3
# In the order of a sentence: the clearest first, what can't be compared last.
_CROSSINGS = (
    *("up/up", "up/same", "up/down", "down/up", "down/same", "down/down", "same/up", "same/down", "same/same"),
    *("up/?", "down/?", "same/?", "?/up", "?/down", "?/same", "?/?"),
)
# The evidence of an agency that is inferred from its mandate alone.
INFERRED = "mandate-only"


def crossed(index: Index, answer: Answer, lang: Language) -> tuple[str, str | None] | None:
    """How many components rose in score and rank, rose in score but fell in rank, and so on; and a headline."""
    groups: Mapping[str, Sequence[str]] = answer.figures["crossed"]
    of = sum(len(codes) for codes in groups.values())
    if not of or list(groups) == ["?/?"]:
        return None
    said = [
        say(
            lang,
            f"documents.crossed.{crossing.replace('?', 'unknown').replace('/', '_')}",
            count=len(groups[crossing]),
            items="; ".join(index.component(code).name.in_(lang) for code in groups[crossing]),
        )
        for crossing in _CROSSINGS
        if crossing in groups
    ]
    words = grammar.component_words(index, of, lang)
    before = answer.figures["previous_year"]
    sentence = say(lang, "documents.crossed.sentence", before=before, of=of, word=words, groups="; ".join(said))
    by_score = any(not crossing.startswith("?") for crossing in groups)
    place = 0 if by_score else 1

    def moved(way: str) -> int:
        return sum(len(codes) for crossing, codes in groups.items() if crossing.split("/")[place] == way)

    up, down = moved("up"), moved("down")
    if not up and not down:
        return sentence, None
    key = ("headline_score" if by_score else "headline_rank") + ("" if up and down else "_up" if up else "_down")
    return sentence, say(lang, f"documents.crossed.{key}", up=up, down=down, of=of, word=words)


def mover(index: Index, answer: Answer, rise: bool, lang: Language) -> tuple[str, str | None] | None:
    """The component whose score rose (or fell) most, all of them where they are level; by rank across a regime.

    The headline is only of one component, and where all are known.
    """
    rows = answer.rows.filter(pl.col("component") != "remainder")
    column = "change" if rows["change"].count() else "change_rank"
    known = rows.drop_nulls(column)
    if known.is_empty():
        return None
    key = ("risen" if rise else "fallen") + ("" if column == "change" else "_rank")
    signed = known.with_columns(size=pl.col(column) if rise else -pl.col(column)).filter(pl.col("size") > 0)
    if signed.is_empty():
        if known.height < rows.height:
            # A component that is not known may have risen or fallen.
            return None
        word, before = grammar.component_words(index, 1, lang), answer.figures["previous_year"]
        return say(lang, f"documents.movers.none_{key}", word=word, before=before), None
    most = signed.filter(pl.col("size") == pl.col("size").max())
    write = _score_item if column == "change" else _rank_item
    items = [write(index, row, lang) for row in most.iter_rows(named=True)]
    among = grammar.among(index, known.height, rows.height, lang)
    sentence = say(lang, f"documents.movers.{key}", among=among, items=grammar.listed(items, lang))
    headline = None
    if most.height == 1 and not among:
        part = index.component(most["component"][0]).name.in_(lang)
        places = index.score_decimals if column == "change" else 0
        by = number.decimal(most[column][0], places, lang, signed=True)
        headline = say(lang, f"documents.movers.headline_{key}", part=part, change=by)
    return grammar.capital(sentence), headline


def _score_item(index: Index, row: Row, lang: Language) -> str:
    places = index.score_decimals
    rank = ""
    if row["rank_before"] is not None and row["rank_after"] is not None:
        rank = say(lang, "documents.movers.rank", **{"from": row["rank_before"], "to": row["rank_after"]})
    values = {
        "part": index.component(row["component"]).name.in_(lang),
        "change": number.decimal(row["change"], places, lang, signed=True),
        "from": number.decimal(row["before"], places, lang),
        "to": number.decimal(row["after"], places, lang),
    }
    return say(lang, "documents.movers.score", rank=rank, **values)


def _rank_item(index: Index, row: Row, lang: Language) -> str:
    values = {
        "part": index.component(row["component"]).name.in_(lang),
        "change": number.whole(row["change_rank"], lang, signed=True),
        "from": row["rank_before"],
        "to": row["rank_after"],
    }
    return say(lang, "documents.movers.rank_item", **values)


def medians(index: Index, rows: pl.DataFrame, lang: Language) -> tuple[str, str] | None:
    """How many components are above the national median, and which is furthest below.

    `rows` are those of `analytics.comparison`.
    """
    measured = rows.filter(pl.col("component") != OVERALL).drop_nulls("gap")
    if measured.is_empty():
        return None
    above, equal = (measured.filter(way).height for way in (pl.col("gap") > 0, pl.col("gap") == 0))
    values = {
        "above": above,
        "known": measured.height,
        "word": grammar.component_words(index, measured.height, lang),
    }
    lowest = measured.sort("gap", maintain_order=True).row(0, named=True)
    if lowest["gap"] < 0:
        gap = number.decimal(lowest["gap"], index.score_decimals, lang, signed=True)
        part = index.component(lowest["component"]).name.in_(lang)
        worst = say(lang, "documents.medians.worst", part=part, gap=gap)
    else:
        word = grammar.component_words(index, 1, lang)
        worst = say(lang, "documents.medians.none_below", word=word)
    rest = say(lang, "documents.medians.equal", count=equal) if equal else ""
    key = "sentence_one" if above == 1 else "sentence"
    sentence = say(lang, f"documents.medians.{key}", rest=rest, worst=worst, **values)
    return sentence, say(lang, "documents.medians.headline", **values)


def reference(answer: Answer, chosen: bool, lang: Language) -> str:
    """The reference that gaps are measured against: `trung vị nhóm 15 đơn vị dẫn đầu`."""
    against = "chosen" if chosen and answer.figures["against"] == "peers" else answer.figures["against"]
    return say(lang, f"documents.reference.{against}", top=answer.figures["top"])


def weakest(
    index: Index, name: str, answer: Answer, against: str, lang: Language, *, city: bool = False
) -> tuple[str, str] | None:
    """The three weakest components by weighted gap, else by rank, else by score, with their lead agencies.

    `answer` is `analytics.weakness`'s, `against` the words of its reference, `city` whether it is a city's.
    """
    rows = answer.rows
    measured = rows.drop_nulls("weighted_gap")
    about = {"name": name, "reference": against, "word": grammar.component_words(index, 1, lang)}
    about["among"] = grammar.among(index, measured.height, rows.height, lang)
    if measured.height:
        behind = measured.filter(pl.col("weighted_gap") > 0).sort(
            "weighted_gap", descending=True, maintain_order=True
        )
        if behind.is_empty():
            headline = say(lang, "documents.weakest.headline_none", reference=against)
            return say(lang, "documents.weakest.none", **about), headline
        first = list(behind.head(THREE).iter_rows(named=True))
        items = [_gap_item(index, row, lang, city) for row in first]
        return _said("gap", "headline", index, first, items, about, lang)
    placed = _placed(rows, weak=True)
    about["among"] = _among_placed(index, rows, lang)
    if placed:
        items = [_place_item(index, row, lang, lead(row, lang, city=city)) for row in placed]
        return _said("rank", "headline_rank", index, placed, items, about, lang)
    scored = list(rows.drop_nulls("place_by_score").sort("place_by_score").head(THREE).iter_rows(named=True))
    if not scored:
        return None
    about["among"] = grammar.among(index, rows["place_by_score"].count(), rows.height, lang)
    items = [
        say(
            lang,
            "documents.weakest.score_item",
            part=index.component(row["component"]).name.in_(lang),
            score=number.decimal(row["score"], index.score_decimals, lang),
            lead=lead(row, lang, city=city),
        )
        for row in scored
    ]
    return _said("score", "headline_score", index, scored, items, about, lang)


def strongest(index: Index, name: str, answer: Answer, lang: Language) -> tuple[str, str] | None:
    """The three components with the best ranks, or the first in the known order."""
    placed = _placed(answer.rows, weak=False)
    if not placed:
        return None
    items = [_place_item(index, row, lang) for row in placed]
    word = grammar.component_words(index, 1, lang)
    about = {"among": _among_placed(index, answer.rows, lang), "word": word, "name": name}
    return _said("strongest", "headline_strongest", index, placed, items, about, lang)


def _among_placed(index: Index, rows: pl.DataFrame, lang: Language) -> str:
    return grammar.among(index, rows["place_by_rank"].count(), rows.height, lang)


def _said(
    key: str,
    headline: str,
    index: Index,
    rows: Sequence[Row],
    items: Sequence[str],
    about: Mapping[str, str],
    lang: Language,
) -> tuple[str, str]:
    sentence = say(lang, f"documents.weakest.{key}", items=grammar.listed(items, lang), **about)
    first = rows[0]
    values = {
        "among": about["among"],
        "part": index.component(first["component"]).name.in_(lang),
        "place": number.standing(place_of(first), first["of"], lang),
        "score": number.decimal(first["score"], index.score_decimals, lang),
    }
    short = say(lang, f"documents.weakest.{headline}", **values)
    return grammar.capital(sentence), grammar.capital(short)


def _placed(rows: pl.DataFrame, weak: bool) -> Sequence[Row]:
    column = "place_by_rank" if weak else "strength_by_rank"
    return list(rows.drop_nulls(column).sort(column, maintain_order=True).head(THREE).iter_rows(named=True))


def _gap_item(index: Index, row: Row, lang: Language, city: bool) -> str:
    places = index.score_decimals
    return say(
        lang,
        "documents.weakest.gap_item",
        part=index.component(row["component"]).name.in_(lang),
        gap=number.decimal(row["gap"], places, lang),
        points=number.decimal(row["weighted_gap"], places, lang),
        lead=lead(row, lang, city=city),
    )


def place_of(row: Row) -> int | None:
    """The rank that is shown, else the place in the known order."""
    value = next((row[key] for key in ("published_rank", "rank", "order") if row[key] is not None), None)
    return None if value is None else int(value)


def _place_item(index: Index, row: Row, lang: Language, led: str = "") -> str:
    return say(
        lang,
        "documents.weakest.rank_item",
        part=index.component(row["component"]).name.in_(lang),
        place=number.standing(place_of(row), row["of"], lang),
        lead=led,
    )


def agency(after: str | None, before: Iterable[str | None], lang: Language, *, city: bool = False) -> str:
    """The agency responsible today, with a former one in brackets; `city`: of a centrally run city."""
    if after is None:
        return say(lang, "documents.cell.no_agency")
    today = names.name(after, lang, city=city)
    former = [names.name(item, lang, city=city) for item in before if item is not None and item != after]
    return names.changed(today, former, lang) if former else today


def lead(row: Row, lang: Language, *, city: bool = False) -> str:
    """The lead agency of a component, marked where it is inferred from a mandate; empty where none is known."""
    after, before = row["lead_after"], row["lead_before"]
    if after is None:
        return ""
    key = "documents.weakest.lead_inferred" if row["agency_evidence"] == INFERRED else "documents.weakest.lead"
    today = names.name(after, lang, city=city)
    if before in (None, after):
        return say(lang, key, agency=today)
    former = names.name(before, lang, city=city)
    return say(lang, key, agency=say(lang, "documents.weakest.formerly", after=today, before=former))


def orders(index: Index, name: str, rows: pl.DataFrame, edition: str, lang: Language) -> tuple[str, str] | None:
    """The first and last components where only the order is known; `rows` of `analytics.comparison`."""
    placed = rows.filter(pl.col("component") != OVERALL, pl.col("rank").is_null()).drop_nulls("order")
    if placed.is_empty() or rows["rank"].count():
        return None

    def at(edge: pl.Expr) -> str:
        items = [
            say(
                lang,
                "documents.orders.item",
                part=index.component(row["component"]).name.in_(lang),
                place=number.standing(int(row["order"]), row["of"], lang),
            )
            for row in placed.filter(pl.col("order") == edge).iter_rows(named=True)
        ]
        return grammar.listed(items, lang)

    values = {"name": name, "best": at(pl.col("order").min()), "worst": at(pl.col("order").max())}
    word = grammar.component_words(index, placed.height, lang)
    sentence = say(lang, "documents.orders.sentence", of=placed.height, word=word, edition=edition, **values)
    return sentence, say(lang, "documents.orders.headline", **values)


def moves(
    index: Index, what: str, before: int, after: int, changes: Sequence[float], lang: Language
) -> tuple[str, str | None] | None:
    """How many components rose and fell between two editions of a grid; `what` is `score` or `rank`.

    A change of rank is positive where it moved up.
    """
    counts = {
        "up": sum(change > 0 for change in changes),
        "down": sum(change < 0 for change in changes),
        "same": sum(change == 0 for change in changes),
    }
    about = {"before": before, "after": after, "of": len(changes)}
    about_word = grammar.component_words(index, len(changes), lang)
    said = [say(lang, f"documents.grid.{what}_{way}", count=count) for way, count in counts.items() if count]
    if not said:
        return None
    sentence = say(lang, f"documents.grid.{what}", moves=", ".join(said), word=about_word, **about)
    if not counts["up"] and not counts["down"]:
        return sentence, None
    way = "up" if counts["up"] else "down"
    headline = say(lang, f"documents.grid.headline_{what}_{way}", count=counts[way], word=about_word, **about)
    return sentence, headline
