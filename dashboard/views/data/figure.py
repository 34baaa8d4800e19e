"""One figure and its evidence: how it is known, where it was read, and who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from analytics.core.answer import Answer
from analytics.core.provenance import BATCH
from dashboard.html.markup import Column, Html, exact, facts, folded, moment, part, status, table
from dashboard.text import say
from dashboard.text.signs import SIGNS
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]


def figure(index: Index, answer: Answer, lang: Language) -> Html:
    """The figure itself; `answer` is that of `analytics.provenance.provenance`, and knows one."""
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


def sources(answer: Answer, lang: Language) -> Html:
    """Every source the figure was read in, as a list; an import first."""
    replaced = bool((answer.rows["kind"] == BATCH).any())
    items = "".join(f"<li>{_source(row, replaced, lang)}</li>" for row in answer.rows.iter_rows(named=True))
    title = say(lang, "data.figure.sources", count=answer.rows.height)
    return part(title, Html(f'<ol class="vb-sources">{items}</ol>' if items else ""), lang=lang)


def readings(index: Index, answer: Answer, lang: Language) -> Html:
    """Each single reading, those that disagree set apart."""
    found: list[Row] = answer.figures["readings"]
    conflicts = answer.figures["conflicts"]
    columns = [
        Column(say(lang, "column.source")),
        Column(say(lang, "column.score"), number=True),
        Column(say(lang, "data.import.rank"), number=True),
        Column(say(lang, "data.figure.basis"), style="vb-medium"),
        Column(say(lang, "data.figure.agreement")),
    ]
    lines = [
        (
            Html(f"{escape(str(item['title'] or item['source']))}{_remark(item['note_en'], lang)}"),
            f"{exact(item['score'], index, lang)}{' %' if item['scale'] == 'percent' and item['score'] else ''}",
            number.whole(item["rank"], lang),
            say(lang, f"data.basis.{item['basis']}"),
            _agreement(item, lang),
        )
        for item in found
    ]
    title = say(lang, "data.figure.readings", count=len(found))
    lead = say(lang, f"data.figure.readings_lead_{'some' if conflicts else 'none'}", conflicts=conflicts)
    return part(title, lead, table(title, columns, lines, lang), lang=lang) if found else Html("")


def _score(index: Index, row: Row, lang: Language) -> str:
    if row["score"] is not None:
        sign = SIGNS.get(row["score_status"] or "", "")
        unit = " %" if row["scale"] == "percent" else ""
        return Html(f"<b>{exact(row['score'], index, lang)}{unit}</b> {escape(sign)}".rstrip())
    if row["score_low"] is not None:
        low, high = (exact(row[end], index, lang) for end in ("score_low", "score_high"))
        return Html(f"<b>{escape(say(lang, 'data.figure.between', low=low, high=high))}</b>")
    return say(lang, "status.unknown")


def _how(code: str | None, lang: Language) -> str:
    return "" if code is None else f"{status(code, lang)}: {say(lang, f'data.how.{code}')}"


def _stated(index: Index, row: Row, lang: Language) -> str:
    """The publisher's own score where the one calculated with is derived."""
    return "" if row["published_score"] is None else exact(row["published_score"], index, lang)


def _rank(row: Row, lang: Language) -> str:
    if row["published_rank"] is None:
        return "" if row["order"] is not None else say(lang, "data.figure.not_published")
    sign = escape(SIGNS.get(row["rank_status"] or "", ""))
    return Html(f"<b>{row['published_rank']}/{row['of']}</b> {sign}".rstrip())


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


def _source(row: Row, replaced: bool, lang: Language) -> str:
    kind = escape(say(lang, f"data.kind.{row['kind']}"))
    parts = [f'<span class="vb-kind">{kind}</span> <b>{escape(row["title"])}</b>']
    if row["publisher"]:
        parts.append(f"<span>{escape(row['publisher'])}</span>")
    if row["kind"] == BATCH:
        when = moment(row["entered_at"], lang)
        parts.append(f"<span>{escape(say(lang, 'data.figure.entered', when=when, file=row['location']))}</span>")
    elif row["location"]:
        parts.append(f'<span class="vb-location">{_located(row["location"])}</span>')
    if row["licence"]:
        parts.append(f"<span>{escape(say(lang, 'data.figure.licence'))}: {escape(row['licence'])}</span>")
    if replaced:
        parts.append(f"<span>{escape(say(lang, f'data.figure.{_stands_for(row)}'))}</span>")
    return "<br>".join(parts) + _remark(row["note"], lang)


def _stands_for(row: Row) -> str:
    if row["for_score"] and row["for_rank"]:
        return "for_both"
    return "for_score" if row["for_score"] else "for_rank" if row["for_rank"] else "for_none"


def _located(location: str) -> str:
    """Where it was read; to be clicked only where it is a whole address."""
    whole = (
        location.startswith(("https://", "http://")) and not {" ", "…"} & set(location) and "..." not in location
    )
    if not whole:
        return escape(location)
    return f'<a href="{escape(location)}" target="_blank" rel="noreferrer noopener">{escape(location)}</a>'


def _remark(note: str | None, lang: Language) -> str:
    """What its collector noted of a source, folded away: these notes are kept in English only."""
    if not note:
        return ""
    return folded(say(lang, "data.figure.remark"), Html(f'<p lang="en">{escape(note)}</p>'), lang)


def _agreement(item: Row, lang: Language) -> str:
    known = [agrees for agrees in (item["score_agrees"], item["rank_agrees"]) if agrees is not None]
    if not known:
        return Html(f'<span class="vb-soft">{escape(say(lang, "data.figure.apart"))}</span>')
    if all(known):
        return say(lang, "data.figure.agrees")
    return Html(f'<span class="vb-worse">{escape(say(lang, "data.figure.conflicts"))}</span>')
