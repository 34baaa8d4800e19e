"""How much of what a component moves within a province is signal, and how much is luck of the survey?

An error that is new in every edition is taken back in the next: of a persistent level plus such an error,
changes that follow each other correlate negatively, and the error's variance is minus their covariance
(Griliches and Hausman, "Errors in variables in panel data", *Journal of Econometrics* 31, 1986). One less its
share of the variance within provinces is the reliability by which an association within provinces is drawn
towards zero.

The caveat: events that truly come and go within a year count as luck, so reliability is rather too low; and it
is one number for all provinces, from a few editions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

# Fewer pairs of changes than this tell nothing.
LEAST_PAIRS = 40


def within_reliability(rows: pl.DataFrame, terms: Sequence[str]) -> pl.DataFrame:
    """The reliability of each term within provinces: term, `reliability` (0 to 1).

    `rows`: unit, year and `terms`, each standardised within its year. Null with fewer than 40 pairs of changes
    that follow each other, or for a term that doesn't vary within provinces.
    """
    found = [_reliability(rows, term) for term in terms]
    return pl.DataFrame({"term": list(terms), "reliability": found}, schema_overrides={"reliability": pl.Float64})


def _reliability(rows: pl.DataFrame, term: str) -> float | None:
    ordered = rows.select("unit", "year", value=pl.col(term)).sort("unit", "year")
    next_to = pl.col("year").diff().over("unit") == 1
    changes = ordered.with_columns(
        change=pl.when(next_to).then(pl.col("value").diff().over("unit")),
    ).with_columns(before=pl.when(next_to).then(pl.col("change").shift(1).over("unit")))
    pairs = changes.drop_nulls(["change", "before"])
    around = (ordered["value"] - ordered.select(pl.col("value").mean().over("unit"))["value"]).to_numpy()
    freedom = ordered.height - ordered["unit"].n_unique()
    if pairs.height < LEAST_PAIRS or freedom < 1:
        return None
    within = float(around @ around) / freedom
    if within < 1e-12:
        return None
    error = -float(np.mean(pairs["change"].to_numpy() * pairs["before"].to_numpy()))
    return float(np.clip(1 - error / within, 0.0, 1.0))
