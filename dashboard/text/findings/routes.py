"""What leads into the target group, in sentences: the route of least effort, its agencies, odds, precedents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from dashboard.text import agency as names
from dashboard.text import grammar, say
from dashboard.text.findings.components import agency
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]

LEAST_EFFORT = "least_effort"
# A share of fewer cases is not made a headline.
_FEW = 5


def route(
    index: Index, name: str, answer: Answer, planned: Answer | None, lang: Language
) -> tuple[str, str] | None:
    """What the target group takes next time: the route of least effort, or that it is beyond the pace of the best.

    `answer` is `analytics.target`'s and `planned` the path to a nearer group where the target is beyond the pace
    of the best tenth; None for a province inside and where the threshold isn't known.
    """
    figures = answer.figures
    if figures["inside"] or not figures["need"]:
        return None

    def written(value: float) -> str:
        return number.decimal(value, index.score_decimals, lang)

    about = {"name": name, "top": figures["top"], "need": written(figures["need"])}
    headline = say(lang, "documents.route.headline", **about)
    margin = ""
    if grammar.direction(figures["margin"], index.score_decimals) == "up":
        margin = grammar.bracketed("documents.route.margin", lang, margin=written(figures["margin"]))
    about["margin"] = margin
    if answer.rows.is_empty():
        late = _late(answer, about, index, lang)
        if late is None:
            return None
        if planned is None or planned.rows.is_empty():
            return late, headline
        first = {"top": planned.figures["top"], "need": written(planned.figures["need"])}
        stage = say(lang, "documents.route.stage", items=_steps(index, planned, lang), **first)
        return f"{late} {stage}", headline
    return say(lang, "documents.route.sentence", items=_steps(index, answer, lang), **about), headline


def _steps(index: Index, answer: Answer, lang: Language) -> str:
    """The steps of the route of least effort, in a list."""

    def written(value: float) -> str:
        return number.decimal(value, index.score_decimals, lang)

    items = [
        say(
            lang,
            "documents.route.item",
            **{
                "part": index.component(row["component"]).name.in_(lang),
                "from": written(row["from"]),
                "to": written(row["to"]),
            },
        )
        for row in answer.rows.filter(route=LEAST_EFFORT).iter_rows(named=True)
    ]
    return grammar.listed(items, lang)


def _late(answer: Answer, about: Mapping[str, Any], index: Index, lang: Language) -> str | None:
    """A sentence that the points needed are more than the pace of the best tenth."""
    figures = answer.figures
    if figures["bound"] is None or figures["within_pace"] is not False or figures["need"] <= figures["bound"]:
        return None
    step = number.decimal(figures["bound"], index.score_decimals, lang)
    return say(lang, "documents.route.later", step=step, **about)


def agencies(shares: pl.DataFrame, lang: Language, *, city: bool = False) -> tuple[str, str | None] | None:
    """The share of each agency in the route of least effort, and a headline; `shares` of `analytics.burden`."""
    rows = shares.filter(route=LEAST_EFFORT)
    if rows["lead_after"].count() == 0:
        return None
    items, headline = [], None
    for row in rows.iter_rows(named=True):
        share = number.decimal(100 * row["share"], 0, lang)
        if row["lead_after"] is None:
            items.append(say(lang, "documents.route.unled", share=share))
            continue
        led = agency(row["lead_after"], row["lead_before"], lang, city=city)
        items.append(say(lang, "documents.route.agency", agency=led, share=share))
        short = names.name(row["lead_after"], lang, city=city)
        headline = headline or say(lang, "documents.route.headline_agencies", agency=short, share=share)
    return say(lang, "documents.route.agencies", items=grammar.listed(items, lang)), headline


def odds(name: str, answer: Answer, lang: Language) -> tuple[str, str] | None:
    """The chance of being in the target group next time, with a route delivered in full, and within a few."""
    found = answer.figures["odds"]
    if found is None:
        return None
    plan = ""
    if found["with"]:
        plan = say(lang, "documents.odds.plan", p=grammar.chance(max(found["with"].values()), lang))
    values = {"top": answer.figures["top"], "p": grammar.chance(found["without"], lang)}
    ahead = grammar.chances_ahead(found["within"], lang)
    within = say(lang, "documents.odds.within", chances=ahead) if ahead else ""
    said = {"count": len(found["editions"]), "name": name, "plan": plan, "within": within}
    sentence = say(lang, "documents.odds.sentence", **said, **values)
    return sentence, say(lang, "documents.odds.headline", **values)


def precedent(index: Index, name: str, answer: Answer, lang: Language) -> tuple[str, str | None]:
    """How many units that started at this level gained as much, and a headline; of `analytics.precedent`."""
    figures = answer.figures
    reached, starts = figures["reached"], figures["starts"]
    if not starts:
        # No unit could be followed; the answer's own note says so.
        return " ".join(note.in_(lang) for note in answer.notes_only("share")), None
    written = {key: number.decimal(figures[key], index.score_decimals, lang) for key in ("level", "near", "gain")}
    part = index.component(figures["component"]).name.in_(lang)
    values = {"name": name, "part": part, "reached": reached, "starts": starts, "within": figures["within"]}
    key = ("single" if starts == 1 else "sentence") + ("" if reached else "_none")
    sentence = say(lang, f"documents.precedents.{key}", **values, **written)
    if starts < _FEW:
        return sentence, None
    return sentence, say(lang, f"documents.precedents.{'headline' if reached else 'headline_none'}", **values)
