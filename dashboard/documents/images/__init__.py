"""The charts of a pack as pictures."""
