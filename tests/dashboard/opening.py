"""Opening a page of the dashboard without a browser."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def opened(page: str, **params: str) -> AppTest:
    """A page by its address, with what its address says."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    # `switch_page` knows files only; a page that is a function goes by the hash of its address.
    app._page_hash = calc_hash(page)
    app.query_params.update(params)
    return app.run()


def body(app: AppTest) -> str:
    """Everything that a page wrote as HTML."""
    assert not app.exception
    return "\n".join(str(item.proto.body) for item in app.get("html"))
