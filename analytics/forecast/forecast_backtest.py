"""How good would forecasts have been? Every past edition forecast from earlier ones alone, against the last value.

For each edition that can be tested, each unit's forecast (`analytics.forecast`) is held against what came, beside
the simplest alternative: the same score again. Whether they differ is judged over editions, not over units
(`analytics.shrinkage.diebold_mariano`): units of one edition share its shock. Share and interval of each edition
are those that could have been known then, so the share of outcomes inside the intervals is a fair test of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.ranking import scored
from analytics.forecast import shrinkage
from analytics.forecast.forecast import accuracy
from analytics.forecast.forecast_notes import accuracy_text
from analytics.forecast.shrinkage import LEVEL, Tested
from data.definition import OVERALL, Index
from data.frames import Frames
from data.number import decimal
from data.text import Note, Text

FORECAST_BACKTEST_COLUMNS = (
    "year",
    "regime",
    "forecasts",
    "shrinkage",
    "error_shrunken",
    "error_last",
    "bias",
    "half_width",
    "covered",
    "series_break",
)


def forecast_backtest(frames: Frames, index: str, component: str = OVERALL) -> Answer:
    """Forecasts of the next score against outcomes and against the last value, by year.

    Rows (`FORECAST_BACKTEST_COLUMNS`), oldest first: `year` forecast from the edition before, its `regime`,
    `forecasts` (units), `shrinkage` (share of the way to the mean), `error_shrunken` and `error_last` (mean
    absolute errors in points of the component), `bias` (mean of outcome − forecast: the rise of all that was not
    foreseen), `half_width` of the interval and `covered`, the share of outcomes inside it (null before three
    editions had been tested), `series_break` (the step crosses one). Figures: component, forecasts, editions,
    level; tested, error_shrunken, error_last, skill, p_value, better (as in `analytics.forecast`), closer_in
    (editions in which the forecasts were closer), covered and covered_editions; `regimes` with error_shrunken,
    error_last, skill, p_value, better by regime. Coverage counts editions tested among those with one before them.
    Where no edition can be tested there are no rows.

    Notes: `untested` (why there are no rows), else `tested` (errors against those of the last value),
    `tested_newest` (the same for the newest method alone, where there were others), `covered` (how many outcomes
    the intervals held).

    Raises Problem for an index or component that does not exist.
    """
    definition = frames.index(index)
    definition.component(component)
    known = shrinkage.tested(shrinkage.steps(scored(frames, definition), definition, component))
    rows = [_row(definition, component, item, known) for item in known]
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    covered = frame.drop_nulls("covered")
    return Answer(
        question="forecast_backtest",
        index=definition.code,
        year=None,
        unit=None,
        rows=frame.select(FORECAST_BACKTEST_COLUMNS),
        coverage=Coverage(len(known), len(definition.years) - 1),
        figures={
            "component": component,
            "forecasts": int(frame["forecasts"].sum()),
            "editions": frame.height,
            "level": LEVEL,
            **accuracy(known),
            "closer_in": int((frame["error_shrunken"] < frame["error_last"]).sum()),
            "covered": covered.select(pl.col("covered").dot("forecasts") / pl.col("forecasts").sum()).item()
            if covered.height
            else None,
            "covered_editions": covered["year"].to_list(),
            "regimes": _by_regime(definition, known),
        },
        notes=_notes(definition, component, known, covered),
    )


_SCHEMA: dict[str, Any] = dict.fromkeys(FORECAST_BACKTEST_COLUMNS, pl.Float64) | {
    "year": pl.Int64,
    "regime": pl.String,
    "forecasts": pl.Int64,
    "series_break": pl.Boolean,
}


def _row(index: Index, component: str, item: Tested, known: tuple[Tested, ...]) -> dict[str, Any]:
    step = item.step
    earlier = [one.errors for one in known if one.step.series == step.series and one.step.year <= step.before]
    wide = shrinkage.spread(earlier)
    turn = -1 if index.component(component).direction == "lower_better" else 1
    return {
        "year": step.year,
        "regime": index.regime(step.year).code,
        "forecasts": len(item.errors),
        "shrinkage": 1 - item.fit.kept,
        "error_shrunken": float(np.abs(item.errors).mean()),
        "error_last": float(np.abs(item.last_errors).mean()),
        "bias": turn * float(item.errors.mean()),
        "half_width": wide.half if wide is not None else None,
        "covered": float((np.abs(item.errors) <= wide.half).mean()) if wide is not None else None,
        "series_break": index.broken(component, step.before, step.year) is not None,
    }


def _by_regime(index: Index, known: tuple[Tested, ...]) -> list[dict[str, Any]]:
    found: dict[str, list[Tested]] = {}
    for item in known:
        found.setdefault(index.regime(item.step.year).code, []).append(item)
    return [{"regime": regime} | accuracy(tuple(items)) for regime, items in found.items()]


def _notes(index: Index, component: str, known: tuple[Tested, ...], covered: pl.DataFrame) -> tuple[Note, ...]:
    if not known:
        name = index.component(component).name
        return (
            Note.of(
                "untested",
                f"Chưa thử được dự báo “{name.vi}” của {index.name.vi}: chưa có ba kỳ liền nhau cùng cách "
                "tính đủ số liệu; nhập thêm bằng lệnh vuotbac import.",
                f"Forecasts of “{name.en}” of {index.name.en} cannot be tested yet: there are no three editions "
                "in a row by one method that are known well enough; take in more with vuotbac import.",
            ),
        )
    said = [Note("tested", accuracy_text(accuracy(known)))]
    newest = tuple(item for item in known if item.step.series == known[-1].step.series)
    if len(newest) < len(known):
        # Scores used to differ more between units, and errors with them: the sum is ruled by the early editions.
        latest = accuracy_text(accuracy(newest))
        said.append(
            Note.of(
                "tested_newest",
                f"Riêng cách tính gần đây nhất: {_lower(latest.vi)}",
                f"The newest method alone: {_lower(latest.en)}",
            )
        )
    if covered.height:
        said.append(Note("covered", _coverage(covered)))
    return tuple(said)


def _coverage(covered: pl.DataFrame) -> Text:
    inside, of = covered.select(pl.col("covered").dot("forecasts"), pl.col("forecasts").sum()).row(0)
    vi, en = ((decimal(100 * inside / of, 0, lang), decimal(100 * LEVEL, 0, lang)) for lang in ("vi", "en"))
    many = Text(f"{covered.height} kỳ đánh giá", f"{covered.height} edition{'s' * (covered.height > 1)}")
    return Text(
        f"Khoảng {vi[1]} % chứa {vi[0]} % kết quả ở {many.vi} thử được; trong một kỳ các đơn vị cùng lên, "
        "cùng xuống nên từng năm lệch nhiều.",
        f"The {en[1]} % intervals held {en[0]} % of outcomes in the {many.en} that could be tested; units of one "
        "edition rise and fall together, so single years stray far.",
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
