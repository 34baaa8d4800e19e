"""The axis of years that charts over time share."""

from __future__ import annotations

from typing import Any


def year_axis(years: tuple[int, int], margin: str, strip: int) -> dict[str, Any]:
    """From the first to the last year: `margin`, an expression, is kept at the right for labels, `strip` above."""
    return {
        "type": "quantitative",
        "scale": {
            "domain": [years[0] - 0.5, years[1] + 0.5],
            "range": [0, {"expr": f"wide - {margin}"}],
            "nice": False,
            "zero": False,
        },
        "axis": {
            "format": "d",
            "title": None,
            "tickMinStep": 1,
            "offset": strip,
            "labelOverlap": True,
            "labelSeparation": 8,
        },
    }
