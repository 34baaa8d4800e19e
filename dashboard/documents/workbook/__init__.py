"""The workbook (xlsx)."""
