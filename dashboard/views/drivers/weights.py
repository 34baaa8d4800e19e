"""Ranks under other weights: the bands of a province and of those around it, and each component left out."""

from __future__ import annotations

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.weights.robustness import robustness
from analytics.weights.sensitivity import around, around_threshold, left_out
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.rank_bands import rank_bands
from dashboard.charts.rank_shifts import rank_shifts
from dashboard.charts.theme import Mode
from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.text import grammar, overview
from dashboard.text import robustness as words
from dashboard.text.robustness import Trial
from dashboard.views.drivers.frame import Choose, elsewhere, head, lacking, notes, notices, titled
from dashboard.widgets.chart_card import chart_card
from data.frames import Frames
from data.text import Problem


def draw(at: Context, choose: Choose) -> None:
    """The bands, and beside them what each component holds up or down."""
    chosen, edition = at.selection, overview.edition(at.index, at.selection.year, at.lang)
    try:
        answer = at.resources.ask(robustness, chosen.index, chosen.year)
    except Problem:
        head(
            at, at.say("drivers.robustness.title_unknown", edition=edition), at.say("drivers.caveat_weights") + "."
        )
        choose("province", "index", "year")
        notices(at)
        st.html(_cannot(at, edition))
        return
    trial = _trial(at)
    titled(at, words.title(trial))
    st.html(at.cached(_heading))
    choose("province", "index", "year")
    unknown = [trial.say("robustness.not_here")] if chosen.province and trial.own is None else []
    notices(at, *unknown)
    if trial.own is None or trial.unit is None:
        chart_card(at.cached(_bands), at)
    else:
        left, right = st.columns(2, gap="medium")
        with left:
            chart_card(at.cached(_bands), at)
        with right:
            chart_card(at.cached(_without, trial.unit), at)
    notes(at, answer.notes)


def _trial(at: Context) -> Trial:
    chosen = at.selection
    answer = at.resources.ask(robustness, chosen.index, chosen.year)
    name = "" if chosen.province is None else at.resources.names.name(chosen.province).in_(at.lang)
    return Trial(answer, at.index, chosen.province, name, at.lang)


def _heading(at: Context) -> Markup:
    trial = _trial(at)
    return cards.heading(words.title(trial), words.lead(trial), at.lang)


def _bands(at: Context) -> Figure:
    return bands(_trial(at), at.mode, _source(at))


def _without(at: Context, unit: str) -> Figure:
    rows = at.resources.ask(left_out, unit, at.selection.index, at.selection.year)
    return without(_trial(at), rows, at.mode, _source(at))


def bands(trial: Trial, mode: Mode, source: str) -> Figure:
    """The bands of the unit and those around it; without one, those at the edge of the target group."""
    whole = trial.answer.rows
    rows = (
        around_threshold(whole, trial.top)
        if trial.own is None or trial.unit is None
        else around(whole, trial.unit)
    )
    shown = "name" if trial.lang == "vi" else "name_en"
    values = "; ".join(f"{row[shown]} {row['low']}–{row['high']}" for row in rows.iter_rows(named=True))
    caption = Caption(
        title=words.bands_title(trial),
        subtitle=words.bands_subtitle(trial, rows),
        source=source,
        alt=trial.say("robustness.alt", count=rows.height, values=values),
        lang=trial.lang,
        mode=mode,
    )
    figure = rank_bands(rows, trial.unit, trial.top, trial.say("robustness.edge"), caption)
    return with_caveat(figure, trial.say("caveat_weights"), mode)


def without(trial: Trial, rows: pl.DataFrame, mode: Mode, source: str) -> Figure:
    """The unit's rank under equal weights and with each component left out."""
    own = trial.own
    assert own is not None  # drawn of a unit that has a rank
    drawn = pl.concat(
        [
            pl.DataFrame(
                {
                    "label": [trial.say("left_out.equal")],
                    "rank": [own["rank_equal"]],
                    "change": [own["rank"] - own["rank_equal"]],
                    "strong": [True],
                }
            ),
            rows.select(
                label=pl.col("component").map_elements(trial.component, return_dtype=pl.String),
                rank="rank",
                change="change",
                strong=pl.lit(False),
            ),
        ]
    )
    place = grammar.ordinal(own["rank"], trial.lang)
    caption = Caption(
        title=words.left_out_title(trial, rows),
        subtitle=trial.say("left_out.subtitle", own=place),
        source=source,
        alt=trial.say(
            "left_out.alt",
            values="; ".join(f"{row['label']}: {row['rank']}" for row in drawn.iter_rows(named=True)),
        ),
        lang=trial.lang,
        mode=mode,
    )
    return with_caveat(rank_shifts(drawn, own["rank"], caption), trial.say("caveat_weights"), mode)


def tried(frames: Frames, index: str, year: int) -> Answer:
    """Whether weights can be varied at all: one draw tells."""
    return robustness(frames, index, year, draws=1)


def _source(at: Context) -> str:
    edition = overview.edition(at.index, at.selection.year, at.lang)
    return at.say("source.first_hand", publisher=at.index.publisher.in_(at.lang), edition=edition)


def _cannot(at: Context, edition: str) -> Markup:
    word = at.index.component_word.in_(at.lang)
    parts = at.index.components_of(at.selection.year)
    why = at.say(f"drivers.robustness.cannot_{'why' if parts else 'parts'}", edition=edition, word=word)
    return lacking(at, at.say("drivers.missing"), [why], at.say("drivers.elsewhere"), elsewhere(at, tried))
