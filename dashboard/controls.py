"""The widgets by which a reader chooses. Each shows what the address says and writes to the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast, get_args

import streamlit as st

from dashboard import selection
from dashboard.charts.theme import Mode
from dashboard.choices import Field, choose
from dashboard.resources import Resources, hear, resources
from dashboard.selection import Reading, Selection
from dashboard.text import LANGUAGES, say
from data.definition import OVERALL, Index
from data.frames import Frames
from data.names import UnitSet, fold
from data.text import Language, Text

P = ParamSpec("P")
T = TypeVar("T")

Chosen = Literal["index", "year", "component", "region", "province"]


@dataclass(frozen=True, slots=True)
class Own:
    """A choice of a page's own, and what writes it to the address."""

    field: Field
    written: Callable[[str | None], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of a page that was drawn, and what was chosen then; a `block` is text in a frame."""

    draw: Callable[..., Any]
    selection: Selection
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    block: bool = False

    @property
    def name(self) -> str:
        """What the browser knows it by."""
        return f"{self.draw.__module__}.{self.draw.__name__}"


@dataclass(frozen=True, slots=True, eq=False)
class Here:
    """Where a rerun of a page stands: the data, what is chosen, the words for it, and whether the page is dark."""

    resources: Resources
    reading: Reading
    mode: Mode = "light"

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

    def drawn(self, draw: Callable[Concatenate[Here, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`draw(at, …)`, done once for what is chosen: it reads nothing but the data, that, and its arguments.

        The arguments must be hashable. What is asked for in an address besides the selection has to be one.
        """
        return cast(T, self._drawn(Drawn(draw, self.selection, args, kwargs)))

    def block(self, draw: Callable[Concatenate[Here, P], str], *args: P.args, **kwargs: P.kwargs) -> str:
        """The same for text, in a frame by whose name the browser knows it (see `dashboard.ahead`)."""
        part = Drawn(draw, self.selection, args, kwargs, block=True)
        return f'<div data-drawn="{part.name}">{self._drawn(part)}</div>'

    def _drawn(self, part: Drawn) -> Any:
        hear(part)
        key = (part.draw, self.selection, self.mode, part.args, tuple(sorted(part.kwargs.items())))
        return self.resources.drawn(key, lambda: part.draw(self, *part.args, **part.kwargs))

    def regions(self) -> dict[str, Text]:
        """The regions of the edition's units by code, in the official order."""
        rows = self.resources.frames.region.filter(unit_set=self.unit_set)
        return {code: Text(vi, en) for code, vi, en in rows.select("region", "name_vi", "name_en").iter_rows()}


def here() -> Here:
    """The data and the selection as the address says it now."""
    found = resources()
    params = st.query_params.to_dict()
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    return Here(found, selection.read(params, found.frames, found.names, found.opening_year), mode)


def head(at: Here) -> None:
    """The page's link to take along, and the switch between the two languages."""
    # Not the province: the address always names one that is chosen, and one that was cleared is not to come back.
    pairs = [("index", at.selection.index), ("year", str(at.selection.year)), ("lang", at.lang)]
    link = Field("link", at.say("control.link"), pairs, None, "copy", at.say("control.link_copied"), quiet=True)
    options = [(lang, say(lang, "control.language_name")) for lang in LANGUAGES]
    field = Field("lang", at.say("control.lang"), options, at.lang, kind="buttons", quiet=True)
    choose("choices-lang", [link, field], at.lang, _chosen, width="content")


def edition(at: Here) -> None:
    """Which index, which edition and which component of it."""
    choices(at, "index", "year", "component")


def index(at: Here) -> None:
    """Which index."""
    choices(at, "index")


def year(at: Here) -> None:
    """Which edition of it."""
    choices(at, "year")


def component(at: Here) -> None:
    """Which component of the edition, or its total."""
    choices(at, "component")


def province(at: Here) -> None:
    """Which province, of those of the edition, or any spelling of one; none is a choice too."""
    choices(at, "province")


def region(at: Here) -> None:
    """Which region to narrow the list to."""
    choices(at, "region")


def choices(
    at: Here, *names: Chosen, beside: Sequence[Own] = (), width: Literal["stretch", "content"] = "content"
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


def _index(at: Here) -> Field:
    options = [(code, index.name.in_(at.lang)) for code, index in at.resources.frames.indices.items()]
    return Field("index", at.say("control.index"), options, at.index.code, width=140)


def _year(at: Here) -> Field:
    options = [(str(year), str(year)) for year in sorted(at.index.years, reverse=True)]
    return Field("year", at.say("control.year"), options, str(at.selection.year), width=100)


def _component(at: Here) -> Field:
    options = [(OVERALL, at.index.component(OVERALL).short.in_(at.lang))]
    options += [(item.code, item.name.in_(at.lang)) for item in at.index.components_of(at.selection.year)]
    return Field("component", at.say("control.component"), options, at.selection.component, width=240)


def _region(at: Here) -> Field:
    options = [(code, name.in_(at.lang)) for code, name in at.regions().items()]
    none = at.say("control.region_none")
    return Field("region", at.say("control.region"), options, at.selection.region, none=none, width=224)


def _province(at: Here) -> Field:
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


def _chosen(field: str, value: str | None) -> None:
    """Write a choice to the address as it is now: the head is not drawn anew with every choice below it."""
    at = here()
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
