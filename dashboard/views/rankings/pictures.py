"""The pictures of a ranking: map, tile map, and two editions side by side."""

from __future__ import annotations

import polars as pl
import streamlit as st

from analytics.core.answer import Answer
from analytics.core.ranking import ranked, ranking
from analytics.standing.regions import region_medians
from analytics.standing.slope import largest, rank_pairs
from dashboard.charts import shades
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.province_map import province_map
from dashboard.charts.shades import Shades
from dashboard.charts.slope import slope
from dashboard.charts.tile_map import WIDTH, short, tile_map
from dashboard.html import cards
from dashboard.session.context import Context
from dashboard.text import pictures, sentences
from dashboard.views.rankings.parameters import VIEWS, RankingParameters, View
from dashboard.widgets import background, page_filters
from dashboard.widgets.background import Background
from dashboard.widgets.chart_card import chart_card
from data.definition import Edition
from data.frames import Frames
from data.names import UnitSet
from data.text import Language

_MAP_WIDTH = 680
_SLOPE_WIDTH = 720
# How many that rose and that fell furthest are named.
_MOVERS = 3


def chosen(at: Context, asked: RankingParameters) -> View:
    """Which way to look at the ranking, as far as the edition has it."""
    return asked.view if asked.view in _offered(at) else VIEWS[0]


def switch(at: Context, asked: RankingParameters) -> None:
    """The same, for the reader to choose."""
    page_filters.one_of(at, asked, "view", _offered(at), at.say("view.label"), lambda key: at.say(f"view.{key}"))


def _offered(at: Context) -> tuple[View, ...]:
    """What became of the 63 is asked of their editions only."""
    return VIEWS if at.unit_set == "63" else VIEWS[:-1]


def draw(at: Context, whole: Answer, picture: View, asked: RankingParameters) -> None:
    """The map, the tile map or the slope; `whole` is the ranking of the edition, not of a region."""
    if picture == "map":
        _map(at)
    elif picture == "tiles":
        _tiles(at, whole)
    else:
        _two_editions(at, asked)


def _map(at: Context) -> None:
    """Every unit in the shade of its figure, on the map."""
    with st.container(width=_MAP_WIDTH):
        base = str(st.get_option("server.baseUrlPath")).strip("/")
        chart_card(at.cached(_map_figure, f"/{base}" if base else ""), at)


def _map_figure(at: Context, base: str) -> Figure:
    chosen = at.selection
    whole = at.resources.ask(ranking, chosen.index, chosen.year, chosen.component)
    drawn, units = _shades(at, whole)
    medians = region_medians(whole.rows, units)
    edition = _edition(at)
    title = pictures.map_title(
        edition, drawn, medians, at.regions(), whole.coverage.of, at.index.score_decimals, at.lang
    )
    caption = _caption(at, whole, drawn, units, "map", title)
    return province_map(drawn, _short_names(at), at.unit_set, base, caption)


def _tiles(at: Context, whole: Answer) -> None:
    """Every unit as a square of the same size."""
    drawn, units = _shades(at, whole)
    title = pictures.tiles_title(_edition(at), whole, drawn, at.regions(), at.lang)
    caption = _caption(at, whole, drawn, units, "tiles", title)
    tiles = at.resources.frames.tile.filter(unit_set=at.unit_set)
    with st.container(width=WIDTH):
        chart_card(tile_map(drawn, tiles, caption), at)


def _two_editions(at: Context, asked: RankingParameters) -> None:
    """The ranks of the edition and of another one, chosen here."""
    figures = ranked(at.resources.frames, at.index).filter(component=at.selection.component)
    now = at.index.edition(at.selection.year)
    others = _comparable(at, figures, now)
    if not others:
        words = at.say("slope.first", edition=_edition(at), units=now.unit_set)
        st.html(cards.notices([words], at.lang))
        return
    default = max((year for year in others if year < now.year), default=others[0])
    with st.container(horizontal=True, vertical_alignment="bottom", key="beside"):
        year = page_filters.one_number(at, asked, "since", others, default, at.say("view.from"))
        behind = background.of_ranking(at, asked.behind, asked)
    if behind.said is None and behind.kind == "peers" and at.selection.province:
        name = at.resources.names.name(at.selection.province).in_(at.lang)
        st.html(cards.notices([at.say("view.peers_none", name=name)], at.lang))
    years = (min(year, now.year), max(year, now.year))
    pairs = rank_pairs(figures, *years, at.selection.component)
    if pairs.is_empty():
        titles = {"from": _titled(at, years[0]), "to": _titled(at, years[1])}
        st.html(cards.notices([at.say("slope.nothing", **titles)], at.lang))
        return
    with st.container(width=_SLOPE_WIDTH):
        _slope(at, pairs, years, behind)


