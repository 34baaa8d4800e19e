"""The first screen: it asks for a province and shows the leading group of the edition that opens meanwhile."""

from __future__ import annotations

from html import escape

import polars as pl
import streamlit as st

from analytics.core.ranking import ranking
from dashboard.html import cards, tables
from dashboard.html.tables import Setting
from dashboard.session import address as selection
from dashboard.session.context import Context
from dashboard.text import overview as words
from dashboard.text import sentences
from dashboard.widgets import filter_bar
from data.definition import OVERALL, indices
from data.names import UnitSet
from data.text import Text

# Later than any year in which a unit ends.
_STILL = 9999


def draw(at: Context) -> None:
    """Every province as a link, narrowed by any spelling of a name; beside it who leads."""
    title = at.say("overview.start.title")
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(cards.heading(title, at.say("overview.start.below"), at.lang))
    said = cards.notices((notice.in_(at.lang) for notice in at.reading.notices), at.lang)
    if said:
        st.html(said)
    asked, leading = st.columns([7, 4], gap="large")
    with asked:
        written = filter_bar.search(at, "overview.start.search", 360)
        filter_bar.choices(at)
        st.html(_provinces(at, written))
    with leading:
        st.html(_leading(at))


def _provinces(at: Context, written: str) -> str:
    """The 63 by region, then the 34, each a link to its overview."""
    now = _regions(at, "63", written)
    later = _regions(at, "34", written)
    if not now and not later:
        return cards.notices([at.say("overview.start.none", written=written)], at.lang)
    if later:
        title = escape(at.say("overview.start.newer"))
        # While somebody is looking for a name, nothing that fits may be folded away.
        opened = " open" if written else ""
        later = f'<details class="vb-later"{opened}><summary>{title}</summary>{later}</details>'
    return f'<div class="vb-start" lang="{at.lang}">{now}{later}</div>'


def _regions(at: Context, unit_set: UnitSet, written: str) -> str:
    frames = at.resources.frames
    units = frames.unit.filter(unit_set=unit_set)
    # Whatever was merged away before the others is no longer there to be chosen.
    units = units.filter(pl.col("valid_to").fill_null(_STILL) == pl.col("valid_to").fill_null(_STILL).max())
    units = tables.matching(units, at.resources.names, written, unit_set)
    regions = frames.region.filter(unit_set=unit_set)
    parts = []
    for region, vi, en in regions.select("region", "name_vi", "name_en").iter_rows():
        names = {unit: at.resources.names.name(unit).in_(at.lang) for unit in units.filter(region=region)["unit"]}
        if names:
            listed = "".join(
                _link(at, unit, names[unit]) for unit in sorted(names, key=lambda u: selection.order(names[u]))
            )
            parts.append(f"<section><h2>{escape(Text(vi, en).in_(at.lang))}</h2><ul>{listed}</ul></section>")
    return f'<div class="vb-regions">{"".join(parts)}</div>' if parts else ""


def _link(at: Context, unit: str, name: str) -> str:
    return f'<li><a href="?province={unit}&amp;lang={at.lang}" target="_self">{escape(name)}</a></li>'


def _leading(at: Context) -> str:
    """The target group of the edition that the first index opens with, written as the ranking writes it."""
    index = at.resources.frames.index(next(iter(indices())))
    year = at.resources.opening_year(index.code)
    whole = at.resources.ask(ranking, index.code, year, OVERALL)
    top = index.target_group.get(index.edition(year).unit_set, 0)
    setting = Setting(at.lang, index.score_decimals, {}, lambda unit: f"?province={unit}&lang={at.lang}")
    place = pl.coalesce("published_rank", "rank")
    rows = whole.rows.filter(place <= top)
    listed = "".join(
        f'<tr><td class="vb-number">{tables.rank(row, setting)}</td>'
        f'<th scope="row"><a href="{escape(setting.link(row["unit"]))}" target="_self">'
        f"{escape(setting.name(row))}</a></th>"
        f'<td class="vb-number">{tables.score(row, setting)}</td></tr>'
        for row in rows.iter_rows(named=True)
    )
    title = at.say("overview.start.group", top=top, edition=words.edition(index, year, at.lang))
    legend = tables.legend(tables.Layout.of(whole.rows), setting)
    return (
        f'<section class="vb-leading" lang="{at.lang}"><h2>{escape(title)}</h2>'
        f'<table class="vb-table"><tbody>{listed}</tbody></table>{legend}'
        f"{cards.source(sentences.source(index, whole, at.lang), at.lang)}</section>"
    )
