"""Whom to learn from: the provinces no richer that are ahead on every component in which this one is weak."""

from __future__ import annotations

from markupsafe import Markup

from analytics.core.answer import Answer
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, link, tag
from dashboard.html.table import Column, table
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.text import say
from dashboard.text import weaknesses as words
from dashboard.text.weaknesses import WeaknessWording
from data import number

# More names than this are in the table alone.
_NAMED = 4
# With more of them the largest leads say enough.
_SHOWN = 10


def pareto(at: Context, subject: Subject) -> Markup:
    """The finding as a title, what was compared below it, and a table of the provinces; empty where unknown."""
    answer = subject.pareto_peers
    if answer is None:
        return NOTHING
    wording = subject.weakness_wording
    names = [subject.name_of(unit) for unit in answer.rows["unit"].head(_NAMED)]
    closest = answer.figures["closest"]
    near = "" if closest is None else subject.name_of(closest["unit"])
    title, below = words.pareto_title(answer, names, wording), words.pareto_below(answer, near, wording)
    shown = _table(at, answer, wording, title) if answer.rows.height else NOTHING
    return tag("section.vb-about.vb-pareto", tag("h2", title), tag("p", below), shown, lang=at.lang)


def _table(at: Context, answer: Answer, wording: WeaknessWording, title: str) -> Markup:
    lang, name = at.lang, "name" if at.lang == "vi" else "name_en"

    def furthest(row: Row) -> str:
        return f"{wording.component(row['furthest'])} (+{wording.points(row['furthest_lead'])})"

    columns: list[Column[Row]] = [
        Column(
            say(lang, "column.name"), lambda row: link(row[name], at.selection.link(province=row["unit"])), "name"
        ),
        Column(say(lang, "column.shown_rank"), lambda row: number.whole(row["rank"], lang), "number"),
        Column(
            say(lang, "column.grdp_per_capita"),
            lambda row: number.decimal(row["grdp_per_capita"], 1, lang),
            "number",
            "medium",
        ),
        Column(
            say(lang, "column.lead"),
            lambda row: wording.points(row["lead"], signed=True),
            "number",
            shown=answer.rows["lead"].count() > 0,
        ),
        Column(say(lang, "column.furthest"), furthest, room="medium"),
    ]
    return table(columns, answer.rows.head(_SHOWN).iter_rows(named=True), title, lang)
