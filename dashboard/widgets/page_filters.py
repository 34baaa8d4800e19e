"""Filters for a page's own parameters: they show the values and write choices to the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.session.context import Context
from dashboard.session.parameters import Parameters
from dashboard.widgets.filter_bar import Filter, filter_bar
from dashboard.widgets.filters import Own

_SEARCHED = "q"


def one_of(
    at: Context,
    asked: Parameters,
    name: str,
    options: Sequence[str],
    label: str,
    text: Callable[[str], str],
) -> str:
    """A row of buttons for the parameter `name`, alone; returns the value chosen, by default the first option.

    `options` are values, `text` gives the label of each, `label` that of the row.
    """
    own = buttons(asked, name, options, label, text)
    filter_bar(f"filters-{own.filter.name}", [own.filter], at.lang, lambda _, value: own.write(value))
    return str(own.filter.value)


def buttons(asked: Parameters, name: str, options: Sequence[str], label: str, text: Callable[[str], str]) -> Own:
    """The same as a filter for `filters.show`, to stand beside others."""
    value, parameter = getattr(asked, name), asked.parameter(name)
    value = value if value in options else options[0]

    def write(chosen: str | None) -> None:
        asked.choose(parameter, None if chosen == options[0] else chosen)

    return Own(Filter(parameter, label, [(item, text(item)) for item in options], value, "buttons"), write)


def number(asked: Parameters, name: str, options: Sequence[int], default: int, label: str) -> Own:
    """A list of numbers, such as years, for `filters.show`; `default` is the value of an address without it."""
    value, parameter = getattr(asked, name), asked.parameter(name)
    value = value if value in options else default
    shown = [(str(item), str(item)) for item in options]
    return Own(Filter(parameter, label, shown, str(value), width=140), partial(asked.choose, parameter))


def one_number(at: Context, asked: Parameters, name: str, options: Sequence[int], default: int, label: str) -> int:
    """The same list alone in its row; returns the number chosen."""
    own = number(asked, name, options, default, label)
    filter_bar(f"filters-{own.filter.name}", [own.filter], at.lang, lambda _, value: own.write(value))
    return int(str(own.filter.value))


def several(
    asked: Parameters, name: str, options: Sequence[str], chosen: Sequence[str], label: str, hint: str, most: int,
    text: Callable[[str], str],
) -> list[str]:  # fmt: skip
    """A list to choose up to `most` values from, of which `chosen` are marked; returns the values.

    Choosing none is written to the address too, as it differs from not having chosen. `hint` is the placeholder.
    """

    def write() -> None:
        asked.write(**{name: tuple(st.session_state[name])})

    st.session_state[name] = list(chosen)
    st.multiselect(
        label,
        options,
        key=name,
        format_func=text,
        max_selections=most,
        placeholder=hint,
        on_change=write,
        width=420,
    )
    return list(st.session_state[name])


def search(at: Context, asked: Parameters, label: str = "control.search", width: int = 180) -> str:
    """A field for a part of a name, which filters a list as the reader types; returns the text.

    It is kept as the parameter `q`. `label` is the key of the label's text, `width` is in pixels.
    """

    def write() -> None:
        asked.write(**{_SEARCHED: str(st.session_state[_SEARCHED] or "")})

    st.session_state[_SEARCHED] = getattr(asked, _SEARCHED)
    st.text_input(
        at.say(label),
        key=_SEARCHED,
        type="search",
        live=True,
        placeholder=at.say("control.search_hint"),
        on_change=write,
        width=width,
    )
    return str(st.session_state[_SEARCHED] or "")
