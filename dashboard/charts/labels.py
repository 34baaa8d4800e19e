"""Labels: where they go so that none covers another, and how they stay legible on what lies behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.specification import alt
from dashboard.charts.theme import Palette

_RIM = 4


def rimmed(texts: alt.Chart, colour: str, colours: Palette, **look: Any) -> list[alt.Chart]:
    """A text as two layers: a rim in the colour of the ground, which keeps lines out of it, and the text.

    `look` holds further properties of both.
    """
    rim: dict[str, Any] = {"stroke": colours.ground, "strokeWidth": _RIM, "strokeJoin": "round"}
    return [texts.mark_text(color=colours.ground, **rim, **look), texts.mark_text(color=colour, **look)]


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places, moved as little as needed to lie `gap` apart between `low` and `high`, in the order given.

    Labels that would touch are pushed apart around their common middle. Where there are more than fit, they lie
    as evenly as there is room.
    """
    if not places:
        return []
    gap = min(gap, (high - low) / max(len(places) - 1, 1))
    order = sorted(range(len(places)), key=places.__getitem__)
    # Groups of labels that touch: their wished places, shifted to where the first of them would lie.
    groups: list[list[float]] = []
    for index in order:
        groups.append([min(max(places[index], low), high)])
        while len(groups) > 1 and _start(groups[-1], gap, low, high) < _end(groups[-2], gap, low, high) + gap:
            offset = gap * len(groups[-2])
            groups[-2:] = [groups[-2] + [wish - offset for wish in groups[-1]]]
    found = [_start(group, gap, low, high) + gap * number for group in groups for number in range(len(group))]
    placed = dict(zip(order, found, strict=True))
    return [placed[index] for index in range(len(places))]


def _start(group: list[float], gap: float, low: float, high: float) -> float:
    """Where the first label of a group lies: the mean of the wishes, kept inside."""
    wished = sum(group) / len(group)
    return max(low, min(wished, high - gap * (len(group) - 1)))


def _end(group: list[float], gap: float, low: float, high: float) -> float:
    return _start(group, gap, low, high) + gap * (len(group) - 1)
