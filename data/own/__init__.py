"""Indices of one's own: what people define, with units of their own, kept among the entries.

`units` is a list of units, `file` the TOML that carries an index with its units, `kept` what the store holds.
"""
