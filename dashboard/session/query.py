"""The parameters of the page's address as they stand; the only module that touches Streamlit's `query_params`."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def current() -> dict[str, str]:
    """The parameters of the address."""
    return st.query_params.to_dict()


def replace(params: Mapping[str, str]) -> None:
    """Let the address have these parameters and no others."""
    if dict(params) != current():
        st.query_params.from_dict(params)


def update(params: Mapping[str, str | None]) -> None:
    """Change some parameters of the address; None takes one out."""
    kept = {name: value for name, value in current().items() if params.get(name, value) is not None}
    replace(kept | {name: value for name, value in params.items() if value is not None})
