"""What the address of the rankings says beside the edition, the component, the region and the province."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from dashboard.charts.bands import What
from dashboard.session.parameters import Parameters, named
from dashboard.subject import Behind

# What bands of ranks are drawn for: luck that does not last, or other weights.
Banded = Literal["luck", "bands"]

View = Literal["table", "luck", "bands", "map", "tiles", "slope", "merged"]
VIEWS: tuple[View, ...] = get_args(View)
# Those that list everybody in a table.
TABLES: tuple[View, ...] = ("table", "luck", "bands")


@dataclass(frozen=True, slots=True)
class RankingParameters(Parameters):
    """The view of the ranking, and the choices within each view.

    `q` is the search of the table, `by` the measure of the 34, `since` (`from` in the address) the other edition
    of the slope, and `behind` the units in its background.
    """

    view: View = "table"
    q: str = ""
    by: What = "rank"
    since: int | None = field(default=None, metadata=named("from"))
    behind: Behind = "region"
