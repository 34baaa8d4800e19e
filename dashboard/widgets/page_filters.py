"""Choices that belong to one page: shown as they stand in the address, written there when a reader chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.session.context import Context, context
from dashboard.widgets.choices import Field, choose
from dashboard.widgets.filter_bar import Own


def one_of(at: Context, key: str, options: Sequence[str], label: str, name: Callable[[str], str]) -> str:
    """A row of buttons; the first option is what an address means that says none of them."""
    own = buttons(at, key, options, label, name)
    choose(f"choices-{key}", [own.field], at.lang, lambda _, value: own.written(value))
    return str(own.field.value)


def buttons(at: Context, key: str, options: Sequence[str], label: str, name: Callable[[str], str]) -> Own:
    """The same to stand beside other choices; its value is what is chosen."""
    written = st.query_params.get(key, "")
    value = written if written in options else options[0]
    field = Field(key, label, [(option, name(option)) for option in options], value, kind="buttons")
    return Own(field, partial(_written, options[0], key))


def year(at: Context, key: str, options: Sequence[int], default: int, label: str) -> int:
    """Another edition, or another number; `default` is what an address without one means."""
    own = years(at, key, options, default, label)
    choose(f"choices-{key}", [own.field], at.lang, lambda _, value: own.written(value))
    return int(str(own.field.value))


def years(at: Context, key: str, options: Sequence[int], default: int, label: str) -> Own:
    """The same to stand beside other choices; its value is what is chosen."""
    written = st.query_params.get(key, "")
    value = int(written) if written.isascii() and written.isdigit() else default
    value = value if value in options else default
    field = Field(key, label, [(str(option), str(option)) for option in options], str(value), width=140)
    return Own(field, partial(_written, None, key))


def several(
    at: Context, key: str, options: Sequence[str], chosen: Sequence[str], label: str, hint: str, most: int,
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
        args=(key, None),
        width=420,
    )
    return list(st.session_state[key])


def _chosen(key: str, default: str | None) -> None:
    value = st.session_state[key]
    _written(default, key, ",".join(value) if isinstance(value, list) else str(value))


def _written(default: str | None, key: str, value: str | None) -> None:
    """Write a choice to the address as it is now, or nothing where it is what an address without it means."""
    if value is None or value == default:
        st.query_params.pop(key, None)
        return
    at = context()
    # The edition too, so that the link goes on meaning what is seen now when a newer one comes.
    st.query_params.update(
        {"index": at.selection.index, "year": str(at.selection.year), "lang": at.lang, key: value}
    )
