"""What will a unit score in the next edition, as far as the past can say?

Inside a regime alone: the last value, shrunken towards the mean of its edition, with an interval from the errors
that such forecasts would have made (`analytics.shrinkage`). After a break there are not enough editions yet, and
the answer says so and gives no number; how good the numbers would have been is `analytics.forecast_backtest`.

The caveat: the forecast knows nothing of what a province does, nor whether all will rise together; most of its
error is that shared shock. (A past mean rise was tried in place of none: on the real figures it made the errors
larger.) Chances of a rank are `analytics.odds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_unit, following, name_of, unscored_next
from analytics.core.ranking import scored
from analytics.forecast import forecast_notes, shrinkage
from analytics.forecast.shrinkage import LEVEL, Fit, Spread, Tested
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.names import set_of
from data.text import Problem

FORECAST_COLUMNS = ("year", "score", "low", "high", "score_status", "last", "actual")


def forecast(frames: Frames, unit: str, index: str, year: int | None = None, component: str = OVERALL) -> Answer:
    """The next score of a unit on a component after the edition of `year`; by default its newest known one.

    Rows (`FORECAST_COLUMNS`): one, the edition forecast. `score` in the component's points, `low` and `high` what
    four in five of such forecasts should be met by, both within the scale; `score_status` estimated; `last` the
    value it starts from; `actual` what came, where that is known already. Without a forecast `score`, `low` and
    `high` are null and the figure `reason` says why: `other_units` (the next edition no longer scores this unit),
    `new_method` (it is scored by another method), `few_editions` (under this method fewer than three past editions
    can be tested), `partial` (too few units of the edition are known for its mean), `unknown` (the unit's own
    score is not known).

    Figures: from_year, component, reason, last, mean (of that edition), kept (share of the distance to the mean
    that is expected to last) and shrinkage (1 − kept), learned (years in which the moves behind it ended), moves;
    level and half_width of the interval, freedom; tested (editions), error_shrunken and error_last (mean absolute
    error of the forecasts and of the last value there, in points), skill (1 − the first / the second), p_value
    (`shrinkage.diebold_mariano`), better (True, False: worse, None: no telling). Coverage counts units known in
    the edition started from.

    Notes: `reason` (why there is no forecast), else `method` (what it rests on) and `tested` (how good such
    forecasts were); `breaks_learned` and `breaks_since` (breaks of the series among the editions learned from, and
    after them), `announced` (the edition forecast is published already), `no_further` (the one after it scores
    other units), `edition` (what must be known of the one started from).

    Raises Problem for a unit, index, edition or component that does not exist, or a unit never scored by it.
    """
    definition = frames.index(index)
    definition.component(component)
    figures = scored(frames, definition)
    start = newest(frames, definition, figures, unit, component) if year is None else year
    edition = check_unit(frames, definition, unit, start)
    definition.check_component(component, start)
    known = figures.filter(year=start, component=component)["score"].count()
    basis = _basis(definition, figures, unit, start, component)
    reason = _reason(frames, definition, unit, start, basis)
    after = following(definition, start)
    target = after.year if after is not None else start + 1
    came = figures.filter(year=target, component=component, unit=unit)["score"]
    row = {"year": target, "last": basis.last, "actual": came.item() if len(came) else None}
    if reason is None:
        row |= _expected(definition, component, basis) | {"score_status": "estimated"}
    found = {"from_year": start, "component": component, "reason": reason, **_figures(basis)}
    return Answer(
        question="forecast",
        index=definition.code,
        year=start,
        unit=unit,
        rows=pl.DataFrame([{column: row.get(column) for column in FORECAST_COLUMNS}], schema=_SCHEMA),
        coverage=Coverage(known, edition.units_of(component)),
        figures=found,
        notes=tuple(forecast_notes.notes(definition, name_of(frames, unit), target, found)),
    )


_SCHEMA: dict[str, Any] = dict.fromkeys(FORECAST_COLUMNS, pl.Float64) | {
    "year": pl.Int64,
    "score_status": pl.String,
}


def accuracy(found: tuple[Tested, ...]) -> dict[str, Any]:
    """How good tested forecasts were against the last value: tested, error, error_last, skill, p_value, better."""
    editions = [item.step.year for item in found]
    if not found:
        nothing = dict.fromkeys(("error_shrunken", "error_last", "skill", "p_value", "better"))
        return {"tested": editions, **nothing}
    error = float(np.abs(np.concatenate([item.errors for item in found])).mean())
    last = float(np.abs(np.concatenate([item.last_errors for item in found])).mean())
    p = shrinkage.diebold_mariano(found)
    sure = p is not None and min(p, 1 - p) < shrinkage.DOUBT
    return {
        "tested": editions,
        "error_shrunken": error,
        "error_last": last,
        "skill": 1 - error / last if last > 0 else None,
        "p_value": p,
        "better": p is not None and p < 1 / 2 if sure else None,
    }


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a forecast rests on, as far as it is known.

    `last` is the unit's score on a scale that ends at `out_of`, `mean` that of its edition, both as published.
    """

    last: float | None
    out_of: float | None
    mean: float | None
    fit: Fit | None
    tested: tuple[Tested, ...]
    spread: Spread | None


