"""The estimates of what goes with an outcome, in full, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard.text import drivers as words
from dashboard.text import grammar
from dashboard.text.drivers import Study
from data import number
from data.definition import spans

Row = Mapping[str, Any]


def estimates(study: Study) -> str:
    """Every component: estimate, interval, q, what could have been seen, the same with an unchanged measure."""
    unbroken = study.figures["unbroken_years"]
    word = study.index.component_word.in_(study.lang)
    columns = [
        (study.say("table.estimate"), "vb-number"),
        (study.say("table.interval"), "vb-number vb-medium"),
        ("q", "vb-number"),
        (study.say("table.detectable"), "vb-number vb-medium"),
    ]
    if unbroken is not None:
        columns += [
            (f"{study.say('table.unbroken')} ({spans(unbroken)})", "vb-number vb-wide"),
            ("q", "vb-number vb-wide"),
        ]
    columns.append((study.say("table.deviation"), "vb-number vb-wide"))
    head = "".join(f'<th scope="col" class="{style}">{escape(title)}</th>' for title, style in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(study.name(row["term"]))}</th>'
        + "".join(
            f'<td class="{style}">{escape(content)}</td>'
            for content, (_, style) in zip(_cells(study, row, unbroken is not None), columns, strict=True)
        )
        + "</tr>"
        for row in study.answer.rows.iter_rows(named=True)
    )
    return (
        f'<section class="vb-parts" lang="{study.lang}"><h2>{escape(study.say("table.title"))}</h2>'
        f'<table class="vb-table"><caption class="vb-hidden">{escape(study.say("table.caption"))}</caption>'
        f'<thead><tr><th scope="col">{escape(grammar.capital(word))}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
        f'<p class="vb-soft">{escape(study.say("table.explained"))}</p></section>'
    )


def _cells(study: Study, row: Row, unbroken: bool) -> list[str]:
    lang = study.lang
    low, high = (words.percent(row[end], lang) for end in ("low", "high"))
    to = "–" if row["low"] is None else f"{low} … {high}"
    cells = [words.percent(row["estimate"], lang), to, _q(study, row["q_value"])]
    cells.append(words.percent(row["detectable"], lang, signed=False))
    if unbroken:
        cells += [words.percent(row["estimate_unbroken"], lang), _q(study, row["q_unbroken"])]
    return [*cells, study.say("table.points", points=number.decimal(row["deviation"], 2, lang))]


def _q(study: Study, value: float | None) -> str:
    return number.decimal(value, 3, study.lang)
