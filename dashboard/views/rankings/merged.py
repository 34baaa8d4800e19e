"""An edition of the 63 estimated for the 34 of today: a chart of bands, and a table of what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.merger.merger import merger as estimated
from dashboard.charts.bands import What
from dashboard.figures import merger
from dashboard.html import cards
from dashboard.html.cells import Row, sign
from dashboard.html.markup import NOTHING, fragment, link, tag
from dashboard.html.table import Column, table
from dashboard.session.address import Selection
from dashboard.session.context import Context
from dashboard.text import estimates, say, sentences
from dashboard.views.rankings.parameters import RankingParameters
from dashboard.widgets import page_filters
from dashboard.widgets.chart_card import chart_card
from data import number
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Language

WAYS: tuple[What, ...] = ("rank", "score")
_WIDTH = 860


def successors(at: Context, unit: str) -> list[str]:
    """What became of a unit of the 63; empty for one of the 34."""
    found: list[str] = at.resources.frames.crosswalk.filter(old_unit=unit)["new_unit"].to_list()
    return found


def way(at: Context, asked: RankingParameters) -> What:
    """The measure that is drawn, chosen by the reader; only scores where not every unit can be ranked."""
    if not merger.answer_of(at.subject()).figures["complete"]:
        return "score"
    page_filters.one_of(at, asked, "by", WAYS, at.say("merged.by"), lambda key: at.say(f"merged.by_{key}"))
    return asked.by


def draw(at: Context, what: What) -> None:
    """The chart and the table below it."""
    figure = merger.bands(at.subject(), what)
    if figure is None:
        st.html(cards.notices([at.say("merged.nothing", edition=_edition(at))], at.lang))
        return
    with st.container(width=_WIDTH):
        chart_card(figure, at)
    st.html(at.resources.ask(_table, replace(at.selection, province=None, region=None)))


def _edition(at: Context) -> str:
    return sentences.edition(at.index, at.selection.year, at.selection.component, at.lang)


def _table(frames: Frames, chosen: Selection) -> Markup:
    """Each of the 34 with its estimate and its members; the same whichever unit is chosen, so it is cached."""
    index, lang = frames.index(chosen.index), chosen.lang
    answer = estimated(frames, chosen.index, chosen.year, chosen.component)
    shown = table(
        _columns(frames, index, answer, chosen),
        answer.rows.iter_rows(named=True),
        say(lang, "merged.table"),
        lang,
        style="vb-estimates",
        captioned=True,
        attributes=lambda row: {"data-unit": row["unit"]},
    )
    notes = cards.notes(say(lang, "rankings.notes"), (note.in_(lang) for note in answer.notes), lang)
    return tag("div.vb-stack", tag("div", shown), notes)


def _columns(frames: Frames, index: Index, answer: Answer, chosen: Selection) -> list[Column[Row]]:
    lang, places = chosen.lang, index.score_decimals
    newest = next((item.year for item in reversed(index.editions) if item.unit_set != "63"), chosen.year)
    ahead = replace(chosen, year=newest, component=OVERALL)

    def named(row: Row) -> Markup:
        return link(row["name" if lang == "vi" else "name_en"], "trends" + ahead.link(province=row["unit"]))

    def marked(name: str, decimals: int) -> Callable[[Row], Markup]:
        """A figure with the sign of how the estimate is known."""

        def cell(row: Row) -> Markup:
            mark = sign(row["score_status"], lang) if row[name] is not None else NOTHING
            return fragment(number.decimal(row[name], decimals, lang), mark)

        return cell

    def made_of(row: Row) -> str:
        if not row["merged"]:
            return say(lang, "merged.same")
        return estimates.member_scores(answer, frames, row["unit"], lang, places)

    return [
        Column(say(lang, "column.estimated_rank"), marked("rank_mean", 0), "number"),
        Column(say(lang, "column.name"), named, "name"),
        Column(
            say(lang, "column.estimated_band"),
            lambda row: _band(row, ("rank_best", "rank_worst"), 0, lang),
            "number",
        ),
        Column(say(lang, "column.estimated_mean"), marked("mean", places), "number"),
        Column(
            say(lang, "column.estimated_scores"),
            lambda row: _band(row, ("low", "high"), places, lang),
            "number",
            "medium",
        ),
        Column(say(lang, "column.made_of"), made_of, room="wide", style="vb-soft"),
    ]


def _band(row: Row, ends: tuple[str, str], places: int, lang: Language) -> str:
    """From one end to the other; one figure where they are the same."""
    low, high = (number.decimal(row[end], places, lang) for end in ends)
    return low if low == high else f"{low}–{high}"
