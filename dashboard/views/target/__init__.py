"""The path to the target group."""
