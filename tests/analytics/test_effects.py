"""Fixed effects and the cross-section: by hand, against a second library, in simulations with known effects."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from analytics.drivers.effects import EFFECT_COLUMNS, cross_section, fixed_effects, pseudo_poisson, within_share
from analytics.drivers.outcomes import outcome_of
from analytics.drivers.panel import panel
from data.frames import Frames
from data.text import Problem
from tests.sample import SEED, outcome_panel

DRAWS = 150
# A test that holds is refused by chance once in a thousand runs of other seeds.
RARE = 0.001


def by_hand() -> pl.DataFrame:
    """Three units in two years: x rises by 1, 0, −1 and y by 3, 1, 0."""
    return pl.DataFrame(
        {
            "unit": ["a", "a", "b", "b", "c", "c"],
            "year": [2018, 2019] * 3,
            "x": [0.0, 1.0, 5.0, 5.0, 2.0, 1.0],
            "y": [1.0, 4.0, 7.0, 8.0, 3.0, 3.0],
        }
    )


def test_an_estimate_and_its_clustered_error_by_hand() -> None:
    # In two years the fixed effects are the slope of the rises: (1·5/3 + 1·4/3) / 2 = 1.5. What is left of the
    # rises is 1/6, −1/3, 1/6; the clusters' scores are 1/12, 0, −1/12 of a squared spread of 1, so the variance is
    # 2/144 · G/(G−1) · (N−1)/(N−K) with G = 3, N = 6 and K = 3 (the term, one year, the constant).
    row = fixed_effects(by_hand(), ["x"]).row(0, named=True)
    error = (2 / 144 * 3 / 2 * 5 / 3) ** 0.5
    assert row["estimate"] == pytest.approx(1.5)
    assert row["error"] == pytest.approx(error)
    # Student's t with two degrees of freedom: 4.302653 at 97.5 %, 1.060660 at 80 %.
    assert (row["low"], row["high"]) == pytest.approx((1.5 - 4.302653 * error, 1.5 + 4.302653 * error))
    assert row["detectable"] == pytest.approx((4.302653 + 1.060660) * error)
    # Of the squared rises around their mean (14/3), 1.5² · 2 = 4.5 is accounted for.
    assert within_share(by_hand(), ["x"]) == pytest.approx(4.5 / (14 / 3))


@pytest.mark.parametrize("index", ["pci", "papi"])
@pytest.mark.parametrize("outcome", ["new_firms", "private_investment", "grdp_per_head"])
def test_a_second_library_finds_the_same_on_the_real_panel(frames: Frames, index: str, outcome: str) -> None:
    """Least squares with a dummy for every unit and year, and statsmodels' own clusters."""
    definition = frames.index(index)
    table = panel(frames, definition, outcome_of(definition, outcome))
    found = fixed_effects(table.rows, table.terms)
    rows, terms = table.rows, list(table.terms)
    dummies = np.hstack(
        [rows.select("unit").to_dummies().to_numpy(), rows.select("year").to_dummies().to_numpy()[:, 1:]]
    ).astype(float)
    groups = rows["unit"].rank("dense").cast(pl.Int64).to_numpy()
    other = sm.OLS(rows["y"].to_numpy(), np.hstack([rows.select(terms).to_numpy(), dummies])).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    n, g, k = rows.height, table.units, len(terms) + len(table.years)
    corrected = other.bse[: len(terms)] * np.sqrt(g / (g - 1) * (n - 1) / (n - k))
    np.testing.assert_allclose(found["estimate"], other.params[: len(terms)], rtol=1e-7, atol=1e-10)
    np.testing.assert_allclose(found["error"], corrected, rtol=1e-7)


