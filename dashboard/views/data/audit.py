"""Whether the published figures agree with themselves, as sentences and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from dashboard.html.markup import Column, Html, bare, folded, link, listed, part, table
from dashboard.text import say
from dashboard.views.data.figure import percent
from data import number
from data.definition import OVERALL, Index, spans
from data.names import Names
from data.text import Language

Row = Mapping[str, Any]

_SHOWN = 12  # findings in view; the rest is folded away
_PLACES = 4  # differences are of the fourth decimal where totals have four


def finding(index: Index, answer: Answer, lang: Language) -> Html:
    """What the totals of all editions come to, and what is known of those that don't agree."""
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
    notes = listed((f"{year}: {note.in_(lang)}" for year, note in caveats if note is not None), lang)
    return part(title, notes, lang=lang) or bare(title, lang)


def editions(index: Index, answer: Answer, year: int, address: Callable[[int], str], lang: Language) -> Html:
    """The totals of every edition that could be checked, newest first; `address` leads to one."""
    found = sorted(_editions(answer).items(), reverse=True)
    columns = [
        Column(say(lang, "column.year")),
        Column(say(lang, "data.audit.checked"), number=True),
        Column(say(lang, "data.audit.largest"), number=True),
        Column(say(lang, "data.audit.finding")),
    ]
    lines = [
        (
            link(str(item), address(item)),
            f"{row['units']}/{index.edition(item).units}",
            number.decimal(row["largest"], _PLACES, lang),
            judged(row["finding"], lang),
        )
        for item, row in found
    ]
    title = say(lang, "data.audit.editions")
    place = next((place for place, (item, _) in enumerate(found) if item == year), None)
    return part(title, table(title, columns, lines, lang, chosen=place) if lines else "", lang=lang)


def weights(index: Index, answer: Answer, year: int, lang: Language) -> Html:
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
    columns = [
        Column(say(lang, "column.component")),
        Column(say(lang, "data.audit.stated"), number=True),
        Column(say(lang, "data.audit.recovered"), number=True),
        Column(say(lang, "data.audit.next"), number=True),
    ]
    lines = [
        (
            index.component(code).name.in_(lang),
            *(
                number.MISSING if weight is None else percent(weight, lang)
                for weight in (index.weight(code, year), found["weights"][code], found["next_weights"][code])
            ),
        )
        for code in found["weights"]
    ]
    return part(title, lead, table(title, columns, lines, lang), lang=lang)


def findings(index: Index, answer: Answer, year: int, names: Names, lang: Language) -> Html:
    """What does not agree in an edition, and folded away what doesn't in the others."""
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


def judged(code: str, lang: Language) -> str:
    """A finding with its sign."""
    words = f"{say(lang, f'data.sign.{code}')} {say(lang, f'finding.{code}')}"
    return Html(f'<span class="{"vb-worse" if code == "differs" else "vb-short"}">{words}</span>')


def _editions(answer: Answer) -> dict[int, Row]:
    found: dict[int, Row] = answer.figures["editions"]
    return found


def _fold(title: str, body: str, lang: Language) -> str:
    return folded(title, body, lang) if body else ""


def _rows(index: Index, rows: pl.DataFrame, names: Names, lang: Language, *, dated: bool = False) -> str:
    if rows.is_empty():
        return ""
    columns = [
        Column(say(lang, "column.name")),
        *([Column(say(lang, "column.year"))] if dated else []),
        Column(say(lang, "column.component"), style="vb-medium"),
        Column(say(lang, "data.audit.check")),
        Column(say(lang, "data.audit.published"), number=True, style="vb-medium"),
        Column(say(lang, "data.audit.recomputed"), number=True, style="vb-medium"),
        Column(say(lang, "data.audit.difference"), number=True),
        Column(say(lang, "data.audit.finding")),
    ]
    lines = [
        (
            names.name(row["unit"]).in_(lang),
            *([str(row["year"])] if dated else []),
            index.component(row["component"] or OVERALL).short.in_(lang) if row["component"] else number.MISSING,
            say(lang, f"check.{row['check']}"),
            *(_value(row, column, lang) for column in ("published", "recomputed")),
            _value(row, "difference", lang, signed=True),
            judged(row["finding"], lang),
        )
        for row in rows.iter_rows(named=True)
    ]
    return table(say(lang, "data.audit.findings", edition=index.name.in_(lang)), columns, lines, lang)


def _value(row: Row, column: str, lang: Language, *, signed: bool = False) -> str:
    ranks = row["check"] in ("rank", "tie")
    return number.decimal(row[column], 0 if ranks else _PLACES, lang, signed=signed)
