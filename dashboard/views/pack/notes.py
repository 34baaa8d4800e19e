"""The notes of a province: what it writes of a component, as the report prints it, and what it wrote before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from dashboard.documents.content.specification import Specification
from dashboard.html import cards
from dashboard.session.context import Context, context
from dashboard.views.pack import build, draft, notes_html, order
from dashboard.views.pack.draft import Draft, Place
from dashboard.views.pack.parameters import PackParameters
from dashboard.widgets.filter_bar import Filter, filter_bar
from data.definition import OVERALL, Index
from data.notes import Version, Words, by_index

# The list that brings back what was saved before.
_VERSION = "note_version"
_LONG, _SHORT = ("cause", "remedy"), ("responsible", "deadline")
_HEIGHT = 150


@st.fragment
def draw() -> None:
    """The notes of what is ordered; reads the address itself, since only this part is drawn again."""
    at = context()
    ordered = order.read(at)
    asked = ordered.specification
    if asked is None:
        return
    if build.outdated(at, ordered):
        st.rerun()
    index = _index(at, asked)
    place = Place(asked.province, index.code, asked.year, _component(index, asked.year))
    saved = at.resources.ask_written(by_index, at.resources.frames, (index.code,), asked.province, asked.year)[
        index.code
    ]
    past = draft.past(at, place)
    now, kept = draft.standing(past), draft.draft(place, past)
    st.html(_heading(at, asked, saved))
    if not at.person.may("write", place.unit):
        _read_only(at, index, place, past)
        return
    _filters(at, asked, index, place, saved)
    with st.container(key="pack-note"):
        left, right = st.columns([6, 5], gap="large")
        with left:
            _fields(at, place, kept)
            _save(at, place, kept, now)
        with right:
            words = draft.trimmed(kept.words)
            name = index.component(place.component).name.in_(at.lang)
            st.html(notes_html.printed(name, words, at.lang))
            _before(at, place)
    drafts = draft.unsaved(asked.province, index.code, asked.year, saved)
    st.html(notes_html.all_of(index, asked.year, saved, drafts, _link(at, index), at.lang))


def _index(at: Context, asked: Specification) -> Index:
    named = PackParameters.read().note_of
    return at.resources.frames.index(named if named in asked.indices else asked.indices[0])


def _component(index: Index, year: int) -> str:
    """The component that the address names, else the first; the total where there are none."""
    codes = [item.code for item in index.components_of(year)]
    named = PackParameters.read().note
    return named if named in (OVERALL, *codes) else next(iter(codes), OVERALL)


def _heading(at: Context, asked: Specification, saved: Mapping[str, Words]) -> Markup:
    name = at.resources.names.name(asked.province).in_(at.lang)
    count = at.say("packing.note.count" if saved else "packing.note.none", count=len(saved))
    title = at.say("packing.note.title", name=name)
    return notes_html.section(title, f"{at.say('packing.note.below')} {count}", at.lang)


def _filters(at: Context, asked: Specification, index: Index, place: Place, saved: Mapping[str, Words]) -> None:
    components = (index.component(OVERALL), *index.components_of(place.year))
    options = [(item.code, f"{item.name.in_(at.lang)}{' ✓' if item.code in saved else ''}") for item in components]
    shown = [Filter("note", at.say("packing.note.component"), options, place.component, width=320)]
    if len(asked.indices) > 1:
        indices = [(code, at.resources.frames.index(code).name.in_(at.lang)) for code in asked.indices]
        shown.insert(0, Filter("note_of", at.say("packing.note.of"), indices, index.code, "buttons"))
    past = draft.past(at, place)
    if len(past) > 1:
        told = [(str(item.number), notes_html.when(item.written_at, at.lang)) for item in past]
        none = at.say("packing.note.restore_none")
        shown.append(Filter(_VERSION, at.say("packing.note.restore"), told, None, none=none, width=224))
    filter_bar("filters-note", shown, at.lang, partial(_chosen, at, place), leads=False)


def _chosen(at: Context, place: Place, name: str, value: str | None) -> None:
    if name == _VERSION:
        past = draft.past(at, place)
        found = next((item for item in past if str(item.number) == value), None)
        if found is not None:
            draft.fill(place, found.words)
        return
    if name == "note_of":
        PackParameters.write(note_of=value, note=None)
    else:
        PackParameters.write(note=value)


def _fields(at: Context, place: Place, kept: Draft) -> None:
    """Two texts and two lines; what stands in them is the browser's as long as somebody types."""
    for name in _LONG:
        _filled(at, place, kept, name)
        st.text_area(
            at.say(f"packing.note.{name}"),
            key=draft.field_key(place, kept, name),
            height=_HEIGHT,
            placeholder=at.say(f"packing.note.{name}_hint"),
            on_change=draft.typed,
            args=(place, name),
        )
    with st.container(horizontal=True, key="pack-note-lines"):
        for name in _SHORT:
            _filled(at, place, kept, name)
            st.text_input(
                at.say(f"packing.note.{name}"),
                key=draft.field_key(place, kept, name),
                placeholder=at.say(f"packing.note.{name}_hint"),
                on_change=draft.typed,
                args=(place, name),
            )


