"""Reliability within provinces: recovered from panels of known signal and error."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analytics.drivers.reliability import LEAST_PAIRS, within_reliability


def panel(error: float, units: int = 2000, years: int = 5, seed: int = 1) -> pl.DataFrame:
    """Random walks with steps of 1 from levels of their own, and an error that is new in every year."""
    draw = np.random.default_rng(seed)
    walk = 3 * draw.normal(size=(units, 1)) + draw.normal(size=(units, years)).cumsum(axis=1)
    seen = walk + error * draw.normal(size=(units, years))
    return pl.DataFrame(
        {
            "unit": np.repeat([f"u{place:04d}" for place in range(units)], years),
            "year": np.tile(np.arange(2015, 2015 + years), units),
            "a": seen.ravel(),
        }
    )


@pytest.mark.parametrize("error", [0.0, 0.5, 1.0, 3.0])
def test_the_share_of_the_error_is_recovered(error: float) -> None:
    rows = panel(error)
    within = rows.select((pl.col("a") - pl.col("a").mean().over("unit")).pow(2).sum()).item() / (2000 * 4)
    found = within_reliability(rows, ["a"])["reliability"].item()
    assert found == pytest.approx(1 - error**2 / within, abs=0.06)


def test_it_divides_an_estimate_back_to_what_it_was() -> None:
    """The estimate within units of an outcome that follows the signal is drawn to zero by the reliability."""
    draw = np.random.default_rng(2)
    units, years, error = 3000, 5, 1.0
    walk = draw.normal(size=(units, years)).cumsum(axis=1)
    seen = walk + error * draw.normal(size=(units, years))
    x, y = (values - values.mean(axis=1, keepdims=True) for values in (seen, 2 * walk))
    slope = float((x * y).sum() / (x**2).sum())
    codes = np.repeat(np.arange(units).astype(str), years)
    rows = pl.DataFrame({"unit": codes, "year": np.tile(np.arange(years), units), "a": seen.ravel()})
    reliability = within_reliability(rows, ["a"])["reliability"].item()
    assert slope / reliability == pytest.approx(2, rel=0.08)


def test_too_few_changes_and_no_change_say_nothing() -> None:
    few = panel(1.0, units=LEAST_PAIRS // 3 - 1)
    assert within_reliability(few, ["a"])["reliability"].to_list() == [None]
    still = panel(1.0, units=100).with_columns(a=pl.lit(1.0))
    assert within_reliability(still, ["a"])["reliability"].to_list() == [None]
    # Years that don't follow each other are no changes.
    gaps = panel(1.0, units=100).with_columns(year=2 * pl.col("year"))
    assert within_reliability(gaps, ["a"])["reliability"].to_list() == [None]
