"""A row of filters as one component of the page: lists, buttons, check marks, a list with search.

Streamlit's own select boxes are in English, find no name typed without accents, and cost as much as a small table
each. This component (`static/filter_bar.js`) uses the browser's controls. It also does what only a script in the
browser can: links inside the app change the page without reloading it, and cookies are written that remember the
reader.
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

# Keys of the session state: the link to another page just followed, and the names of the lists already sent.
_FOLLOWED, _LISTS = "followed", "lists"

_mounted = st.components.v2.component(
    "vuotbac.filter_bar", html='<div class="vb-filters"></div>', js=script("filter_bar"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the row.

    name, label: What its choices are reported under, and the label that readers see.
    options: Pairs (value, label); of a `search` triples, whose third item is the name's spellings without accents.
    value: The value chosen; of `marks` all values marked, separated by commas.
    kind: A `list`, `buttons`, a list with `search`, check `marks`, or a button to `copy` the page's address.
    none: The label of no choice; None where one value is always chosen. Of `copy`, what the button says after a
        click; its options are the parameters added to the address.
    width: In pixels.
    quiet: Whether its label is for screen readers only.
    sets: Of `marks`: pairs (label, values) that one click marks together.
    least: Of `marks`: how many must stay marked.
    without: Values of a shared list that are not offered.
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
    """Draw the filters in a row; `chosen(name, value)` is called with each choice, before the next run.

    The bar that `leads` also handles the links of the page and writes the cookies; a bar inside a fragment must
    not lead, since a link would then redraw only that fragment. `lists` are long lists sent along, to which the
    filters of later bars refer by name, so that each is sent once.
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
        # In a list: of a mapping Streamlit would check each value for a data frame, and import pandas for that.
        data=[data],
        width=width,
        on_chosen_change=on_chosen,
        on_followed_change=lambda: _follow(key),
    )


def followed() -> tuple[str, Mapping[str, str]] | None:
    """The page and the address parameters of the link that was followed last; None from the second call on."""
    found: tuple[str, Mapping[str, str]] | None = st.session_state.pop(_FOLLOWED, None)
    return found


def _message(item: Filter, known: set[str]) -> dict[str, Any]:
    """The filter as it is sent to the browser, without fields that have their default."""
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
