"""Where a unit stands: distance, profile, peers, trend."""

from analytics.standing.standing import Distance, distance

__all__ = ["Distance", "distance"]
