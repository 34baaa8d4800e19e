"""The table of all estimates of how components are associated with an outcome."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from dashboard.html.cells import Row
from dashboard.html.markup import tag
from dashboard.html.table import Column, table
from dashboard.text import grammar
from dashboard.text.drivers import DriversWording, percent
from data import number
from data.definition import spans


def estimates(wording: DriversWording) -> Markup:
    """A row for each component: estimate, interval, q-value, detectable size, and the estimate on unbroken years.

    The rows are those of `analytics.drivers.drivers.drivers`; estimates are in per cent of the outcome.
    """
    say, lang = wording.say, wording.lang
    unbroken = wording.figures["unbroken_years"]
    again = unbroken is not None

    def per_cent(name: str, *, signed: bool = True) -> Callable[[Row], str]:
        return lambda row: percent(row[name], lang, signed=signed)

    def q(name: str) -> Callable[[Row], str]:
        return lambda row: number.decimal(row[name], 3, lang)

    columns: list[Column[Row]] = [
        Column(
            grammar.capital(wording.index.component_word.in_(lang)),
            lambda row: wording.component(row["term"]),
            "name",
        ),
        Column(say("table.estimate"), per_cent("estimate"), "number"),
        Column(say("table.interval"), lambda row: _interval(wording, row), "number", "medium"),
        Column("q", q("q_value"), "number"),
        Column(say("table.detectable"), per_cent("detectable", signed=False), "number", "medium"),
        Column(
            say("table.reliability"),
            lambda row: number.decimal(row["reliability"], 2, lang),
            "number",
            "wide",
            shown=not wording.section,
        ),
        Column(say("table.plain"), per_cent("estimate_plain"), "number", "wide", shown=wording.section),
        Column(say("table.ppml"), per_cent("estimate_ppml"), "number", "wide", shown=wording.section),
        Column(
            f"{say('table.unbroken')} ({spans(unbroken or ())})",
            per_cent("estimate_unbroken"),
            "number",
            "wide",
            shown=again,
        ),
        Column("q", q("q_unbroken"), "number", "wide", shown=again),
        Column(say("table.deviation"), lambda row: _deviation(wording, row), "number", "wide"),
    ]
    explained = say("table.explained") + ("" if wording.section else f" {say('table.divided')}")
    return tag(
        "section.vb-parts",
        tag("h2", say("table.title")),
        table(columns, wording.answer.rows.iter_rows(named=True), say("table.caption"), lang),
        tag("p.vb-soft", explained),
        lang=lang,
    )


def _interval(wording: DriversWording, row: Row) -> str:
    if row["low"] is None:
        return number.MISSING
    return " … ".join(percent(row[end], wording.lang) for end in ("low", "high"))


def _deviation(wording: DriversWording, row: Row) -> str:
    return wording.say("table.points", points=number.decimal(row["deviation"], 2, wording.lang))
