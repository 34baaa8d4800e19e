"""Weaknesses and gaps, down to the indicators."""
