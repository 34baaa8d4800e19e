"""Filters, colours and tooltips that layers of many charts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.charts.specification import alt


def of_kind(kind: str) -> alt.Chart:
    """A chart of the rows whose column `kind` has this value."""
    return alt.Chart().transform_filter(f"datum.kind === '{kind}'")


def by_role(colours: Mapping[str, str]) -> dict[str, Any]:
    """Arguments for a colour channel: the colour of each value of the column `role`, without a legend."""
    scale = alt.Scale(domain=[*colours], range=[*colours.values()])
    return {"shorthand": "role:N", "scale": scale, "legend": None}


def told() -> list[alt.Tooltip]:
    """The tooltip of a mark: the column `said`, which screen readers read too."""
    return [alt.Tooltip("said:N", title="")]
