"""Who answers for a component today, who did before, and how well is that known?

Defaults from what provinces usually assign (`data/context/agency.csv` and its CHECKS.md); a province may have
assigned it otherwise. `today` is the agency since the departments and provinces merged in 2025.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.frames import Frames


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency answerable for a component. Names are the Vietnamese ones, as agencies sign."""

    component: str
    today: str
    former: str | None
    coordinating: tuple[str, ...]
    evidence: str
    sources: tuple[str, ...]

    @property
    def inferred(self) -> bool:
        """Whether it is only inferred from the agency's mandate: shown hollow, as a suggestion."""
        return self.evidence == "mandate-only"


def agencies(frames: Frames, index: str) -> dict[str, Agency]:
    """The agency answerable for each component of an index (`overall`: for the total), by the component's code.

    `former` is the lead agency before 2025, None where it is the same one; `coordinating` those that work with
    the one of today; `evidence` as in the data: `plan-documented`, `plan-indicative` or `mandate-only`. A
    component of which nothing is known is left out; an index without any gives an empty dict.
    """
    return {
        row["component"]: Agency(
            component=row["component"],
            today=row["lead_after"],
            former=row["lead_before"] if row["lead_before"] != row["lead_after"] else None,
            coordinating=tuple(filter(None, (row["coordinating_after"] or "").split("|"))),
            evidence=str(row["evidence"]),
            sources=tuple(filter(None, (row["source"] or "").split(";"))),
        )
        for row in frames.agency.filter(index=index).iter_rows(named=True)
    }
