"""One builder for each figure: a subject in, a figure out, for page and document alike. No Streamlit."""
