"""How a figure is known, and of what kind a source is."""

STATUSES = ("published", "provincial", "derived", "range", "estimated", "censored")
SOURCE_KINDS = ("publisher", "copy", "secondary", "own")
