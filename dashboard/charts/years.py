"""The axis of years that charts over time share."""

from __future__ import annotations

from typing import Any

from dashboard.charts.specification import alt


def year_axis(years: tuple[int, int], margin: str, strip: int) -> dict[str, Any]:
    """Scale and axis (for `alt.X`) from the first to the last of `years`.

    `margin`, an expression in pixels, is kept free at the right for labels; `strip` pixels above the years.
    """
    return {
        "scale": alt.Scale(
            domain=[years[0] - 0.5, years[1] + 0.5],
            range=[0, alt.ExprRef(f"wide - {margin}")],
            nice=False,
            zero=False,
        ),
        "axis": alt.Axis(
            format="d", title=None, tickMinStep=1, offset=strip, labelOverlap=True, labelSeparation=8
        ),
    }
