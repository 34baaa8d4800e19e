"""How does a unit get into the target group: straight away, or by way of a nearer group first?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.core.answer import Answer
from analytics.path.interim_target import interim_target
from analytics.path.target import target
from analytics.path.threshold import Percentile
from data.definition import OVERALL
from data.frames import Frames


@dataclass(frozen=True, slots=True, eq=False)
class TargetPath:
    """The answers on a unit's path, both of `analytics.target` and without odds.

    answer: The path to the target group.
    interim: The path to the interim target (`analytics.interim_target`); None where the target group is within
        reach by itself, where that is not known, and where no nearer group is.
    """

    answer: Answer
    interim: Answer | None = None

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures of the path to the target group itself."""
        return self.answer.figures

    @property
    def next_step(self) -> Answer:
        """The path whose routes are within the pace of the best tenth: to the interim target where there is."""
        return self.answer if self.interim is None else self.interim

    @property
    def planned_gain(self) -> float | None:
        """Points of the total that the routes of the next step gain; None where there are none."""
        need = self.next_step.figures["need"]
        return float(need) if need and not self.next_step.rows.is_empty() else None

    def gain(self, component: str) -> float | None:
        """What the path takes of a component, in its points: of the total all, else the first route's step.

        None where the gap is not known, for a unit inside, and for a component that is on no route.
        """
        if component == OVERALL:
            return self.figures["need"] or None
        steps = self.next_step.rows.filter(component=component)
        return None if steps.is_empty() else float(steps["gain"][0])


def target_path(
    frames: Frames, unit: str, index: str, year: int, top: int | None = None, margin: Percentile = "median"
) -> TargetPath:
    """The path of a unit to the first `top` of an edition, by way of an interim target where it needs one.

    Raises Problem as `analytics.target` does. Its odds are those of `analytics.simulation.odds_by_gain`.
    """
    answer = target(frames, unit, index, year, top, margin, with_odds=False)
    if answer.figures["within_pace"] is not False:
        return TargetPath(answer)
    size = interim_target(frames, unit, index, year, top, margin)
    return TargetPath(
        answer, None if size is None else target(frames, unit, index, year, size, margin, with_odds=False)
    )
