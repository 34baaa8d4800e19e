"""The conference pack."""
