"""How far is the target group, and which ways lead into it by the next edition?

A route is a gain of some components that adds up to the gap and a margin, none of them more than one in ten of the
units that started near its level made in one edition (`analytics.routes`). The whole gain is held against the
total as well: no route asks for more than the pace of the best tenth of units from a like level. Whether and when
a unit gets there is said by its odds (`analytics.odds`), not by dividing gaps by paces. This is benchmarking
against one's likes (OECD/JRC, *Handbook on Constructing Composite Indicators*, 2008, step 10), turned into a
programme with bounds that were observed.

The caveat: the bounds say what happened to units like this one, luck and fashions of the survey included; a route
is a plan to be argued about, not a cause of the score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import inf, isfinite
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, check_top, check_unit, name_of, nothing_known
from analytics.core.ranking import scored
from analytics.path.odds import check_next, editions_ahead, fitted, odds_of
from analytics.path.odds import notes as odds_notes
from analytics.path.position import Feasibility, Position, feasibility_of, position_of
from analytics.path.routes import SLACK, Lever, effort, routes, weakest_held, weakest_share
from analytics.path.setting import LANGUAGES, plain
from analytics.path.target_notes import notes
from analytics.path.threshold import LAST_EDITIONS, PERCENTILES, Percentile, Threshold, margin, spread, thresholds
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Note, Problem

TARGET_COLUMNS = ("route", "component", "from", "to", "gain", "effort", "points", "share", "held")


def target(
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    top: int | None = None,
    margin_points: float | Percentile | None = None,
    *,
    with_odds: bool = True,
) -> Answer:
    """The distance of a unit to the first `top` of an edition, routes into them, and the odds.

    Rows (`TARGET_COLUMNS`), empty for a unit inside and where the need is beyond that pace: `route` (see
    `analytics.routes`), component, its score `from` and `to`, `gain` in its points, `effort` in typical gains,
    `points` of the total (they add up to gap + margin), `share` of similar starts that gained as much,
    `held` the share that still had it one edition later (null where that isn't known).

    Figures: rank (computed), published_rank (the one to show, where there is one), of, top, score, threshold (with
    threshold_low and threshold_high where only bounds are known), gap (negative inside), margin (median rise of
    the threshold inside the regime, its 80th percentile where `margin_points` is `p80`, or so many points),
    margin_basis, margin_percentile, margins {median, p80: points, enough, tested} (how often each would have been
    enough), need, inside, cushion (points above the first unit outside), bound (the pace of the best tenth: 90th
    percentile of the total's moves from a like level), step (the bound, or what all components together allow of
    it), gain_share (of like starts that gained the need), within_pace (whether the need is no more than the step;
    null where unknown), thresholds of the last editions and their spread, `routes` {route: effort, components,
    share, score_after, rank_after}, `reach` {component: typical, feasible, moves, editions}, `odds` {without,
    with: {route: p}, within, moves, editions} (see `analytics.odds`) or null.

    Raises Problem for a unit or edition that does not exist, a total that is not known, a group that is none or a
    negative margin. Without `with_odds` they are left out; where the next edition scores other units, or too
    little is known, `odds` is null and the note `no_odds` says why.

    Notes: `inside`, or `threshold` (only bounds of it are known), or `margin` and `pace` (what the margin is, and
    how the need compares with what others gained); `no_route` (why there is none), `refused:COMPONENT` (too few
    precedents of it), `missing` (components left out), `moves` (what the routes rest on), `other_units` (that
    those are moves of others), `equal_weights` (none are known, equal ones are assumed), `edition` (what must be
    known of it); `odds`, `odds_new_method` and `odds_planned` as in `analytics.odds`, or `no_odds`.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    size = check_top(definition, year, top)
    _check_margin(margin_points)
    figures = scored(frames, definition)
    totals = figures.filter(component=OVERALL)
    if totals.filter(year=year, unit=unit)["score"].count() == 0:
        raise nothing_known(frames, definition, unit, year, OVERALL)
    known = thresholds(totals, definition, year, size)
    aim = margin(known, definition, year, margin_points)
    position = position_of(totals, definition, unit, year, size, known, aim)
    own = figures.filter(pl.col("component") != OVERALL, year=year, unit=unit).drop_nulls("score")
    feasibility = feasibility_of(frames, own, definition, position)
    plans = _plans(position, feasibility)
    name = name_of(frames, unit)
    chance, said = _odds(frames, definition, position, plans) if with_odds else (None, ())
    return Answer(
        question="target",
        index=definition.code,
        year=year,
        unit=unit,
        rows=_rows(definition, own, feasibility.levers, plans),
        coverage=Coverage(own.height, len(definition.components_of(year))),
        figures=_figures(definition, totals, position, known, feasibility, plans) | {"odds": chance},
        notes=(*notes(definition, name, position, feasibility, plans), *said),
    )


def _plans(position: Position, feasibility: Feasibility) -> dict[str, dict[str, float]]:
    if feasibility.whole is None or position.need is None or position.need > feasibility.whole.feasible + SLACK:
        return {}
    return routes(feasibility.levers, position.need) if feasibility.levers else {}


def _odds(
    frames: Frames, index: Index, position: Position, plans: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, tuple[Note, ...]]:
    unit, year = position.unit, position.year
    try:
        check_next(frames, index, unit, year)
        model = fitted(frames, index, year)
    except Problem as problem:
        return None, (Note("no_odds", problem.text),)
    found = odds_of(model, unit, position.top, editions_ahead(frames, index, unit, year))
    chance = {
        "without": found.chance(),
        "with": dict.fromkeys(plans, found.chance(position.need or 0.0)),
        "within": list(found.within()),
        "moves": model.moves,
        "editions": list(model.editions),
    }
    return chance, odds_notes(index, year, model, name_of(frames, unit), planned=bool(plans))


def _rows(
    index: Index, own: pl.DataFrame, levers: tuple[Lever, ...], plans: Mapping[str, Mapping[str, float]]
) -> pl.DataFrame:
    scores = dict(own.select("component", "score").iter_rows())
    rows = []
    for route, gains in plans.items():
        moved = [lever for lever in levers if lever.component in gains]
        for lever in sorted(moved, key=lambda item: -item.unit_value * gains[item.component]):
            code, gain = lever.component, gains[lever.component]
            start = scores[code]
            end = start - gain if index.component(code).direction == "lower_better" else start + gain
            reached = lever.reach
            one = (gain / reached.typical, lever.unit_value * gain, reached.share(gain), reached.held(gain))
            rows.append((route, code, start, end, gain, *one))
    kinds = [pl.String, pl.String, *[pl.Float64] * 7]
    return pl.DataFrame(rows, schema=dict(zip(TARGET_COLUMNS, kinds, strict=True)), orient="row")


def _figures(
    index: Index,
    totals: pl.DataFrame,
    position: Position,
    known: list[Threshold],
    feasibility: Feasibility,
    plans: Mapping[str, dict[str, float]],
) -> dict[str, Any]:
    sign, line, need = position.sign, position.threshold, position.need
    others = totals.filter(pl.col("unit") != position.unit, year=position.year)["better"]
    after = round(position.score + (need or 0.0), PLACES)

    def score(better: float | None) -> float | None:
        return None if better is None else sign * better

    return {
        "rank": position.rank,
        "published_rank": position.published_rank,
        "of": index.edition(position.year).units,
        "top": position.top,
        "score": score(position.score),
        "threshold": score(line.score) if line else None,
        "threshold_low": score(line.low) if line else None,
        "threshold_high": score(line.high) if line else None,
        "gap": position.gap,
        "margin": position.margin.points,
        "margin_basis": position.margin.basis,
        "margin_percentile": position.margin.percentile,
        "margins": {
            name: {"points": one.points, "enough": one.enough, "tested": one.tested}
            for name in PERCENTILES
            for one in [margin(known, index, position.year, name)]
        },
        "need": need,
        "inside": position.inside,
        "cushion": position.cushion,
        "bound": feasibility.whole.feasible if feasibility.whole else None,
        "step": feasibility.step if feasibility.whole else None,
        "gain_share": feasibility.whole.share(need) if feasibility.whole and need else None,
        "within_pace": feasibility.within_pace(position),
        "thresholds": [
            asdict(item) | {name: score(getattr(item, name)) for name in ("score", "low", "high")}
            for item in known[-LAST_EDITIONS:]
        ],
        "spread": spread(known, index, position.year),
        "routes": {
            route: {
                "effort": effort(feasibility.levers, gains),
                "components": len(gains),
                "share": weakest_share(feasibility.levers, gains),
                "held": weakest_held(feasibility.levers, gains),
                "score_after": score(after),
                "rank_after": 1 + int((others > after + SLACK).sum()) if position.rank else None,
            }
            for route, gains in plans.items()
        },
        "reach": {
            item.component: {
                "typical": item.typical,
                "feasible": item.feasible,
                "moves": item.moves,
                "editions": list(item.editions),
                "lowest": item.lowest,
                "highest": item.highest,
            }
            for item in (
                *([feasibility.whole] if feasibility.whole else []),
                *(lever.reach for lever in feasibility.levers),
            )
        },
    }


def _check_margin(points: float | Percentile | None) -> None:
    if points is None or isinstance(points, str):
        return
    if not 0 <= points < inf:
        vi, en = (plain(points, lang) if isfinite(points) else str(points) for lang in LANGUAGES)
        raise Problem(
            f"Phần dự phòng {vi} không được: ghi một số điểm từ 0 trở lên, ví dụ 0,5.",
            f"A margin of {en} is not possible: give points from 0 up, such as 0.5.",
        )
