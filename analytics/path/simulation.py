"""What would become of total, rank and odds, if components and indicators stood where somebody sets them?

A simulation is one `analytics.whatif`; beside it stand the odds of the next edition for any gain of the total, the
plan's in place of the unit's expected move (`analytics.odds`). What can be set are the controls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analytics.core.answer import Answer
from analytics.core.edition import PLACES, check_top, check_unit, nothing_known
from analytics.core.ranking import scored
from analytics.path.indicator_slope import indicator_slope
from analytics.path.odds import OddsByGain, check_next, editions_ahead, fitted, odds_of
from analytics.path.setting import Setting
from analytics.path.threshold import Threshold, thresholds
from analytics.path.whatif import whatif
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Problem, Text


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be set: a component, an indicator below one, or the total where nothing else is known.

    `now` is where it stands, `low` and `high` how far it goes, in the component's points or the indicator's
    `measure`. `unit_value` is what a unit of it adds to the total; negative where less of it is better.
    """

    what: str
    component: str
    name: Text
    now: float
    low: float
    high: float
    unit_value: float
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Simulation:
    """A set-up and what comes of it.

    `answer` is that of `analytics.whatif`, None while nothing is set; `gain` is what the total improves by.
    `short_low` and `short_high` are the points still missing to the threshold of the edition, negative beyond it;
    they differ where only its bounds are known, and one is None where that bound isn't known.
    """

    score: float
    score_before: float
    gain: float
    answer: Answer | None
    short_low: float | None
    short_high: float | None


def controls(frames: Frames, unit: str, index: str, year: int) -> tuple[Control, ...]:
    """The components of a unit that can be set, in the publisher's order; the total where none can.

    A component whose score, weight or scale is not known has no control. Raises Problem for a unit or edition that
    doesn't exist.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    own = scored(frames, definition).filter(year=year, unit=unit).drop_nulls("score")
    figures = {row["component"]: row for row in own.iter_rows(named=True)}
    parts = [figures[item.code] for item in definition.components_of(year) if item.code in figures]
    found = [_control(definition, row, row["unit_value"]) for row in parts if row["unit_value"] and row["out_of"]]
    if found or OVERALL not in figures:
        return tuple(found)
    return (_control(definition, figures[OVERALL], 1.0),)


def indicator_controls(
    frames: Frames, unit: str, index: str, year: int, component: str
) -> tuple[tuple[Control, ...], int]:
    """The indicators below a component that can be set, and how many are known and can't.

    Where the component follows exactly from its indicators (`analytics.indicator_slope`), each can be set between
    the lowest and the highest value seen. Raises Problem for a unit, index or edition that doesn't exist.
    """
    definition = frames.index(index)
    above = next((item for item in controls(frames, unit, index, year) if item.what == component), None)
    values = frames.indicator_value.filter(index=definition.code, year=year, unit=unit)
    about = frames.indicator.filter(index=definition.code, component=component)
    known = [code for code in about["indicator"] if code in set(values["indicator"])]
    found: list[Control] = []
    for code in known:
        if above is None:
            break
        try:
            used = indicator_slope(frames, definition, unit, year, component, code, above.now)
        except Problem:
            continue
        if used.high > used.low and used.slope:
            worth = used.slope * above.unit_value
            found.append(Control(code, component, used.name, used.now, used.low, used.high, worth, used.measure))
    return tuple(found), len(known) - len(found)


def carried(frames: Frames, unit: str, index: str, year: int) -> tuple[str, ...]:
    """The components of a unit below which any indicator is known, in the publisher's order.

    None in an edition without any component that follows exactly from its indicators. Raises
    Problem for an index that does not exist.
    """
    definition = frames.index(index)
    if not frames.indicator_weight.filter(index=definition.code, year=year)["exact"].any():
        return ()
    values = frames.indicator_value.filter(index=definition.code, year=year, unit=unit)
    known = frames.indicator.filter(index=definition.code).join(values, on="indicator", how="semi")
    below = set(known["component"])
    return tuple(item.code for item in definition.components_of(year) if item.code in below)


def simulate(
    frames: Frames, unit: str, index: str, year: int, settings: tuple[Setting, ...], top: int | None = None
) -> Simulation:
    """The total and rank of a unit with `settings` in place; without any, where it stands now.

    Raises Problem as `analytics.whatif` does.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    size = check_top(definition, year, top)
    totals = scored(frames, definition).filter(component=OVERALL)
    own = totals.filter(year=year, unit=unit)["score"].drop_nulls()
    if own.is_empty():
        raise nothing_known(frames, definition, unit, year, OVERALL)
    before = float(own[0])
    answer = whatif(frames, unit, index, year, settings) if settings else None
    score = before if answer is None else float(answer.figures["score_after"])
    sign = -1 if definition.component(OVERALL).direction == "lower_better" else 1
    line = next((item for item in thresholds(totals, definition, year, size) if item.year == year), None)
    return Simulation(
        score=score,
        score_before=before,
        gain=round(sign * (score - before), PLACES),
        answer=answer,
        short_low=_short(line, "low", sign * score),
        short_high=_short(line, "high", sign * score),
    )


def odds_by_gain(frames: Frames, unit: str, index: str, year: int, top: int | None = None) -> OddsByGain | Text:
    """The chances of a unit to be among the first `top` of the next edition; else the sentence why there are none.

    Raises Problem for an index that does not exist.
    """
    definition = frames.index(index)
    try:
        check_unit(frames, definition, unit, year)
        size = check_top(definition, year, top)
        check_next(frames, definition, unit, year)
        model = fitted(frames, definition, year)
    except Problem as problem:
        return problem.text
    if unit not in model.units:
        return nothing_known(frames, definition, unit, year, OVERALL).text
    return odds_of(model, unit, size, editions_ahead(frames, definition, unit, year))


def _control(index: Index, row: dict[str, Any], unit_value: float) -> Control:
    part = index.component(row["component"])
    return Control(part.code, part.code, part.name, row["score"], part.minimum, row["out_of"], unit_value)


def _short(line: Threshold | None, end: str, better: float) -> float | None:
    """Points from a score up to one end of the bracket in which the threshold lies."""
    at = None if line is None else line.score if line.score is not None else getattr(line, end)
    return None if at is None else round(at - better, PLACES)
