"""What a reader chooses from, as one element of the page: lists, buttons, marks, a list searched without accents.

Streamlit's own lists know no accents and speak English; each of them costs as much as a small table. This one
uses the browser's, and takes along what else only the browser can do: links inside the app change the page
without loading it again, and the browser keeps a visit's cookies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl

import streamlit as st

from dashboard.session.cookies import cookies
from dashboard.text import say
from data.text import Language

_FOLDER = Path(__file__).parent
_FOLLOWED = "followed"

_mounted = st.components.v2.component(
    "vuotbac.choices",
    html='<div class="vb-choices"></div>',
    css=(_FOLDER / "choices.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "choices.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One choice. `options` are (value, name), of a `search` with folded spellings after them.

    `none` is what stands there when nothing is chosen, and None where something always is; `width` in pixels.
    The value of `many` are the values chosen, comma between them, at `least` so many; `sets` are (name, value) of
    some that are taken together. A `copy` takes the page's address along, and `none` says that it did; its options
    are what the address means where it doesn't say.
    """

    name: str
    label: str
    options: Sequence[tuple[str, ...]]
    value: str | None
    kind: Literal["list", "buttons", "search", "many", "copy"] = "list"
    none: str | None = None
    width: int | None = None
    quiet: bool = False
    sets: Sequence[tuple[str, str]] = ()
    least: int = 0


def choose(
    key: str,
    fields: Sequence[Field],
    lang: Language,
    chosen: Callable[[str, str | None], None],
    width: Literal["stretch", "content"] = "content",
    leads: bool = True,
) -> None:
    """Show the fields in a row; `chosen(name, value)` is told what the reader picks, before the next rerun.

    What lies in a fragment of its own does not lead: a link would draw no more than that.
    """

    def on_chosen() -> None:
        for told in st.session_state[key]["chosen"] or ():
            chosen(told["field"], told["value"])

    words = {"clear": say(lang, "control.clear"), "nothing": say(lang, "control.nothing")}
    data: dict[str, Any] = {"lang": lang, "leads": leads, "fields": [asdict(field) | words for field in fields]}
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
    """The other page and the address of it that a link inside the app leads to, once."""
    found: tuple[str, Mapping[str, str]] | None = st.session_state.pop(_FOLLOWED, None)
    return found


def _follow(key: str) -> None:
    link = st.session_state[key]["followed"]
    if not link:
        return
    address = dict(parse_qsl(link["query"]))
    if link["page"]:
        st.session_state[_FOLLOWED] = (link["page"], address)
    else:
        st.query_params.from_dict(address)
