"""Overview: one province on one screen."""
