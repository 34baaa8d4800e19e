"""How good would the odds have been? Every past edition forecast from what had happened before it, and no later.

For each edition that can be tested, each unit's chance to be among the first k of the next one (`analytics.odds`)
is held against what came. The Brier score is the mean squared distance of chance and outcome (Brier, *Monthly
Weather Review* 78, 1950; 0 is perfect); the log score is the mean of −log of the chance given to what came
(Good, *Journal of the Royal Statistical Society* B 14, 1952). Skill is 1 − score / score of the base rates (Wilks,
*Statistical Methods in the Atmospheric Sciences*, ch. 8): above 0 better than they, below 0 worse. The base rate
of a unit is the share of units that had started in its band of ranks and were inside one edition later, again
counted only over editions before. It is a hard benchmark: it knows the rank, which says most of what can be known.

Forecasts of one edition are not independent of each other. So the interval of the skill is a bootstrap over whole
editions (a cluster bootstrap: Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, §3.8), and
where it holds 0 the odds are said to be no better and no worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_top
from analytics.core.ranking import scored
from analytics.path.base_rate import band, base_rates
from analytics.path.level import Panel, panel
from analytics.path.moves import consecutive
from analytics.path.odds import fitted, next_chances
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.number import decimal, whole
from data.text import Language, Note, Problem, Text, prefixed

RELIABILITY_COLUMNS = ("low", "high", "forecasts", "predicted", "observed")
BACKTEST_COLUMNS = ("top", "forecasts", "brier", "brier_base", "skill", "skill_low", "skill_high", "log_skill")

BACKTESTS_COLUMNS = ("index", "editions", *BACKTEST_COLUMNS)

BINS = 10
# Groups that are tested beside the one asked about.
GROUPS = (5, 8, 10, 15, 20, 30)
# Nine in ten resamples of the editions have a skill between the ends of its interval.
LEVEL = 0.9
RESAMPLES = 2000
SEED = 1
# A chance of 0 that came true would cost infinitely much.
LEAST_CHANCE = 0.005
# The shape of the model was chosen on earlier editions of the longest series; from this year on it was only tried.
CONFIRMED_FROM = 2016


def backtest(frames: Frames, index: str, top: int | None = None) -> Answer:
    """Predicted chance against outcome, over every edition that can be tested.

    Rows (`RELIABILITY_COLUMNS`): chances from `low` to `high`, how many forecasts there were, their mean and the
    share of units that were inside (null where there was none). Figures: top and its scores: forecasts, brier,
    brier_base, skill (null where the base rates were perfect) with skill_low and skill_high (its 90 % interval by
    edition, null for fewer than two editions), log_score, log_base, log_skill; the same for `same_weights` and
    `changed_weights` (editions whose next one kept or changed its weights, which the odds don't foresee), and for
    `later` (outcomes from CONFIRMED_FROM on);
    `editions` and `bands` with these, and the mean predicted, base and observed, by edition asked about and by
    starting band; `groups` (`BACKTEST_COLUMNS`) with them for the first 5, 8, 10, 15, 20 and 30. Notes: `tested`
    (the scores in words, and what they mean).

    Raises Problem where no edition can be tested or the target group is no group.
    """
    definition = frames.index(index)
    totals = scored(frames, definition).filter(component=OVERALL)
    last = _last_tested(definition, totals)
    size = check_top(definition, last, top)
    units = definition.edition(last).units
    groups = [group for group in GROUPS if group < units]
    tested = _forecasts(frames, definition, panel(totals, definition, last), {size, *groups})
    forecasts = tested.filter(top=size)
    if forecasts.is_empty():
        raise Problem(
            f"Chưa kiểm nghiệm lùi được {definition.name.vi}: chưa có hai kỳ liền nhau đủ tổng điểm sau những "
            "bước thay đổi đầu tiên; nhập thêm bằng lệnh vuotbac import.",
            f"{definition.name.en} cannot be back-tested yet: there are no two editions in a row with all totals "
            "after the first moves; take in more with vuotbac import.",
        )
    scores = _scores(forecasts)
    kept = _scores(forecasts.filter(~pl.col("changed")))
    return Answer(
        question="backtest",
        index=definition.code,
        year=None,
        unit=None,
        rows=_reliability(forecasts),
        coverage=Coverage(forecasts["year"].n_unique(), len(definition.years) - 1),
        figures={
            "top": size,
            **scores,
            "same_weights": kept,
            "changed_weights": _scores(forecasts.filter("changed")),
            "later": _scores(forecasts.filter(pl.col("next_year") >= CONFIRMED_FROM)),
            "outcomes": sorted(forecasts["next_year"].unique()),
            "editions": _by(forecasts, "year", "next_year", "changed"),
            "bands": _by(forecasts, "band"),
            "groups": [{"top": group} | _scores(tested.filter(top=group)) for group in groups],
        },
        notes=(Note("tested", _said(definition, spans(forecasts["next_year"].unique()), size, scores, kept)),),
    )


def backtests(frames: Frames, top: int | None = None) -> Answer:
    """How good the odds would have been, for every index that can be tested.

    Rows (`BACKTESTS_COLUMNS`): for each index a row of all its outcomes (`editions`: their years) and, where only
    a part of them is from CONFIRMED_FROM on, a row of those; scores as in `backtest`. `top` is the size of the
    group, else each index's own. Notes: `INDEX.tested`.

    Raises Problem where no index can be tested.
    """
    rows: list[dict[str, Any]] = []
    notes: list[Note] = []
    for code in frames.indices:
        try:
            tested = backtest(frames, code, top)
        except Problem:  # too few editions, or another unit set: its own command says which
            continue
        years = tested.figures["outcomes"]
        later = [year for year in years if year >= CONFIRMED_FROM]
        parts = [(years, tested.figures)]
        if 0 < len(later) < len(years):
            parts.append((later, tested.figures["later"]))
        rows += [
            {"index": code, "editions": spans(held), "top": tested.figures["top"]}
            | {name: scores[name] for name in BACKTEST_COLUMNS[1:]}
            for held, scores in parts
        ]
        notes += prefixed(code, tested.notes)
    if not rows:
        raise Problem(
            "Chưa chỉ số nào kiểm nghiệm lùi được: cần hai kỳ liền nhau đủ tổng điểm.",
            "No index can be back-tested yet: it takes two editions in a row with all totals.",
        )
    known = len({row["index"] for row in rows})
    table = pl.DataFrame(rows, infer_schema_length=None)
    return Answer("backtest", None, None, None, table, Coverage(known, len(frames.indices)), {}, tuple(notes))


def _last_tested(index: Index, totals: pl.DataFrame) -> int:
    """The last edition whose outcome can be held against a forecast; without one, the last there is.

    Its unit set is the one tested: a group of 15 of the 63 is another question than one of the 34.
    """
    whole_years = set(totals.filter(pl.col("complete"))["year"])
    ends = [
        after.year
        for before, after in consecutive(index)
        if {before.year, after.year} <= whole_years and before.unit_set == after.unit_set
    ]
    return ends[-1] if ends else index.years[-1]


def _forecasts(frames: Frames, index: Index, known: Panel, tops: set[int]) -> pl.DataFrame:
    """One row per group, edition and unit: top, year, next_year, changed, unit, band, p, base, inside."""
    ranks, found = known.ranks, []
    for place, (year, next_year) in enumerate(zip(known.years, known.years[1:], strict=False)):
        try:
            model = fitted(frames, index, year)
        except Problem:
            continue
        there = [known.units.index(unit) for unit in model.units]
        came = ranks[place + 1][there]
        again = ~np.isnan(came)
        if not again.any():
            continue
        chances = next_chances(model, tops)
        for top in sorted(tops):
            one = {
                "unit": model.units,
                "band": band(model.ranks, top) + 1,
                "p": chances[top],
                "base": base_rates(model.panel.ranks, top).of(model.ranks),
                "inside": came <= top,
            }
            changed = index.regime(year).code != index.regime(next_year).code
            asked = {"top": pl.lit(top), "year": pl.lit(year), "next_year": pl.lit(next_year)}
            found.append(pl.DataFrame(one).filter(pl.Series(again)).with_columns(**asked, changed=pl.lit(changed)))
    schema = {"top": pl.Int32, "year": pl.Int32, "inside": pl.Boolean}
    return pl.concat(found) if found else pl.DataFrame(schema=schema)


def _scores(forecasts: pl.DataFrame) -> dict[str, Any]:
    """Brier and log scores of the odds and of the base rates, and the skill with its interval."""
    names = ("brier", "brier_base", "skill", "skill_low", "skill_high", "log_score", "log_base", "log_skill")
    if forecasts.is_empty():
        return {"forecasts": 0, **dict.fromkeys(names)}
    came = forecasts["inside"].to_numpy()
    by_edition = forecasts["year"].rank("dense").cast(pl.Int64).to_numpy() - 1
    found: dict[str, Any] = {"forecasts": forecasts.height}
    squared, logs = {}, {}
    for name in ("p", "base"):
        said = forecasts[name].to_numpy()
        squared[name] = np.bincount(by_edition, (said - came) ** 2)
        logs[name] = float(-np.log(np.where(came, said, 1 - said).clip(LEAST_CHANCE, 1)).mean())
    brier, base = (float(squared[name].sum()) / forecasts.height for name in ("p", "base"))
    low, high = _interval(squared["p"], squared["base"])
    scores = (brier, base, _skill(brier, base), low, high)
    log_scores = (logs["p"], logs["base"], _skill(logs["p"], logs["base"]))
    return found | dict(zip(names, (*scores, *log_scores), strict=True))


def _skill(score: float, base: float) -> float | None:
    return 1 - score / base if base > 0 else None


def _interval(score: np.ndarray, base: np.ndarray) -> tuple[float | None, float | None]:
    """The ends of the skill's interval over resampled editions, from the sums of each."""
    editions = len(base)
    if editions < 2 or base.sum() == 0:
        return None, None
    drawn = np.random.default_rng(SEED).multinomial(editions, np.full(editions, 1 / editions), RESAMPLES)
    of = drawn @ base
    low, high = np.quantile(1 - (drawn @ score)[of > 0] / of[of > 0], ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)


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


def verdict(scores: Mapping[str, Any]) -> str:
    """Odds against base rates: `better` or `worse` where the interval of the skill leaves 0 out, else `alike`."""
    low, high = scores["skill_low"], scores["skill_high"]
    if low is not None and low > 0:
        return "better"
    return "worse" if high is not None and high < 0 else "alike"


def _said(index: Index, years: str, top: int, scores: dict[str, Any], kept: dict[str, Any]) -> Text:
    judged = {
        "better": Text("tốt hơn tỷ lệ cơ sở", "better than the base rates"),
        "alike": Text("không hơn, không kém tỷ lệ cơ sở", "no better and no worse than the base rates"),
        "worse": Text(
            "kém hơn tỷ lệ cơ sở, chỉ nên đọc như mức độ lớn nhỏ",
            "worse than the base rates: read the odds as rough orders of magnitude",
        ),
    }[verdict(scores)]

    def skill(found: dict[str, Any], lang: Language) -> str:
        at, low, high = (
            decimal(None if found[name] is None else 100 * found[name], 1, lang, signed=True)
            for name in ("skill", "skill_low", "skill_high")
        )
        return f"{at} % [{low}; {high}]"

    def of(lang: Language) -> tuple[str, ...]:
        brier, base = (decimal(scores[name], 3, lang) for name in ("brier", "brier_base"))
        return whole(scores["forecasts"], lang), brier, base, skill(scores, lang), whole(kept["forecasts"], lang)

    vi, en = of("vi"), of("en")
    rest = Text("", "")
    if 0 < kept["forecasts"] < scores["forecasts"]:
        rest = Text(
            f" Riêng {vi[4]} dự báo cho các kỳ giữ nguyên cách tính, trường hợp mà xác suất giả định: kỹ năng "
            f"{skill(kept, 'vi')}.",
            f" The {en[4]} forecasts of editions that kept the weights, the case that the chances claim to cover: "
            f"skill {skill(kept, 'en')}.",
        )
    return Text(
        f"Kiểm nghiệm lùi xác suất vào nhóm {top} đầu của {index.name.vi}: {vi[0]} dự báo cho các kỳ {years}, "
        f"mỗi dự báo chỉ dùng số liệu có trước. Điểm Brier {vi[1]}, tỷ lệ cơ sở theo hạng xuất phát {vi[2]}; kỹ "
        f"năng {vi[3]} (khoảng 90 % theo kỳ): {judged.vi}.{rest.vi}",
        f"Back-test of the chance to be among the first {top} of {index.name.en}: {en[0]} forecasts of the "
        f"editions {years}, each from earlier figures only. Brier score {en[1]}, base rates by starting rank "
        f"{en[2]}; skill {en[3]} (90 % interval by edition): {judged.en}.{rest.en}",
    )
