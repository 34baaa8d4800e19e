"""The table of the weights most favourable to a unit, below its rank under them."""

from __future__ import annotations

from markupsafe import Markup

from analytics.core.answer import Answer
from dashboard.html.cells import Row
from dashboard.html.markup import tag
from dashboard.html.table import Column, table
from dashboard.text import grammar, say
from dashboard.text import robustness as words
from dashboard.text.robustness import RobustnessWording
from dashboard.text.weights import share
from data import number


def favourable_weights(wording: RobustnessWording, answer: Answer) -> Markup:
    """A row for each component: the index's weight, the most favourable one, and the score that they weigh.

    `answer` is one of `analytics.weights.benefit_of_doubt`.
    """
    lang = wording.lang
    columns: list[Column[Row]] = [
        Column(grammar.capital(wording.word), lambda row: wording.component(row["component"]), "name"),
        Column(
            wording.say("favourable.score"), lambda row: number.decimal(row["score"], 1, lang), "number", "medium"
        ),
        Column(say(lang, "column.weight"), lambda row: share(row["weight"], lang), "number"),
        Column(say(lang, "column.favourable"), lambda row: share(row["favourable"], lang), "number"),
    ]
    return tag(
        "section.vb-parts",
        tag("h2", words.favourable_title(wording, answer)),
        tag("p", words.favourable_below(wording, answer)),
        table(columns, answer.rows.iter_rows(named=True), wording.say("favourable.caption"), lang),
        lang=lang,
    )
