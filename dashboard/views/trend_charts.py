"""The charts of the trends: the rank, the score, and every component in a panel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import polars as pl
import streamlit as st

from analytics.ranking import ranked
from analytics.trend import MEDIAN, along, bands, median_pieces, pieces, turn
from dashboard import cards, switches
from dashboard.charts.caption import Caption
from dashboard.charts.panels import Scale, panels
from dashboard.charts.tile_map import short
from dashboard.charts.trend import Frame, trend_chart
from dashboard.charts.trend_spec import Role, What
from dashboard.controls import Here
from dashboard.exhibit import exhibit, mode
from dashboard.text import trends
from dashboard.text.trends import Subject
from data.definition import OVERALL
from data.frames import Frames

# The set whose history is drawn; a unit of the other one is shown by its members.
OLD = "63"


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What the page draws: whom, beside whom, and every figure of the index."""

    at: Here
    subject: Subject
    figures: pl.DataFrame
    component: str
    years: list[int]
    rivals: list[str]
    region: list[str]
    roles: dict[str, Role] = field(init=False)

    def __post_init__(self) -> None:
        own = [self.subject.own] if self.subject.own else []
        groups: list[tuple[Role, Iterable[str]]] = [
            ("region", self.region),
            ("rival", self.rivals),
            ("member", self.subject.members),
            ("own", own),
        ]
        object.__setattr__(self, "roles", {unit: role for role, units in groups for unit in units})

    @property
    def ours(self) -> list[str]:
        """The chosen unit, or the members of one of the 34."""
        return [self.subject.own] if self.subject.own else list(self.subject.members)

    @property
    def drawn(self) -> pl.DataFrame:
        """The figures of all who are drawn, on the component chosen."""
        return self.figures.filter(pl.col("unit").is_in(list(self.roles)), component=self.component)


def name(at: Here, unit: str) -> str:
    """A unit's name in the language chosen."""
    return at.resources.names.name(unit).in_(at.lang)


def chart(view: View, what: Literal["rank", "score"]) -> None:
    """The rank or the score over the editions, with the region and the rivals behind."""
    at, subject = view.at, view.subject
    value = "shown_rank" if what == "rank" else "score"
    drawn = view.drawn
    places = at.index.score_decimals
    title = trends.rank_title(subject, drawn) if what == "rank" else trends.score_title(subject, drawn, places)
    if drawn.filter(pl.col("unit").is_in(view.ours)).drop_nulls(value).is_empty():
        st.html(cards.notices([title], at.lang))
        return
    kind: What = what
    if what == "score" and drawn.drop_nulls("score")["out_of"].n_unique() > 1:
        kind, value = "share", "share"
    lines = _lines(view, value, view.roles).filter(component=view.component)
    merged = _merged(view)
    frame = Frame(
        first=view.years[0],
        last=merged[0] if merged else view.years[-1],
        bands=bands(at.index, OLD),
        ranks=int(drawn.select(pl.col("of").max()).item()),
        top=at.index.target_group.get(OLD),
        merged=merged,
        marked=_marked(view, what),
    )
    caption = _caption(view, drawn, title, _chart_subtitle(view, kind, lines))
    tiles = dict(at.resources.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows())
    names = {unit: short(tiles[unit], at.lang) if unit in tiles else name(at, unit) for unit in view.roles}
    exhibit(trend_chart(kind, lines, view.roles, names, frame, places, caption), at)


def _marked(view: View, what: Literal["rank", "score"]) -> tuple[int, ...]:
    """The two years that the title speaks of."""
    own = view.figures.filter(unit=view.subject.own or "", component=view.component)
    move = turn(own, view.subject.until) if what == "rank" else along(own, view.subject.index, view.subject.until)
    return () if move is None else (move.from_year, move.to_year)


def _merged(view: View) -> tuple[int, str] | None:
    """The year from which the 34 are scored, and what to write there; nothing for one of the 63."""
    at = view.at
    if at.unit_set == OLD:
        return None
    year = next(item.year for item in at.index.editions if item.unit_set != OLD)
    words = at.say("trends.merger", name=view.subject.name) if view.subject.members else at.say("trends.unchanged")
    return year, words


def _chart_subtitle(view: View, what: What, lines: pl.DataFrame) -> str:
    at, subject = view.at, view.subject
    named = at.index.name.in_(at.lang)
    if view.component != OVERALL:
        named = f"{named}, {at.index.component(view.component).name.in_(at.lang)}"
    if what == "rank":
        parts = [at.say("trends.sub_rank", what=named, of=trends.units_scored(subject, view.drawn))]
    else:
        parts = [at.say(f"trends.sub_{what}", what=named)]
    return "; ".join([*parts, *_reading(view, what, lines, at.say("trends.region", region=_region(view)))])


def _reading(view: View, what: What, lines: pl.DataFrame, region: str) -> list[str]:
    """What the kinds of line and point mean, as far as they are met."""
    at = view.at
    met = lines.filter(pl.col("unit").is_in(view.ours))
    parts = []
    if view.region and lines.filter(pl.col("unit").is_in([*view.region, MEDIAN])).height:
        parts.append(region)
    if view.rivals:
        parts.append(at.say("trends.rivals_named", names=", ".join(name(at, unit) for unit in view.rivals)))
    if met["dashed"].any():
        parts.append(at.say("trends.breaks"))
    status = pl.col("rank_status" if what == "rank" else "score_status").cast(pl.String)
    if met.filter(status.fill_null("computed") != "published").height:
        parts.append(at.say("trends.hollow"))
    return parts


