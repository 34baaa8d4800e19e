"""Do the components of an index belong together, and does each count for as much as its weight says?

Scores are standardised within each edition of a method and its editions are pooled, so that no shift between
years passes for agreement between components. Of their correlations: Cronbach's alpha ("Coefficient alpha and
the internal structure of tests", *Psychometrika* 16, 1951) in its standardised form, and without each component
in turn; principal components (Hotelling, *Journal of Educational Psychology* 24, 1933), counted by eigenvalues
above 1 (Kaiser, *Educational and Psychological Measurement* 20, 1960); each component's correlation with the sum
of the others. Beside the weight stands the importance that a component has in fact: the R² of the total on it
alone, as a share of the sum of all R² (Paruolo, Saisana and Saltelli, *Ratings and rankings: voodoo or
science?*, *Journal of the Royal Statistical Society A* 176, 2013; here linear). See also OECD/JRC, *Handbook on
Constructing Composite Indicators: Methodology and User Guide* (2008, step 4).

The caveat: a low alpha is a fault only where components are meant to measure one thing; an index of several things
may have one and be right. Correlations are of the units there are, not of causes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import equal_weights
from analytics.core.edition import check_components, enough
from analytics.core.ranking import scored
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.text import Note, Problem

COHERENCE_COLUMNS = (
    "component",
    "weight",
    "r_squared",
    "importance",
    "with_others",
    "alpha_without",
    "loading",
    "loading_second",
)

# Standardised scores vary by less than this only through rounding.
_NO_SPREAD = 1e-9


def coherence(frames: Frames, index: str, year: int) -> Answer:
    """How the components of the method in force in `year` hang together, over its editions up to that year.

    Rows (`COHERENCE_COLUMNS`), in the publisher's order: `weight` (a share of 1, null where not known);
    `r_squared` of the total on the component alone; `importance`, that as a share of the sum over components
    (they add up to 1); `with_others`, its correlation with the sum of the other components, each standardised;
    `alpha_without` it (null with fewer than three components); `loading` and `loading_second`, its correlation
    with the first and second principal component, the first turned so that its loadings add up to more than 0.

    Figures: `alpha`, `mean_correlation` (of the pairs of components), `negative` (how many pairs correlate below
    0) of `pairs`, `correlations` (a row of numbers for each component), `explained` (the share of the spread on
    each principal component, largest first), `dimensions` (eigenvalues above 1), `editions` used,
    `observations`. Coverage counts editions used, of those of the method up to the year.

    Notes: `meaning` (how it was reckoned, and that a low alpha is no fault by itself), `left_out` (editions not
    known in two thirds of their units), `equal_weights` (none are known, equal ones are assumed).

    Raises Problem where the edition has no components or only one, none of the editions is known well enough, or a
    component or the total doesn't vary.
    """
    definition = frames.index(index)
    check_components(definition, year)
    regime = definition.regime(year)
    codes = [item.code for item in definition.components_of(year)]
    if len(codes) == 1:
        raise Problem(
            f"{definition.name.vi} {year} chỉ có một {definition.component_word.vi}, không có gì để đối chiếu.",
            f"{definition.name.en} {year} has one component only: there is nothing to hold it against.",
        )
    years = [
        item.year for item in definition.editions if item.year <= year and definition.regime(item.year) == regime
    ]
    parts = {found: _standardised(frames, definition, found, codes) for found in years}
    used = [found for found, values in parts.items() if len(values)]
    if not used:
        raise Problem(
            f"{definition.name.vi} {spans(years)}: không kỳ nào biết đủ điểm của ít nhất hai phần ba số đơn vị.",
            f"{definition.name.en} {spans(years)}: in no edition are two thirds of the units known whole.",
        )
    values = np.concatenate([parts[found] for found in used])
    spread = values.std(axis=0)
    if spread.min() < _NO_SPREAD:
        raise Problem(
            f"{definition.name.vi} {spans(used)}: có {definition.component_word.vi} mà mọi đơn vị bằng điểm nhau.",
            f"{definition.name.en} {spans(used)}: on some component, or in total, all units are alike.",
        )
    together = np.corrcoef(values, rowvar=False)
    between, total = together[:-1, :-1], together[:-1, -1]
    eigenvalues, loadings = principal_components(between)
    pairs = between[np.triu_indices(len(codes), 1)]
    r_squared = total**2
    rows = {
        "component": codes,
        "weight": [definition.weight(code, year) for code in codes],
        "r_squared": r_squared,
        "importance": r_squared / r_squared.sum(),
        "with_others": _with_others(between),
        "alpha_without": _without(between),
        "loading": loadings[:, 0],
        "loading_second": loadings[:, 1],
    }
    return Answer(
        question="coherence",
        index=definition.code,
        year=year,
        unit=None,
        rows=pl.DataFrame(rows, schema_overrides=dict.fromkeys(COHERENCE_COLUMNS[1:], pl.Float64)),
        coverage=Coverage(len(used), len(years)),
        figures={
            "alpha": alpha(between),
            "mean_correlation": float(pairs.mean()),
            "negative": int((pairs < 0).sum()),
            "pairs": len(pairs),
            "correlations": between.tolist(),
            "explained": (eigenvalues / len(codes)).tolist(),
            "dimensions": int((eigenvalues > 1).sum()),
            "editions": used,
            "observations": len(values),
        },
        notes=(
            *_notes(definition, used, [found for found in years if found not in used]),
            *equal_weights(definition, year),
        ),
    )


def alpha(correlations: NDArray[np.float64]) -> float:
    """Cronbach's standardised alpha from the correlations of two components or more."""
    count = len(correlations)
    return float(count / (count - 1) * (1 - count / correlations.sum()))


