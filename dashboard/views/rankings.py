"""Rankings: where every unit stands in an edition of an index, or on one of its components."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from analytics.answer import Answer
from analytics.coverage import coverage
from analytics.ranking import density, overtaking, ranking
from dashboard import cards, controls, selection, tables
from dashboard.controls import Here
from dashboard.tables import Layout, Setting
from dashboard.text import sentences
from dashboard.views import pictures
from data.definition import OVERALL


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What the page draws: the whole ranking, and how it is to be written."""

    at: Here
    whole: Answer
    layout: Layout
    setting: Setting
    title: str


def page() -> None:
    """Select, ask, draw."""
    at = controls.here()
    view = _view(at)
    st.set_page_config(page_title=f"{view.title} · {at.say('product.name')}")
    _html(cards.heading(view.title, sentences.coverage(view.whole, at.lang), at.lang))
    _html(cards.notices((notice.in_(at.lang) for notice in at.reading.notices), at.lang))
    controls.choices(at, "index", "year", "component", "province", "region")
    if view.whole.rows.is_empty():
        _html(_empty(view))
        return
    _html(_standing(view))
    _drawn(view)


def _drawn(view: View) -> None:
    """The ranking as a table or a picture, and below it what must be read with it."""
    at, rows = view.at, _in_region(view).rows
    with st.container(horizontal=True, vertical_alignment="bottom", key="views"):
        picture = pictures.switch(at)
        if picture == "table":
            written = controls.search(at)
            rows = tables.matching(rows, at.resources.names, written, at.unit_set)
    if picture == "table":
        _ranking(view, rows)
    else:
        pictures.draw(at, view.whole, picture)
    _below(view, rows)
    if picture == "table":
        _take_away(view, rows)


def _view(at: Here) -> View:
    chosen = at.selection
    whole = at.resources.ask(ranking, chosen.index, chosen.year, chosen.component)
    setting = Setting(
        lang=at.lang,
        places=at.index.score_decimals,
        regions=at.regions(),
        link=lambda unit: chosen.link(province=unit),
        chosen=chosen.province,
    )
    title = sentences.ranking_title(at.index, whole, at.lang)
    return View(at, whole, Layout.of(whole.rows), setting, title)


def _in_region(view: View) -> Answer:
    chosen = view.at.selection
    return view.at.resources.ask(ranking, chosen.index, chosen.year, chosen.component, chosen.region)


def _ranking(view: View, rows: pl.DataFrame) -> None:
    if rows.is_empty():
        _html(cards.notices([view.at.say("rankings.no_match")], view.at.lang))
        return
    _html(tables.legend(view.layout, view.setting))
    _html(tables.ranking_table(rows, view.layout, view.setting, view.title))


def _below(view: View, rows: pl.DataFrame) -> None:
    """What must be read with the ranking, however it is drawn."""
    at = view.at
    _html(_missing(view))
    _html(tables.footnotes(rows, view.setting))
    _html(cards.notes(at.say("rankings.notes"), (note.in_(at.lang) for note in view.whole.notes), at.lang))


def _take_away(view: View, rows: pl.DataFrame) -> None:
    """Whose figures the table shows, and a file of them; a picture brings its own."""
    at, chosen = view.at, view.at.selection
    _html(cards.source(sentences.source(at.index, view.whole, at.lang), at.lang))
    st.download_button(
        at.say("control.download"),
        data=lambda: tables.as_csv(rows, view.setting),
        file_name=f"{chosen.index}-{chosen.year}-{chosen.component}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _missing(view: View) -> str:
    """The provinces that were scored and of which nothing is known here."""
    at, of = view.at, view.whole.coverage.of
    units = at.resources.frames.unit.filter(unit_set=at.unit_set)
    lost = tables.without_figures(units, view.whole.rows, at.selection.year, of)
    names = sorted((at.resources.names.name(unit).in_(at.lang) for unit in lost), key=selection.order)
    return cards.missing(at.say("rankings.missing", count=len(lost)), names, at.lang) if lost else ""


def _standing(view: View) -> str:
    """The chosen province: where it stands, how it moved, how crowded it is there, who passed whom."""
    at, chosen = view.at, view.at.selection
    if chosen.province is None:
        return ""
    own = view.whole.rows.filter(unit=chosen.province)
    if own.is_empty():
        name = at.resources.names.name(chosen.province).in_(at.lang)
        what = sentences.edition(at.index, chosen.year, chosen.component, at.lang)
        return cards.unknown(name, at.say("standing.unknown", name=name, edition=what), at.lang)
    row = own.row(0, named=True)
    asked = (chosen.index, chosen.year, chosen.province, chosen.component)
    crowd, met = at.resources.ask(density, *asked), at.resources.ask(overtaking, *asked)
    said = [
        sentences.compared(at.index, row, chosen.year, view.setting.places, at.lang),
        sentences.density(crowd, at.lang) if crowd else None,
        sentences.overtaking(met, "overtaken", at.lang),
        sentences.overtaking(met, "overtook", at.lang),
    ]
    return cards.standing(row, view.whole.coverage.of, view.layout.ordered, filter(None, said), view.setting)


def _empty(view: View) -> str:
    """Nothing known here: why, which components or editions there are, and how figures get in."""
    at, chosen = view.at, view.at.selection
    rows = at.resources.ask(coverage, chosen.index).rows
    something = rows.filter(pl.any_horizontal(pl.col("scores_known", "ranks_known", "range") > 0))
    beside = something.filter(pl.col("component") != OVERALL, year=chosen.year)
    links = [
        (at.index.component(code).name.in_(at.lang), chosen.link(component=code)) for code in beside["component"]
    ]
    lead = at.say("empty.components", word=at.index.component_word.in_(at.lang), year=chosen.year)
    if not links:
        years = something.filter(component=chosen.component)["year"].unique().sort(descending=True)
        links = [(f"{at.index.name.in_(at.lang)} {year}", chosen.link(year=year)) for year in years.head(3)]
        lead = at.say("empty.editions")
    why = (note.in_(at.lang) for note in view.whole.notes)
    command = (at.say("empty.import"), at.say("empty.command", index=chosen.index, year=chosen.year))
    what = sentences.edition(at.index, chosen.year, chosen.component, at.lang)
    return cards.empty(
        at.say("empty.title", edition=what), why, lead, links, command, at.lang, at.selection.importing()
    )


def _html(body: str) -> None:
    if body:
        st.html(body)
