"""Method: formulas, references, caveats."""
