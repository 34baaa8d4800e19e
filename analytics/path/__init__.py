"""The path to the target group: how far, by which routes, how likely, and who has done it."""
