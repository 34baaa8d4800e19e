"""The figures of trends: rank, score, rank among the 34, and all components in panels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import polars as pl

from analytics.core.bounds import bounds
from analytics.merger.merged_series import merged_series
from analytics.merger.merger_history import merger_history
from analytics.standing.trend import MEDIAN, bands, rank_against_best, score_in_regime
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.panels import Scale, panels
from dashboard.charts.trend import Frame, trend_chart
from dashboard.charts.trend_spec import Role, What
from dashboard.figures.names import short_names
from dashboard.figures.trend_lines import OLD, TrendLines
from dashboard.subject import Subject
from dashboard.text import estimates, say
from dashboard.text import trends as words
from data.definition import OVERALL

Measure = Literal["score", "rank"]

_OWN: Role = "own"
_PART: Role = "part"


def rank(subject: Subject) -> Figure | None:
    """The unit's rank over the editions with its background and comparators; None where no rank of it is known."""
    lines = TrendLines(subject)
    if lines.drawn.filter(pl.col("unit").is_in(lines.ours))["shown_rank"].count() == 0:
        return None
    pieces = lines.pieces("shown_rank", lines.roles, subject.component)
    caption = _caption(lines, lines.drawn, title(lines, "rank"), _subtitle(lines, "rank", pieces), "rank")
    frame = _frame(lines, "rank")
    names, places = _names(lines, lines.roles), subject.index.score_decimals
    return trend_chart("rank", pieces, lines.roles, names, frame, places, caption)


def score(subject: Subject) -> Figure | None:
    """The unit's score over the editions, as `rank`; in per cent of its maximum where that changed.

    For one of the 34 that merged, the strong line is the estimate from its members. None where neither a score nor
    bounds of one are known.
    """
    lines = TrendLines(subject)
    drawn, limits = lines.drawn, bounds(lines.drawn)
    ours = pl.col("unit").is_in(lines.ours)
    if drawn.filter(ours)["score"].count() == 0 and limits.filter(ours).is_empty():
        return None
    kind: Literal["score", "share"] = "score"
    if drawn.drop_nulls("score")["out_of"].n_unique() > 1:
        kind, limits = "share", bounds(drawn, "share")
    pieces, roles = lines.pieces(kind, lines.roles, subject.component), lines.roles
    estimate = None if lines.own else _estimate(lines, kind)
    if estimate is not None:
        roles = {**dict.fromkeys(roles, _PART), subject.unit: _OWN}
        pieces = pl.concat([pieces, estimate], how="diagonal_relaxed")
    subtitle = _subtitle(lines, kind, pieces, limits, estimate)
    return trend_chart(
        kind,
        pieces,
        roles,
        _names(lines, roles),
        replace(_frame(lines, "score"), scores=lines.extent(kind)),
        subject.index.score_decimals,
        _caption(lines, drawn, title(lines, "score"), subtitle, "score"),
        spreads=_with_band(estimate),
        bounds=limits,
    )


def rank_among_34(subject: Subject) -> Figure | None:
    """The rank that one of the 34 would have had among them, from that of its lowest to its highest member.

    None for a unit of the 63, and where not every one of the 34 can be estimated in any edition.
    """
    lines = TrendLines(subject)
    pieces = _estimate(lines, "shown_rank")
    if pieces is None or pieces.is_empty():
        return None
    asked = (subject.unit, subject.index.code, subject.component)
    ranked = subject.ask(merger_history, *asked).rows.drop_nulls("rank_mean")
    row, units = ranked.row(-1, named=True), int(ranked["units"][-1])
    name = subject.asker.names.name(subject.unit)
    finding = estimates.merger_title(subject.index, name, row, units, subject.lang, subject.component)
    said = [say(subject.lang, "trends.sub_among", what=what_is_drawn(subject), units=units)]
    said += [lines.wording.say("sub_among_band")] if lines.wording.members else []
    said.append(lines.wording.say("estimated"))
    return trend_chart(
        "rank",
        pieces,
        {subject.unit: _OWN},
        _names(lines, {subject.unit: _OWN}),
        replace(_frame(lines, "rank"), ranks=units, top=subject.index.target_group.get("34"), marked=()),
        subject.index.score_decimals,
        _caption(lines, lines.drawn, finding, "; ".join(said), "among"),
        spreads=_with_band(pieces),
        name="rank-34",
    )


