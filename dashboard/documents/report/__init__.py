"""The report (docx)."""