def _filled(at: Context, place: Place, kept: Draft, name: str) -> None:
    """Put the draft into a field that is not there yet; never into one that somebody may be typing in."""
    key = draft.field_key(place, kept, name)
    if key not in st.session_state:
        st.session_state[key] = getattr(kept.words, name)


def _save(at: Context, place: Place, kept: Draft, now: Words) -> None:
    past = draft.past(at, place)
    overtaken = kept.overtaken(now) and bool(past)
    over = past[0].number if overtaken else None
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="pack-note-save"):
        st.button(
            at.say("packing.note.save_over" if overtaken else "packing.note.save"),
            type="primary",
            # Another button: a click on the one before, still on its way, must not save over what came since.
            key="note-save" if over is None else f"note-save-over-{over}",
            on_click=draft.save,
            args=(at, place, over),
        )
        # Always there: what comes and goes would move what is read beside it.
        st.button(
            at.say("packing.note.discard"),
            key="note-discard",
            on_click=draft.fill,
            args=(place, now),
            disabled=not kept.unsaved(now),
        )
        st.html(notes_html.state(_state(at, place, kept, now), at.lang), width="stretch")
    if overtaken:
        st.html(notes_html.theirs(past[0], at.lang))
    wrong = draft.wrong()
    if wrong is not None:
        st.html(cards.notices([wrong.in_(at.lang)], at.lang))


def _read_only(at: Context, index: Index, place: Place, past: list[Version]) -> None:
    """What stands, and why nothing can be written here."""
    st.html(cards.notices([at.person.refusal().in_(at.lang)], at.lang))
    name = index.component(place.component).name.in_(at.lang)
    st.html(notes_html.printed(name, draft.standing(past), at.lang))
    _before(at, place)


def _state(at: Context, place: Place, kept: Draft, now: Words) -> str:
    """Whether what is in the fields is what the report will print."""
    if kept.overtaken(now):
        return at.say("packing.note.overtaken")
    if kept.unsaved(now):
        return at.say("packing.note.unsaved")
    if draft.same():
        return at.say("packing.note.same")
    past = draft.past(at, place)
    if not past:
        return at.say("packing.note.nothing")
    key = "stands" if now else "taken_back"
    when = notes_html.when(past[0].written_at, at.lang)
    return at.say(f"packing.note.{key}", author=past[0].author, when=when)


def _before(at: Context, place: Place) -> None:
    """What was saved of the component, version by version."""
    past = draft.past(at, place)
    if past:
        st.html(notes_html.history(past, at.lang))


def _link(at: Context, index: Index) -> str:
    """The address of this page without the component, which is put behind it."""
    asked = replace(PackParameters.read(), note=None, note_of=index.code)
    return notes_html.address(at.selection.params() | asked.link(), "note")
