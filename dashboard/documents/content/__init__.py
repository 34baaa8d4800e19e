"""The content of a pack, once for all formats."""
