"""What all parts of the page share: whose way it is, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.core.answer import Answer
from dashboard.session.context import Context
from dashboard.text.target import TargetWording
from data.definition import OVERALL


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A province's way into the group; `stage` is the first one, where the group is beyond one edition."""

    at: Context
    unit: str
    wording: TargetWording
    answer: Answer
    stage_top: int | None = None
    stage: Answer | None = None

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures of the way into the group itself."""
        return self.answer.figures

    @property
    def planned(self) -> Answer:
        """The answer whose routes can be taken within one edition."""
        return self.answer if self.stage is None else self.stage

    @property
    def plan(self) -> tuple[str, float] | None:
        """How the odds call the plan, and the points that it gains; None where there is none."""
        need = self.planned.figures["need"]
        if not need or self.planned.rows.is_empty():
            return None
        return ("with_route" if self.stage is None else "with_stage"), float(need)

    def gain(self, component: str) -> float | None:
        """What it takes of a component: the whole way of the total, else the step of the first route with it."""
        if component == OVERALL:
            return self.figures["need"] or None
        steps = self.planned.rows.filter(component=component)
        return None if steps.is_empty() else float(steps["gain"][0])
