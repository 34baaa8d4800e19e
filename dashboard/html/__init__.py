"""HTML as strings: markup, tables, cards, strip plots. No Streamlit."""
