"""The slides (pptx)."""
