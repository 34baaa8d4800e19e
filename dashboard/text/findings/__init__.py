"""What figures find, in sentences: the same for documents and pages."""
