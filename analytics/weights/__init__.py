"""How far ranks depend on the weights."""
