"""What the address of the trends says beside the index, the component and the province."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dashboard.session.parameters import Parameters, named
from dashboard.subject import Behind


@dataclass(frozen=True, slots=True)
class TrendParameters(Parameters):
    """The comparators, the units in the background, and whether components are drawn by score or by rank.

    `comparators`, in the address `rivals`, is None where the address does not name any: then they are the last
    ones chosen in this browser.
    """

    comparators: tuple[str, ...] | None = field(default=None, metadata=named("rivals"))
    behind: Behind = "region"
    by: Literal["score", "rank"] = "score"
