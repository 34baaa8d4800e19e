"""One figure and its evidence: its status, its sources, and readings that disagree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.core.provenance import BATCH
from dashboard.html.cards import folded
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, fragment, items, tag
from dashboard.html.parts import facts, part, plain
from dashboard.html.table import Column
from dashboard.text import say
from dashboard.text.dates import moment
from dashboard.text.signs import SIGNS, status
from data import number
from data.definition import Index
from data.text import Language

_MOST_PLACES = 6


def figure(index: Index, answer: Answer, lang: Language) -> Markup:
    """The figure and its attributes; `answer` is one of `analytics.core.provenance.provenance` with a figure."""
    row: Row = answer.figures["figure"]
    pairs = [
        (say(lang, "column.score"), _score(index, row, lang)),
        (say(lang, "data.figure.score_how"), _how(row["score_status"], lang)),
        (say(lang, "column.published_score"), _stated(index, row, lang)),
        (say(lang, "column.published_rank"), _rank(row, lang)),
        (say(lang, "data.figure.rank_how"), _how(row["rank_status"], lang)),
        (say(lang, "column.rank"), _computed(row, lang)),
        (say(lang, "column.order"), _order(row, lang)),
        (say(lang, "data.figure.scale"), _scale(row, lang)),
        (say(lang, "data.figure.weight"), _weight(answer, lang)),
        (say(lang, "data.figure.tier"), row["tier"]),
    ]
    title = say(lang, "data.figure.facts")
    return part(title, facts([(name, value) for name, value in pairs if value], lang), lang=lang)


def sources(answer: Answer, lang: Language) -> Markup:
    """The list of the figure's sources, an import first."""
    replaced = bool((answer.rows["kind"] == BATCH).any())
    listed = items(_source(row, replaced, lang) for row in answer.rows.iter_rows(named=True))
    title = say(lang, "data.figure.sources", count=answer.rows.height)
    return part(title, tag("ol.vb-sources", listed) if listed else NOTHING, lang=lang)


def readings(index: Index, answer: Answer, lang: Language) -> Markup:
    """The table of single readings; those that disagree with the figure are marked."""
    found: list[Row] = answer.figures["readings"]
    conflicts = answer.figures["conflicts"]
    columns: list[Column[Row]] = [
        Column(
            say(lang, "column.source"),
            lambda item: fragment(str(item["title"] or item["source"]), _remark(item["note_en"], lang)),
            "name",
        ),
        Column(say(lang, "column.score"), lambda item: _read(index, item, lang), "number"),
        Column(say(lang, "data.import.rank"), lambda item: number.whole(item["rank"], lang), "number"),
        Column(
            say(lang, "data.figure.basis"), lambda item: say(lang, f"data.basis.{item['basis']}"), room="medium"
        ),
        Column(say(lang, "data.figure.agreement"), lambda item: _agreement(item, lang)),
    ]
    title = say(lang, "data.figure.readings", count=len(found))
    lead = say(lang, f"data.figure.readings_lead_{'some' if conflicts else 'none'}", conflicts=conflicts)
    return part(title, lead, plain(columns, found, title, lang), lang=lang) if found else NOTHING


def exact(value: float | None, index: Index, lang: Language) -> str:
    """A score with all its decimals: the fewest that lose none, and no fewer than the index prints."""
    if value is None:
        return number.MISSING
    least = index.score_decimals
    places = next(
        (places for places in range(least, _MOST_PLACES) if abs(round(value, places) - value) < 1e-9), _MOST_PLACES
    )
    return number.decimal(value, places, lang)


def _score(index: Index, row: Row, lang: Language) -> str:
    if row["score"] is not None:
        unit = " %" if row["scale"] == "percent" else ""
        return _signed(f"{exact(row['score'], index, lang)}{unit}", row["score_status"])
    if row["score_low"] is not None:
        low, high = (exact(row[end], index, lang) for end in ("score_low", "score_high"))
        return tag("b", say(lang, "data.figure.between", low=low, high=high))
    return say(lang, "status.unknown")


def _signed(written: str, status: str | None) -> Markup:
    """A figure, and the sign of how it is known."""
    sign = SIGNS.get(status or "")
    return fragment(tag("b", written), f" {sign}" if sign else NOTHING)


