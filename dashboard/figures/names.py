"""What units are called inside a figure, where there is little room."""

from __future__ import annotations

from dashboard.charts.tile_map import short
from dashboard.subject import Subject


def short_names(subject: Subject) -> dict[str, str]:
    """The names on the tiles, by unit, of all that have a tile."""
    tiles = subject.frames.tile.drop_nulls("unit").select("unit", "label").iter_rows()
    return {unit: short(label, subject.lang) for unit, label in tiles}
