"""The widgets by which a reader chooses. Each shows what the address says and writes to the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import selection
from dashboard.resources import Resources, resources
from dashboard.selection import Field, Reading, Selection
from dashboard.text import LANGUAGES, say
from data.definition import OVERALL, Index
from data.names import UnitSet
from data.text import Language, Text


@dataclass(frozen=True, slots=True, eq=False)
class Here:
    """Where a rerun of a page stands: the data, what is chosen, and the words for it."""

    resources: Resources
    reading: Reading

    @property
    def selection(self) -> Selection:
        """What the reader has chosen."""
        return self.reading.selection

    @property
    def lang(self) -> Language:
        """The language chosen."""
        return self.selection.lang

    @property
    def index(self) -> Index:
        """The index chosen."""
        return self.resources.frames.index(self.selection.index)

    @property
    def unit_set(self) -> UnitSet:
        """Whether the edition chosen is one of the 63 or of the 34."""
        return self.index.edition(self.selection.year).unit_set

    def say(self, key: str, **values: object) -> str:
        """A text in the language chosen."""
        return say(self.lang, key, **values)

    def regions(self) -> dict[str, Text]:
        """The regions of the edition's units by code, in the official order."""
        rows = self.resources.frames.region.filter(unit_set=self.unit_set)
        return {code: Text(vi, en) for code, vi, en in rows.select("region", "name_vi", "name_en").iter_rows()}


def here() -> Here:
    """The data and the selection as the address says it now."""
    found = resources()
    params = st.query_params.to_dict()
    return Here(found, selection.read(params, found.frames, found.names, found.opening_year))


def language(at: Here) -> None:
    """The switch between the two languages."""
    st.session_state["lang"] = at.lang
    st.segmented_control(
        at.say("control.lang"),
        LANGUAGES,
        key="lang",
        required=True,
        format_func=lambda lang: say(lang, "control.language_name"),
        label_visibility="collapsed",
        on_change=_chosen,
        args=("lang", at),
    )


def edition(at: Here) -> None:
    """Which index, which edition and which component of it."""
    index(at)
    year(at)
    component(at)


def index(at: Here) -> None:
    """Which index."""
    indices = at.resources.frames.indices
    _select(at, "index", list(indices), lambda code: indices[code].name.in_(at.lang), 128)


def year(at: Here) -> None:
    """Which edition of it."""
    _select(at, "year", sorted(at.index.years, reverse=True), str, 100)


def component(at: Here) -> None:
    """Which component of the edition, or its total."""
    components = {item.code: item.name.in_(at.lang) for item in at.index.components_of(at.selection.year)}
    components = {OVERALL: at.index.component(OVERALL).short.in_(at.lang)} | components
    _select(at, "component", list(components), components.__getitem__, 240)


def province(at: Here) -> None:
    """Which province, of those of the edition, or any spelling of one; none is a choice too.

    Streamlit's list knows no accents, so what finds no name there may be handed over as it was typed
    (`nam dinh`, `BRVT`) and is looked up here.
    """
    units = at.resources.frames.unit.filter(unit_set=at.unit_set)
    name = {unit: at.resources.names.name(unit).in_(at.lang) for unit in units["unit"]}
    _select(at, "province", sorted(name, key=lambda unit: selection.order(name[unit])), name.__getitem__, 200)


def region(at: Here) -> None:
    """Which region to narrow the list to."""
    regions = at.regions()
    _select(at, "region", list(regions), lambda code: regions[code].in_(at.lang), 224)


def search(at: Here, label: str = "control.search", width: int = 180) -> str:
    """A part of a name to narrow the list to, kept in the address as the page's own choice."""
    st.session_state["q"] = st.query_params.get("q", "")
    st.text_input(
        at.say(label),
        key="q",
        type="search",
        live=True,
        placeholder=at.say("control.search_hint"),
        on_change=_searched,
        width=width,
    )
    return str(st.session_state["q"] or "")


def _select(at: Here, field: Field, options: Sequence[str | int], name: Callable[[str], str], width: int) -> None:
    optional = field in ("province", "region")
    value = getattr(at.selection, field)
    st.session_state[field] = value
    st.selectbox(
        at.say(f"control.{field}"),
        options,
        index=None if optional else 0,
        key=field,
        format_func=name,
        placeholder=at.say(f"control.{field}_none") if optional else None,
        accept_new_options=field == "province",
        on_change=_chosen,
        args=(field, at),
        width=width,
    )


def _chosen(field: Field, at: Here) -> None:
    value = st.session_state[field]
    index = at.resources.frames.index(str(value)) if field == "index" else at.index
    if field == "province" and value is not None:
        value = selection.typed(str(value), at.resources.names, at.unit_set)
    st.query_params.from_dict(selection.moved(st.query_params.to_dict(), at.selection, field, value, index))


def _searched() -> None:
    written = st.session_state["q"]
    if written:
        st.query_params["q"] = written
    else:
        st.query_params.pop("q", None)
