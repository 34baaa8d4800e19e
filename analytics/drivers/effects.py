"""How an outcome moves with each term: two-way fixed effects on a panel, or least squares on one year.

Fixed effects of unit and year: each unit is compared with itself, and what moved all units of a year alike is
taken out (Wooldridge, *Econometric Analysis of Cross Section and Panel Data*, 2010, ch. 10). Errors are clustered
by unit, which allows any correlation of a unit's years (Arellano, *Oxford Bulletin of Economics and Statistics*
49, 1987), with the small-sample correction G/(G−1) · (N−1)/(N−K), where K counts terms, years and the constant,
not the unit effects, which are nested in the clusters; intervals and p-values are Student's t with G−1 degrees of
freedom (Cameron and Miller, *Journal of Human Resources* 50, 2015). A cross-section has errors robust to unequal
variances, HC3 (MacKinnon and White, *Journal of Econometrics* 29, 1985; Long and Ervin, *American Statistician*
54, 2000); beside its logarithms stands Poisson pseudo-maximum likelihood, which errors of unequal variance don't
bias and which takes outcomes of nought (Santos Silva and Tenreyro, *Review of Economics and Statistics* 88, 2006).

q-values are Benjamini and Hochberg's (*Journal of the Royal Statistical Society B* 57, 1995) over the terms of one
answer: of the terms called out at q ≤ 0.05, one in twenty is false on average. The caveats: they don't count the
answers to other outcomes that somebody also looked at, and they are proved for tests that are independent or
positively dependent. No method here makes an association a cause.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from data.text import Problem

EFFECT_COLUMNS = ("term", "estimate", "error", "low", "high", "p_value", "q_value", "detectable")

# Terms are in standard deviations and outcomes in logarithms: a spread below a millionth is rounding.
NO_SPREAD = 1e-6
LEVEL = 0.95
# The smallest effect that a test of this level finds with this chance (Bloom, *Evaluation Review* 19, 1995).
POWER = 0.80


def fixed_effects(rows: pl.DataFrame, terms: Sequence[str]) -> pl.DataFrame:
    """Effects of unit and year taken out, errors clustered by unit.

    `rows`: unit, year, y, one column for each of `terms`; every unit in at least two years. Rows out
    (`EFFECT_COLUMNS`), in the order of `terms`: `estimate` and its standard `error` in the measure of y per unit
    of the term, the 95 % interval, `p_value`, `q_value` (Benjamini-Hochberg over the terms), `detectable`, the
    size that an effect would need to be found four times in five. All null for a term that can't be told from the
    unit and year effects and the terms before it, and for all where y has no spread of its own. Raises Problem
    where more is asked of the rows than they hold.
    """
    kept = _independent(_within(rows, terms), terms) if _varies(_within(rows, ["y"])) else []
    units, years = rows["unit"].n_unique(), rows["year"].n_unique()
    if rows.height - units - (years - 1) - len(kept) < 1:
        raise _too_many(terms, rows.height)
    estimates, errors = _clustered(rows, kept) if kept else ([], [])
    return _table(terms, kept, estimates, errors, units - 1)


def cross_section(rows: pl.DataFrame, terms: Sequence[str], controls: Sequence[str] = ()) -> pl.DataFrame:
    """Least squares on the rows of one year, errors HC3; columns as in `fixed_effects`.

    `controls` are columns of `rows` that are held equal and get no row of their own.

    Raises Problem where there are too few rows for so many terms.
    """
    import statsmodels.api as sm

    every = [*controls, *terms]
    centred = rows.select(pl.col(every) - pl.col(every).mean()).to_numpy()
    kept = (
        _independent(centred, every) if _varies(rows.select(pl.col("y") - pl.col("y").mean()).to_numpy()) else []
    )
    left = rows.height - len(kept) - 1
    if left < 1:
        raise _too_many(terms, rows.height)
    held = sum(name in controls for name in kept)
    if not kept[held:]:
        return _table(terms, [], [], [], left)
    exogenous = sm.add_constant(rows.select(kept).to_numpy())
    fitted = sm.OLS(rows["y"].to_numpy(), exogenous).fit(cov_type="HC3")
    return _table(terms, kept[held:], fitted.params[1 + held :], fitted.bse[1 + held :], left)


def pseudo_poisson(rows: pl.DataFrame, terms: Sequence[str], controls: Sequence[str] = ()) -> pl.DataFrame:
    """Poisson pseudo-maximum likelihood on one year: like `cross_section`, with outcomes of nought among the rows.

    `rows`: `level`, the outcome itself, 0 or more, and the columns of `terms` and `controls`. Consistent for the
    elasticities of the mean whatever the distribution (Santos Silva and Tenreyro, "The log of gravity", *Review
    of Economics and Statistics* 88, 2006), where a logarithm leaves the noughts out; errors robust (HC1).
    Columns: term, estimate_ppml, error_ppml, q_ppml; null where they can't be told. Raises Problem where there
    are too few rows.
    """
    import statsmodels.api as sm

    every = [*controls, *terms]
    centred = rows.select(pl.col(every) - pl.col(every).mean()).to_numpy()
    kept = _independent(centred, every)
    left = rows.height - len(kept) - 1
    if left < 1:
        raise _too_many(terms, rows.height)
    held = sum(name in controls for name in kept)
    level = rows["level"].to_numpy() / float(rows["level"].mean() or 1.0)  # type: ignore[arg-type]
    fitted = sm.GLM(level, sm.add_constant(rows.select(kept).to_numpy()), sm.families.Poisson()).fit(
        cov_type="HC1"
    )
    found = _table(terms, kept[held:], fitted.params[1 + held :], fitted.bse[1 + held :], left)
    return found.select("term", estimate_ppml="estimate", error_ppml="error", q_ppml="q_value")


def within_share(rows: pl.DataFrame, terms: Sequence[str]) -> float | None:
    """R² within: the share of y's spread, unit and year effects taken out, that the terms account for; 0 to 1."""
    y, x = _within(rows, ["y"])[:, 0], _within(rows, terms)
    if not _varies(y):
        return None
    left = y - _projected(x, y)
    return 1 - float(left @ left) / float(y @ y)