def test_the_cross_section_is_least_squares_with_robust_errors(frames: Frames) -> None:
    definition = frames.index("pci")
    table = panel(frames, definition, outcome_of(definition, "fdi"))
    found = cross_section(table.rows, table.terms)
    # HC3 in matrices: (X'X)⁻¹ X' diag(e²/(1−h)²) X (X'X)⁻¹.
    x = np.column_stack([np.ones(table.rows.height), table.rows.select(table.terms).to_numpy()])
    y, inverse = table.rows["y"].to_numpy(), np.linalg.inv(x.T @ x)
    slope = inverse @ x.T @ y
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    weight = ((y - x @ slope) / (1 - leverage)) ** 2
    covariance = inverse @ (x.T * weight) @ x @ inverse
    np.testing.assert_allclose(found["estimate"], slope[1:], rtol=1e-8)
    np.testing.assert_allclose(found["error"], np.sqrt(np.diag(covariance))[1:], rtol=1e-8)


def test_intervals_cover_known_effects_and_false_discoveries_stay_at_their_rate() -> None:
    """Errors that last and differ between units: 95 % intervals, and q ≤ 0.05 among three effects and five nulls.

    The intervals of one draw are nearly independent, so the hits of 150 draws × 8 terms are held against a
    binomial of 95 %; a cluster-robust interval of 63 units is known to fall short of that by up to a point
    (Cameron and Miller 2015, §VI), which is granted below.
    """
    effects = np.array([0.3, -0.2, 0.1, 0, 0, 0, 0, 0])
    draw, terms = np.random.default_rng(SEED), [f"x{place}" for place in range(len(effects))]
    hits, false_shares, found_large = 0, [], 0
    for _ in range(DRAWS):
        rows = fixed_effects(outcome_panel(draw, effects.tolist()), terms)
        low, high, q = (rows[name].to_numpy() for name in ("low", "high", "q_value"))
        hits += int(((low <= effects) & (effects <= high)).sum())
        called = q <= 0.05
        false_shares.append((called & (effects == 0)).sum() / max(called.sum(), 1))
        found_large += int(called[0])
    tried = DRAWS * len(effects)
    assert binom.ppf(RARE, tried, 0.94) <= hits <= binom.ppf(1 - RARE, tried, 0.95)
    # Five nulls of eight: the procedure promises 0.05 · 5/8 on average; three standard errors are granted.
    slack = 3 * np.std(false_shares) / np.sqrt(DRAWS)
    assert np.mean(false_shares) <= 0.05 * 5 / 8 + slack
    # And it is no test that never finds anything.
    assert found_large > 0.95 * DRAWS


def test_where_there_is_nothing_something_is_called_out_once_in_twenty_times() -> None:
    draw, terms = np.random.default_rng(SEED + 1), [f"x{place}" for place in range(6)]
    called = sum(
        bool((fixed_effects(outcome_panel(draw, [0.0] * 6), terms)["q_value"] <= 0.05).any()) for _ in range(DRAWS)
    )
    assert called <= binom.ppf(1 - RARE, DRAWS, 0.05)
    assert called > 0


@settings(max_examples=10)
@given(
    st.lists(st.floats(-50, 50), min_size=24, max_size=24),
    st.lists(st.floats(-50, 50), min_size=4, max_size=4),
    st.integers(0, 1000),
)
def test_what_is_the_same_for_a_unit_or_a_year_does_not_matter(
    units: list[float], years: list[float], seed: int
) -> None:
    rows = outcome_panel(np.random.default_rng(seed), [0.5, 0.0], units=24, years=4)
    # A panel with holes: that is where taking out means twice over goes wrong.
    rows = rows.filter(pl.int_range(pl.len()) % 11 != 3)
    shift = pl.col("unit").rank("dense").cast(pl.Int64) - 1
    moved = rows.with_columns(
        y=pl.col("y")
        + shift.replace_strict(dict(enumerate(units)))
        + (pl.col("year") - 2016).replace_strict(dict(enumerate(years)))
    )
    before, after = (fixed_effects(one, ["x0", "x1"]) for one in (rows, moved))
    for name in ("estimate", "error", "q_value"):
        np.testing.assert_allclose(after[name], before[name], rtol=1e-6, atol=1e-8)


