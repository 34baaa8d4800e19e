"""How components hang together: by hand, against the textbook's formulas on raw figures, and on known panels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analytics.weights.coherence import COHERENCE_COLUMNS, alpha, coherence, principal_components
from data.frames import Frames
from data.text import Problem
from tests import sample

WEIGHTS = {"a": 0.5, "b": 0.3, "c": 0.2}


def panel(values: dict[int, np.ndarray]) -> Frames:
    """Frames of one index with a row of scores for each unit, by year."""
    units = max(len(rows) for rows in values.values())
    toy = sample.index(WEIGHTS, years=tuple(values), units=units)
    scores = {
        (year, unit): dict(zip(WEIGHTS, map(float, row), strict=True))
        for year, rows in values.items()
        for unit, row in zip(sample.unit_codes(units), rows, strict=False)
    }
    return sample.frames(toy, sample.score_rows(scores, total=toy))


def test_alpha_by_hand() -> None:
    # Two components that correlate with r: alpha is 2r/(1+r), the Spearman-Brown formula.
    assert alpha(np.array([[1, 0.5], [0.5, 1]])) == pytest.approx(2 * 0.5 / 1.5)
    assert alpha(np.eye(4)) == pytest.approx(0)
    assert alpha(np.ones((3, 3))) == pytest.approx(1)


def test_principal_components_give_the_correlations_back() -> None:
    draw = np.random.default_rng(sample.SEED)
    between = np.corrcoef(draw.normal(size=(30, 5)) + draw.normal(size=(30, 1)), rowvar=False)
    eigenvalues, loadings = principal_components(between)
    assert eigenvalues.sum() == pytest.approx(5)
    assert (np.diff(eigenvalues) <= 0).all()
    assert loadings @ loadings.T == pytest.approx(between)
    assert loadings[:, 0].sum() > 0


def test_one_edition_against_the_raw_figures() -> None:
    """Cronbach's own formula on standardised scores, plain correlations, R² of a regression."""
    draw = np.random.default_rng(sample.SEED)
    values = np.round(5 + draw.normal(size=(20, 3)) + draw.normal(size=(20, 1)), 3)
    answer = coherence(panel({2019: values}), "toy", 2019)
    assert answer.rows.columns == list(COHERENCE_COLUMNS)
    z = (values - values.mean(axis=0)) / values.std(axis=0, ddof=1)
    by_variances = 3 / 2 * (1 - z.var(axis=0, ddof=1).sum() / z.sum(axis=1).var(ddof=1))
    assert answer.figures["alpha"] == pytest.approx(by_variances)
    assert answer.figures["correlations"] == pytest.approx(np.corrcoef(values, rowvar=False))
    total = values @ np.array([5.0, 3.0, 2.0])
    for place, row in enumerate(answer.rows.iter_rows(named=True)):
        slope, constant = np.polyfit(values[:, place], total, 1)
        left = total - constant - slope * values[:, place]
        assert row["r_squared"] == pytest.approx(1 - left.var() / total.var())
        others = np.delete(z, place, axis=1)
        assert row["with_others"] == pytest.approx(np.corrcoef(z[:, place], others.sum(axis=1))[0, 1])
        pair = np.corrcoef(others, rowvar=False)[0, 1]
        assert row["alpha_without"] == pytest.approx(2 * pair / (1 + pair))
    assert answer.rows["importance"].sum() == pytest.approx(1)
    # The loading is the correlation with the component's own scores.
    vectors = np.linalg.svd(z)[2]
    assert answer.rows["loading"].abs().to_list() == pytest.approx(
        [abs(np.corrcoef(z @ vectors[0], z[:, place])[0, 1]) for place in range(3)]
    )


def test_a_shift_between_editions_is_no_agreement() -> None:
    draw = np.random.default_rng(1)
    rows = draw.uniform(1, 2, (60, 3))
    pooled = coherence(panel({2018: rows, 2019: rows + 5}), "toy", 2019)
    assert pooled.figures["correlations"] == pytest.approx(np.corrcoef(rows, rowvar=False))
    assert (pooled.figures["editions"], pooled.figures["observations"]) == ([2018, 2019], 120)


def test_what_weighs_much_and_varies_little_has_little_importance() -> None:
    draw = np.random.default_rng(2)
    values = np.column_stack([5 + 0.01 * draw.normal(size=50), 5 + draw.normal(size=50), 5 + draw.normal(size=50)])
    rows = coherence(panel({2019: values}), "toy", 2019).rows
    found = dict(rows.select("component", "importance").iter_rows())
    assert found["a"] < 0.1 < 0.5 < found["b"]


def test_nothing_after_the_edition_changes_the_answer(frames: Frames) -> None:
    draw = np.random.default_rng(3)
    later = pl.col("year") > 2015
    shuffled = frames.score.with_columns(score=pl.when(later).then(pl.lit(draw.uniform(1, 9))).otherwise("score"))
    whole, other = (coherence(given, "pci", 2015) for given in (frames, replace(frames, score=shuffled)))
    assert whole.rows.equals(other.rows)
    assert whole.figures == other.figures


def test_pci_is_not_one_thing(frames: Frames) -> None:
    """2013–19: business support and labour training go against the rest, and weigh more than they count."""
    answer = coherence(frames, "pci", 2019)
    assert answer.figures["alpha"] == pytest.approx(0.680, abs=0.001)
    assert (answer.figures["dimensions"], answer.figures["negative"]) == (3, 13)
    rows = {row["component"]: row for row in answer.rows.iter_rows(named=True)}
    assert rows["business_support"]["with_others"] < 0
    assert rows["business_support"]["importance"] < rows["business_support"]["weight"] / 2
    # 2023 stands alone: of 2022 too few are known.
    alone = coherence(frames, "pci", 2023)
    assert (alone.figures["editions"], alone.coverage.known, alone.coverage.of) == ([2023], 1, 2)
    assert "2022" in alone.note("left_out").vi


@pytest.mark.parametrize(("index", "year"), [("par", 2023), ("sipas", 2023), ("pci", 1999), ("pci", 2025)])
def test_what_is_not_known_well_enough_is_refused(frames: Frames, index: str, year: int) -> None:
    with pytest.raises(Problem):
        coherence(frames, index, year)


def test_a_component_in_which_all_are_alike_is_refused() -> None:
    values = np.array([[1.0, 2.0, 3.0], [1.0, 3.0, 5.0], [1.0, 4.0, 4.0]])
    with pytest.raises(Problem):
        coherence(panel({2019: values}), "toy", 2019)
