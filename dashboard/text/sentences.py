"""Sentences that pages and documents share: figures in, a true sentence out, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from dashboard.text import say
from data import number
from data.definition import OVERALL, Index
from data.status import STATUSES
from data.text import Language

Row = Mapping[str, Any]


def edition(index: Index, year: int, component: str, lang: Language) -> str:
    """An edition, or a component of it: `PCI 2019`, `PCI 2019, Tính minh bạch`."""
    named = f"{index.name.in_(lang)} {year}"
    return named if component == OVERALL else f"{named}, {index.component(component).name.in_(lang)}"


def shown_rank(row: Row) -> int | None:
    """The rank that is shown: the publisher's, else the computed one; of a row with both."""
    value = row["rank"] if row["published_rank"] is None else row["published_rank"]
    return None if value is None else int(value)


def ranking_title(index: Index, answer: Answer, lang: Language) -> str:
    """The title of a ranking: `PCI 2023: xếp hạng 63 tỉnh, thành phố`."""
    rows = answer.rows
    if rows.is_empty():
        key = "rankings.title_empty"
    elif is_ordered(rows):
        key = "rankings.title_ordered"
    elif not answer.figures["complete"]:
        key = "rankings.title_partial"
    else:
        key = "rankings.title"
    return say(lang, key, edition=_edition(index, answer, lang), units=answer.coverage.of, known=rows.height)


def is_ordered(rows: pl.DataFrame) -> bool:
    """Whether no rank is known, only the order."""
    return rows["order"].count() > 0 and rows["rank"].count() == 0 and rows["published_rank"].count() == 0


def coverage(answer: Answer, lang: Language) -> str:
    """How many scores and ranks of a ranking are known, and how; `answer` is of the whole edition."""
    rows, of = answer.rows, answer.coverage.of
    known = {"known": answer.coverage.known, "of": of, "how": _statuses(rows, lang)}
    if rows.is_empty():
        return say(lang, "coverage.nothing", of=of)
    if is_ordered(rows):
        ranges = rows.filter(pl.col("score").is_null())["score_low"].count()
        key = "coverage.ordered" if answer.coverage.known or ranges else "coverage.only_order"
        return say(lang, key, order=rows["order"].count(), ranges=ranges, **known)
    ranks = rows["published_rank"].count()
    if not answer.figures["complete"]:
        return say(lang, "coverage.partial", ranks=ranks, **known)
    key = "some" if 0 < ranks < of else "all" if ranks else "none"
    return say(lang, f"coverage.{key}_ranks", ranks=ranks, rest=of - ranks, **known)


def source(index: Index, answer: Answer, lang: Language) -> str:
    """The source line below a table or chart: the publisher, and who computed.

    Where most figures come from second-hand reports, the line says so: nobody here saw the publisher's own.
    """
    statuses = [*answer.rows["score_status"].drop_nulls(), *answer.rows["rank_status"].drop_nulls()]
    first = sum(status in ("published", "derived") for status in statuses)
    key = "first_hand" if 2 * first >= len(statuses) else second_hand(index, [answer.year or 0])
    named = f"{index.name.in_(lang)} {answer.year}"
    return say(lang, f"source.{key}", publisher=index.publisher.in_(lang), edition=named)


def second_hand(index: Index, years: Iterable[int]) -> str:
    """How figures came that nobody read at their publisher: in tables entered here, or in reports."""
    filled = {edition.year for edition in index.editions if edition.batches}
    return "entered" if filled and filled.issuperset(years) else "second_hand"


def compared(index: Index, row: Row, year: int, places: int, lang: Language) -> str | None:
    """How a unit has moved since the edition before: `lên 2 bậc, thêm 1,93 điểm so với PCI 2018`."""
    before = index.previous(year)
    parts = [
        *_moved("rank", row["change_rank"], 0, lang),
        *_moved("score", row["change_score"], places, lang),
    ]
    if before is None or not parts:
        return None
    named = f"{index.name.in_(lang)} {before.year}"
    return say(lang, "standing.compared", moves=", ".join(parts), before=named)


def density(figures: Mapping[str, Any], lang: Language) -> str:
    """How many units have nearly the same score, and how many places a few tenths of a point are worth."""
    up = _steps("standing.gain", figures["places_up"], lang)
    down = _steps("standing.loss", figures["places_down"], lang)
    within = number.decimal(figures["within"], 1, lang)
    return say(lang, "standing.density", within=within, count=figures["neighbours"], up=up, down=down)


def overtaking(rows: pl.DataFrame, relation: str, lang: Language) -> str | None:
    """The units that a unit overtook (`overtaken`) or that overtook it (`overtook`), with both ranks."""
    met = rows.filter(relation=relation)
    if met.is_empty():
        return None
    names = ", ".join(
        f"{row['name'] if lang == 'vi' else row['name_en']} ({row['rank_before']}\u00a0→\u00a0{row['rank_after']})"
        for row in met.iter_rows(named=True)
    )
    return say(lang, f"standing.{relation}", count=met.height, names=names)


def _edition(index: Index, answer: Answer, lang: Language) -> str:
    assert answer.year is not None  # a ranking is always of one edition
    return edition(index, answer.year, str(answer.figures["component"]), lang)


def _statuses(rows: pl.DataFrame, lang: Language) -> str:
    """The statuses of the scores: one where all have the same, else each with its count."""
    known = rows.drop_nulls("score")["score_status"]
    counts = {status: int((known == status).sum()) for status in STATUSES}
    met = {status: count for status, count in counts.items() if count}
    if len(met) == 1:
        return f" ({say(lang, f'coverage.how_{next(iter(met))}')})"
    listed = ", ".join(f"{count} {say(lang, f'status.{status}')}" for status, count in met.items())
    return f" ({listed})" if met else ""


def _moved(what: str, value: float | None, places: int, lang: Language) -> list[str]:
    if value is None:
        return []
    amount = number.decimal(abs(value), places, lang)
    direction = "same" if not amount.strip("0,.") else "up" if value > 0 else "down"
    return [say(lang, f"standing.{what}_{direction}", amount=amount)]


def _steps(key: str, places: Mapping[float, int], lang: Language) -> str:
    return ", ".join(
        say(lang, key, step=number.decimal(step, 1, lang), places=count) for step, count in places.items()
    )
