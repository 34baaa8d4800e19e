"""Rankings: where every unit stands in an edition of an index, or on one of its components."""

from __future__ import annotations

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.coverage import coverage
from analytics.core.ranking import density, overtaking
from analytics.standing.peer_standing import PeerStanding, peer_standing
from dashboard.html import cards, highlight
from dashboard.html.cells import Row
from dashboard.html.markup import fragment
from dashboard.session.context import Context, context
from dashboard.text import sentences
from dashboard.text.peer_standing import rank_band, ranks_among
from dashboard.views.rankings import list as ranking_list
from dashboard.views.rankings import merged, pictures
from dashboard.views.rankings.list import Listing
from dashboard.views.rankings.parameters import TABLES, Banded, RankingParameters, View
from dashboard.widgets import filters, page_filters
from dashboard.widgets.notices import notices
from data.definition import OVERALL


def page() -> None:
    """Select, ask, draw."""
    at = context()
    shown = ranking_list.found(at)
    title, heading = at.cached(_headed)
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    said = cards.notices(notices(at), at.lang)
    st.html(fragment(heading, said))
    filters.show(at, "index", "year", "component", "province", "region")
    if shown.whole.rows.is_empty():
        st.html(_empty(at, shown))
        return
    asked = RankingParameters.read()
    view = pictures.chosen(at, asked)
    if at.selection.province is not None:
        st.html(at.cached(_standing, view))
    _drawn(at, shown, view, asked)


def _headed(at: Context) -> tuple[str, Markup]:
    """The title, and with it what is known of the edition."""
    whole = ranking_list.found(at).whole
    title = sentences.ranking_title(at.index, whole, at.lang)
    return title, cards.heading(title, sentences.coverage(whole, at.lang), at.lang)


def _drawn(at: Context, shown: Listing, view: View, asked: RankingParameters) -> None:
    """The ranking as a table or a picture, and below it what must be read with it."""
    row = st.container(horizontal=True, vertical_alignment="bottom", key="views")
    with row:
        pictures.switch(at, asked)
    if view in TABLES:
        with row:
            written = page_filters.search(at, asked)
        ranking_list.draw(at, written, banded=_banded(view))
    elif view == "merged":
        with row:
            what = merged.way(at, asked)
        merged.draw(at, what)
    else:
        pictures.draw(at, view, asked)
        st.html(ranking_list.below(at))


def _standing(at: Context, view: View) -> Markup:
    """The chosen province: rank, change, place among its peers, neighbours, overtaking.

    The style beside it highlights the province's row in the table.
    """
    shown = ranking_list.found(at)
    chosen, setting, unit = at.selection, shown.setting, str(at.selection.province)
    own = shown.whole.rows.filter(unit=unit)
    if own.is_empty():
        name = at.resources.names.name(unit).in_(at.lang)
        what = sentences.edition(at.index, chosen.year, chosen.component, at.lang)
        return cards.unknown(name, at.say("standing.unknown", name=name, edition=what), at.lang)
    row = own.row(0, named=True)
    near = at.resources.ask(peer_standing, chosen.index, chosen.year, unit, chosen.component)
    said = [
        sentences.compared(at.index, row, chosen.year, setting.places, at.lang),
        _around(shown, row, near, marked=view in TABLES),
        *_passed(at, unit),
        _band(at, unit, _banded(view)),
    ]
    card = cards.standing(row, shown.whole.coverage.of, shown.layout.ordered, filter(None, said), setting)
    rows = [unit, *merged.successors(at, unit)]
    styles = (highlight.style(item, near.units if near and item == unit else ()) for item in rows)
    return fragment(card, *styles)


def _banded(view: View) -> Banded | None:
    """What the view draws bands of ranks for."""
    return view if view == "luck" or view == "bands" else None


def _band(at: Context, unit: str, banded: Banded | None) -> str | None:
    return None if banded is None else rank_band(ranking_list.band_of(at, unit, banded), banded, at.lang)


def _around(shown: Listing, row: Row, near: PeerStanding | None, marked: bool) -> str | None:
    """The place in the region, and among those most like it."""
    lang, region = shown.setting.lang, shown.setting.regions.get(row["region"])
    inside = shown.whole.rows.filter(pl.col("region") == row["region"]).height if region else 0
    named = None if region is None else region.in_(lang)
    return ranks_among(row["rank_in_region"], inside, named, near, marked, lang)


def _passed(at: Context, unit: str) -> list[str | None]:
    """How crowded it is, whom it overtook and who overtook it."""
    chosen = at.selection
    asked = (chosen.index, chosen.year, unit, chosen.component)
    crowd, met = at.resources.ask(density, *asked), at.resources.ask(overtaking, *asked)
    return [
        sentences.density(crowd, at.lang) if crowd else None,
        sentences.overtaking(met, "overtaken", at.lang),
        sentences.overtaking(met, "overtook", at.lang),
    ]


def _empty(at: Context, shown: Listing) -> Markup:
    """The empty state: why nothing is known here, what there is instead, and how to import figures."""
    chosen = at.selection
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
    why = (note.in_(at.lang) for note in shown.whole.notes)
    command = (at.say("empty.import"), at.say("empty.command", index=chosen.index, year=chosen.year))
    what = sentences.edition(at.index, chosen.year, chosen.component, at.lang)
    return cards.empty(
        at.say("empty.title", edition=what), why, lead, links, command, at.lang, at.selection.importing()
    )
