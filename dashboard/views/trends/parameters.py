"""What the address of the trends says beside the index, the component and the province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.session.parameters import Parameters
from dashboard.subject import Behind


@dataclass(frozen=True, slots=True)
class TrendParameters(Parameters):
    """Whom the province is drawn beside and before, and whether its components are drawn by score or by rank.

    `rivals` is None where the address does not say: those last chosen in the browser then.
    """

    rivals: tuple[str, ...] | None = None
    behind: Behind = "region"
    by: Literal["score", "rank"] = "score"
