"""What layers of many charts have in common: whose rows they draw, what colours a role, what is told of a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.charts.specification import alt


def of_kind(kind: str) -> alt.Chart:
    """For marks of the rows whose column `kind` says so."""
    return alt.Chart().transform_filter(f"datum.kind === '{kind}'")


def by_role(colours: Mapping[str, str]) -> dict[str, Any]:
    """Arguments of any channel of colour: each value of the column `role` in its own, without a legend."""
    scale = alt.Scale(domain=[*colours], range=[*colours.values()])
    return {"shorthand": "role:N", "scale": scale, "legend": None}


def told() -> list[alt.Tooltip]:
    """What a reader is told who points at a mark: the column `said`, which is also read aloud."""
    return [alt.Tooltip("said:N", title="")]
