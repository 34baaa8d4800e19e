"""What the address of the drivers says beside the province, the index and the edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dashboard.session.parameters import Parameters, named

Part = Literal["drivers", "robustness", "forecast", "shares"]


@dataclass(frozen=True, slots=True)
class DriverParameters(Parameters):
    """Which of the four questions; of the drivers the outcome, and the year (`in`) of a cross-section."""

    part: Part = "drivers"
    outcome: str | None = None
    year: int | None = field(default=None, metadata=named("in"))
