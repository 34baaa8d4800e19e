"""What Streamlit draws: filter bar, sliders, chart card, poll."""
