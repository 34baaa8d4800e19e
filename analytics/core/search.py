"""Which rows match a part of a name that a reader typed?"""

from __future__ import annotations

import polars as pl

from data.names import Names, UnitSet
from data.spelling import fold


def matching(rows: pl.DataFrame, names: Names, written: str, unit_set: UnitSet) -> pl.DataFrame:
    """The rows (with a column `unit`) whose unit goes by a name, spelling or code that contains what was written.

    One of the 34 is also found by the names of the provinces it was made of. Case, accents and punctuation do not
    count; a search for punctuation alone matches every row.
    """
    key = fold(written)
    if not key:
        return rows
    units = {unit for spelling, unit in names.keys[unit_set].items() if key in spelling}
    former = {unit for spelling, unit in names.keys["63"].items() if key in spelling}
    units |= {names.successor[unit] for unit in former & names.successor.keys()}
    return rows.filter(pl.col("unit").is_in(list(units)) | pl.col("unit").str.replace("-", "").str.contains(key))
