"""A row of filters as one element of the page: lists, buttons, check marks, a list searched without accents.

Streamlit's own lists know no accents and speak English; each of them costs as much as a small table. This one uses
the browser's, and does what else only the browser can do: links inside the app change the page without loading it
again, and the browser keeps the cookies that remember a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal
from urllib.parse import parse_qsl

import streamlit as st

from dashboard.session import query
from dashboard.session.options import Options
from dashboard.session.returning_visitor import cookies
from dashboard.text import say
from dashboard.widgets.script import script
from data.text import Language

# What the session keeps: a link to another page that was followed, and the lists that its browser knows by name.
_FOLLOWED, _LISTS = "followed", "lists"

_mounted = st.components.v2.component(
    "vuotbac.filter_bar", html='<div class="vb-filters"></div>', js=script("filter_bar"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to choose.

    `options` are (value, label), of a `search` with folded spellings behind; `without` are values not to offer.
    `none` is what stands there when nothing is chosen, and None where something always is; `width` in pixels.
    The value of `marks` are the values marked, separated by commas, at least `least` of them; `sets` are (label,
    values) that one click marks together. A `copy` is a button that copies the page's address: `none` is what it
    says then, and its options are parameters that the address is completed with.
    """

    name: str
    label: str
    options: Sequence[tuple[str, ...]] | Options
    value: str | None
    kind: Literal["list", "buttons", "search", "marks", "copy"] = "list"
    none: str | None = None
    width: int | None = None
    quiet: bool = False
    sets: Sequence[tuple[str, str]] = ()
    least: int = 0
    without: Sequence[str] = ()


def filter_bar(
    key: str,
    filters: Sequence[Filter],
    lang: Language,
    chosen: Callable[[str, str | None], None],
    width: Literal["stretch", "content"] = "content",
    leads: bool = True,
    lists: Iterable[Options] = (),
) -> None:
    """Show the filters in a row; `chosen(name, value)` is called with each choice, before the next run.

    The bar that `leads` handles the links of the page and keeps the cookies; one inside a fragment must not, since
    a link would then draw no more than that fragment. `lists` are options that the filters of later bars refer to
    by name, so that they are sent once.
    """

    def on_chosen() -> None:
        for made in st.session_state[key]["chosen"] or ():
            chosen(made["filter"], made["value"])

    known: set[str] = st.session_state.setdefault(_LISTS, set())
    brought = {item.name: item.rows for item in lists}
    known.update(brought)
    data: dict[str, Any] = {
        "lang": lang,
        "leads": leads,
        "clear": say(lang, "control.clear"),
        "nothing": say(lang, "control.nothing"),
        "filters": [_message(item, known) for item in filters],
    }
    if brought:
        data["lists"] = brought
    if leads:
        data["cookies"] = cookies()
    _mounted(
        key=key,
        # In a list: Streamlit looks for frames in a mapping, and imports pandas to do so.
        data=[data],
        width=width,
        on_chosen_change=on_chosen,
        on_followed_change=lambda: _follow(key),
    )


def followed() -> tuple[str, Mapping[str, str]] | None:
    """The other page that a link led to, and the parameters of its address; once."""
    found: tuple[str, Mapping[str, str]] | None = st.session_state.pop(_FOLLOWED, None)
    return found


def _message(item: Filter, known: set[str]) -> dict[str, Any]:
    """A filter as the browser is told of it, without what is as usual."""
    told = {field.name: getattr(item, field.name) for field in fields(item) if field.name in _ALWAYS}
    told |= {name: value for name, usual in _USUAL.items() if (value := getattr(item, name)) != usual}
    options = item.options
    if not isinstance(options, Options):
        return told | {"options": options}
    return told | ({"list": options.name} if options.name in known else {"options": options.rows})


_ALWAYS = ("name", "label", "value")
_USUAL = {field.name: field.default for field in fields(Filter) if field.name not in (*_ALWAYS, "options")}


def _follow(key: str) -> None:
    link = st.session_state[key]["followed"]
    if not link:
        return
    params = dict(parse_qsl(link["query"]))
    if link["page"]:
        st.session_state[_FOLLOWED] = (link["page"], params)
    else:
        query.replace(params)
