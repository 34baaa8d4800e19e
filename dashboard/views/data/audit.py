"""Whether the published figures agree with themselves, as sentences and tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from markupsafe import Markup

from analytics.core.answer import Answer
from dashboard.html.cards import folded
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, link, tag
from dashboard.html.parts import bare, part, plain, sentences
from dashboard.html.table import Column
from dashboard.text import say
from dashboard.views.data.figure import percent
from data import number
from data.definition import Index, spans
from data.names import Names
from data.text import Language

_SHOWN = 12  # findings in view; the rest is folded away
_PLACES = 4  # differences are of the fourth decimal where totals have four


def finding(index: Index, answer: Answer, lang: Language) -> Markup:
    """Whether the totals of all editions can be reproduced, and the notes on those that cannot."""
    checked = _editions(answer)
    off = [year for year, item in checked.items() if item["finding"] == "differs"]
    key = "nothing" if not checked else "found" if off else "clean"
    title = say(
        lang,
        f"data.audit.{key}",
        index=index.name.in_(lang),
        count=len(checked),
        units=number.whole(sum(item["units"] for item in checked.values()), lang),
        years=spans(off),
    )
    caveats = ((year, note) for year in off for note in (index.edition(year).note, index.regime(year).note))
    notes = sentences((f"{year}: {note.in_(lang)}" for year, note in caveats if note is not None), lang)
    return part(title, notes, lang=lang) or bare(title, lang)


def editions(index: Index, answer: Answer, year: int, address: Callable[[int], str], lang: Language) -> Markup:
    """The editions whose totals could be checked, newest first; `address` gives an edition's address."""
    columns: list[Column[tuple[int, Row]]] = [
        Column(say(lang, "column.year"), lambda item: link(str(item[0]), address(item[0])), "name"),
        Column(
            say(lang, "data.audit.checked"),
            lambda item: f"{item[1]['units']}/{index.edition(item[0]).units}",
            "number",
        ),
        Column(
            say(lang, "data.audit.largest"),
            lambda item: number.decimal(item[1]["largest"], _PLACES, lang),
            "number",
        ),
        Column(say(lang, "data.audit.finding"), lambda item: judged(item[1]["finding"], lang)),
    ]
    found = sorted(_editions(answer).items(), reverse=True)
    title = say(lang, "data.audit.editions")
    shown = plain(columns, found, title, lang, chosen=lambda item: item[0] == year)
    return part(title, shown if found else NOTHING, lang=lang)


def weights(index: Index, answer: Answer, year: int, lang: Language) -> Markup:
    """The weights that reproduce an edition's totals best, beside those in use."""
    edition = f"{index.name.in_(lang)} {year}"
    title = say(lang, "data.audit.weights", edition=edition)
    recovered: Any = answer.figures["recovered_weights"]
    found = recovered.get(year)
    if found is None:
        return part(title, say(lang, "data.audit.weights_none", edition=edition), lang=lang)
    key = "weights_identified" if found["identified"] else "weights_open"
    lead = say(
        lang,
        f"data.audit.{key}",
        sets=number.whole(found["sets_tried"], lang),
        units=found["units"],
        worst=number.decimal(found["worst"], _PLACES, lang),
        next=number.decimal(found["next_worst"], _PLACES, lang),
    )

    def weight(value: float | None) -> str:
        return number.MISSING if value is None else percent(value, lang)

    columns: list[Column[str]] = [
        Column(say(lang, "column.component"), lambda code: index.component(code).name.in_(lang), "name"),
        Column(say(lang, "data.audit.stated"), lambda code: weight(index.weight(code, year)), "number"),
        Column(say(lang, "data.audit.recovered"), lambda code: weight(found["weights"][code]), "number"),
        Column(say(lang, "data.audit.next"), lambda code: weight(found["next_weights"][code]), "number"),
    ]
    return part(title, lead, plain(columns, found["weights"], title, lang), lang=lang)


def findings(index: Index, answer: Answer, year: int, names: Names, lang: Language) -> Markup:
    """The figures that do not agree, in the edition chosen and (folded) in the others."""
    # Stable: within a finding the largest difference stays first.
    odd = answer.rows.filter(pl.col("finding") != "reproduced").sort(
        "year", pl.col("finding") != "differs", maintain_order=True
    )
    here, elsewhere = odd.filter(year=year), odd.filter(pl.col("year") != year)
    edition = f"{index.name.in_(lang)} {year}"
    key = "no_findings" if here.is_empty() else "findings"
    title = say(lang, f"data.audit.{key}", edition=edition)
    head, tail = here.head(_SHOWN), here.tail(max(here.height - _SHOWN, 0))
    bodies = [
        _rows(index, head, names, lang),
        _fold(say(lang, "data.more", count=tail.height), _rows(index, tail, names, lang), lang),
        _fold(
            say(lang, "data.audit.rest", count=elsewhere.height),
            _rows(index, elsewhere, names, lang, dated=True),
            lang,
        ),
    ]
    return part(title, *bodies, lang=lang) or bare(title, lang)


def judged(code: str, lang: Language) -> Markup:
    """A finding of the audit with its sign."""
    words = f"{say(lang, f'data.sign.{code}')} {say(lang, f'finding.{code}')}"
    return tag("span.vb-worse" if code == "differs" else "span.vb-short", words)


def _editions(answer: Answer) -> dict[int, Row]:
    found: dict[int, Row] = answer.figures["editions"]
    return found


def _fold(title: str, body: Markup, lang: Language) -> Markup:
    return folded(title, body, lang) if body else NOTHING


def _rows(index: Index, rows: pl.DataFrame, names: Names, lang: Language, *, dated: bool = False) -> Markup:
    if rows.is_empty():
        return NOTHING

    def component(row: Row) -> str:
        return index.component(row["component"]).short.in_(lang) if row["component"] else number.MISSING

    columns: list[Column[Row]] = [
        Column(say(lang, "column.name"), lambda row: names.name(row["unit"]).in_(lang), "name"),
        Column(say(lang, "column.year"), lambda row: str(row["year"]), shown=dated),
        Column(say(lang, "column.component"), component, room="medium"),
        Column(say(lang, "data.audit.check"), lambda row: say(lang, f"check.{row['check']}")),
        *(
            Column[Row](say(lang, f"data.audit.{name}"), _value(name, lang), "number", "medium")
            for name in ("published", "recomputed")
        ),
        Column(say(lang, "data.audit.difference"), _value("difference", lang, signed=True), "number"),
        Column(say(lang, "data.audit.finding"), lambda row: judged(row["finding"], lang)),
    ]
    return plain(
        columns, rows.iter_rows(named=True), say(lang, "data.audit.findings", edition=index.name.in_(lang)), lang
    )


def _value(name: str, lang: Language, *, signed: bool = False) -> Callable[[Row], str]:
    """A figure of a finding: a rank, or a score with four decimals."""

    def written(row: Row) -> str:
        places = 0 if row["check"] in ("rank", "tie") else _PLACES
        return number.decimal(row[name], places, lang, signed=signed)

    return written
