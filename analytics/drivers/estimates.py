"""The estimates of `analytics.drivers`, at hand for the figures that the project carries, else computed.

Cross-validation takes seconds, and the figures of the project change once a year. So its estimates are kept in
`estimates.json` under a fingerprint of the panel that they were computed from: whoever imports figures that
change the panel gets them computed anew, everybody else at once. `write` makes the file; tests hold it against the
figures and against the code that computes them.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from analytics.drivers import effects, reliability, skill
from analytics.drivers.outcomes import OUTCOMES, outcomes
from analytics.drivers.panel import LEAST_UNITS, LEAST_YEARS, Panel, panel
from data.frames import Frames
from data.text import Problem

FILE = Path(__file__).with_suffix(".json")  # Panels are compared up to rounding, which differs between processors.
_DECIMALS = 6
# A component that moves less reliably than this within provinces shows no association that could be believed.
LEAST_RELIABLE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """What is computed from a panel: a row for each term, R² within (null in a cross-section) and the two
    skills."""

    rows: pl.DataFrame
    r2_within: float | None
    skill: dict[str, Any]


def estimates(table: Panel) -> Estimates:
    """The estimates of a panel: kept, or computed where the panel is not one of the project's own figures.

    Raises Problem where more is asked of the panel than it holds.
    """
    found = _kept()["estimates"].get(fingerprint(table))
    if found is None:
        return computed(table)
    schema = {"term": pl.String} | dict.fromkeys(list(found["rows"][0])[1:], pl.Float64)
    return Estimates(pl.DataFrame(found["rows"], schema=schema), found["r2_within"], found["skill"])


def computed(table: Panel) -> Estimates:
    """The estimates of a panel, computed.

    Raises Problem where more is asked of the panel than it holds.
    """
    section = table.outcome.cross_section
    of_provinces, importance = skill.grouped(table.rows, table.terms)
    if section:
        rows = effects.cross_section(table.rows, table.terms, table.controls)
    else:
        rows = effects.fixed_effects(table.rows, table.terms)
    for more in (_unbroken(table), importance, _plain(table), _pseudo_poisson(table), _reliability(table)):
        rows = rows.join(more, on="term", how="left", maintain_order="left")
    # What is measured with error shows as less than it is: to be seen it must be larger by as much.
    sure = pl.col("reliability") >= LEAST_RELIABLE
    divided = pl.when(sure).then(pl.col("detectable") / pl.col("reliability"))
    rows = rows.with_columns(
        detectable=pl.when(pl.col("reliability").is_null()).then("detectable").otherwise(divided)
    )
    return Estimates(
        rows,
        None if section else effects.within_share(table.rows, table.terms),
        {"grouped": of_provinces, "forward": skill.forward(table.rows, table.terms)},
    )


def fingerprint(table: Panel) -> str:
    """A hash of all that the estimates depend on: the rows, the terms, the years without a break, the method."""
    rows = table.rows.with_columns(pl.col(pl.Float64).round(_DECIMALS) + 0.0)
    levels = "" if table.levels is None else table.levels.write_csv(float_precision=_DECIMALS)
    given = [table.terms, table.controls, table.unbroken, bool(table.breaks), table.outcome.cross_section]
    text = rows.write_csv(float_precision=_DECIMALS) + json.dumps(given) + levels
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def code() -> str:
    """A hash of the modules that compute: a changed one needs the file written again."""
    files = (__file__, *(str(module.__file__) for module in (effects, reliability, skill)))
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()[:32]


def panels(frames: Frames) -> Iterator[Panel]:
    """Every panel that some index and outcome give; of a cross-section, every year."""
    for index in frames.indices.values():
        years = outcomes(frames, index.code).figures["years"]
        for item in OUTCOMES:
            for year in years[item.code] if item.cross_section else [None]:
                with suppress(Problem):
                    yield panel(frames, index, item, year)


def _unbroken(table: Panel) -> pl.DataFrame:
    """The estimates from the years that nothing was changed in; nulls where there are too few, or no breaks."""
    rows = table.rows.filter(pl.col("year").is_in(table.unbroken)).filter(pl.len().over("unit") >= LEAST_YEARS)
    nothing = _nothing(table, ("estimate_unbroken", "error_unbroken", "q_unbroken"))
    if not table.breaks or len(table.unbroken) < LEAST_YEARS or rows["unit"].n_unique() < LEAST_UNITS:
        return nothing
    try:
        found = effects.fixed_effects(rows, table.terms)
    except Problem:
        return nothing
    return found.select("term", estimate_unbroken="estimate", error_unbroken="error", q_unbroken="q_value")


def _plain(table: Panel) -> pl.DataFrame:
    """The estimates of a cross-section without its controls; nulls for a panel, which needs none."""
    if not table.controls:
        return _nothing(table, ("estimate_plain", "q_plain"))
    found = effects.cross_section(table.rows, table.terms)
    return found.select("term", estimate_plain="estimate", q_plain="q_value")


def _pseudo_poisson(table: Panel) -> pl.DataFrame:
    """The estimates of a cross-section by Poisson pseudo-likelihood, noughts among its rows; nulls for a panel."""
    if table.levels is None:
        return _nothing(table, ("estimate_ppml", "error_ppml", "q_ppml"))
    return effects.pseudo_poisson(table.levels, table.terms, table.controls)


def _reliability(table: Panel) -> pl.DataFrame:
    if table.outcome.cross_section:
        return _nothing(table, ("reliability",))
    return reliability.within_reliability(table.rows, table.terms)


def _nothing(table: Panel, columns: tuple[str, ...]) -> pl.DataFrame:
    empty = (pl.lit(None, pl.Float64).alias(name) for name in columns)
    return pl.DataFrame({"term": table.terms}).with_columns(empty)


@cache
def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def write() -> None:
    """Compute the estimates of all that the project carries, and keep them."""
    import tempfile

    from data.frames import load
    from data.store import Store

    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store.duckdb") as store:
        frames = load(store)
    kept = {}
    for table in panels(frames):
        found = computed(table)
        kept[fingerprint(table)] = {
            "rows": found.rows.to_dicts(),
            "r2_within": found.r2_within,
            "skill": found.skill,
        }
    content = io.StringIO()
    json.dump({"code": code(), "estimates": dict(sorted(kept.items()))}, content, indent=1)
    FILE.write_text(content.getvalue() + "\n", encoding="utf-8")