def _basis(index: Index, figures: pl.DataFrame, unit: str, year: int, component: str) -> _Basis:
    own = figures.filter(year=year, component=component, unit=unit).drop_nulls("score")
    turn = -1 if index.component(component).direction == "lower_better" else 1
    mean = shrinkage.mean_of(figures, index, component, year)
    series = shrinkage.series_of(index, component)[year]
    past = shrinkage.before(shrinkage.steps(figures, index, component), series, year)
    tested = shrinkage.tested(past)
    return _Basis(
        last=own["score"].item() if own.height else None,
        out_of=own["out_of"].item() if own.height else None,
        mean=None if mean is None else turn * mean,
        fit=shrinkage.fit(past),
        tested=tested,
        spread=shrinkage.spread([item.errors for item in tested]),
    )


def _reason(frames: Frames, index: Index, unit: str, year: int, basis: _Basis) -> str | None:
    """Why there is no forecast, the hardest obstacle first; None where there is one."""
    after = following(index, year)
    if unscored_next(frames, index, unit, year) is not None:
        return "other_units"
    if after is not None and not index.comparable(year, after.year):
        return "new_method"
    if basis.fit is None or basis.spread is None:
        return "few_editions"
    if basis.mean is None:
        return "partial"
    return "unknown" if basis.last is None else None


def _expected(index: Index, component: str, basis: _Basis) -> dict[str, float]:
    """Forecast and interval as scores of the component, none beyond the ends of its scale."""
    # Else there was a reason for none.
    assert basis.fit is not None
    assert basis.spread is not None
    assert basis.mean is not None
    assert basis.last is not None
    # Shrinking is the same whichever end of the scale is the better one.
    expected = float(basis.fit.ahead(basis.mean, np.array([basis.last]))[0])
    lowest = index.component(component).minimum

    def within(value: float) -> float:
        return max(lowest, value if basis.out_of is None else min(basis.out_of, value))

    half = basis.spread.half
    return {"score": within(expected), "low": within(expected - half), "high": within(expected + half)}


def _figures(basis: _Basis) -> dict[str, Any]:
    learned, wide = basis.fit, basis.spread
    return {
        "last": basis.last,
        "mean": basis.mean,
        "kept": learned.kept if learned is not None else None,
        "shrinkage": 1 - learned.kept if learned is not None else None,
        "learned": list(learned.editions) if learned is not None else [],
        "moves": learned.moves if learned is not None else 0,
        "level": LEVEL,
        "half_width": wide.half if wide is not None else None,
        "freedom": wide.freedom if wide is not None else None,
        **accuracy(basis.tested),
    }


def newest(frames: Frames, index: Index, figures: pl.DataFrame, unit: str, component: str) -> int:
    """The newest edition in which the unit's score is known; where none is, the newest that scored its kind.

    Raises Problem for a unit that does not exist, or whose kind no edition has scored.
    """
    known = figures.filter(unit=unit, component=component).drop_nulls("score")["year"]
    if len(known):
        return int(max(known.to_list()))
    there = [item.year for item in index.editions if item.unit_set == set_of(unit)]
    with_it = [year for year in there if component == OVERALL or component in index.regime(year).components]
    if with_it:
        return with_it[-1]
    if not there:
        # Says that there is no such unit, or that no edition has scored its kind.
        check_unit(frames, index, unit, index.years[-1])
    name, years = index.component(component).name, spans(there)
    raise Problem(
        f"Các kỳ đánh giá {index.name.vi} {years} không có “{name.vi}”; chọn thành phần khác.",
        f"The editions {years} of {index.name.en} have no “{name.en}”; choose another component.",
    )


def forecast_origins(
    frames: Frames, unit: str, index: str, component: str = OVERALL, most: int = 4
) -> tuple[int, ...]:
    """The newest editions that a forecast of a unit's next score can start from, the newest first.

    Raises Problem for an index that does not exist.
    """
    definition = frames.index(index)

    def possible() -> Iterator[int]:
        for edition in reversed(definition.editions):
            if edition.unit_set != set_of(unit):
                continue
            if component != OVERALL and component not in definition.regime(edition.year).components:
                continue
            if forecast(frames, unit, index, edition.year, component).figures["reason"] is None:
                yield edition.year

    return tuple(islice(possible(), most))
