"""What the address of the data page says beside the index, the edition, the component and the province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.session.parameters import Parameters

Part = Literal["coverage", "figure", "audit", "import", "index", "history", "download"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class DataParameters(Parameters):
    """Which part of the page; of the import the edition that the table is of, where it is later than all known."""

    part: Part = "coverage"
    into: int | None = None
