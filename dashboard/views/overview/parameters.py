"""What the address of the overview says beside the province, the index and the edition."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.profile import Order
from dashboard.session.parameters import Parameters


@dataclass(frozen=True, slots=True)
class OverviewParameters(Parameters):
    """The order of the components; what is searched for on the first screen."""

    order: Order = "publisher"
    q: str = ""
