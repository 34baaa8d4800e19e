"""What holds a unit back and what carries it, down to the indicators and who answers for them."""

from analytics.weakness.weakness import LISTS, WEAKNESS_COLUMNS, Against, known_years, weakness

__all__ = ["LISTS", "WEAKNESS_COLUMNS", "Against", "known_years", "weakness"]
