"""Charts as files: pictures, drawings, pages to print."""
