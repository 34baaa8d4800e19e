"""What the address of the target page says beside the province, the index and the edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from analytics.path.threshold import Percentile
from dashboard.session.parameters import Parameters, named

MARGINS: tuple[Percentile, ...] = get_args(Percentile)


@dataclass(frozen=True, slots=True)
class TargetParameters(Parameters):
    """The group's size, the margin above its threshold, the simulator's set-up, and whose indicators it sets.

    `settings` is written as `dashboard.views.target.setup` reads it; in the address it is `set`.
    """

    top: int | None = None
    margin: Percentile = "median"
    settings: str = field(default="", metadata=named("set"))
    part: str | None = None
