"""How good would the odds have been? Every past edition forecast from what had happened before it, and no later.

For each edition that can be tested, each unit's chance to be among the first k of the next one (`analytics.odds`)
is held against what came. The Brier score is the mean squared distance of chance and outcome (Brier, *Monthly
Weather Review* 78, 1950; 0 is perfect); skill is 1 − Brier / Brier of the base rates (Wilks, *Statistical Methods
in the Atmospheric Sciences*, ch. 8): above 0 better than they, below 0 worse. The base rate of a unit is the share
of units that had started in its band of ranks and were inside one edition later, again counted only over editions
before. It is a hard benchmark: it knows the rank, which says most of what can be known.

The caveat: forecasts of one edition are not independent of each other, so a thousand of them are worth little more
than the dozen editions that they come from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_top
from analytics.core.ranking import scored
from analytics.path.moves import consecutive
from analytics.path.odds import SEED, SIMULATIONS, all_chances, fitted
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.number import decimal, whole
from data.text import Note, Problem, Text

RELIABILITY_COLUMNS = ("low", "high", "forecasts", "predicted", "observed")

# Starting bands end at these multiples of the target group's size; what lies beyond is the last band.
BANDS = (0.5, 1.0, 1.5, 2.0)
BINS = 10
# Skill within ± 2 % is neither better nor worse: one edition more or less moves it by that much.
ALIKE = 0.02


def backtest(
    frames: Frames, index: str, top: int | None = None, simulations: int = SIMULATIONS, seed: int = SEED
) -> Answer:
    """Predicted chance against outcome, over every edition that can be tested.

    Rows (`RELIABILITY_COLUMNS`): chances from `low` to `high`, how many forecasts there were, their mean and the
    share of units that were inside (null where there was none). Figures: forecasts, brier, brier_base, skill (null
    where the base rates were perfect); the same for `same_weights` and `changed_weights` (editions whose next one
    kept or changed its weights, which the odds don't foresee); `editions` and `bands` with these by edition asked
    about and by starting band. Notes: `tested` (the scores in words, and what they mean).

    Raises Problem where no edition can be tested or the target group is no group.
    """
    definition = frames.index(index)
    figures = scored(frames, definition).filter(component=OVERALL)
    size = check_top(definition, _last_tested(definition, figures), top)
    forecasts = _forecasts(definition, figures, size, simulations, seed)
    if forecasts.is_empty():
        raise Problem(
            f"Chưa kiểm nghiệm lùi được {definition.name.vi}: chưa có hai kỳ liền nhau đủ tổng điểm sau 100 "
            "bước thay đổi đầu tiên; nhập thêm bằng lệnh vuotbac import.",
            f"{definition.name.en} cannot be back-tested yet: there are no two editions in a row with all totals "
            "after the first 100 moves; take in more with vuotbac import.",
        )
    return Answer(
        question="backtest",
        index=definition.code,
        year=None,
        unit=None,
        rows=_reliability(forecasts),
        coverage=Coverage(forecasts["year"].n_unique(), len(definition.years) - 1),
        figures={
            "top": size,
            **_scores(forecasts),
            "same_weights": _scores(forecasts.filter(~pl.col("changed"))),
            "changed_weights": _scores(forecasts.filter("changed")),
            "editions": _by(forecasts, "year", "next_year", "changed"),
            "bands": _by(forecasts, "band"),
        },
        notes=_notes(definition, forecasts, size),
    )


def _last_tested(index: Index, figures: pl.DataFrame) -> int:
    """The last edition whose outcome can be held against a forecast; without one, the last there is.

    Its unit set is the one tested: a group of 15 of the 63 is another question than one of the 34.
    """
    whole_years = set(figures.filter(pl.col("complete"))["year"])
    ends = [
        after.year
        for before, after in consecutive(index)
        if {before.year, after.year} <= whole_years and before.unit_set == after.unit_set
    ]
    return ends[-1] if ends else index.years[-1]


def _forecasts(index: Index, figures: pl.DataFrame, top: int, simulations: int, seed: int) -> pl.DataFrame:
    """One row per unit and edition: year, next_year, unit, band, changed, p, base, inside."""
    places = (
        figures.filter(pl.col("complete"), pl.col("year").is_in(_years_like(index, _last_tested(index, figures))))
        .drop_nulls("score")
        .select("year", "unit", rank=pl.col("better").rank("min", descending=True).over("year"))
    )
    steps, found = _steps(index, places, top), []
    for (year,), step in steps.partition_by("year", as_dict=True, maintain_order=True).items():
        try:
            model = fitted(figures, index, year)
        except Problem:
            continue
        chance = pl.DataFrame({"unit": model.units, "p": all_chances(model, top, simulations, seed)})
        before = steps.filter(pl.col("next_year") <= year)
        rates = before.group_by("band").agg(base=pl.col("inside").cast(pl.Float64).mean())
        found.append(
            step.join(chance, on="unit")
            .join(rates, on="band", how="left")
            .with_columns(pl.col("base").fill_null(top / len(model.units)))
        )
    return pl.concat(found) if found else steps.clear()


def _years_like(index: Index, year: int) -> list[int]:
    """The editions that score the same units as that of `year`."""
    units = index.edition(year).unit_set
    return [item.year for item in index.editions if item.unit_set == units]


def _steps(index: Index, places: pl.DataFrame, top: int) -> pl.DataFrame:
    """From where each unit started and whether it was inside one edition later, for editions in a row."""
    known = set(places["year"])
    pairs = pl.DataFrame(
        [
            (before.year, after.year, index.regime(before.year).code != index.regime(after.year).code)
            for before, after in consecutive(index)
            if {before.year, after.year} <= known and before.unit_set == after.unit_set
        ],
        schema={"year": pl.Int16, "next_year": pl.Int16, "changed": pl.Boolean},
        orient="row",
    )
    return (
        places.join(pairs, on="year")
        .join(places.select("unit", next_year="year", next_rank="rank"), on=["unit", "next_year"])
        .with_columns(
            band=pl.sum_horizontal((pl.col("rank") > edge * top).cast(pl.Int64) for edge in BANDS) + 1,
            inside=pl.col("next_rank") <= top,
        )
        .sort("year", "unit")
    )


def _scores(forecasts: pl.DataFrame) -> dict[str, Any]:
    if forecasts.is_empty():
        return {"forecasts": 0, "brier": None, "brier_base": None, "skill": None}
    outcome = forecasts["inside"].cast(pl.Float64).to_numpy()
    brier = float(np.mean((forecasts["p"].to_numpy() - outcome) ** 2))
    base = float(np.mean((forecasts["base"].to_numpy() - outcome) ** 2))
    skill = 1 - brier / base if base > 0 else None
    return {"forecasts": forecasts.height, "brier": brier, "brier_base": base, "skill": skill}


def _by(forecasts: pl.DataFrame, *keys: str) -> list[dict[str, Any]]:
    return [
        dict(zip(keys, values, strict=True))
        | _scores(part)
        | {
            "predicted": part["p"].mean(),
            "base": part["base"].mean(),
            "observed": part["inside"].cast(pl.Float64).mean(),
        }
        for values, part in sorted(forecasts.partition_by(*keys, as_dict=True).items())
    ]


def _reliability(forecasts: pl.DataFrame) -> pl.DataFrame:
    bins = pl.DataFrame({"bin": range(BINS)}).with_columns(
        low=pl.col("bin") / BINS, high=(pl.col("bin") + 1) / BINS
    )
    counted = (
        forecasts.with_columns(bin=(pl.col("p") * BINS).floor().clip(0, BINS - 1).cast(pl.Int64))
        .group_by("bin")
        .agg(
            forecasts=pl.len().cast(pl.Int64),
            predicted=pl.col("p").mean(),
            observed=pl.col("inside").cast(pl.Float64).mean(),
        )
    )
    return (
        bins.join(counted, on="bin", how="left", maintain_order="left")
        .with_columns(pl.col("forecasts").fill_null(0))
        .select(RELIABILITY_COLUMNS)
    )


def _notes(index: Index, forecasts: pl.DataFrame, top: int) -> tuple[Note, ...]:
    scores = _scores(forecasts)
    skill = scores["skill"]
    if skill is None or abs(skill) <= ALIKE:
        verdict = Text("ngang với tỷ lệ cơ sở, không hơn", "no better and no worse than the base rates")
    elif skill > 0:
        verdict = Text("tốt hơn tỷ lệ cơ sở", "better than the base rates")
    else:
        verdict = Text(
            "kém hơn tỷ lệ cơ sở, chỉ nên đọc như mức độ lớn nhỏ",
            "worse than the base rates: read the odds as rough orders of magnitude",
        )
    years = spans(forecasts["next_year"].unique())
    kept = _scores(forecasts.filter(~pl.col("changed")))
    others_too = 0 < kept["forecasts"] < scores["forecasts"]

    def said(value: float | None, places: int, lang: Any) -> str:
        return decimal(value, places, lang)

    vi, en = (
        (
            whole(scores["forecasts"], lang),
            said(scores["brier"], 3, lang),
            said(scores["brier_base"], 3, lang),
            said(None if skill is None else 100 * skill, 1, lang),
            whole(kept["forecasts"], lang),
            said(None if kept["skill"] is None else 100 * kept["skill"], 1, lang),
        )
        for lang in ("vi", "en")
    )
    covered = Text(
        f" Riêng {vi[4]} dự báo cho các kỳ giữ nguyên cách tính, trường hợp mà xác suất giả định: kỹ năng "
        f"{vi[5]} %.",
        f" The {en[4]} forecasts of editions that kept the weights, the case that the chances claim to cover: "
        f"skill {en[5]} %.",
    )
    rest = covered if others_too else Text("", "")
    return (
        Note.of(
            "tested",
            f"Kiểm nghiệm lùi xác suất vào nhóm {top} đầu của {index.name.vi}: {vi[0]} dự báo cho các kỳ "
            f"{years}, mỗi dự báo chỉ dùng số liệu có trước. Điểm Brier {vi[1]}, tỷ lệ cơ sở theo hạng xuất phát "
            f"{vi[2]}; kỹ năng {vi[3]} %: {verdict.vi}.{rest.vi}",
            f"Back-test of the chance to be among the first {top} of {index.name.en}: {en[0]} forecasts of the "
            f"editions {years}, each from earlier figures only. Brier score {en[1]}, base rates by starting rank "
            f"{en[2]}; skill {en[3]} %: {verdict.en}.{rest.en}",
        ),
    )
