"""The exact shares: by hand, against the published weights, and that they always add up."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.drivers.shares import SHARE_COLUMNS, shares
from data.frames import Frames
from data.text import Problem
from tests import sample


def test_shares_by_hand() -> None:
    # The total is 6a + 4b. a: 1, 2, 3; b: 5, 5, 2: totals 26, 32, 26, mean 28; a's covariance with it is 0,
    # b's (deviations 1, 1, −2) is (−2 + 4 + 4)/3 = 2 against a variance of 8: 4 · 2/8 = 1.
    toy = sample.index({"a": 0.6, "b": 0.4}, years=(2019,))
    scores = sample.score_rows(
        {
            (2019, "63-01"): {"a": 1, "b": 5},
            (2019, "63-02"): {"a": 2, "b": 5},
            (2019, "63-03"): {"a": 3, "b": 2},
        },
        total=toy,
    )
    answer = shares(sample.frames(toy, scores), "toy", 2019)
    assert answer.rows.columns == list(SHARE_COLUMNS)
    found = {row["component"]: row for row in answer.rows.iter_rows(named=True)}
    assert answer.rows["component"].to_list() == ["b", "a", "remainder"]
    assert found["a"]["spread_share"] == pytest.approx(0, abs=1e-12)
    assert found["b"]["spread_share"] == pytest.approx(1)
    assert found["b"]["correlation"] == pytest.approx(2 / (2**0.5 * 8**0.5))
    assert found["remainder"]["spread_share"] == pytest.approx(0, abs=1e-12)
    assert found["remainder"]["correlation"] is None
    assert (found["a"]["weight"], found["remainder"]["weight"]) == (0.6, None)
    assert answer.figures["spread"] == pytest.approx(8**0.5)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 12), st.booleans())
def test_shares_add_up_whatever_the_figures(seed: int, units: int, tied: bool) -> None:
    toy = sample.index({"a": 0.5, "b": 0.3, "c": 0.2}, years=(2019,), units=units)
    # Rounded to whole points many scores are tied, and a component may be the same for all.
    scores = sample.random_scores(toy, decimals=0 if tied else 4, seed=seed)
    answer = shares(sample.frames(toy, scores), "toy", 2019)
    assert answer.rows["spread_share"].sum() == pytest.approx(1)
    assert answer.coverage.known == units


def test_a_component_in_which_all_are_alike_has_no_share_whatever_its_weight() -> None:
    toy = sample.index({"a": 0.9, "b": 0.1}, years=(2019,))
    scores = sample.score_rows({(2019, f"63-0{n}"): {"a": 7, "b": n} for n in (1, 2, 3)}, total=toy)
    rows = shares(sample.frames(toy, scores), "toy", 2019).rows
    found = dict(rows.select("component", "spread_share").iter_rows())
    assert found == pytest.approx({"a": 0, "b": 1, "remainder": 0}, abs=1e-9)
    assert rows.filter(component="a")["correlation"].to_list() == [None]


def test_what_the_published_total_has_beside_its_parts_is_the_remainder(frames: Frames) -> None:
    """PCI 2011: the totals exceed the weighted sum by up to 0.55 points; 2019: by nothing but rounding."""
    late = shares(frames, "pci", 2011).rows.filter(component="remainder").row(0, named=True)
    exact = shares(frames, "pci", 2019).rows.filter(component="remainder").row(0, named=True)
    assert late["deviation"] > 0.01
    assert exact["deviation"] < 0.001
    assert abs(exact["spread_share"]) < 0.001


@pytest.mark.parametrize(("index", "year"), [("pci", 2009), ("pci", 2019), ("pci", 2023), ("papi", 2014)])
def test_on_the_real_figures_they_are_the_slopes_of_the_parts_on_the_total(
    frames: Frames, index: str, year: int
) -> None:
    """Another way to the same number: the slope of each part's points in a regression on the total."""
    answer = shares(frames, index, year)
    definition = frames.index(index)
    figures = frames.score.filter(index=index, year=year).drop_nulls("score")
    totals = dict(figures.filter(component="overall").select("unit", "score").iter_rows())
    for component, share in answer.rows.select("component", "spread_share").iter_rows():
        if component == "remainder":
            continue
        points = dict(figures.filter(component=component).select("unit", "score").iter_rows())
        units = sorted(totals.keys() & points.keys())
        value = definition.unit_value(component, year)
        assert value is not None
        slope = np.polyfit([totals[unit] for unit in units], [value * points[unit] for unit in units], 1)[0]
        assert share == pytest.approx(slope, abs=1e-6)
    assert answer.rows["spread_share"].sum() == pytest.approx(1)


def test_who_is_missing_is_named(frames: Frames) -> None:
    toy = sample.index({"a": 0.5, "b": 0.5}, years=(2019,), units=4)
    scores = sample.random_scores(toy).filter((pl.col("unit") != "63-02") | (pl.col("component") != "a"))
    answer = shares(sample.frames(toy, scores), "toy", 2019)
    assert (answer.coverage.known, answer.coverage.of) == (3, 4)
    assert answer.figures["missing"] == ["63-02"]
    assert "Tỉnh 02" in answer.note("missing").vi
    assert "Province 02" in answer.note("missing").en
    # PAPI 2014 scored 61, and all of them are known: nobody is missing.
    whole = shares(frames, "papi", 2014)
    assert (whole.coverage.known, whole.coverage.of, whole.figures["missing"]) == (61, 61, [])


@pytest.mark.parametrize(("year", "said"), [(2025, "trọng số"), (2021, "33/63"), (2024, "1/63"), (1999, "2005")])
def test_what_cannot_be_shared_out_is_refused(frames: Frames, year: int, said: str) -> None:
    with pytest.raises(Problem) as refused:
        shares(frames, "pci", year)
    assert said in refused.value.text.vi


def test_equal_totals_and_single_units_are_refused() -> None:
    toy = sample.index({"a": 0.5, "b": 0.5}, years=(2019,), units=2)
    for scores in (
        {(2019, "63-01"): {"a": 1, "b": 3}, (2019, "63-02"): {"a": 3, "b": 1}},
        {(2019, "63-01"): {"a": 1, "b": 3}},
    ):
        with pytest.raises(Problem):
            shares(sample.frames(toy, sample.score_rows(scores, total=toy)), "toy", 2019)
