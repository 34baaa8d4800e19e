"""Short names of units, for figures with little room."""

from __future__ import annotations

from dashboard.charts.tile_map import short
from dashboard.subject import Subject


def short_names(subject: Subject) -> dict[str, str]:
    """The names on the tile map, by unit."""
    tiles = subject.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    return {unit: short(label, subject.lang) for unit, label in tiles}
