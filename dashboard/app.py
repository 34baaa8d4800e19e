"""The entry of the dashboard, for `vuotbac serve` and for `streamlit run dashboard/app.py` alike."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Streamlit puts this folder first on the path: `import html`, in whatever library, would find ours. It goes last.
sys.path.sort(key=lambda folder: folder == str(Path(__file__).parent))

import streamlit as st

from dashboard.html import cards
from dashboard.html.markup import script, style, tag
from dashboard.session import returning_visitor
from dashboard.session.context import Context, context
from dashboard.session.person import sign_in_is_set_up
from dashboard.text import say
from dashboard.widgets import filters, provinces_only
from dashboard.widgets.filter_bar import followed
from dashboard.widgets.unforeseen import explained
from data.text import Problem, language

FOLDER = Path(__file__).parent
_BY_NAME = "pages"

_WORDS = ("typed", "nothing", "theme_system", "theme_light", "theme_dark", "print")

PAGES = (
    "overview",
    "rankings",
    "trends",
    "weaknesses",
    "target",
    "change",
    "drivers",
    "pack",
    "data",
    "method",
)


def main() -> None:
    """Head, then the page that the address names; where something goes wrong, a sentence of ours."""
    st.set_page_config(page_icon=FOLDER / "static" / "mark.svg", layout="wide")
    with _said():
        _draw()


@contextmanager
def _said() -> Iterator[None]:
    """Whatever goes wrong inside is said where it went wrong, and the rest of the page stays."""
    try:
        yield
    except Exception as error:
        explained(error)


def _draw() -> None:
    returning_visitor.resume()
    at = context()
    pages = {name: st.Page(_body(name), title=at.say(f"page.{name}"), url_path=name) for name in PAGES}
    # The default page has the address `/`; every page also has one of its own that can be told others.
    title = at.say(f"page.{PAGES[0]}")
    first = st.Page(_body(PAGES[0]), title=title, url_path="home", default=True, visibility="hidden")
    known = [first, *pages.values()]
    if named := _unknown():
        # Else Streamlit opens the first page under a dialog of its own, in English.
        nothing = at.say("product.no_page")
        known.append(st.Page(_no_page(named), title=nothing, url_path=named, visibility="hidden"))
    chosen = st.navigation(known, position="top")
    _head(at, chosen.url_path or PAGES[0])
    st.session_state[_BY_NAME] = pages
    chosen.run()


def _body(name: str) -> Callable[[], None]:
    """A page as a part of its own: what is chosen on it leaves the head and the navigation alone."""

    def body() -> None:
        link = followed()
        pages = st.session_state[_BY_NAME]
        if link and link[0] in pages:
            st.switch_page(pages[link[0]], query_params=link[1])
        with _said():
            # First, for a reader may go on before the page is drawn to its end.
            returning_visitor.keep(context())
            # Imported when it is opened: nobody waits for the other pages' libraries.
            if not provinces_only.said(context(), name):
                import_module(f"dashboard.views.{name}.page").page()

    body.__qualname__ = body.__name__ = name
    return st.fragment(body)


def _unknown() -> str:
    """What the address names as a page where there is none of that name; nothing where there is."""
    name = unquote(urlsplit(st.context.url or "").path).strip("/").rpartition("/")[2]
    return "" if name in ("home", *PAGES) or not re.fullmatch(r"[\w.-]{1,60}", name) else name


def _no_page(named: str) -> Callable[[], None]:
    """A page that says that there is none."""

    def body() -> None:
        at = context()
        returning_visitor.keep(at)
        st.html(cards.heading(at.say("product.no_page"), at.say("product.no_page_below", page=named), at.lang))

    body.__qualname__ = body.__name__ = "no_page"
    return body


def _head(at: Context, page: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"):
        name, tagline = tag("b", at.say("product.name")), tag("span", at.say("product.tagline"))
        # Who is signed in stands in its place: all of it would take a second line.
        said = (name,) if sign_in_is_set_up() and st.user.is_logged_in else (name, tagline)
        st.html(tag("p.vb-product", *said, lang=at.lang), width="content")
        _account(at)
        filters.head(at)
    # Streamlit has these words of its own lists and of its menu in English only.
    words = "".join(f"--vb-{word}: '{at.say(f'control.{word}')}';" for word in _WORDS)
    st.html(style(f"{_looks(page)}:root {{ {words} }}"))
    # The frame says it is English: browsers would offer to translate, and screen readers mispronounce.
    st.html(script(f"document.documentElement.lang = '{at.lang}'"), unsafe_allow_javascript=True)


def _account(at: Context) -> None:
    """Signing in and out, where the server has it: who is signed in stands on the button."""
    if not sign_in_is_set_up():
        return
    if st.user.is_logged_in:
        label = at.say("product.sign_out", name=at.person.name)
        st.button(label, key="sign-out", type="tertiary", on_click=st.logout)
    else:
        st.button(at.say("product.sign_in"), key="sign-in", type="tertiary", on_click=st.login)


@cache
def _looks(page: str) -> str:
    """What all pages share and what is this one's own: here, for it stays when the page's body is drawn anew."""
    shared = [FOLDER / "styles" / f"{name}.css" for name in ("fonts", "page", "filter_bar", "sliders")]
    files = (*shared, FOLDER / "views" / page / "style.css")
    return "".join(file.read_text(encoding="utf-8") for file in files if file.exists())


def _served(pages: Any) -> Any:
    """What `streamlit run` serves: these pages behind the same door as `vuotbac serve`."""
    from dashboard.server.door import behind_door
    from dashboard.session.person import bound_to, check_sign_in, shown_only

    try:
        check_sign_in()
    except Problem as problem:
        sys.stderr.write(f"{problem.text.in_(language())}\n")
        raise SystemExit(2) from problem
    if why := shown_only():
        sys.stdout.write(f"  {say(language(), f'command.say.shows_{why}')}\n\n")
    return behind_door(pages, bound_to())


if __name__ == "__main__":
    main()
else:
    # `streamlit run` looks for an application by its class before it imports this file and serves what it is then.
    from dashboard.server.serve import sweeping

    app: Any = st.App(__file__, lifespan=sweeping, on_script_error=explained)
    app = _served(app)
