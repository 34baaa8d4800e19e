"""Data: coverage, sources, audit, import."""
