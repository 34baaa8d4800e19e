"""The weights that people entered, and equal ones where a table was entered and nobody knows any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from data.definition import OVERALL, Index, Regime
from data.number import decimal
from data.text import Problem, Text

Status = Literal["entered", "recovered"]

# Printed in per cent with one decimal, two copies of one weight differ by no more than this.
SAME = 0.0005 + 1e-9
# How far weights may miss their sum because they are printed with few decimals.
_SUM = 0.002


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of 1 that each component of an edition has, whence, and the batch that brought them."""

    shares: Mapping[str, float]
    status: Status
    batch: int


def standing(entered: pl.DataFrame, batch: pl.DataFrame) -> dict[tuple[str, int], Weights]:
    """The newest weights of each index and year whose batch stands; tables as `data.schema` states them."""
    stands = batch.filter(pl.col("undone_at").is_null()).select("batch")
    found: dict[tuple[str, int], Weights] = {}
    rows = entered.join(stands, on="batch").sort("batch")
    for (number,), part in rows.group_by("batch", maintain_order=True):
        first = part.row(0, named=True)
        shares = dict(part.select("component", "weight").iter_rows())
        found[first["index"], first["year"]] = Weights(shares, first["weight_status"], int(str(number)))
    return found


def known(index: Index, year: int) -> dict[str, float] | None:
    """The weights of an edition as far as they are known and not assumed; None where not all are."""
    regime = index.regime(year)
    shares = {code: index.weight(code, year) for code in regime.components}
    whole = {code: share for code, share in shares.items() if share is not None}
    return whole if whole and len(whole) == len(shares) and regime.weight_status != "assumed" else None


def same(index: Index, year: int, shares: Mapping[str, float]) -> bool:
    """Whether weights agree with all that are known of an edition, none known included."""
    if index.regime(year).weight_status == "assumed":
        return True
    found = {code: index.weight(code, year) for code in shares}
    return all(share is None or abs(share - shares[code]) <= SAME for code, share in found.items())


def with_weights(index: Index, entered: Mapping[int, Weights]) -> Index:
    """The index with the weights that were entered for its editions.

    They fill those that a regime lacks, for all its editions. Where they differ from the regime's, they begin a
    regime of their own with that edition.
    """
    for year in sorted(entered):
        if year in index.years and set(entered[year].shares) == set(index.regime(year).components):
            index = _with(index, year, entered[year])
    return index


def _with(index: Index, year: int, weights: Weights) -> Index:
    regime, agrees = index.regime(year), same(index, year, weights.shares)
    if agrees and known(index, year) is not None:
        return index
    if agrees or year == regime.first:
        return _replaced(index, regime, _weighted(regime, weights, index.overall_maximum(year)))
    # Codes of regimes are their first years.
    new = replace(regime, code=str(year), first=year)
    return _replaced(
        index, regime, replace(regime, last=year - 1), _weighted(new, weights, index.overall_maximum(year))
    )


def _weighted(regime: Regime, weights: Weights, total: float) -> Regime:
    shares = {code: weights.shares[code] for code in regime.components}
    notes = {
        "entered": Text(
            f"Trọng số nhập vào kho này (lô {weights.batch}).",
            f"The weights were entered into this store (batch {weights.batch}).",
        ),
        "recovered": Text(
            f"Trọng số tìm lại từ bảng đã nhập, có người xác nhận (lô {weights.batch}).",
            f"The weights were recovered from the table entered, and confirmed (batch {weights.batch}).",
        ),
    }
    told = replace(regime, weight_status=weights.status, weight_source=(), note=notes[weights.status])
    if regime.additive:
        return replace(told, maxima={code: round(share * total, 6) for code, share in shares.items()})
    return replace(told, weights=shares)


def with_equal_weights(index: Index, years: Iterable[int]) -> Index:
    """The index with equal weights assumed in the regimes of these editions, where none is known of one."""
    for year in years:
        regime = index.regime(year)
        if regime.components and regime.weights is None and regime.maxima is None and not regime.additive:
            assumed = replace(
                regime,
                weights=dict.fromkeys(regime.components, 1 / len(regime.components)),
                weight_status="assumed",
                note=Text(
                    "Chưa biết trọng số: tạm tính với trọng số bằng nhau, đây là giả định.",
                    "The weights are not known: equal ones are assumed.",
                ),
            )
            index = _replaced(index, regime, assumed)
    return index


def _replaced(index: Index, regime: Regime, *others: Regime) -> Index:
    found = [new for item in index.regimes for new in (others if item.code == regime.code else (item,))]
    return replace(index, regimes=tuple(found))


def shares_of(index: Index, year: int, given: Mapping[str, float]) -> dict[str, float]:
    """Weights as people write them, as shares of 1: shares, per cent, or points of the highest total.

    Raises Problem for a component there isn't, one that is missing, and weights that do not add up.
    """
    parts = [item.code for item in index.components_of(year)]
    for code in given:
        index.check_component(code, year)
    lacking = [index.component(code).name for code in parts if code not in given]
    if lacking or OVERALL in given or not parts:
        raise Problem(
            f"thiếu trọng số của {', '.join(name.vi for name in lacking) or 'các thành phần'}.",
            f"the weight of {', '.join(name.en for name in lacking) or 'the components'} is missing.",
        )
    total = sum(given.values())
    whole = next((end for end in (1.0, 100.0, index.overall_maximum(year)) if abs(total / end - 1) <= _SUM), None)
    if whole is None or min(given.values()) < 0:
        raise Problem(
            f"cộng lại bằng {decimal(total, 2, 'vi')}, phải bằng 1 hoặc 100% và không số nào âm.",
            f"they add up to {decimal(total, 2, 'en')}; they must add up to 1 or 100 %, none below 0.",
        )
    return {code: given[code] / total for code in parts}
