"""The entry of the dashboard, for `vuotbac serve` and for `streamlit run dashboard/app.py` alike."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import controls
from dashboard.controls import Here
from dashboard.views import rankings

FOLDER = Path(__file__).parent


def main() -> None:
    """Head, then the page that the address names."""
    st.set_page_config(page_icon=FOLDER / "static" / "mark.svg", layout="wide")
    at = controls.here()
    title = at.say("page.rankings")
    chosen = st.navigation(
        [
            # The default page has the address `/`; every page also has one of its own that can be told others.
            st.Page(rankings.page, title=title, url_path="home", default=True, visibility="hidden"),
            st.Page(rankings.page, title=title, url_path="rankings"),
        ],
        position="top",
    )
    _head(at)
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
