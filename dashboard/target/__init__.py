"""The parts of the page about the way into the target group."""
