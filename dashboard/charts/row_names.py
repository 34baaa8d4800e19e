"""Rows of a chart one below the other, and their names at the left, in as many lines as they were folded into."""

from __future__ import annotations

from typing import Any

from dashboard.charts.profile import component_names
from dashboard.charts.theme import Palette


def row_names(width: int, y: dict[str, Any], strong: str, colours: Palette) -> dict[str, Any]:
    """The names (field `folded`), ending at `width` pixels; in strong type where the expression `strong` holds."""
    layer = component_names(colours)
    return layer | {
        "mark": layer["mark"] | {"fontWeight": {"expr": f"{strong} ? 600 : 400"}},
        "encoding": {"x": {"value": width}, "y": y, "text": {"field": "lines"}},
    }


def row_figures(y: dict[str, Any], strong: str, colours: Palette) -> dict[str, Any]:
    """The figures (field `written`) at the right edge; in strong type where the expression `strong` holds."""
    return {
        "mark": {
            "type": "text",
            "align": "right",
            "baseline": "middle",
            "color": colours.ink,
            "fontWeight": {"expr": f"{strong} ? 600 : 400"},
        },
        "encoding": {"x": {"value": {"expr": "wide"}}, "y": y, "text": {"field": "written"}},
    }


def row_places(count: int) -> dict[str, Any]:
    """Rows by their place, the first on top."""
    return {
        "field": "place",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [-0.5, count - 0.5], "reverse": True, "nice": False, "zero": False},
    }
