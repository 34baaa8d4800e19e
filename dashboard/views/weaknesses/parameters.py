"""What the address of the weaknesses says beside the province, the index and the edition."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.weakness.weakness import Against
from dashboard.session.parameters import Parameters


@dataclass(frozen=True, slots=True)
class WeaknessParameters(Parameters):
    """The reference that gaps are measured against, and the component that is shown in detail."""

    against: Against = "target"
    part: str | None = None
