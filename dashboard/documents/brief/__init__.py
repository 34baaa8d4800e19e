"""The overview of a province on one A4 page (pdf)."""