def _clustered(rows: pl.DataFrame, terms: Sequence[str]) -> tuple[Sequence[float], Sequence[float]]:
    """Estimates and clustered errors. The year effects are written out as dummies, so that the correction counts
    them and leaves out the unit effects alone. The only place that uses pandas.
    """
    from linearmodels.panel import PanelOLS

    years = rows["year"].unique().sort().to_list()[1:]
    frame = rows.select(
        "unit",
        "year",
        "y",
        *terms,
        pl.lit(1.0).alias("constant"),
        *((pl.col("year") == year).cast(pl.Float64).alias(f"year {year}") for year in years),
    ).to_pandas()
    frame = frame.set_index(["unit", "year"])
    fitted = PanelOLS(frame["y"], frame.drop(columns="y"), entity_effects=True).fit(
        cov_type="clustered", cluster_entity=True, group_debias=True
    )
    return fitted.params[list(terms)].tolist(), fitted.std_errors[list(terms)].tolist()


def _table(
    terms: Sequence[str], kept: Sequence[str], estimates: Sequence[float], errors: Sequence[float], freedom: int
) -> pl.DataFrame:
    from scipy.stats import false_discovery_control, t

    estimate, error = np.asarray(estimates, dtype=float), np.asarray(errors, dtype=float)
    reach = t.ppf((1 + LEVEL) / 2, freedom)
    # Without any error left, a fit is exact: then nothing is unlikely but another value than the estimate.
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(error > 0, 2 * t.sf(np.abs(estimate / error), freedom), np.where(estimate == 0, 1.0, 0.0))
    found = pl.DataFrame(
        {
            "term": pl.Series(kept, dtype=pl.String),
            "estimate": estimate,
            "error": error,
            "low": estimate - reach * error,
            "high": estimate + reach * error,
            "p_value": p,
            "q_value": false_discovery_control(p) if len(p) else p,
            "detectable": (reach + t.ppf(POWER, freedom)) * error,
        }
    )
    return pl.DataFrame({"term": terms}).join(found, on="term", how="left", maintain_order="left")


def _within(rows: pl.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """The columns with unit and year effects taken out, exactly, for panels with holes too."""
    values = rows.select(columns).to_numpy().astype(float)
    dummies = np.hstack([rows.select(name).to_dummies().to_numpy().astype(float) for name in ("unit", "year")])
    taken: np.ndarray = values - dummies @ np.linalg.lstsq(dummies, values, rcond=None)[0]
    return taken


def _varies(values: np.ndarray) -> bool:
    return float(np.sqrt(np.mean(values**2))) > NO_SPREAD


def _independent(values: np.ndarray, terms: Sequence[str]) -> list[str]:
    """The terms that hold something which those before them don't."""
    kept: list[int] = []
    for place in range(len(terms)):
        own = values[:, place]
        rest = own - _projected(values[:, kept], own)
        if _varies(rest):
            kept.append(place)
    return [terms[place] for place in kept]


def _projected(onto: np.ndarray, values: np.ndarray) -> np.ndarray:
    if onto.shape[1] == 0:
        return np.zeros_like(values)
    projected: np.ndarray = onto @ np.linalg.lstsq(onto, values, rcond=None)[0]
    return projected


def _too_many(terms: Sequence[str], rows: int) -> Problem:
    return Problem(
        f"{len(terms)} thành phần là quá nhiều cho {rows} quan sát; nhập thêm các năm còn thiếu bằng lệnh vuotbac "
        "import.",
        f"{len(terms)} components are too many for {rows} observations; take in the missing years with vuotbac "
        "import.",
    )
