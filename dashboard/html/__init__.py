"""HTML as `markupsafe.Markup`: elements, the table builder, cells, cards, strip plots. No Streamlit."""
