"""The store's tables as frames in memory, loaded once per data version; what the questions are asked of."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.definition import Index
from data.definition_file import indices
from data.entered import with_entered, with_totals
from data.entered_weights import standing, with_weights
from data.store import Snapshot, Store
from data.text import Problem


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Frames:
    """Everything a question needs, read-only and shared by all who ask.

    The frames are as `data.schema` states them (`score`: `Score` with the batches laid over it); `indices` are
    the definitions by code, with an edition added for each year that people imported before the definition
    knew it.
    """

    version: str
    indices: dict[str, Index]
    score: pl.DataFrame
    unit: pl.DataFrame
    unit_alias: pl.DataFrame
    region: pl.DataFrame
    crosswalk: pl.DataFrame
    tile: pl.DataFrame
    source: pl.DataFrame
    reading: pl.DataFrame
    batch: pl.DataFrame
    entered_score: pl.DataFrame
    entered_weight: pl.DataFrame
    indicator: pl.DataFrame
    indicator_value: pl.DataFrame
    indicator_weight: pl.DataFrame
    context_variable: pl.DataFrame
    context_value: pl.DataFrame
    agency: pl.DataFrame

    def index(self, code: str) -> Index:
        """An index by its code; a Problem names those there are."""
        found = self.indices.get(code.lower())
        if found is None:
            known = ", ".join(self.indices)
            raise Problem(
                f"Không có chỉ số “{code}”. Các chỉ số: {known}.",
                f"There is no index “{code}”. The indices: {known}.",
            )
        return found


def load(source: Store | Snapshot) -> Frames:
    """The frames of a snapshot, or of the store as it is now: of one version, whatever is written meanwhile."""
    now = source.snapshot() if isinstance(source, Store) else source
    batch = now.table("batch").sort("batch")
    as_entered, score = _as_entered(now, batch)
    return Frames(
        version=now.version,
        indices=as_entered,
        score=score,
        unit=now.table("unit").sort("unit"),
        unit_alias=now.table("unit_alias"),
        region=now.table("region").sort("unit_set", "position"),
        crosswalk=now.table("crosswalk").sort("old_unit"),
        tile=now.table("tile"),
        source=now.table("source"),
        reading=now.table("reading"),
        batch=batch,
        entered_score=now.table("entered_score"),
        entered_weight=now.table("entered_weight"),
        indicator=now.table("indicator"),
        indicator_value=now.table("indicator_value").sort("index", "year", "indicator", "unit"),
        indicator_weight=now.table("indicator_weight"),
        context_variable=now.table("context_variable"),
        context_value=now.table("context_value").sort("year", "variable", "unit"),
        agency=now.table("agency"),
    )


def _as_entered(now: Snapshot, batch: pl.DataFrame) -> tuple[dict[str, Index], pl.DataFrame]:
    """Definitions and scores with what standing batches make of them: editions, weights, totals, what is said."""
    score = now.table("score").sort("index", "year", "unit", "component")
    entered = score.drop_nulls("batch").select("index", "year").unique().sort("index", "year")
    weights = standing(now.table("entered_weight"), batch)
    extended = dict(indices())
    for code, year in entered.rows():
        if code in extended and year > extended[code].years[-1]:
            extended[code] = extended[code].with_edition(year)
    for code in extended.keys() & {*entered["index"], *(code for code, _ in weights)}:
        own = {year: found for (of, year), found in weights.items() if of == code}
        index = with_weights(extended[code], own)
        score = with_totals(index, score)
        compiled = {(year, component): count for year, component, count in now.query(_COMPILED, [code]).rows()}
        extended[code] = with_entered(index, score, compiled)
    return extended, score


# How many scores are known of an edition's components without what people entered, other than by arithmetic.
_COMPILED = """
SELECT year, component, count(score) FROM figures.figure
WHERE index = ? AND score_status <> 'derived'
GROUP BY year, component
"""
