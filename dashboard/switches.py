"""Choices that belong to one page: shown as they stand in the address, written there when a reader chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.controls import Here


def one_of(at: Here, key: str, options: Sequence[str], label: str, name: Callable[[str], str]) -> str:
    """A row of buttons; the first option is what an address means that says none of them."""
    written = st.query_params.get(key, "")
    st.session_state[key] = written if written in options else options[0]
    st.segmented_control(
        label, options, key=key, format_func=name, required=True, on_change=_chosen, args=(at, key, options[0])
    )
    return str(st.session_state[key])


def year(at: Here, key: str, options: Sequence[int], default: int, label: str) -> int:
    """Another edition; `default` is what an address without one means."""
    written = st.query_params.get(key, "")
    value = int(written) if written.isascii() and written.isdigit() else default
    st.session_state[key] = value if value in options else default
    st.selectbox(label, options, key=key, on_change=_chosen, args=(at, key, None), width=140)
    return int(st.session_state[key])


def several(
    at: Here, key: str, options: Sequence[str], chosen: Sequence[str], label: str, hint: str, most: int,
    name: Callable[[str], str],
) -> list[str]:  # fmt: skip
    """Up to `most` of many, `chosen` as the page has read them from the address; an empty list is written too."""
    st.session_state[key] = list(chosen)
    st.multiselect(
        label,
        options,
        key=key,
        format_func=name,
        max_selections=most,
        placeholder=hint,
        on_change=_chosen,
        args=(at, key, None),
        width=420,
    )
    return list(st.session_state[key])


def _chosen(at: Here, key: str, default: str | None) -> None:
    value = st.session_state[key]
    written = ",".join(value) if isinstance(value, list) else str(value)
    if written == default:
        st.query_params.pop(key, None)
        return
    # The edition too, so that the link goes on meaning what is seen now when a newer one comes.
    st.query_params.update(
        {"index": at.selection.index, "year": str(at.selection.year), "lang": at.lang, key: written}
    )
