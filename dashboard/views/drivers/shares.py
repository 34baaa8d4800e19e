"""What sets the provinces of an edition apart: the exact share of each component in the spread of the totals."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.drivers.shares import shares
from dashboard.figures import shares as figures
from dashboard.session.context import Context
from dashboard.views.drivers.frame import Choose, elsewhere, head, lacking, notes, notices
from dashboard.widgets.chart_card import chart_card


def draw(at: Context, choose: Choose) -> None:
    """The shares, or why there are none."""
    subject = at.subject()
    edition, wording = subject.wording.edition, figures.wording_of(subject)
    head(at, at.say("drivers.spread.title", edition=edition), wording.say("lead") if wording else "")
    choose("index", "year")
    notices(at)
    figure = figures.spread_shares(subject)
    if wording is None or figure is None:
        st.html(_cannot(at, edition))
        return
    chart_card(figure, at)
    notes(at, wording.answer.notes)


def _cannot(at: Context, edition: str) -> Markup:
    """Why the variance can't be split, and editions in which it can."""
    codes = [item.code for item in at.index.components_of(at.selection.year)]
    unknown = [code for code in codes if at.index.unit_value(code, at.selection.year) is None]
    key = "parts" if not codes else "weights" if unknown else "why"
    word = at.index.component_word.in_(at.lang)
    why = at.say(f"drivers.spread.cannot_{key}", edition=edition, word=word)
    title = at.say("drivers.spread.cannot", edition=edition)
    return lacking(at, title, [why], at.say("drivers.elsewhere"), elsewhere(at, shares))
