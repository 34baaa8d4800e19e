"""The charts of the trends: the rank, the score, the rank among the 34, and every component in a panel."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import polars as pl

from analytics.core.bounds import bounds
from analytics.merger.merged_series import whole_pieces
from analytics.merger.merger_history import merger_history
from analytics.standing.trend import MEDIAN, along, bands, turn
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.panels import Scale, panels
from dashboard.charts.tile_map import short
from dashboard.charts.trend import Frame, trend_chart
from dashboard.charts.trend_spec import Role, What
from dashboard.html import cards
from dashboard.text import estimates, trends
from dashboard.views.trends.view import OLD, View, name
from data.definition import OVERALL

Measure = Literal["score", "rank"]

OWN: Role = "own"
PART: Role = "part"


def chart(view: View, what: Measure) -> Figure | str:
    """The rank or the score over the editions, with those behind and the rivals; or that nothing is known."""
    at, wording = view.at, view.wording
    value = "shown_rank" if what == "rank" else "score"
    drawn = view.drawn
    places = at.index.score_decimals
    title = trends.rank_title(wording, drawn) if what == "rank" else trends.score_title(wording, drawn, places)
    limits = None if what == "rank" else bounds(drawn)
    if drawn.filter(pl.col("unit").is_in(view.ours)).drop_nulls(value).is_empty() and not _told(view, limits):
        return cards.notices([title], at.lang)
    kind: What = what
    if what == "score" and drawn.drop_nulls("score")["out_of"].n_unique() > 1:
        kind, value, limits = "share", "share", bounds(drawn, "share")
    lines = view.lines(value, view.roles, view.component)
    roles, whole = view.roles, _whole(view, value) if what == "score" else None
    if whole is not None:
        roles = {**dict.fromkeys(roles, PART), str(at.selection.province): OWN}
        lines = pl.concat([lines, whole], how="diagonal_relaxed")
    caption = _caption(view, drawn, title, _chart_subtitle(view, kind, lines, limits, whole), what)
    return trend_chart(
        kind,
        lines,
        roles,
        _names(view, roles),
        replace(_frame(view, what), scores=None if what == "rank" else view.extent(value)),
        places,
        caption,
        spreads=_merged_only(whole),
        bounds=limits,
    )


def among_34(view: View) -> Figure | str:
    """Where one of the 34 would have stood among them, from the lowest to the highest of its members."""
    at, unit = view.at, str(view.at.selection.province)
    lines = _whole(view, "shown_rank")
    if lines is None or lines.is_empty():
        return ""
    rows = at.resources.ask(merger_history, unit, at.index.code, view.component).rows.drop_nulls("rank_mean")
    row, units = rows.row(-1, named=True), int(rows["units"][-1])
    text = at.resources.names.name(unit)
    title = estimates.merger_title(at.index, text, row, units, at.lang, view.component)
    merged = bool(view.wording.members)
    said = [at.say("trends.sub_among", what=_named(view), units=units)]
    said += [at.say("trends.sub_among_band")] if merged else []
    caption = _caption(view, view.drawn, title, "; ".join([*said, at.say("trends.estimated")]), "among")
    frame = _frame(view, "rank", ranks=units, marked=())
    return trend_chart(
        "rank",
        lines,
        {unit: OWN},
        _names(view, {unit: OWN}),
        frame,
        at.index.score_decimals,
        caption,
        spreads=_merged_only(lines),
        name="rank-34",
    )


def _whole(view: View, value: str) -> pl.DataFrame | None:
    """The estimates of one of the 34; nothing for one of the 63, nor of the scores of one that kept its own."""
    unit = view.at.selection.province
    if view.at.unit_set == OLD or unit is None or (value != "shown_rank" and view.wording.own):
        return None
    return view.at.resources.ask(whole_pieces, unit, view.at.index.code, view.component, value)


def _merged_only(lines: pl.DataFrame | None) -> pl.DataFrame | None:
    """Where there is a band to draw."""
    return None if lines is None else lines.filter(~pl.col("dashed"), pl.col("low") != pl.col("high"))


def _told(view: View, limits: pl.DataFrame | None) -> bool:
    """Whether at least a range of the chosen unit is known."""
    return limits is not None and not limits.filter(pl.col("unit").is_in(view.ours)).is_empty()


def _frame(view: View, what: Measure, ranks: int | None = None, marked: tuple[int, ...] | None = None) -> Frame:
    at = view.at
    merged = _merged(view)
    top = at.index.target_group
    return Frame(
        first=view.years[0],
        last=merged[0] if merged else view.years[-1],
        bands=bands(at.index, OLD),
        # Among as many as ever were scored, so that the axis is the same for everybody.
        ranks=ranks or max(at.index.edition(year).units_of(view.component) for year in view.years),
        top=top.get(OLD) if ranks is None else top.get("34"),
        merged=merged,
        marked=_marked(view, what) if marked is None else marked,
    )


def _names(view: View, units: dict[str, Role]) -> dict[str, str]:
    """What to call the lines: short names, where there are such."""
    at = view.at
    tiles = dict(at.resources.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows())
    names = {unit: short(tiles[unit], at.lang) if unit in tiles else name(at, unit) for unit in units}
    new = str(at.selection.province)
    # A merged province often has the name of one of its members.
    return names | {new: at.say("trends.new", name=names[new])} if view.wording.members and new in names else names


def _marked(view: View, what: Measure) -> tuple[int, ...]:
    """The two years that the title speaks of."""
    own = view.drawn.filter(unit=view.wording.own or "")
    move = turn(own, view.wording.year) if what == "rank" else along(own, view.wording.index, view.wording.year)
    return () if move is None else (move.from_year, move.to_year)


def _merged(view: View) -> tuple[int, str] | None:
    """The year from which the 34 are scored, and what to write there; nothing for one of the 63."""
    at = view.at
    if at.unit_set == OLD:
        return None
    year = next(item.year for item in at.index.editions if item.unit_set != OLD)
    words = at.say("trends.merger", name=view.wording.name) if view.wording.members else at.say("trends.unchanged")
    return year, words


def _named(view: View) -> str:
    """The index, or its component: what a line is of."""
    at = view.at
    named = at.index.name.in_(at.lang)
    if view.component == OVERALL:
        return named
    return f"{named}, {at.index.component(view.component).name.in_(at.lang)}"


def _chart_subtitle(
    view: View, what: What, lines: pl.DataFrame, limits: pl.DataFrame | None, whole: pl.DataFrame | None
) -> str:
    at, wording = view.at, view.wording
    if what == "rank":
        parts = [at.say("trends.sub_rank", what=_named(view), of=trends.units_scored(wording, view.drawn))]
    else:
        parts = [at.say(f"trends.sub_{what}", what=_named(view))]
    if whole is not None and not whole.is_empty():
        parts.append(at.say("trends.whole", name=wording.name))
    parts += _reading(view, what, lines, at.say(f"trends.behind_{view.behind.kind}", behind=view.behind.said))
    if limits is not None:
        ours = limits.filter(pl.col("unit").is_in([*view.ours, *view.rivals]))
        parts += [at.say("trends.ranges")] if ours["low"].count() else []
        parts += [at.say("trends.censored")] if ours["low"].null_count() else []
    return "; ".join(parts)


def _reading(view: View, what: What, lines: pl.DataFrame, behind: str) -> list[str]:
    """What the kinds of line and point mean, as far as they are met."""
    at = view.at
    met = lines.filter(pl.col("unit").is_in(view.ours))
    parts = []
    if view.behind.units and lines.filter(pl.col("unit").is_in([*view.behind.units, MEDIAN])).height:
        parts.append(behind)
    if view.rivals:
        parts.append(at.say("trends.rivals_named", names=", ".join(name(at, unit) for unit in view.rivals)))
    if met["dashed"].any():
        parts.append(at.say("trends.breaks"))
    status = pl.col("rank_status" if what == "rank" else "score_status").cast(pl.String)
    if met.filter(status.fill_null("computed") != "published").height:
        parts.append(at.say("trends.hollow"))
    return parts


def has_components(view: View) -> bool:
    """Whether anything is known of the components."""
    return not _known_components(view).is_empty()


def _known_components(view: View) -> pl.DataFrame:
    return view.figures.filter(pl.col("unit").is_in(view.ours), pl.col("component") != OVERALL)


def components(view: View, by: Measure) -> Figure | str:
    """Every component in a panel of its own, by score or by rank."""
    at, wording = view.at, view.wording
    year = at.selection.year if at.unit_set == OLD else view.years[-1]
    parts = at.index.components_of(year)
    known = _known_components(view)
    codes = [part.code for part in parts]
    ours = known.filter(pl.col("component").is_in(codes))
    value = "shown_rank" if by == "rank" else "score"
    names = {part.code: part.name.in_(at.lang) for part in parts}
    title = trends.components_title(wording, ours, value, names, at.index.score_decimals)
    if by == "score" and ours.drop_nulls("score")["out_of"].n_unique() > 1:
        value = "share"
    met = _with_median(view, value).filter(pl.col("component").is_in(codes))
    if met.filter(pl.col("unit").is_in(view.ours)).is_empty():
        word = at.index.component_word.in_(at.lang)
        return cards.notices([at.say("trends.components_none", name=wording.name, word=word)], at.lang)
    scale = _scale(met, value)
    caption = _caption(view, ours, title, _components_subtitle(view, met, value, scale), "components")
    roles: dict[str, Role] = {MEDIAN: "region"} if view.behind.units else {}
    roles |= {unit: role for unit, role in view.roles.items() if role != "region"}
    median = at.say("trends.median_unit", behind=view.behind.said)
    labels = {unit: median if unit == MEDIAN else name(at, unit) for unit in roles}
    shown = [(part.code, part.name, part.short) for part in parts]
    return panels(met, shown, roles, labels, (view.years[0], view.years[-1]), scale, caption)


def _with_median(view: View, value: str) -> pl.DataFrame:
    """The pieces of all who are named, and of the median of those behind as of one more unit."""
    lines, middle = view.lines(value, [*view.ours, *view.rivals]), view.median(value)
    if middle is None:
        return lines
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
    median = at.say("trends.behind_median", behind=view.behind.said)
    return "; ".join([first, *_reading(view, key, met, median)])


def _caption(view: View, drawn: pl.DataFrame, title: str, subtitle: str, what: str) -> Caption:
    """The words around a chart. What is said of the drawing itself is the same for every province: the browser
    would otherwise draw it anew; the finding stands above it as a heading.
    """
    at = view.at
    ours = drawn.filter(pl.col("unit").is_in(view.ours))
    words = {"from": view.years[0], "to": view.years[-1], "index": at.index.name.in_(at.lang)}
    return Caption(
        title=title,
        subtitle=subtitle,
        source=trends.source(view.wording, ours),
        alt=at.say(f"trends.alt_{what}", what=_named(view), **words),
        lang=at.lang,
        mode=at.mode,
    )
