"""Why the rank moved: what the change of a province's total and rank since the edition before is made of."""

from __future__ import annotations

from html import escape

import polars as pl
import streamlit as st

from dashboard.charts.figure import Figure
from dashboard.figures import change as figures
from dashboard.html import cards, tables
from dashboard.session.context import Context, context
from dashboard.text import account_change as sentences
from dashboard.text import change as words
from dashboard.text import overview, say
from dashboard.text.change import ChangeWording
from dashboard.views.change import lacking as change_lacking
from dashboard.views.change import tables as change_tables
from dashboard.widgets import filter_bar
from dashboard.widgets.chart_card import chart_card
from data import number
from data.text import Language


def page() -> None:
    """Select, ask, draw."""
    at = context()
    unit = at.selection.province
    wording = at.subject().change_wording if unit else None
    if unit is None:
        edition = overview.edition(at.index, at.selection.year, at.lang)
        title = at.say("change.title", edition=edition)
        _heading(at, title, cards.heading(title, at.say("change.choose"), at.lang))
        st.html(change_lacking.start(at))
    elif wording is None:
        name = at.resources.names.name(unit).in_(at.lang)
        edition = overview.edition(at.index, at.selection.year, at.lang)
        title = at.say("change.title_unknown", name=name, edition=edition)
        _heading(at, title, cards.heading(title, "", at.lang))
        st.html(change_lacking.nothing(at, unit, name))
    else:
        _heading(at, words.title(wording), at.cached(_headed))
        _draw(at, wording)


def _wording(at: Context) -> ChangeWording:
    """What the parts of the page are written with, where there is an answer."""
    wording = at.subject().change_wording
    assert wording is not None  # the page has asked
    return wording


def _headed(at: Context) -> str:
    """What happened to the rank, and why."""
    wording = _wording(at)
    why = sentences.reason(wording.index, wording.name, wording.answer, at.lang)
    return cards.heading(words.title(wording), why or wording.say("below", before=wording.before), at.lang)


def _heading(at: Context, title: str, heading: str) -> None:
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(heading)
    filter_bar.choices(at, "province", "index", "year")
    said = cards.notices((notice.in_(at.lang) for notice in at.reading.notices), at.lang)
    if said:
        st.html(said)


def _draw(at: Context, wording: ChangeWording) -> None:
    st.html(at.cached(_facts))
    contributions, rank_parts = at.cached(_contributions), at.cached(_rank_parts)
    left, right = st.columns([7, 5] if contributions else [6, 6], gap="medium")
    with left:
        if contributions is not None:
            chart_card(contributions, at)
        else:
            st.html(change_lacking.parts(at, wording))
    with right:
        if rank_parts is not None:
            chart_card(rank_parts, at)
        else:
            why = [note.in_(at.lang) for note in wording.answer.notes_only("not_split")]
            st.html(change_lacking.panel(wording.say("places.none"), why, "", at.lang))
        crossed = at.cached(_crossed)
        if crossed:
            st.html(crossed)
    parts = at.cached(_components)
    if parts:
        st.html(parts)
    if wording.answer.notes:
        notes = (note.in_(at.lang) for note in wording.answer.notes)
        st.html(cards.notes(wording.say("reading"), notes, at.lang))


def _contributions(at: Context) -> Figure | None:
    return figures.contributions(at.subject())


def _rank_parts(at: Context) -> Figure | None:
    return figures.rank_parts(at.subject())


def _facts(at: Context) -> str:
    """Score, rank, and where the score of the edition before would stand now."""
    wording = _wording(at)
    facts = [_score(wording), _rank(wording)]
    kept = sentences.kept(wording.index, wording.name, wording.answer, wording.lang)
    if kept:
        place = number.standing(wording.figures["rank_if_score_kept"], wording.figures["compared"], wording.lang)
        facts.append(_fact(wording.say("kept", before=wording.before), escape(place), "", [escape(kept[0])]))
    style = "" if kept else " vb-two"
    return f'<section class="vb-facts{style}" lang="{wording.lang}">{"".join(facts)}</section>'


def _score(wording: ChangeWording) -> str:
    figures, lang = wording.figures, wording.lang
    now, then = (
        wording.points(figures[f"score_{side}"]) + tables.sign(figures[f"status_{side}"], lang)
        for side in ("after", "before")
    )
    lines = [wording.say("was", before=escape(wording.before), value=then)]
    if not wording.comparable:
        lines.append(escape(wording.say("no_score")))
    elif figures["score_change"] is None:
        lines.append(escape(wording.say("score_missing")))
    return _fact(
        wording.say("score"), now, _moved(figures["score_change"], wording.index.score_decimals, lang), lines
    )


def _rank(wording: ChangeWording) -> str:
    figures, lang = wording.figures, wording.lang
    now, then = (
        _place(wording, figures[f"rank_{side}"], year, figures[f"rank_status_{side}"])
        for side, year in (("after", wording.year), ("before", figures["previous_year"]))
    )
    lines = [wording.say("was", before=escape(wording.before), value=then)]
    if figures["rank_after"] is not None and figures["rank_status_after"] is None:
        lines.append(escape(say(lang, "legend.computed")))
    moved = _moved(figures["rank_change"], 0, lang)
    if figures["rank_change"] == 0:
        moved = f'<span class="vb-quiet">{escape(say(lang, "standing.rank_same"))}</span>'
    return _fact(wording.say("rank"), now, moved, lines)


def _place(wording: ChangeWording, rank: int | None, year: int, status: str | None) -> str:
    of = wording.figures["compared"] or wording.index.edition(year).units
    return escape(number.standing(rank, of, wording.lang)) + tables.sign(status, wording.lang)


def _moved(value: float | None, places: int, lang: Language) -> str:
    return "" if value is None else tables.change(value, places, lang)


def _fact(title: str, big: str, moved: str, lines: list[str]) -> str:
    said = "".join(f"<p>{line}</p>" for line in lines)
    figures = f'<p class="vb-figures"><span class="vb-big">{big}</span>{moved}</p>'
    return f'<div class="vb-fact"><h2>{escape(title)}</h2>{figures}{said}</div>'


def _crossed(at: Context) -> str:
    """The components by score and rank, as far as either is known."""
    wording = _wording(at)
    title = words.crossed_title(wording)
    return "" if title is None else _section(wording, title, change_tables.crossed(wording))


def _components(at: Context) -> str:
    """The components one by one, where anything is known of them."""
    wording = _wording(at)
    figures = pl.col("before", "after", "rank_before", "rank_after")
    if wording.parts.filter(pl.any_horizontal(figures.is_not_null())).is_empty():
        return ""
    body = change_tables.components(wording) + change_tables.legend(wording)
    body += cards.source(words.source(wording), wording.lang)
    return _section(wording, wording.say("table.title", word=wording.word), body)


def _section(wording: ChangeWording, title: str, body: str) -> str:
    return f'<section class="vb-parts" lang="{wording.lang}"><h2>{escape(title)}</h2>{body}</section>'
