"""The first screen: it asks for a province and shows the leading group of the edition that opens meanwhile."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.ranking import ranking
from analytics.core.search import matching
from dashboard.html import cards, cells
from dashboard.html import ranking as ranking_html
from dashboard.html.cells import Row, Setting
from dashboard.html.markup import NOTHING, items, link, tag
from dashboard.html.table import Column, table
from dashboard.session import address
from dashboard.session.context import Context
from dashboard.text import overview as words
from dashboard.text import sentences
from dashboard.views.overview.parameters import OverviewParameters
from dashboard.widgets import filters, page_filters
from dashboard.widgets.notices import notices
from data.definition import OVERALL
from data.definition_file import indices
from data.names import UnitSet, set_of
from data.text import Text

# Later than any year in which a unit ends.
_STILL = 9999


def draw(at: Context) -> None:
    """Every province as a link, narrowed by a search that knows all spellings; beside it the leading group."""
    title = at.say("overview.start.title")
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(cards.heading(title, at.say("overview.start.below"), at.lang))
    said = cards.notices(notices(at), at.lang)
    if said:
        st.html(said)
    asked, leading = st.columns([7, 4], gap="large")
    with asked:
        written = page_filters.search(at, OverviewParameters.read(), "overview.start.search", 360)
        filters.show(at)
        st.html(_provinces(at, written))
    with leading:
        st.html(_leading(at))


def _provinces(at: Context, written: str) -> Markup:
    """The 34 by region, then the 63 before them, folded, each a link to its overview."""
    now = _regions(at, "34", written)
    before = _regions(at, "63", written)
    if not now and not before:
        return cards.notices([at.say("overview.start.none", written=written)], at.lang)
    if before:
        title = tag("summary", at.say("overview.start.before"))
        # During a search every match is shown, none folded away.
        before = tag("details.vb-former", title, before, open="" if written else None)
    return tag("div.vb-start", now, before, lang=at.lang)


def _regions(at: Context, unit_set: UnitSet, written: str) -> Markup:
    frames = at.resources.frames
    units = frames.unit.filter(unit_set=unit_set)
    # Units that ended before the others can't be chosen.
    units = units.filter(pl.col("valid_to").fill_null(_STILL) == pl.col("valid_to").fill_null(_STILL).max())
    units = matching(units, at.resources.names, written, unit_set)
    regions = frames.region.filter(unit_set=unit_set)
    parts = []
    for region, vi, en in regions.select("region", "name_vi", "name_en").iter_rows():
        names = {unit: _name(at, unit) for unit in units.filter(region=region)["unit"]}
        if names:
            listed = sorted(names, key=lambda unit: address.order(names[unit]))
            links = items(link(names[unit], _address(at, unit)) for unit in listed)
            parts.append(tag("section", tag("h2", Text(vi, en).in_(at.lang)), tag("ul", links)))
    return tag("div.vb-regions", *parts) if parts else NOTHING


def _name(at: Context, unit: str) -> str:
    """The unit's name; that of a former province which one of the 34 bears too says that it is the former one."""
    names = at.resources.names
    name = names.name(unit).in_(at.lang)
    if set_of(unit) == "63" and any(names.name(new).in_(at.lang) == name for new in names.members):
        return at.say("overview.start.former", name=name)
    return name


def _address(at: Context, unit: str) -> str:
    return f"?province={unit}&lang={at.lang}"


def _leading(at: Context) -> Markup:
    """The target group of the opening edition of the first index."""
    index = at.resources.frames.index(next(iter(indices())))
    year = at.resources.opening_year(index.code)
    whole = at.resources.ask(ranking, index.code, year, OVERALL)
    top = index.target_group.get(index.edition(year).unit_set, 0)
    setting = Setting(at.lang, index.score_decimals, {}, partial(_address, at))
    columns: list[Column[Row]] = [
        Column(setting.say("column.shown_rank"), lambda row: cells.rank(row, setting), "number"),
        Column(setting.say("column.name"), setting.linked, "name"),
        Column(setting.say("column.score"), lambda row: cells.score(row, setting), "number"),
    ]
    rows = whole.rows.filter(pl.coalesce("published_rank", "rank") <= top).iter_rows(named=True)
    title = at.say("overview.start.group", top=top, edition=words.edition(index, year, at.lang))
    return tag(
        "section.vb-leading",
        tag("h2", title),
        table(columns, rows, title, at.lang, headed=False),
        ranking_html.legend(ranking_html.Layout.of(whole.rows), setting),
        cards.source(sentences.source(index, whole, at.lang), at.lang),
        lang=at.lang,
    )