def _slope(at: Context, pairs: pl.DataFrame, years: tuple[int, int], behind: Background) -> None:
    chosen, component = at.selection.province, at.selection.component
    of = tuple(at.index.edition(year).units_of(component) for year in years)
    own = at.resources.names.name(chosen).in_(at.lang) if chosen in pairs["unit"].to_list() and chosen else None
    title = pictures.slope_title(
        pairs, chosen, (_titled(at, years[0]), _titled(at, years[1])), (of[0], of[1]), at.lang
    )
    caption = Caption(
        title=title,
        subtitle=pictures.slope_subtitle(at.index, pairs, years, (of[0], of[1]), own, behind.said, at.lang),
        source=sentences.source(
            at.index, at.resources.ask(ranking, at.selection.index, years[1], component), at.lang
        ),
        alt=at.say(
            "slope.alt", title=title, index=at.index.name.in_(at.lang), **{"from": years[0], "to": years[1]}
        ),
        lang=at.lang,
        mode=at.mode,
    )
    named = largest(pairs, _MOVERS)["unit"].to_list()
    chart_card(slope(pairs, _short_names(at), named, chosen, behind.units, years, caption), at)


def _comparable(at: Context, figures: pl.DataFrame, now: Edition) -> list[int]:
    """The other editions of the same units with any rank known, newest first; none where ours has no rank."""
    known = figures.drop_nulls("shown_rank")["year"].unique().to_list()
    if now.year not in known:
        return []
    return [
        item.year
        for item in reversed(at.index.editions)
        if item.year in known and item.year != now.year and item.unit_set == now.unit_set
    ]


def _shades(at: Context, whole: Answer) -> tuple[Shades, pl.DataFrame]:
    """What is drawn of every unit, and the units that there were: the same but for who is chosen."""
    asked = at.selection
    units = at.resources.ask(_units, at.unit_set, asked.year)
    drawn = at.resources.ask(_shaded, asked.index, asked.year, asked.component, asked.region, at.lang)
    return shades.chosen(drawn, asked.province), units


def _units(frames: Frames, unit_set: UnitSet, year: int) -> pl.DataFrame:
    return frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=unit_set,
    ).select("unit", "name_vi", "name_en", "region")


def _shaded(frames: Frames, index: str, year: int, component: str, region: str | None, lang: Language) -> Shades:
    definition, whole = frames.index(index), ranking(frames, index, year, component)
    units = _units(frames, definition.edition(year).unit_set, year)
    return shades.shaded(whole.rows, units, whole.coverage.of, lang, definition.score_decimals, region=region)


def _caption(at: Context, whole: Answer, drawn: Shades, units: pl.DataFrame, picture: str, title: str) -> Caption:
    known = whole.rows.drop_nulls("score")["score_status"]
    if drawn.measure == "rank":
        known = whole.rows["rank_status"].drop_nulls()
    elif drawn.measure == "order":
        known = known.clear()
    region = at.selection.region
    subtitle = pictures.shades_subtitle(
        _edition(at),
        drawn,
        known,
        picture,
        units.height == whole.coverage.of,
        at.regions()[region].in_(at.lang) if region else None,
        at.lang,
    )
    placed = at.resources.frames.tile["unit"].to_list()
    lost = [
        name
        for unit, name in drawn.rows.drop_nulls("value").select("unit", "name").iter_rows()
        if unit not in placed
    ]
    if lost:
        subtitle += "; " + at.say("pictures.undrawn", names=", ".join(lost))
    return Caption(
        title=title,
        subtitle=subtitle,
        source=sentences.source(at.index, whole, at.lang),
        alt=at.say(f"pictures.alt_{picture}", edition=_edition(at), units=at.unit_set, title=title),
        lang=at.lang,
        mode=at.mode,
    )


def _short_names(at: Context) -> dict[str, str]:
    tiles = at.resources.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    return {unit: short(label, at.lang) for unit, label in tiles}


def _edition(at: Context) -> str:
    return sentences.edition(at.index, at.selection.year, at.selection.component, at.lang)


def _titled(at: Context, year: int) -> str:
    return f"{at.index.name.in_(at.lang)} {year}"
