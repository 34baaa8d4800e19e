"""What sets the provinces of an edition apart: the exact share of each component in the spread of the totals."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.drivers.shares import shares
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.share_bars import share_bars
from dashboard.charts.theme import Mode
from dashboard.session.context import Context
from dashboard.text import overview
from dashboard.text import shares as words
from dashboard.text.shares import Spread
from dashboard.views.drivers.frame import Choose, elsewhere, head, lacking, notes, notices
from dashboard.widgets.chart_card import chart_card
from data.text import Problem


def draw(at: Context, choose: Choose) -> None:
    """The shares, or why there are none."""
    chosen, edition = at.selection, overview.edition(at.index, at.selection.year, at.lang)
    try:
        answer: Answer | None = at.resources.ask(shares, chosen.index, chosen.year)
    except Problem:
        answer = None
    title = at.say("drivers.spread.title", edition=edition)
    if answer is None:
        head(at, title, "")
        choose("index", "year")
        notices(at)
        st.html(_cannot(at, edition))
        return
    spread = Spread(answer, at.index, at.lang)
    head(at, title, spread.say("lead"))
    choose("index", "year")
    notices(at)
    chart_card(bars(spread, at.mode), at)
    notes(at, answer.notes)


def bars(spread: Spread, mode: Mode) -> Figure:
    """Each component's share beside its weight; those that the title names are strong."""
    rows = words.drawn(spread)
    values = "; ".join(f"{row['label']}: {row['written']}" for row in rows.iter_rows(named=True))
    caption = Caption(
        title=words.title(spread),
        subtitle=spread.say("subtitle"),
        source=spread.source,
        alt=spread.say("alt", values=values),
        lang=spread.lang,
        mode=mode,
    )
    return with_caveat(share_bars(rows, spread.say("axis"), caption), spread.caveat, mode)


def _cannot(at: Context, edition: str) -> Markup:
    """Why the spread can't be shared out, and editions of which it can."""
    codes = [item.code for item in at.index.components_of(at.selection.year)]
    unknown = [code for code in codes if at.index.unit_value(code, at.selection.year) is None]
    key = "parts" if not codes else "weights" if unknown else "why"
    word = at.index.component_word.in_(at.lang)
    why = at.say(f"drivers.spread.cannot_{key}", edition=edition, word=word)
    title = at.say("drivers.spread.cannot", edition=edition)
    return lacking(at, title, [why], at.say("drivers.elsewhere"), elsewhere(at, shares))
