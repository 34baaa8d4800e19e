"""Why total and rank moved."""

from analytics.change.change import CHANGE_COLUMNS, REMAINDER, change, known_changes

__all__ = ["CHANGE_COLUMNS", "REMAINDER", "change", "known_changes"]