def components(subject: Subject, by: Measure = "score") -> Figure | None:
    """Each component's score or rank in a panel, with the median of the background; None where none is known.

    The components are those of the edition; for one of the 34, those of the newest edition of the 63.
    """
    lines, index = TrendLines(subject), subject.index
    parts = index.components_of(lines.wording.year)
    codes = [part.code for part in parts]
    ours = lines.components.filter(pl.col("component").is_in(codes))
    value = "shown_rank" if by == "rank" else "score"
    names = {part.code: part.name.in_(subject.lang) for part in parts}
    finding = words.components_title(lines.wording, ours, value, names, index.score_decimals)
    if by == "score" and ours.drop_nulls("score")["out_of"].n_unique() > 1:
        value = "share"
    met = _with_median(lines, value).filter(pl.col("component").is_in(codes))
    if met.filter(pl.col("unit").is_in(lines.ours)).is_empty():
        return None
    scale = _scale(met, value)
    caption = _caption(lines, ours, finding, _components_subtitle(lines, met, value, scale), "components")
    roles: dict[str, Role] = {MEDIAN: "region"} if lines.background.units else {}
    roles |= {unit: role for unit, role in lines.roles.items() if role != "region"}
    median = lines.wording.say("median_unit", behind=lines.background.label)
    labels = {unit: median if unit == MEDIAN else subject.name_of(unit) for unit in roles}
    shown = [(part.code, part.name, part.short) for part in parts]
    return panels(met, shown, roles, labels, (lines.years[0], lines.years[-1]), scale, caption)


def title(lines: TrendLines, what: Measure) -> str:
    """How the rank or the score changed over the editions, or that it is not known."""
    if what == "rank":
        return words.rank_title(lines.wording, lines.drawn)
    return words.score_title(lines.wording, lines.drawn, lines.subject.index.score_decimals)


def _estimate(lines: TrendLines, value: str) -> pl.DataFrame | None:
    """The estimates of one of the 34 from its members; None of any other unit."""
    unit = lines.subject.unit
    if not unit or unit.startswith(OLD):
        return None
    return lines.subject.ask(merged_series, unit, lines.subject.index.code, lines.subject.component, value)


def _with_band(estimate: pl.DataFrame | None) -> pl.DataFrame | None:
    """The estimates whose members differ, which have a band."""
    return None if estimate is None else estimate.filter(~pl.col("dashed"), pl.col("low") != pl.col("high"))


def _frame(lines: TrendLines, what: Measure) -> Frame:
    index, years, merged = lines.subject.index, lines.years, _merged(lines)
    return Frame(
        first=years[0],
        last=merged[0] if merged else years[-1],
        bands=[band for band in bands(index, OLD) if band.first <= years[-1]],
        # As many as were ever scored, so that the axis is the same for every unit.
        ranks=max(index.edition(year).units_of(lines.subject.component) for year in years),
        top=index.target_group.get(OLD),
        merged=merged,
        marked=_marked(lines, what),
    )


def _merged(lines: TrendLines) -> tuple[int, str] | None:
    """The year from which the 34 are scored, and what to write there; None for one of the 63."""
    subject = lines.subject
    if subject.edition.unit_set == OLD:
        return None
    year = next(item.year for item in subject.index.editions if item.unit_set != OLD)
    return year, lines.wording.say("merger" if lines.wording.members else "unchanged")


def _marked(lines: TrendLines, what: Measure) -> tuple[int, ...]:
    """The two years that the title names."""
    own, wording = lines.drawn.filter(unit=lines.own or ""), lines.wording
    move = (
        rank_against_best(own, wording.year)
        if what == "rank"
        else score_in_regime(own, wording.index, wording.year)
    )
    return () if move is None else (move.from_year, move.to_year)


def _names(lines: TrendLines, units: Mapping[str, Role]) -> dict[str, str]:
    """The labels of the lines: short names, where there are such."""
    subject, short = lines.subject, short_names(lines.subject)
    names = {unit: short.get(unit) or subject.name_of(unit) for unit in units}
    if lines.wording.members and subject.unit in names:
        # A merged province often has the name of one of its members.
        names[subject.unit] = lines.wording.say("new", name=names[subject.unit])
    return names