def _region(view: View) -> str:
    """The name of the chosen unit's region; empty for the members of a merger."""
    frames = view.at.resources.frames
    code = next(iter(frames.unit.filter(unit=view.subject.own or "")["region"]), "")
    rows = frames.region.filter(unit_set=OLD, region=code)
    return str(next(iter(rows["name_vi" if view.at.lang == "vi" else "name_en"]), ""))


def components(view: View) -> None:
    """Every component in a panel of its own, by score or by rank."""
    at, subject = view.at, view.subject
    by = switches.one_of(at, "by", ("score", "rank"), at.say("trends.by"), lambda key: at.say(f"trends.by_{key}"))
    year = at.selection.year if at.unit_set == OLD else view.years[-1]
    parts = at.index.components_of(year)
    drawn = view.figures.filter(pl.col("component").is_in([part.code for part in parts]))
    value = "shown_rank" if by == "rank" else "score"
    names = {part.code: part.name.in_(at.lang) for part in parts}
    title = trends.components_title(subject, drawn, value, names, at.index.score_decimals)
    ours = drawn.filter(pl.col("unit").is_in(view.ours))
    if by == "score" and ours.drop_nulls("score")["out_of"].n_unique() > 1:
        value = "share"
    lines = _with_median(view, value).filter(pl.col("component").is_in([part.code for part in parts]))
    met = lines.filter(pl.col("unit").is_in([*view.ours, *view.rivals, MEDIAN]))
    if met.filter(pl.col("unit").is_in(view.ours)).is_empty():
        word = at.index.component_word.in_(at.lang)
        st.html(cards.notices([at.say("trends.components_none", name=subject.name, word=word)], at.lang))
        return
    scale = _scale(met, value)
    caption = _caption(view, ours, title, _components_subtitle(view, met, value, scale))
    roles: dict[str, Role] = {MEDIAN: "region"} if view.region else {}
    roles |= {unit: role for unit, role in view.roles.items() if role != "region"}
    median = at.say("trends.region_unit", region=_region(view))
    labels = {unit: median if unit == MEDIAN else name(at, unit) for unit in roles}
    shown = [(part.code, part.name, part.short) for part in parts]
    exhibit(panels(met, shown, roles, labels, (view.years[0], view.years[-1]), scale, caption), at)


def _lines(view: View, value: str, units: Iterable[str]) -> pl.DataFrame:
    """The pieces of some units, on every component."""
    kept = view.at.resources.ask(_pieces, view.subject.index.code, value)
    return kept.filter(pl.col("unit").is_in(list(units)))


def _with_median(view: View, value: str) -> pl.DataFrame:
    """The pieces of all who are named, and of the region's median as of one more unit."""
    at = view.at
    lines = _lines(view, value, [*view.ours, *view.rivals])
    region = next(iter(at.resources.frames.unit.filter(unit=view.subject.own or "")["region"]), None)
    if not view.region or region is None:
        return lines
    middle = at.resources.ask(_region_median, view.subject.index.code, region, value)
    columns = [column for column in lines.columns if column in middle.columns]
    casts = [pl.col("score_status", "rank_status").cast(pl.String)]
    return pl.concat(
        [rows.select(columns).with_columns(casts) for rows in (lines, middle)], how="vertical_relaxed"
    )


def _scale(met: pl.DataFrame, value: str) -> Scale:
    """From whole points to whole points around what is drawn, in tens for per cent; ranks from the first."""
    low, high = met.select(low=pl.col("value").min(), high=pl.col("value").max()).row(0)
    if value == "shown_rank":
        return Scale(1, max(float(high), 2), 0, reverse=True)
    step = 10 if value == "share" else 1
    return Scale(low // step * step, -(-high // step) * step, 0 if value == "share" else 2)


def _components_subtitle(view: View, met: pl.DataFrame, value: str, scale: Scale) -> str:
    at = view.at
    kinds: dict[str, What] = {"shown_rank": "rank", "score": "score", "share": "share"}
    key = kinds[value]
    first = at.say(
        f"trends.sub_components_{key}",
        word=at.index.component_word.in_(at.lang),
        low=f"{scale.low:.0f}",
        high=f"{scale.high:.0f}",
    )
    median = at.say("trends.region_median", region=_region(view))
    return "; ".join([first, *_reading(view, key, met, median)])


def _caption(view: View, drawn: pl.DataFrame, title: str, subtitle: str) -> Caption:
    at = view.at
    ours = drawn.filter(pl.col("unit").is_in(view.ours))
    words = {"from": view.years[0], "to": view.years[-1], "title": title, "subtitle": subtitle}
    return Caption(
        title=title,
        subtitle=subtitle,
        source=trends.source(view.subject, ours),
        alt=at.say("trends.alt", **words),
        lang=at.lang,
        mode=mode(),
    )


def _pieces(frames: Frames, index: str, value: str) -> pl.DataFrame:
    """What a line may join, of every figure of an index."""
    found = frames.index(index)
    return pieces(ranked(frames, found), found, value)


def _region_median(frames: Frames, index: str, region: str, value: str) -> pl.DataFrame:
    """The same of a region's median over the 63."""
    found = frames.index(index)
    return median_pieces(ranked(frames, found), found, frames.unit.filter(unit_set="63", region=region), value)
