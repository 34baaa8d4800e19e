"""How far the components of each index hang together: a sentence for each method, a table for the newest."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.weights.coherence import coherence
from dashboard.html.cells import Row
from dashboard.html.markup import fragment, items, tag
from dashboard.html.table import Column, table
from dashboard.session.context import Context
from dashboard.text import grammar, say
from dashboard.text.weights import share
from data import number
from data.definition import Index, spans


def hanging(at: Context, index: Index) -> Markup:
    """What is known of one index, the newest method first; a sentence where nothing is."""
    subject = at.subject()
    lasts = [max(year for year in index.years if index.regime(year) == regime) for regime in index.regimes[::-1]]
    found = [answer for year in lasts if (answer := subject.known(coherence, index.code, year)) is not None]
    if not found:
        return tag("p", say(at.lang, "method.hanging.none", index=index.name.in_(at.lang)))
    listed = tag("ul", items(_summary(at, index, answer) for answer in found))
    return fragment(_table(at, index, found[0]), tag("div.vb-notes", listed))


def _summary(at: Context, index: Index, answer: Answer) -> str:
    figures, lang = answer.figures, at.lang
    return say(
        lang,
        "method.hanging.summary",
        index=index.name.in_(lang),
        editions=spans(figures["editions"]),
        alpha=number.decimal(figures["alpha"], 2, lang),
        mean=number.decimal(figures["mean_correlation"], 2, lang, signed=True),
        negative=figures["negative"],
        pairs=figures["pairs"],
        dimensions=figures["dimensions"],
        first=number.decimal(100 * figures["explained"][0], 0, lang),
    )


def _table(at: Context, index: Index, answer: Answer) -> Markup:
    lang = at.lang
    caption = say(
        lang, "method.hanging.caption", index=index.name.in_(lang), editions=spans(answer.figures["editions"])
    )

    def decimal(name: str, *, signed: bool = False) -> Callable[[Row], str]:
        return lambda row: number.decimal(row[name], 2, lang, signed=signed)

    columns: list[Column[Row]] = [
        Column(
            grammar.capital(index.component_word.in_(lang)),
            lambda row: index.component(row["component"]).name.in_(lang),
            "name",
        ),
        Column(say(lang, "column.weight"), lambda row: share(row["weight"], lang), "number"),
        Column(
            say(lang, "method.hanging.importance"), lambda row: share(round(row["importance"], 2), lang), "number"
        ),
        Column(say(lang, "method.hanging.r_squared"), decimal("r_squared"), "number"),
        Column(say(lang, "method.hanging.with_others"), decimal("with_others", signed=True), "number"),
        Column(say(lang, "method.hanging.alpha_without"), decimal("alpha_without"), "number"),
        Column(say(lang, "method.hanging.loading"), decimal("loading", signed=True), "number"),
        Column(say(lang, "method.hanging.loading_second"), decimal("loading_second", signed=True), "number"),
    ]
    shown = table(columns, answer.rows.iter_rows(named=True), caption, lang, captioned=True)
    return tag("div.vb-wide-table", shown, role="region", tabindex="0", aria_label=caption)
