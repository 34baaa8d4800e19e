"""Who does better with no more: which provinces no richer than ours beat it wherever it is weak?

Pareto dominance (V. Pareto, *Manuale di economia politica*, 1906): a unit with no more GRDP per head, within a
margin, that scores higher on every component in which ours is below the median. Income is then no excuse, and
these are the units to visit. It is the reference set of data envelopment analysis with income as the input
(Charnes, Cooper and Rhodes, *European Journal of Operational Research* 2, 1978), without the convex
combinations, which nobody can visit. `efficient` are those that no other of them dominates in turn.

The caveat: income alone is held equal; size, location and industry may differ, and a lead may be luck.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import equal_weights
from analytics.core.edition import PLACES, check_components, check_unit, enough, figures, name_of, nothing_known
from data.definition import OVERALL, Index
from data.frames import Frames
from data.names import set_of
from data.number import decimal
from data.text import Note, Problem

PARETO_COLUMNS = (
    "unit",
    "name",
    "name_en",
    "grdp_per_capita",
    "rank",
    "lead",
    "furthest",
    "furthest_lead",
    "efficient",
)

INCOME = "grdp_per_capita"
# A province this share richer still counts as no richer: GRDP per head is revised by more.
MARGIN = 0.10
MOST_MARGIN = 1.0


def pareto_peers(frames: Frames, unit: str, index: str, year: int, margin: float = MARGIN) -> Answer:
    """The units no richer than `unit` that beat it on every component in which it is below the median.

    No richer: a GRDP per head of at most 1 + `margin` times its own, in the last year up to the edition that has
    the unit's and two thirds of all, or else in the first year after it. Rows (`PARETO_COLUMNS`), largest lead
    first: `grdp_per_capita` (million VND at current prices), `rank` on the total (as shown), `lead` (what the
    leads on the weak components are worth together, in points of the total; null where a weight is not known),
    `furthest` (the weak component on which its lead is worth most, in points of the component where weights are
    not known) and `furthest_lead` (on it, in its own points), `efficient` (no other row is no richer and at least
    as good on every weak component).

    Figures: `weak` (components), `margin`, `data_year`, `own` (the unit's GRDP per head), `no_richer` (how many
    units are), `richer` (how many beat it on all but are richer), `closest` {`unit`, `beaten`} (the unit no
    richer that beats it on most of them; null without one). Coverage counts units with income and all weak
    components.

    Notes: `rule` (what is compared), `nobody` (no unit does it, and who comes closest), `not_weak` (the unit is
    nowhere below the median), `data_year` (not the edition's year), `equal_weights` (none are known, equal
    ones are assumed).

    Raises Problem for a unit or edition that doesn't exist, a margin below 0 or above 1, or where no component
    of the unit can be held against a median, or its GRDP per head is not known.
    """
    definition = frames.index(index)
    edition = check_unit(frames, definition, unit, year)
    check_components(definition, year)
    if not 0 <= margin <= MOST_MARGIN:
        raise Problem(
            f"Không so được với biên {decimal(margin, 2, 'vi')}. Chọn từ 0 đến 1 (0,1 là hơn không quá 10 %).",
            f"A margin of {decimal(margin, 2, 'en')} is not possible. Take 0 to 1 (0.1 is up to 10 % more).",
        )
    known = figures(frames, definition, [year])
    weak = _weak(definition, known, unit, year)
    if weak is None:
        raise nothing_known(frames, definition, unit, year, None)
    data_year, income = _income(frames, unit, year)
    wide = _wide(known, weak).join(income, on="unit").sort("unit")
    own = wide.filter(unit=unit).row(0, named=True)
    others = wide.filter(pl.col("unit") != unit)
    values = others.select(weak).to_numpy().reshape(others.height, len(weak))
    mine = np.array([own[code] for code in weak])
    beaten = (values > mine).sum(axis=1)
    affordable = (others[INCOME] <= own[INCOME] * (1 + margin)).to_numpy()
    found = (beaten == len(weak)) & affordable & bool(weak)
    rows = _rows(definition, year, others.filter(pl.Series(found)), weak, mine)
    names = frames.unit.select("unit", name="name_vi", name_en="name_en")
    ranks = known.filter(component=OVERALL).select("unit", rank=pl.col("shown_rank").cast(pl.Int64))
    rows = rows.join(names, on="unit", how="left").join(ranks, on="unit", how="left")
    answer = {
        "weak": weak,
        "margin": margin,
        "data_year": data_year,
        "own": own[INCOME],
        "no_richer": int(affordable.sum()),
        "richer": int(((beaten == len(weak)) & ~affordable).sum()) if weak else 0,
        "closest": _closest(others["unit"].to_list(), beaten, affordable) if weak else None,
    }
    return Answer(
        question="pareto_peers",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows.sort("lead", "unit", descending=[True, False], nulls_last=True).select(PARETO_COLUMNS),
        coverage=Coverage(wide.height, edition.units),
        figures=answer,
        notes=_notes(frames, definition, unit, year, answer, rows.height),
    )


def _weak(index: Index, known: pl.DataFrame, unit: str, year: int) -> list[str] | None:
    """The components below the median of all units; None where no median can be had."""
    medians = known.group_by("component").agg(
        median=pl.col("better").median(), known=pl.col("better").count(), scales=pl.col("out_of").n_unique()
    )
    own = known.filter(unit=unit).drop_nulls("better").select("component", "better").join(medians, on="component")
    sizes = {item.code: index.edition(year).units_of(item.code) for item in index.components_of(year)}
    below: dict[str, bool] = {
        code: bool(round(better - median, PLACES) < 0)
        for code, better, median, count, scales in own.iter_rows()
        if code in sizes and scales == 1 and enough(count, sizes[code])
    }
    return [code for code in sizes if below.get(code)] if below else None


def _income(frames: Frames, unit: str, year: int) -> tuple[int, pl.DataFrame]:
    """The year of the incomes, the last up to the edition or else the first after it; and unit, income."""
    there = frames.unit.filter(unit_set=set_of(unit)).height
    known = frames.context_value.filter(
        pl.col("unit").str.starts_with(f"{set_of(unit)}-"), pl.col("value") > 0, variable=INCOME
    )
    counted = known.group_by("year").agg(count=pl.len(), ours=(pl.col("unit") == unit).any())
    years = counted.filter(pl.col("ours"), enough(pl.col("count"), pl.lit(there)))["year"].to_list()
    if not years:
        name = name_of(frames, unit)
        raise Problem(
            f"Chưa biết GRDP bình quân đầu người của {name.vi} ({unit}), nên không biết tỉnh nào không giàu hơn.",
            f"GRDP per head of {name.en} ({unit}) is not known, so no unit can be called no richer.",
        )
    before = [found for found in years if found <= year]
    chosen = max(before) if before else min(years)
    return chosen, known.filter(year=chosen).select("unit", pl.col("value").alias(INCOME))


def _wide(known: pl.DataFrame, weak: list[str]) -> pl.DataFrame:
    """One row per unit with all weak components, turned so that more is better: unit, and each of them."""
    return (
        known.filter(pl.col("component") != OVERALL)
        .group_by("unit")
        .agg(pl.col("better").filter(pl.col("component") == code).first().alias(code) for code in weak)
        .drop_nulls()
    )


def _rows(
    index: Index, year: int, units: pl.DataFrame, weak: list[str], mine: NDArray[np.float64]
) -> pl.DataFrame:
    leads = units.select(weak).to_numpy() - mine
    worth = [index.unit_value(code, year) for code in weak]
    weighed = all(value is not None for value in worth)
    points = leads * np.array([1.0 if value is None or not weighed else value for value in worth])
    furthest = points.argmax(axis=1) if len(points) else np.array([], dtype=int)
    good = np.column_stack([leads, -units[INCOME].to_numpy()]) if len(points) else leads
    return units.select("unit", INCOME).with_columns(
        lead=pl.Series(points.sum(axis=1) if weighed else [None] * len(points), dtype=pl.Float64),
        furthest=pl.Series([weak[place] for place in furthest], dtype=pl.String),
        furthest_lead=pl.Series(leads[np.arange(len(furthest)), furthest], dtype=pl.Float64),
        efficient=pl.Series([not _dominated(good, row) for row in good], dtype=pl.Boolean),
    )


def _dominated(good: NDArray[np.float64], row: NDArray[np.float64]) -> bool:
    """Whether some other row is at least as good in everything and better in something."""
    return bool(((good >= row).all(axis=1) & (good > row).any(axis=1)).any())


def _closest(
    units: list[str], beaten: NDArray[np.int64], affordable: NDArray[np.bool_]
) -> dict[str, object] | None:
    if not affordable.any():
        return None
    place = int(np.where(affordable, beaten, -1).argmax())
    return {"unit": units[place], "beaten": int(beaten[place])}


def _notes(
    frames: Frames, index: Index, unit: str, year: int, answer: dict[str, object], found: int
) -> tuple[Note, ...]:
    name, margin = name_of(frames, unit), answer["margin"]
    weak, closest = answer["weak"], answer["closest"]
    assert isinstance(margin, float | int)
    assert isinstance(weak, list)
    vi, en = (decimal(100 * margin, 0, lang) for lang in ("vi", "en"))
    notes = [
        Note.of(
            "rule",
            f"Không giàu hơn: GRDP bình quân đầu người không quá {vi} % trên mức của {name.vi}. Điểm yếu: "
            f"{index.component_word.vi} dưới trung vị của mọi đơn vị. Chỉ thu nhập được giữ ngang; quy mô, vị "
            "trí và ngành nghề vẫn có thể khác.",
            f"No richer: GRDP per head at most {en} % above that of {name.en}. Weak: below the median of all "
            "units. Income alone is held equal; size, location and industry may differ.",
        )
    ]
    if not weak:
        notes.append(
            Note.of(
                "not_weak",
                f"{name.vi} không có {index.component_word.vi} nào dưới trung vị.",
                f"{name.en} is below the median nowhere.",
            )
        )
    elif not found:
        near_vi = near_en = ""
        if isinstance(closest, dict):
            near = name_of(frames, str(closest["unit"]))
            near_vi = f" Gần nhất là {near.vi}, hơn ở {closest['beaten']}."
            near_en = f" {near.en} comes closest, with {closest['beaten']}."
        notes.append(
            Note.of(
                "nobody",
                f"Không tỉnh nào không giàu hơn mà hơn {name.vi} ở cả {len(weak)} điểm yếu.{near_vi}",
                f"No unit no richer beats {name.en} on all {len(weak)} weak components.{near_en}",
            )
        )
    if answer["data_year"] != year:
        notes.append(
            Note.of(
                "data_year",
                f"GRDP bình quân đầu người của năm {answer['data_year']}.",
                f"GRDP per head is that of {answer['data_year']}.",
            )
        )
    return (*notes, *equal_weights(index, year))
