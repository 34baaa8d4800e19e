"""An edition of the 63 as the 34 of today: estimated bands as a picture, and what they are made of as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

import streamlit as st

from analytics.core.answer import Answer
from analytics.merger.merger import merger as estimated
from dashboard.charts.bands import What
from dashboard.figures import merger
from dashboard.html import cards
from dashboard.html.tables import Row, sign
from dashboard.session.address import Selection
from dashboard.session.context import Context
from dashboard.text import estimates, say, sentences
from dashboard.widgets import page_filters
from dashboard.widgets.chart_card import chart_card
from data import number
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Language

WAYS: tuple[What, ...] = ("rank", "score")
_WIDTH = 860


def successors(at: Context, unit: str) -> list[str]:
    """What became of a unit of the 63; nothing where it is one of the 34."""
    found: list[str] = at.resources.frames.crosswalk.filter(old_unit=unit)["new_unit"].to_list()
    return found


def way(at: Context) -> What:
    """Whether ranks or scores are drawn; where not every unit can be ranked, there is nothing to choose."""
    if not merger.answer_of(at.subject()).figures["complete"]:
        return "score"
    chosen = page_filters.one_of(at, "by", WAYS, at.say("merged.by"), lambda key: at.say(f"merged.by_{key}"))
    return "score" if chosen == "score" else "rank"


def draw(at: Context, what: What) -> None:
    """The picture, and the table below it."""
    figure = merger.bands(at.subject(), what)
    if figure is None:
        st.html(cards.notices([at.say("merged.nothing", edition=_edition(at))], at.lang))
        return
    with st.container(width=_WIDTH):
        chart_card(figure, at)
    st.html(at.resources.ask(_table, replace(at.selection, province=None, region=None)))


def _edition(at: Context) -> str:
    return sentences.edition(at.index, at.selection.year, at.selection.component, at.lang)


def _table(frames: Frames, chosen: Selection) -> str:
    """Every new unit with its estimate and its members: the same text whoever is chosen."""
    index, lang = frames.index(chosen.index), chosen.lang
    answer = estimated(frames, chosen.index, chosen.year, chosen.component)
    newest = next((item.year for item in reversed(index.editions) if item.unit_set != "63"), chosen.year)
    ahead = replace(chosen, year=newest, component=OVERALL)
    columns = ("estimated_rank", "name", "estimated_band", "estimated_mean", "estimated_scores", "made_of")
    heads = "".join(
        f'<th scope="col" class="{_STYLES[column]}">{escape(say(lang, f"column.{column}"))}</th>'
        for column in columns
    )
    rows = "".join(
        f'<tr data-unit="{row["unit"]}">{"".join(_cells(frames, index, answer, row, ahead))}</tr>'
        for row in answer.rows.iter_rows(named=True)
    )
    notes = cards.notes(say(lang, "rankings.notes"), (note.in_(lang) for note in answer.notes), lang)
    return (
        f'<div class="vb-stack"><div lang="{lang}"><table class="vb-table vb-estimates">'
        f"<caption>{escape(say(lang, 'merged.table'))}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{notes}</div>"
    )


_STYLES = {
    "estimated_rank": "vb-number",
    "name": "",
    "estimated_band": "vb-number",
    "estimated_mean": "vb-number",
    "estimated_scores": "vb-number vb-medium",
    "made_of": "vb-wide",
}


def _cells(frames: Frames, index: Index, answer: Answer, row: Row, ahead: Selection) -> Iterator[str]:
    lang, places = ahead.lang, index.score_decimals
    known = row["mean"] is not None
    marked = sign(row["score_status"], lang) if known else ""
    name = escape(row["name"] if lang == "vi" else row["name_en"])
    link = escape("trends" + ahead.link(province=row["unit"]))
    yield _cell("estimated_rank", f"{number.whole(row['rank_mean'], lang)}{marked if row['rank_mean'] else ''}")
    yield f'<th scope="row"><a href="{link}" target="_self">{name}</a></th>'
    yield _cell("estimated_band", _band(row, ("rank_best", "rank_worst"), 0, lang))
    yield _cell("estimated_mean", f"{number.decimal(row['mean'], places, lang)}{marked}")
    yield _cell("estimated_scores", _band(row, ("low", "high"), places, lang))
    members = escape(estimates.member_scores(answer, frames, row["unit"], lang, places))
    yield _cell("made_of", members if row["merged"] else escape(say(lang, "merged.same")), "vb-soft")


def _cell(column: str, body: str, more: str = "") -> str:
    return f'<td class="{f"{_STYLES[column]} {more}".strip()}">{body}</td>'


def _band(row: Row, ends: tuple[str, str], places: int, lang: Language) -> str:
    """From one end to the other; one figure where they are the same."""
    low, high = (number.decimal(row[end], places, lang) for end in ends)
    return low if low == high else f"{low}–{high}"