def what_is_drawn(subject: Subject) -> str:
    """What a line shows: the index, or one of its components."""
    named = subject.index.name.in_(subject.lang)
    return named if subject.component == OVERALL else f"{named}, {subject.wording.component(subject.component)}"


def _subtitle(
    lines: TrendLines,
    what: What,
    pieces: pl.DataFrame,
    limits: pl.DataFrame | None = None,
    estimate: pl.DataFrame | None = None,
) -> str:
    wording, background = lines.wording, lines.background
    measured = {"of": words.units_scored(wording, lines.drawn)} if what == "rank" else {}
    said = [wording.say(f"sub_{what}", what=what_is_drawn(lines.subject), **measured)]
    if estimate is not None and not estimate.is_empty():
        said.append(wording.say("whole"))
    behind = wording.say(f"behind_{background.kind}", behind=background.label) if background.units else ""
    said += _reading(lines, what, pieces, behind)
    if limits is not None:
        named = limits.filter(pl.col("unit").is_in([*lines.ours, *lines.comparators]))
        said += [wording.say("ranges")] if named["low"].count() else []
        said += [wording.say("censored")] if named["low"].null_count() else []
    return "; ".join(said)


def _components_subtitle(lines: TrendLines, met: pl.DataFrame, value: str, scale: Scale) -> str:
    kinds: dict[str, What] = {"shown_rank": "rank", "score": "score", "share": "share"}
    key, wording = kinds[value], lines.wording
    ends = {"low": f"{scale.low:.0f}", "high": f"{scale.high:.0f}"}
    median = wording.say("behind_median", behind=lines.background.label)
    return "; ".join([wording.say(f"sub_components_{key}", **ends), *_reading(lines, key, met, median)])


def _reading(lines: TrendLines, what: What, pieces: pl.DataFrame, behind: str) -> list[str]:
    """What the kinds of line and point mean, those that are drawn."""
    wording = lines.wording
    met = pieces.filter(pl.col("unit").is_in(lines.ours))
    said = []
    units = lines.background.units
    if units and pieces.filter(pl.col("unit").is_in([*units, MEDIAN])).height:
        said.append(behind)
    if lines.comparators:
        names = ", ".join(lines.subject.name_of(unit) for unit in lines.comparators)
        said.append(wording.say("comparators_named", names=names))
    if met["dashed"].any():
        said.append(wording.say("breaks"))
    status = pl.col("rank_status" if what == "rank" else "score_status").cast(pl.String)
    if met.filter(status.fill_null("computed") != "published").height:
        said.append(wording.say("hollow"))
    return said


def _with_median(lines: TrendLines, value: str) -> pl.DataFrame:
    """The pieces of the unit and its comparators, and of the background's median as of one more unit."""
    pieces, middle = lines.pieces(value, [*lines.ours, *lines.comparators]), lines.median_pieces(value)
    if middle is None:
        return pieces
    columns = [column for column in pieces.columns if column in middle.columns]
    casts = [pl.col("score_status", "rank_status").cast(pl.String)]
    return pl.concat(
        [rows.select(columns).with_columns(casts) for rows in (pieces, middle)], how="vertical_relaxed"
    )


def _scale(met: pl.DataFrame, value: str) -> Scale:
    """The axis: whole points around what is drawn, tens for per cent; ranks from the first."""
    low, high = met.select(low=pl.col("value").min(), high=pl.col("value").max()).row(0)
    if value == "shown_rank":
        return Scale(1, max(float(high), 2), 0, reverse=True)
    step = 10 if value == "share" else 1
    return Scale(low // step * step, -(-high // step) * step, 0 if value == "share" else 2)


def _caption(lines: TrendLines, drawn: pl.DataFrame, finding: str, subtitle: str, what: str) -> Caption:
    subject = lines.subject
    ours = drawn.filter(pl.col("unit").is_in(lines.ours))
    ends = {"from": lines.years[0], "to": lines.years[-1]}
    return Caption(
        title=finding,
        subtitle=subtitle,
        source=words.source(lines.wording, ours),
        alt=lines.wording.say(f"alt_{what}", what=what_is_drawn(subject), title=finding, **ends),
        lang=subject.lang,
        mode=subject.mode,
    )
