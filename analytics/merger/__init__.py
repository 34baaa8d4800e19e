"""The 34 units estimated from the 63."""

from analytics.merger.merger import (
    MEMBER_COLUMNS,
    MERGER_COLUMNS,
    VARIABLES,
    Weighting,
    check_old,
    estimates,
    member_scores,
    merger,
    old_editions,
    weights,
)

__all__ = [
    "MEMBER_COLUMNS",
    "MERGER_COLUMNS",
    "VARIABLES",
    "Weighting",
    "check_old",
    "estimates",
    "member_scores",
    "merger",
    "old_editions",
    "weights",
]
