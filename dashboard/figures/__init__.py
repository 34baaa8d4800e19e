"""One builder for each figure, for page and document alike: a subject in, a figure out. No Streamlit."""