def principal_components(correlations: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Eigenvalues, largest first, and loadings: a row for each component, a column for each principal
    component."""
    found, vectors = np.linalg.eigh(correlations)
    eigenvalues, vectors = np.maximum(found[::-1], 0.0), vectors[:, ::-1]
    turned = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    return eigenvalues, vectors * turned * np.sqrt(eigenvalues)


def _standardised(frames: Frames, index: Index, year: int, codes: list[str]) -> NDArray[np.float64]:
    """The units known whole: components and total, each less its mean over its spread; no rows where too few
    are."""
    columns = [*codes, OVERALL]
    known = scored(frames, index).filter(year=year).drop_nulls("better")
    wide = (
        known.group_by("unit")
        .agg(pl.col("better").filter(pl.col("component") == code).first().alias(code) for code in columns)
        .drop_nulls()
        .sort("unit")
    )
    if not enough(wide.height, index.edition(year).units):
        return np.empty((0, len(columns)))
    values = wide.select(columns).to_numpy()
    spread = values.std(axis=0)
    away: NDArray[np.float64] = (values - values.mean(axis=0)) / np.where(spread > _NO_SPREAD, spread, 1.0)
    return away


def _with_others(between: NDArray[np.float64]) -> list[float | None]:
    """Each component's correlation with the sum of the others."""
    found: list[float | None] = []
    for place in range(len(between)):
        rest = np.delete(np.arange(len(between)), place)
        spread = between[np.ix_(rest, rest)].sum()
        found.append(float(between[place, rest].sum() / np.sqrt(spread)) if spread > _NO_SPREAD else None)
    return found


def _without(between: NDArray[np.float64]) -> list[float | None]:
    """Alpha without each component."""
    count = len(between)
    if count < 3:
        return [None] * count
    rests = (np.delete(np.arange(count), place) for place in range(count))
    return [alpha(between[np.ix_(rest, rest)]) for rest in rests]


def _notes(index: Index, used: list[int], left_out: list[int]) -> tuple[Note, ...]:
    notes: list[Any] = [
        Note.of(
            "meaning",
            f"Tính trên {index.name.vi} {spans(used)}, điểm chuẩn hóa trong từng kỳ. Alpha thấp chỉ là khuyết "
            f"điểm khi các {index.component_word.vi} vốn định đo cùng một điều. Tầm quan trọng là R² của tổng "
            "điểm theo riêng thành phần ấy, chia cho tổng các R²; lệch xa trọng số nghĩa là trọng số không "
            "nói lên điều thật sự quyết định thứ hạng.",
            f"Reckoned on {index.name.en} {spans(used)}, scores standardised within each edition. A low alpha "
            "is a fault only where the components are meant to measure one thing. Importance is the R² of the "
            "total on the component alone, as a share of all R²; where it is far from the weight, the weight "
            "does not say what decides ranks.",
        )
    ]
    if left_out:
        notes.append(
            Note.of(
                "left_out",
                f"Bỏ các kỳ chưa biết đủ điểm của hai phần ba số đơn vị: {spans(left_out)}.",
                f"Left out are editions in which fewer than two thirds of the units are known whole: "
                f"{spans(left_out)}.",
            )
        )
    return tuple(notes)
