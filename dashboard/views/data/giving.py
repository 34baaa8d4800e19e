"""The widgets that a table is given with: a file, a table pasted with its merged headings, or pasted text."""

from __future__ import annotations

import streamlit as st

from dashboard.html import cards, markup
from dashboard.session import query
from dashboard.session.context import Context, context
from dashboard.views.data import files, rounds
from dashboard.views.data.parameters import DataParameters
from dashboard.views.data.rounds import Round
from dashboard.widgets import filters
from dashboard.widgets.pasting import pasting
from data.intake.opening import ENDINGS

_KINDS = sorted(kind.removeprefix(".") for kind in ENDINGS)


def given(at: Context) -> Round | None:
    """Draw the widgets; gives the table in them. Raises Problem where it can't be read."""
    place = rounds.place()
    found = in_widgets(at)
    with st.container(horizontal=True, vertical_alignment="bottom", key="import-filters"):
        if found is None and rounds.current() is None:  # a table's own index and year are chosen with it
            filters.show(at, "index")
            _year(at)
        else:
            filters.show(at)
    st.html(cards.source(at.say("data.import.how", word=at.index.component_word.in_(at.lang)), at.lang))
    _words(at)
    upload, paste = st.columns(2)
    with upload:
        st.file_uploader(at.say("data.import.file"), type=_KINDS, key=f"file-{place}")
        _template(at, rounds.asked_year(at))
    with paste:
        _paste(at, place)
    if found is not None and st.session_state[f"file-{place}"] and _pasted(place):
        st.html(cards.notices([at.say("data.import.both")], at.lang))
    if found is None:
        under_way = rounds.current()
        if under_way is not None and not under_way.given.startswith("kept:"):
            rounds.let_go()
        return rounds.current()
    key, name, content = found
    return rounds.begun(at, key, name, lambda: content)


def in_widgets(at: Context) -> tuple[str, str, bytes] | None:
    """What is in the widgets: what names it, the file's name and its bytes; the file goes before the paste."""
    place = rounds.place()
    uploaded = st.session_state.get(f"file-{place}")
    if uploaded is not None:
        return f"file:{uploaded.file_id}", uploaded.name, uploaded.getvalue()
    html = st.session_state.get(f"html-{place}")
    if html:
        return f"html:{hash(html)}", at.say("importing.pasted_html"), html.encode()
    text = str(st.session_state.get(f"paste-{place}") or "")
    return (f"text:{text}", at.say("data.import.pasted"), text.encode()) if text.strip() else None


def _pasted(place: int) -> bool:
    return bool(st.session_state.get(f"paste-{place}") or st.session_state.get(f"html-{place}"))


def _paste(at: Context, place: int) -> None:
    """The text area; a table from the clipboard that comes with its HTML is kept beside it."""
    st.text_area(
        at.say("data.import.paste"),
        key=f"paste-{place}",
        height=150,
        placeholder=at.say("data.import.paste_hint"),
    )
    pasting(f"pasting-{place}", f"paste-{place}", lambda html: _keep(place, html))
    with st.container(horizontal=True, vertical_alignment="center", key="paste-kept"):
        if st.session_state.get(f"html-{place}"):
            st.html(cards.source(at.say("importing.html_kept"), at.lang))
            st.button(at.say("importing.html_away"), key=f"away-{place}", on_click=_keep, args=(place, ""))
        else:
            # Leaving the field is enough; the button is for those who look for one.
            st.button(at.say("data.import.look"), key=f"look-{place}")


def _keep(place: int, html: str) -> None:
    st.session_state[f"html-{place}"] = html


def _year(at: Context) -> None:
    """The list of years that the table may be of: editions that are known, and later ones up to this year."""
    st.session_state["into"] = rounds.asked_year(at)
    st.selectbox(at.say("data.import.year"), rounds.years(at.index), key="into", on_change=_moved, width=140)


def _moved() -> None:
    """Write the year to the address: of a known edition for all pages, of a later one for this page alone."""
    chosen = st.session_state["into"]
    at = context()
    if chosen in at.index.years:
        query.update({"into": None, "index": at.index.code, "year": str(chosen)})
    else:
        DataParameters.write(into=chosen)


def _words(at: Context) -> None:
    """Give `style.css` the words of Streamlit's widgets in the page's language: Streamlit has English ones."""
    limit = st.get_option("server.maxUploadSize")
    words = {
        "limit": at.say("data.import.drop_limit", limit=limit),
        "browse": at.say("data.import.browse"),
        "apply": at.say("data.import.apply"),
    }
    declared = "".join(f"--vb-{name}: '{text}';" for name, text in words.items())
    st.html(markup.style(f":root {{ {declared} }}"))


def _template(at: Context, year: int) -> None:
    index, frames, names, lang = at.index, at.resources.frames, at.resources.names, at.lang
    edition = f"{index.name.in_(lang)} {year}"
    st.download_button(
        at.say("data.import.template", edition=edition),
        data=lambda: files.template(index, year, frames, names, lang),
        file_name=f"{index.code}-{year}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
