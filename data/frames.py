"""The store's tables as frames in memory, loaded once per data version; what the questions are asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.definition import Index
from data.definition_file import indices
from data.entered import with_entered, with_totals
from data.entered_weights import standing as standing_weights
from data.entered_weights import with_weights
from data.own.editions import counted
from data.own.file import Defined
from data.own.kept import lists, standing
from data.own.units import aliases_of, units_of
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
        blocks = () if found else self.blocks(code)
        if blocks:
            vi = ", ".join(f"{item.code} ({item.name.vi})" for item in blocks)
            en = ", ".join(f"{item.code} ({item.name.en})" for item in blocks)
            raise Problem(
                f"Chỉ số “{code}” có {len(blocks)} khối xếp hạng riêng; chọn một: {vi}.",
                f"The index “{code}” has {len(blocks)} blocks, ranked apart; choose one: {en}.",
            )
        if found is None:
            known = ", ".join(self.indices)
            raise Problem(
                f"Không có chỉ số “{code}”. Các chỉ số: {known}.",
                f"There is no index “{code}”. The indices: {known}.",
            )
        return found

    def blocks(self, code: str) -> tuple[Index, ...]:
        """The indices of a code: itself alone, or its blocks of units, which are ranked apart."""
        code = code.lower()
        return tuple(item for item in self.indices.values() if code in (item.code, item.family))


def load(source: Store | Snapshot) -> Frames:
    """The frames of a snapshot, or of the store as it is now: of one version, whatever is written meanwhile."""
    now = source.snapshot() if isinstance(source, Store) else source
    batch = now.table("batch").sort("batch")
    own = standing(now.table("definition"))
    as_entered, score = _as_entered(own, now, batch)
    return Frames(
        version=now.version,
        indices=as_entered,
        score=score,
        unit=_with(now.table("unit").sort("unit"), units_of(lists(own))),
        unit_alias=_with(now.table("unit_alias"), aliases_of(lists(own))),
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


def _with(known: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """A table with the rows of units of one's own below it."""
    return known if own.is_empty() else pl.concat([known, own], how="diagonal_relaxed")


def _as_entered(
    own: Sequence[Defined], now: Snapshot, batch: pl.DataFrame
) -> tuple[dict[str, Index], pl.DataFrame]:
    """Definitions and scores with what standing batches make of them: editions, weights, totals, what is said."""
    score = now.table("score").sort("index", "year", "unit", "component")
    entered = score.drop_nulls("batch").select("index", "year").unique().sort("index", "year")
    weights = standing_weights(now.table("entered_weight"), batch)
    known = indices()
    extended = known | {item.code: counted(item, score) for defined in own for item in defined.indices}
    for code, year in entered.rows():
        if code in known and year > extended[code].years[-1]:
            extended[code] = extended[code].with_edition(year)
    for code in extended.keys() & {*entered["index"], *(code for code, _ in weights)}:
        theirs = {year: found for (of, year), found in weights.items() if of == code}
        index = with_weights(extended[code], theirs)
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
