"""What was ever entered of a plan, one row for each cell that changed: who, when, before, after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl

from data.plan.tables import PlanKey, Row, content_of, keys_of
from data.plan.taking_back import PART, sides, taken_back
from data.store import Store

CHANGE_COLUMNS = ("entry", "at", "author", "act", "takes_back", "table", "item", "column", "before", "after")
_SCHEMA: dict[str, Any] = dict.fromkeys(CHANGE_COLUMNS, pl.String)
_SCHEMA |= {"entry": pl.Int64, "at": pl.Datetime("us"), "takes_back": pl.Int64}


def changes(store: Store, key: PlanKey, since: datetime | None = None) -> pl.DataFrame:
    """The changes of a plan in the order in which they were entered, those after `since` (UTC).

    Columns (`CHANGE_COLUMNS`): the number of the `entry`, `at` (UTC), `author`, `act`, `takes_back` (the entry
    that it takes back, or null), the `table`, the `item` with whatever else the row is known by, the `column`, and
    its value `before` and `after` as text, null for none.
    """
    with store.entries.read() as reading:
        past = reading.table("history", part=PART, about=str(key))
    if since is not None:
        past = past.filter(pl.col("at") > since)
    found: list[dict[str, Any]] = []
    for row in past.iter_rows(named=True):
        said = {name: row[name] for name in ("entry", "at", "author", "act")} | {"takes_back": taken_back(row)}
        found += [said | cell for cell in cells_of(row)]
    return pl.DataFrame(found, schema=_SCHEMA)


def cells_of(row: Row) -> list[dict[str, Any]]:
    """The cells that an entry of the history changed: `table`, `item`, `column`, `before`, `after`."""
    before, after = sides(row)
    cells = []
    for name in {**before, **after}:
        keys = keys_of(name)
        old, new = (
            {tuple(str(row[column]) for column in keys): row for row in side.get(name, [])}
            for side in (before, after)
        )
        for place in {**old, **new}:
            for column in content_of(name):
                was, now = old.get(place, {}).get(column), new.get(place, {}).get(column)
                if column not in keys and was != now:
                    cells.append(
                        {
                            "table": name,
                            "item": " ".join(place) or None,
                            "column": column,
                            "before": _text(was),
                            "after": _text(now),
                        }
                    )
    return cells


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
