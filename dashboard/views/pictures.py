"""The pictures of a ranking: map, tile map, and two editions side by side."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl
import streamlit as st

from analytics.answer import Answer
from analytics.ranking import ranked, ranking
from analytics.regions import region_medians
from analytics.slope import largest, rank_pairs
from dashboard import cards, switches
from dashboard.charts import shades
from dashboard.charts.caption import Caption
from dashboard.charts.province_map import province_map
from dashboard.charts.shades import Shades
from dashboard.charts.slope import slope
from dashboard.charts.tile_map import WIDTH, short, tile_map
from dashboard.controls import Here
from dashboard.exhibit import exhibit, mode
from dashboard.text import pictures, sentences
from data.definition import Edition

Picture = Literal["table", "map", "tiles", "slope"]
PICTURES: tuple[Picture, ...] = get_args(Picture)

_MAP_WIDTH = 680
_SLOPE_WIDTH = 720
# How many that rose and that fell furthest are named.
_MOVERS = 3


def switch(at: Here) -> Picture:
    """Which way to look at the ranking."""
    chosen = switches.one_of(at, "view", PICTURES, at.say("view.label"), lambda key: at.say(f"view.{key}"))
    return next(picture for picture in PICTURES if picture == chosen)


def draw(at: Here, whole: Answer, picture: Picture) -> None:
    """One of the pictures; `whole` is the ranking of the edition, not of a region."""
    if picture == "map":
        _map(at, whole)
    elif picture == "tiles":
        _tiles(at, whole)
    else:
        _two_editions(at)


def _map(at: Here, whole: Answer) -> None:
    """Every unit in the shade of its figure, on the map."""
    drawn, units = _shades(at, whole)
    medians = region_medians(whole.rows, units)
    edition = _edition(at)
    title = pictures.map_title(
        edition, drawn, medians, at.regions(), whole.coverage.of, at.index.score_decimals, at.lang
    )
    caption = _caption(at, whole, drawn, units, "map", title)
    with st.container(width=_MAP_WIDTH):
        base = str(st.get_option("server.baseUrlPath")).strip("/")
        exhibit(province_map(drawn, _short_names(at), at.unit_set, f"/{base}" if base else "", caption), at)


def _tiles(at: Here, whole: Answer) -> None:
    """Every unit as a square of the same size."""
    drawn, units = _shades(at, whole)
    title = pictures.tiles_title(_edition(at), whole, drawn, at.regions(), at.lang)
    caption = _caption(at, whole, drawn, units, "tiles", title)
    tiles = at.resources.frames.tile.filter(unit_set=at.unit_set)
    with st.container(width=WIDTH):
        exhibit(tile_map(drawn, tiles, caption), at)


def _two_editions(at: Here) -> None:
    """The ranks of the edition and of another one, chosen here."""
    figures = ranked(at.resources.frames, at.index).filter(component=at.selection.component)
    now = at.index.edition(at.selection.year)
    others = _comparable(at, figures, now)
    if not others:
        words = at.say("slope.first", edition=_edition(at), units=now.unit_set)
        st.html(cards.notices([words], at.lang))
        return
    default = max((year for year in others if year < now.year), default=others[0])
    year = switches.year(at, "from", others, default, at.say("view.from"))
    years = (min(year, now.year), max(year, now.year))
    pairs = rank_pairs(figures, *years, at.selection.component)
    if pairs.is_empty():
        titles = {"from": _titled(at, years[0]), "to": _titled(at, years[1])}
        st.html(cards.notices([at.say("slope.nothing", **titles)], at.lang))
        return
    with st.container(width=_SLOPE_WIDTH):
        _slope(at, pairs, years)


def _slope(at: Here, pairs: pl.DataFrame, years: tuple[int, int]) -> None:
    chosen, component = at.selection.province, at.selection.component
    of = tuple(at.index.edition(year).units_of(component) for year in years)
    own = at.resources.names.name(chosen).in_(at.lang) if chosen in pairs["unit"].to_list() and chosen else None
    region = at.selection.region or next(iter(pairs.filter(unit=chosen or "")["region"]), None)
    region_name = at.regions()[region].in_(at.lang) if region else None
    title = pictures.slope_title(
        pairs, chosen, (_titled(at, years[0]), _titled(at, years[1])), (of[0], of[1]), at.lang
    )
    caption = Caption(
        title=title,
        subtitle=pictures.slope_subtitle(at.index, pairs, years, (of[0], of[1]), own, region_name, at.lang),
        source=sentences.source(
            at.index, at.resources.ask(ranking, at.selection.index, years[1], component), at.lang
        ),
        alt=at.say("slope.alt", title=title, **{"from": years[0], "to": years[1]}),
        lang=at.lang,
        mode=mode(),
    )
    named = largest(pairs, _MOVERS)["unit"].to_list()
    exhibit(slope(pairs, _short_names(at), named, chosen, region, years, caption), at)


def _comparable(at: Here, figures: pl.DataFrame, now: Edition) -> list[int]:
    """The other editions of the same units with any rank known, newest first; none where ours has no rank."""
    known = figures.drop_nulls("shown_rank")["year"].unique().to_list()
    if now.year not in known:
        return []
    return [
        item.year
        for item in reversed(at.index.editions)
        if item.year in known and item.year != now.year and item.unit_set == now.unit_set
    ]


def _shades(at: Here, whole: Answer) -> tuple[Shades, pl.DataFrame]:
    year = at.selection.year
    units = at.resources.frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=at.unit_set,
    ).select("unit", "name_vi", "name_en", "region")
    drawn = shades.shaded(
        whole.rows,
        units,
        whole.coverage.of,
        at.lang,
        at.index.score_decimals,
        at.selection.province,
        at.selection.region,
    )
    return drawn, units


def _caption(at: Here, whole: Answer, drawn: Shades, units: pl.DataFrame, picture: str, title: str) -> Caption:
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
        alt=at.say(f"pictures.alt_{picture}", title=title, units=at.unit_set),
        lang=at.lang,
        mode=mode(),
    )


def _short_names(at: Here) -> dict[str, str]:
    tiles = at.resources.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    return {unit: short(label, at.lang) for unit, label in tiles}


def _edition(at: Here) -> str:
    return sentences.edition(at.index, at.selection.year, at.selection.component, at.lang)


def _titled(at: Here, year: int) -> str:
    return f"{at.index.name.in_(at.lang)} {year}"
