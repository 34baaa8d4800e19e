"""The tables of the sheet and its source lines, as plain data for the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.subject import Subject
from dashboard.text import say, sentences, summary
from dashboard.text.overview import provenance
from dashboard.text.sentences import shown_rank
from data import number
from data.definition import Index
from data.text import Language

Sheet = dict[str, Any]
Row = dict[str, Any]


def standings(found: Iterable[Subject], chosen: Index, lang: Language) -> Sheet:
    """A row for each index: edition, rank, score, their changes, and the distance to the target group."""
    keys = ("edition", "rank", "score", "change_rank", "change_score", "target")
    return {
        "head": [say(lang, f"brief.column.{key}") for key in keys],
        "rows": [{"strong": item.index.code == chosen.code, "cells": _standing(item, lang)} for item in found],
    }


def members(subject: Subject, units: Sequence[str]) -> Sheet:
    """The members of one of the 34: the newest ranked edition of the leading index, the newest of the others."""
    lang, (lead, *others) = subject.lang, subject.frames.indices.values()
    names = {code: index.name.in_(lang) for code, index in subject.frames.indices.items()}
    keys = ("member", "lead_rank", "lead_score", "change_rank")
    head = [say(lang, f"brief.column.{key}", index=names[lead.code]) for key in keys]
    head += [names[index.code] for index in others]
    return {
        "head": head,
        "rows": [{"strong": False, "cells": _member(replace(subject, unit=unit), lead, others)} for unit in units],
    }


def sources(subjects: Iterable[Subject]) -> list[str]:
    """The source line of each edition, once."""
    return list(dict.fromkeys(sentences.source(item.index, item.ranking, item.lang) for item in subjects))


def _standing(found: Subject, lang: Language) -> list[Row]:
    row, places = found.row, found.index.score_decimals
    assert row is not None  # only what is known is listed
    low, high = row["score_low"], row["score_high"]
    score = number.decimal(row["score"], places, lang)
    if row["score"] is None and low is not None and high is not None:
        score = "–".join(number.decimal(end, places, lang) for end in (low, high))
    distance = number.MISSING
    if found.distance is not None:
        distance = summary.short_distance(found.distance, places, lang, found.noise_points)
    how = "; ".join(provenance(row, lang)) or say(lang, "status.published")
    return [
        {"text": found.wording.edition, "below": how},
        {"text": number.standing(shown_rank(row), row["of"], lang), "strong": True},
        {"text": score},
        _moved(row["change_rank"], 0, lang),
        _moved(row["change_score"], places, lang),
        {"text": distance, "small": True},
    ]


def _member(subject: Subject, lead: Index, others: Sequence[Index]) -> list[Row]:
    lang = subject.lang
    ranked = subject.on(lead).totals.filter(pl.col("rank").is_not_null())
    cells: list[Row] = [{"text": subject.name, "strong": True}]
    if ranked.is_empty():
        cells += [{"text": number.MISSING}] * 3
    else:
        row = ranked.row(-1, named=True)
        cells += [
            {"text": _placed(row)},
            {"text": number.decimal(row["score"], lead.score_decimals, lang)},
            _moved(row["change_rank"], 0, lang),
        ]
    for index in others:
        known = subject.on(index).totals
        cells.append({"text": number.MISSING if known.is_empty() else _placed(known.row(-1, named=True))})
    return cells


def _placed(row: Any) -> str:
    """`45/63 (2023)`."""
    rank = shown_rank(row)
    return number.MISSING if rank is None else f"{rank}/{row['of']} ({row['year']})"


def _moved(value: float | None, places: int, lang: Language) -> Row:
    """A change with its sign; the triangle beside it is drawn, the font has none."""
    written = number.decimal(value, places, lang, signed=True)
    direction = "" if value is None or not written.strip("0,.") else "up" if value > 0 else "down"
    return {"text": written, "direction": direction}
