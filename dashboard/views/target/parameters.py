"""What the address of the target page says beside the province, the index and the edition."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.session.parameters import Parameters, named


@dataclass(frozen=True, slots=True)
class TargetParameters(Parameters):
    """The size of the target group, what the simulator is set to, and the component set by its indicators.

    `settings` is written as `dashboard.views.target.setup` reads it; in the address it is `set`.
    """

    top: int | None = None
    settings: str = field(default="", metadata=named("set"))
    part: str | None = None