def _read(index: Index, item: Row, lang: Language) -> str:
    """The score of one reading."""
    return f"{exact(item['score'], index, lang)}{' %' if item['scale'] == 'percent' and item['score'] else ''}"


def _how(code: str | None, lang: Language) -> str:
    return "" if code is None else f"{status(code, lang)}: {say(lang, f'data.how.{code}')}"


def _stated(index: Index, row: Row, lang: Language) -> str:
    """The publisher's own score where the one calculated with is derived."""
    return "" if row["published_score"] is None else exact(row["published_score"], index, lang)


def _rank(row: Row, lang: Language) -> str:
    if row["published_rank"] is None:
        return "" if row["order"] is not None else say(lang, "data.figure.not_published")
    return _signed(f"{row['published_rank']}/{row['of']}", row["rank_status"])


def _computed(row: Row, lang: Language) -> str:
    return "" if row["rank"] is None else say(lang, "data.figure.computed", rank=row["rank"], of=row["of"])


def _order(row: Row, lang: Language) -> str:
    if row["order"] is None:
        return ""
    return say(lang, "data.figure.ordered", order=row["order"], of=row["of"])


def _scale(row: Row, lang: Language) -> str:
    if row["scale"] == "percent":
        return say(lang, "data.figure.percent")
    if row["out_of"] is None:
        return say(lang, "data.figure.points_unknown")
    places = 0 if row["out_of"] == int(row["out_of"]) else 1
    return say(lang, "data.figure.points", end=number.decimal(row["out_of"], places, lang))


def _weight(answer: Answer, lang: Language) -> str:
    if answer.figures["component"] == "overall":
        return ""
    weight: Any = answer.figures["weight"]
    if weight is None:
        return say(lang, "data.figure.weight_unknown")
    how = say(lang, f"data.weight_status.{answer.figures['weight_status']}")
    return f"{percent(weight, lang)} ({how})"


def percent(weight: float, lang: Language) -> str:
    """A share of 1 as per cent, with a decimal only where it has one."""
    shown = 100 * weight
    return f"{number.decimal(shown, 0 if abs(shown - round(shown)) < 0.05 else 1, lang)} %"


def _source(row: Row, replaced: bool, lang: Language) -> Markup:
    kind = tag("span.vb-kind", say(lang, f"data.kind.{row['kind']}"))
    lines = [fragment(kind, " ", tag("b", row["title"])), *_told(row, replaced, lang)]
    return fragment(tag("br").join(lines), _remark(row["note"], lang))


def _told(row: Row, replaced: bool, lang: Language) -> Iterator[Markup]:
    """The lines below a source's title."""
    if row["publisher"]:
        yield tag("span", row["publisher"])
    if row["kind"] == BATCH:
        when = moment(row["entered_at"], lang)
        yield tag("span", say(lang, "data.figure.entered", when=when, file=row["location"]))
    elif row["location"]:
        yield tag("span.vb-location", _located(row["location"]))
    if row["licence"]:
        yield tag("span", f"{say(lang, 'data.figure.licence')}: {row['licence']}")
    if replaced:
        yield tag("span", say(lang, f"data.figure.{_stands_for(row)}"))


def _stands_for(row: Row) -> str:
    if row["for_score"] and row["for_rank"]:
        return "for_both"
    return "for_score" if row["for_score"] else "for_rank" if row["for_rank"] else "for_none"


def _located(location: str) -> str:
    """Where a source was read: a link if it is a complete address."""
    whole = (
        location.startswith(("https://", "http://")) and not {" ", "…"} & set(location) and "..." not in location
    )
    if not whole:
        return location
    return tag("a", location, href=location, target="_blank", rel="noreferrer noopener")


def _remark(note: str | None, lang: Language) -> Markup:
    """The collector's remark on a source, folded; remarks are in English only."""
    if not note:
        return NOTHING
    return folded(say(lang, "data.figure.remark"), tag("p", note, lang="en"), lang)


def _agreement(item: Row, lang: Language) -> str:
    known = [agrees for agrees in (item["score_agrees"], item["rank_agrees"]) if agrees is not None]
    if not known:
        return tag("span.vb-soft", say(lang, "data.figure.apart"))
    if all(known):
        return say(lang, "data.figure.agrees")
    return tag("span.vb-worse", say(lang, "data.figure.conflicts"))
