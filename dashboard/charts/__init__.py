"""Charts: frame in, Vega-Lite specification out; one theme, no queries, no Streamlit."""
