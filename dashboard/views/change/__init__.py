"""Why the rank moved."""
