"""A chart on a page: its finding above it, whose figures they are below, and a menu to take it away."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.charts.figure import Figure, as_csv, as_png, themed
from dashboard.charts.theme import Mode
from dashboard.controls import Here


def mode() -> Mode:
    """Whether the reader looks at a light or a dark page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def exhibit(figure: Figure, at: Here) -> None:
    """Draw a chart. Files are made on the click, not before."""
    with st.container(key=f"exhibit-{figure.name}"):
        st.html(
            f'<div class="vb-figure" lang="{at.lang}"><h2>{escape(figure.title)}</h2>'
            f"<p>{escape(figure.subtitle)}</p></div>"
        )
        st.vega_lite_chart(
            figure.rows,
            themed(figure.spec, at.lang, mode()),
            theme=None,
            width="stretch",
            key=f"chart-{figure.name}",
            alt=figure.alt,
        )
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(f'<p class="vb-source" lang="{at.lang}">{escape(figure.source)}</p>', width="content")
            _take_away(figure, at)


def _take_away(figure: Figure, at: Here) -> None:
    menu = st.popover(
        at.say("exhibit.take"), type="tertiary", icon=":material/download:", key=f"take-{figure.name}"
    )
    with menu:
        st.download_button(
            at.say("exhibit.png"),
            data=lambda: as_png(figure, at.lang),
            file_name=f"{figure.name}.png",
            mime="image/png",
            on_click="ignore",
            key=f"png-{figure.name}",
        )
        st.download_button(
            at.say("exhibit.csv"),
            data=lambda: as_csv(figure),
            file_name=f"{figure.name}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{figure.name}",
        )
