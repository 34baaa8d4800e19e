"""The widgets by which a reader chooses. Each shows what the address says and writes to the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, ParamSpec, TypeVar, get_args

import streamlit as st

from dashboard.session import address as selection
from dashboard.session.context import Context, context
from dashboard.text import LANGUAGES, say
from dashboard.widgets.choices import Field, choose
from data.definition import OVERALL
from data.frames import Frames
from data.names import UnitSet, fold
from data.text import Language

P = ParamSpec("P")
T = TypeVar("T")

Chosen = Literal["index", "year", "component", "region", "province"]


@dataclass(frozen=True, slots=True)
class Own:
    """A choice of a page's own, and what writes it to the address."""

    field: Field
    written: Callable[[str | None], None]


def head(at: Context) -> None:
    """The page's link to take along, and the switch between the two languages."""
    # Not the province: the address always names one that is chosen, and one that was cleared is not to come back.
    pairs = [("index", at.selection.index), ("year", str(at.selection.year)), ("lang", at.lang)]
    link = Field("link", at.say("control.link"), pairs, None, "copy", at.say("control.link_copied"), quiet=True)
    options = [(lang, say(lang, "control.language_name")) for lang in LANGUAGES]
    field = Field("lang", at.say("control.lang"), options, at.lang, kind="buttons", quiet=True)
    choose("choices-lang", [link, field], at.lang, _chosen, width="content")


def edition(at: Context) -> None:
    """Which index, which edition and which component of it."""
    choices(at, "index", "year", "component")


def index(at: Context) -> None:
    """Which index."""
    choices(at, "index")


def year(at: Context) -> None:
    """Which edition of it."""
    choices(at, "year")


def component(at: Context) -> None:
    """Which component of the edition, or its total."""
    choices(at, "component")


def province(at: Context) -> None:
    """Which province, of those of the edition, or any spelling of one; none is a choice too."""
    choices(at, "province")


def region(at: Context) -> None:
    """Which region to narrow the list to."""
    choices(at, "region")


def choices(
    at: Context, *names: Chosen, beside: Sequence[Own] = (), width: Literal["stretch", "content"] = "content"
) -> None:
    """What is to be chosen, in one row: any of the index, its edition and component, the region, the province.

    `beside` are the page's own, behind them. A row with nothing to choose still sees to links and cookies.
    """
    own = {item.field.name: item.written for item in beside}

    def chosen(field: str, value: str | None) -> None:
        if field in own:
            own[field](value)
        else:
            _chosen(field, value)

    fields = [*(_FIELDS[name](at) for name in names), *(item.field for item in beside)]
    choose(f"choices-{'-'.join(field.name for field in fields)}", fields, at.lang, chosen, width)


def _index(at: Context) -> Field:
    options = [(code, index.name.in_(at.lang)) for code, index in at.resources.frames.indices.items()]
    return Field("index", at.say("control.index"), options, at.index.code, width=140)


def _year(at: Context) -> Field:
    options = [(str(year), str(year)) for year in sorted(at.index.years, reverse=True)]
    return Field("year", at.say("control.year"), options, str(at.selection.year), width=100)


def _component(at: Context) -> Field:
    options = [(OVERALL, at.index.component(OVERALL).short.in_(at.lang))]
    options += [(item.code, item.name.in_(at.lang)) for item in at.index.components_of(at.selection.year)]
    return Field("component", at.say("control.component"), options, at.selection.component, width=240)


def _region(at: Context) -> Field:
    options = [(code, name.in_(at.lang)) for code, name in at.regions().items()]
    none = at.say("control.region_none")
    return Field("region", at.say("control.region"), options, at.selection.region, none=none, width=224)


def _province(at: Context) -> Field:
    options = at.resources.ask(provinces, at.unit_set, at.lang)
    none = at.say("control.province_none")
    label = at.say("control.province")
    return Field("province", label, options, at.selection.province, "search", none, width=224)


_FIELDS = {
    "index": _index,
    "year": _year,
    "component": _component,
    "region": _region,
    "province": _province,
}


def provinces(frames: Frames, unit_set: UnitSet, lang: Language) -> list[tuple[str, str, str]]:
    """Every unit with its name and, folded, all its spellings; in the order of a dictionary."""
    spellings: dict[str, dict[str, None]] = {}
    for unit, alias in frames.unit_alias.select("unit", "alias").iter_rows():
        spellings.setdefault(unit, {})[fold(alias)] = None
    rows = frames.unit.filter(unit_set=unit_set).select("unit", f"name_{lang}").iter_rows()
    listed = [(unit, name, " ".join({fold(name): None} | spellings.get(unit, {}))) for unit, name in rows]
    return sorted(listed, key=lambda row: selection.order(row[1]))


def search(at: Context, label: str = "control.search", width: int = 180) -> str:
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


def _chosen(field: str, value: str | None) -> None:
    """Write a choice to the address as it is now: the head is not drawn anew with every choice below it."""
    at = context()
    name = next(known for known in get_args(selection.Field) if known == field)
    index = at.resources.frames.index(value) if name == "index" and value else at.index
    if name == "province" and value is not None:
        value = selection.typed(value, at.resources.names, at.unit_set)
    st.query_params.from_dict(selection.moved(st.query_params.to_dict(), at.selection, name, value, index))


def _searched() -> None:
    written = st.session_state["q"]
    if written:
        st.query_params["q"] = written
    else:
        st.query_params.pop("q", None)