def test_a_term_that_cannot_be_told_apart_is_empty_and_stays_in_the_table() -> None:
    rows = outcome_panel(np.random.default_rng(SEED), [0.5, 0.0]).with_columns(
        fixed=pl.col("unit").rank("dense").cast(pl.Float64),
        twin=pl.col("x0") * 2 + pl.col("year"),
    )
    found = fixed_effects(rows, ["fixed", "x0", "twin", "x1"])
    assert found.columns == list(EFFECT_COLUMNS)
    assert found["term"].to_list() == ["fixed", "x0", "twin", "x1"]
    assert found["estimate"].is_null().to_list() == [True, False, True, False]
    alone = fixed_effects(rows, ["x0", "x1"])
    assert found.drop_nulls().equals(alone)


def test_an_outcome_without_a_spread_of_its_own_gives_nothing() -> None:
    rows = outcome_panel(np.random.default_rng(SEED), [0.5]).with_columns(y=pl.col("year").cast(pl.Float64))
    assert fixed_effects(rows, ["x0"])["estimate"].to_list() == [None]
    assert within_share(rows.with_columns(y=pl.lit(1.0)), ["x0"]) is None
    one_year = rows.filter(year=2016)
    assert cross_section(one_year, ["x0"])["q_value"].to_list() == [None]


def test_too_many_terms_are_refused() -> None:
    with pytest.raises(Problem, match="quá nhiều"):
        fixed_effects(by_hand().head(4), ["x"])
    with pytest.raises(Problem, match="quá nhiều"):
        cross_section(by_hand().filter(year=2019).head(2), ["x"])


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    rows = fixed_effects(
        outcome_panel(np.random.default_rng(SEED), [0.1, 0.05, 0.0, 0.0, 0.02]), [f"x{n}" for n in range(5)]
    )
    p = np.sort(rows["p_value"].to_numpy())
    # From the largest: the smallest of p · m / rank so far.
    by_hand = [min(p[later] * 5 / (later + 1) for later in range(place, 5)) for place in range(5)]
    np.testing.assert_allclose(rows.sort("p_value")["q_value"], by_hand)


def test_what_is_held_equal_takes_its_part_and_gets_no_row() -> None:
    """The outcome follows the control alone, the term follows the control: held equal, the term has nothing."""
    draw = np.random.default_rng(SEED)
    control = draw.normal(size=400)
    term = control + 0.5 * draw.normal(size=400)
    rows = pl.DataFrame({"a": term, "z": control, "y": 2 * control + 0.1 * draw.normal(size=400)})
    plain = cross_section(rows, ["a"])["estimate"].item()
    held = cross_section(rows, ["a"], ["z"])
    assert plain > 1
    assert held["term"].to_list() == ["a"]
    assert held["estimate"].item() == pytest.approx(0, abs=0.05)
    # By hand: the slope of what is left of both without the control.
    left = [
        values - np.polyval(np.polyfit(control, values, 1), control) for values in (term, rows["y"].to_numpy())
    ]
    assert held["estimate"].item() == pytest.approx(float(left[0] @ left[1] / (left[0] @ left[0])))


def test_poisson_recovers_the_effect_among_noughts_and_unequal_errors() -> None:
    draw = np.random.default_rng(SEED)
    x = draw.normal(size=(4000, 2))
    level = draw.poisson(np.exp(0.2 + 0.7 * x[:, 0] - 0.3 * x[:, 1])).astype(float)
    assert (level == 0).mean() > 0.2
    rows = pl.DataFrame({"a": x[:, 0], "z": x[:, 1], "level": 1000 * level})
    found = pseudo_poisson(rows, ["a"], ["z"])
    assert found.columns == ["term", "estimate_ppml", "error_ppml", "q_ppml"]
    assert found["estimate_ppml"].item() == pytest.approx(0.7, abs=0.05)
    assert found["q_ppml"].item() < 0.001
    with pytest.raises(Problem):
        pseudo_poisson(rows.head(3), ["a"], ["z"])
