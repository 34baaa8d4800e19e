"""Could an outcome have been predicted from the components, better than by a naive guess that knows none of them?

A ridge regression (Hoerl and Kennard, *Technometrics* 12, 1970) on standardised components, its penalty chosen by
cross-validation inside each training set, so that nothing held out has a say in it. Two tests:

- *grouped*: all years of some provinces are held out; the model learns from the others how far the outcome lies
  from the mean of its year. Naive guess: that mean, of the provinces learned from.
- *forward*: one year is held out and only earlier ones are learned from; the model predicts the change since the
  year before. Naive guess: the last value plus the mean change of the years learned from; beside it the last value
  alone. Both know the province's level, which is most of what there is to know.

Skill is 1 − mean squared error / that of the naive guess: 0 is no better than naive, below 0 worse. Its interval
comes from drawing provinces again with the errors they had (Efron and Tibshirani, *An Introduction to the
Bootstrap*, 1993, ch. 17); it takes the models as they are. Permutation importance (Breiman, *Machine Learning* 45,
2001) is the skill lost when one component's held-out figures are shuffled. The caveats: two components that go
together share their importance, and predicting is not causing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

SEED = 1
FOLDS = 10
INNER_FOLDS = 5
# Ridge penalties from almost none to so large that only the mean is left, in powers of ten.
PENALTIES = tuple(10.0**power for power in range(-1, 6))
SHUFFLES = 10
DRAWS = 1_000
BAND = (0.05, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Predictions of held-out rows: errors of the model and of the naive guess, with unit and year."""

    units: np.ndarray
    years: np.ndarray
    model: np.ndarray
    naive: np.ndarray


def grouped(
    rows: pl.DataFrame, terms: Sequence[str], seed: int = SEED, folds: int = FOLDS, shuffles: int = SHUFFLES
) -> tuple[dict[str, Any], pl.DataFrame]:
    """Skill on provinces that were not learned from, and the importance of each term.

    `rows`: unit, year, y and `terms`. Figures: skill, its interval `low` to `high` (5th and 95th percentile),
    `rmse`, `rmse_naive`, `baseline` (`year_mean`), observations, folds, penalties (chosen, by fold). The frame:
    term, `importance` (loss of skill, mean over folds and shuffles) and `importance_spread` (their standard
    deviation).
    """
    from sklearn.inspection import permutation_importance
    from sklearn.model_selection import GroupKFold

    x, y, units, years = _arrays(rows, terms)
    folds = min(folds, len(np.unique(units)))
    held, losses, penalties = [], [], []
    for train, test in GroupKFold(folds, shuffle=True, random_state=seed).split(x, y, units):
        usual = _year_means(y[train], years[train], years[test])
        model = _fitted(x[train], y[train] - _year_means(y[train], years[train], years[train]), units[train])
        target = y[test] - usual
        held.append(_Held(units[test], years[test], target - model.predict(x[test]), target))
        penalties.append(float(model.best_params_["ridge__alpha"]))
        lost = permutation_importance(
            model, x[test], target, scoring="neg_mean_squared_error", n_repeats=shuffles, random_state=seed
        )
        losses.append(lost.importances)
    found = _joined(held)
    lost_skill = np.hstack(losses) / (float(np.mean(found.naive**2)) or 1.0)
    importance = pl.DataFrame(
        {"term": terms, "importance": lost_skill.mean(axis=1), "importance_spread": lost_skill.std(axis=1)}
    )
    return _scores(found, seed) | {"baseline": "year_mean", "folds": folds, "penalties": penalties}, importance


def forward(rows: pl.DataFrame, terms: Sequence[str], seed: int = SEED) -> dict[str, Any] | None:
    """Skill on years that were still to come; None where fewer than two years have a year before them.

    `rows`: unit, year, y, `last` (y one year earlier; null rows don't count) and `terms`. Figures: as in `grouped`
    with `baseline` (`last_value_and_trend`), `skill_last` (against the last value alone), `years` with the figures
    of each year held out.
    """
    known = rows.drop_nulls("last").with_columns(y=pl.col("y") - pl.col("last"))
    x, change, units, years = _arrays(known, terms)
    tested = np.unique(years)[1:]
    if not len(tested):
        return None
    held, still, penalties = [], [], []
    for year in tested:
        train, test = years < year, years == year
        trend = change[train].mean()
        model = _fitted(x[train], change[train] - trend, units[train])
        target = change[test] - trend
        held.append(_Held(units[test], years[test], target - model.predict(x[test]), target))
        still.append(change[test])
        penalties.append(float(model.best_params_["ridge__alpha"]))
    found = _joined(held)
    by_year = [
        {"year": int(year)}
        | {name: _scores(part, seed)[name] for name in ("skill", "low", "high", "observations")}
        for year, part in zip(tested, held, strict=True)
    ]
    return _scores(found, seed) | {
        "baseline": "last_value_and_trend",
        "skill_last": _skill(found.model, np.concatenate(still)),
        "penalties": penalties,
        "years": by_year,
    }


def _fitted(x: np.ndarray, y: np.ndarray, groups: np.ndarray) -> Any:
    """Standardise, then ridge; the penalty is the one that does best on provinces held out of these rows."""
    from sklearn import config_context
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GridSearchCV, GroupKFold
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    search = GridSearchCV(
        Pipeline([("standardise", StandardScaler()), ("ridge", Ridge())]),
        {"ridge__alpha": PENALTIES},
        scoring="neg_mean_squared_error",
        cv=GroupKFold(min(INNER_FOLDS, len(np.unique(groups)))),
    )
    # The rows were checked when the panel was made; checking them at each of hundreds of fits takes time.
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return search.fit(x, y, groups=groups)


def _arrays(rows: pl.DataFrame, terms: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    return (
        rows.select(terms).to_numpy(),
        rows["y"].to_numpy(),
        rows["unit"].rank("dense").to_numpy(),
        rows["year"].to_numpy(),
    )


def _year_means(y: np.ndarray, years: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The mean of each wanted year; of all years where that one isn't known."""
    means = {year: y[years == year].mean() for year in np.unique(years)}
    return np.array([means.get(year, y.mean()) for year in wanted])


def _joined(held: Sequence[_Held]) -> _Held:
    parts = ("units", "years", "model", "naive")
    return _Held(*(np.concatenate([getattr(one, name) for one in held]) for name in parts))


def _scores(held: _Held, seed: int) -> dict[str, Any]:
    model, naive = held.model**2, held.naive**2
    low, high = _band(held, seed)
    return {
        "skill": _skill(held.model, held.naive),
        "low": low,
        "high": high,
        "rmse": float(np.sqrt(model.mean())),
        "rmse_naive": float(np.sqrt(naive.mean())),
        "observations": len(model),
    }


def _skill(model: np.ndarray, naive: np.ndarray) -> float | None:
    """None where the naive guess was perfect."""
    spread = float(naive @ naive)
    return 1 - float(model @ model) / spread if spread > 0 else None


def _band(held: _Held, seed: int) -> tuple[float | None, float | None]:
    """5th and 95th percentile of the skill, whole provinces drawn again."""
    units, place = np.unique(held.units, return_inverse=True)
    model, naive = (np.bincount(place, errors**2) for errors in (held.model, held.naive))
    counts = np.random.default_rng(seed).multinomial(len(units), np.full(len(units), 1 / len(units)), DRAWS)
    spread = counts @ naive
    if (spread <= 0).any():
        return None, None
    low, high = np.quantile(1 - counts @ model / spread, BAND)
    return float(low), float(high)
