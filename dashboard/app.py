"""The entry of the dashboard, for `vuotbac serve` and for `streamlit run dashboard/app.py` alike."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import controls, visit
from dashboard.controls import Here
from dashboard.views import data, overview, rankings, trends

FOLDER = Path(__file__).parent


def main() -> None:
    """Head, then the page that the address names."""
    st.set_page_config(page_icon=FOLDER / "static" / "mark.svg", layout="wide")
    visit.resume()
    at = controls.here()
    title = at.say("page.overview")
    chosen = st.navigation(
        [
            # The default page has the address `/`; every page also has one of its own that can be told others.
            st.Page(overview.page, title=title, url_path="home", default=True, visibility="hidden"),
            st.Page(overview.page, title=title, url_path="overview"),
            st.Page(rankings.page, title=at.say("page.rankings"), url_path="rankings"),
            st.Page(trends.page, title=at.say("page.trends"), url_path="trends"),
            st.Page(data.page, title=at.say("page.data"), url_path="data"),
        ],
        position="top",
    )
    _head(at)
    visit.keep(at)
    chosen.run()


def _head(at: Here) -> None:
    st.html(FOLDER / "page.css")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"):
        st.html(
            f'<p class="vb-product" lang="{at.lang}"><b>{at.say("product.name")}</b>'
            f"<span>{at.say('product.tagline')}</span></p>",
            width="content",
        )
        controls.language(at)
    # Streamlit has these words of its own lists in English only.
    words = f"--vb-typed: '{at.say('control.typed')}'; --vb-none: '{at.say('control.nothing')}';"
    st.html(f"<style>:root {{ {words} }}</style>")
    # The frame says it is English: browsers would offer to translate, and screen readers mispronounce.
    st.html(f"<script>document.documentElement.lang = '{at.lang}'</script>", unsafe_allow_javascript=True)


main()
