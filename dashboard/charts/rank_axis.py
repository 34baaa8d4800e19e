"""The scale of ranks that charts of rows share: rank 1 at the right, where the highest score would be."""

from __future__ import annotations

from dashboard.charts.row_names import row_range
from dashboard.charts.specification import alt

_STEPS, _MOST = (1, 2, 5, 10), 7


def rank_scale(low: int, high: int, names: int, figures: int) -> alt.Scale:
    """From rank `high` at the left to rank `low` at the right, between columns of so many pixels (`row_range`)."""
    return alt.Scale(domain=[high + 0.6, low - 0.6], nice=False, zero=False, range=row_range(names, figures))


def rank_axis(low: int, high: int, title: str) -> alt.Axis:
    """The axis of that scale, labelled at a few round ranks."""
    return alt.Axis(
        title=title,
        values=_round_ranks(low, high),
        format="d",
        grid=True,
        labelOverlap=True,
        labelSeparation=4,
    )


def _round_ranks(low: int, high: int) -> list[int]:
    """At most seven round ranks between two, or every tenth where that takes more; `low` where there is none."""
    step = next((step for step in _STEPS if (high - low) / step <= _MOST), _STEPS[-1])
    first = -(-low // step) * step
    return list(range(first, high + 1, step)) or [low]
