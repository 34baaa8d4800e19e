"""What a reader has ordered for a conference, as the address says it, and the choices that write it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

import streamlit as st

from analytics.core.edition import check_top
from analytics.weakness.weakness import Against
from dashboard.documents.content.specification import EVERYTHING, SHORT, Section, Specification
from dashboard.documents.formats import FORMATS
from dashboard.session.context import Context
from dashboard.text import LANGUAGES, grammar, say
from dashboard.widgets import filter_bar
from dashboard.widgets.choices import Field, choose
from data.definition import Index
from data.text import Language, Problem

# Names in the address. What isn't there is what most would order.
ALSO, AGAINST, TOP, BESIDE, PARTS, FILES, TONGUE = "also", "against", "top", "beside", "parts", "files", "in"
NAMES = (ALSO, AGAINST, TOP, BESIDE, PARTS, FILES, TONGUE)
REGION = "region"
NOTHING = "none"
_ADDED = "beside_more"
USUAL = tuple(key for key, output in FORMATS.items() if output.usual)
# How large the target group may be chosen to be, beside the definition's own size.
_SIZES = {"63": (5, 10, 15, 20, 30), "34": (3, 5, 8, 10, 15)}


@dataclass(frozen=True, slots=True)
class Order:
    """A specification that the figures can answer (none without a province), the formats wanted, and sentences on
    what was asked for and can't be had."""

    specification: Specification | None
    formats: tuple[str, ...]
    notices: tuple[str, ...] = ()


def read(at: Context) -> Order:
    """The order that the address means."""
    notices = [notice.in_(at.lang) for notice in at.reading.notices]
    formats = tuple(item for item in FORMATS if item in _listed(FILES, USUAL)) or USUAL
    unit = at.selection.province
    if unit is None:
        return Order(None, formats, tuple(notices))
    beside = _listed(BESIDE, (REGION,))
    specification = Specification(
        province=unit,
        indices=(at.index.code, *_also(at, notices)),
        year=at.selection.year,
        against=next((item for item in get_args(Against) if item == st.query_params.get(AGAINST)), "target"),
        peers=_peers(at, beside, notices),
        region=REGION in beside,
        top=_top(at, notices),
        contents=_contents(),
        lang=tongue(at),
    )
    return Order(specification, formats, tuple(notices))


def tongue(at: Context) -> Language:
    """The language of the pack: the page's unless another is asked for."""
    return next((lang for lang in LANGUAGES if lang == st.query_params.get(TONGUE)), at.lang)


def edition(specification: Specification, at: Context) -> str:
    """The indices and the year: `PCI và PAR INDEX 2023`."""
    names = [at.resources.frames.index(code).name.in_(at.lang) for code in specification.indices]
    return f"{grammar.listed(names, at.lang)} {specification.year}"


def draw(at: Context, order: Order) -> None:
    """All there is to choose."""
    filter_bar.choices(at, "province", "index", "year")
    asked = order.specification
    if asked is not None:
        fields = [*_contents_fields(at, asked), *_comparing_fields(at, asked), *_file_fields(at, order)]
        choose("choices-pack", fields, at.lang, partial(_chosen, at, asked), "stretch")


def _contents_fields(at: Context, asked: Specification) -> list[Field]:
    frames = at.resources.frames
    others = [index for index in frames.indices.values() if index is not at.index and _scored(index, at)]
    options = [(index.code, index.name.in_(at.lang)) for index in others]
    sections = [(str(item), at.say(f"packing.section.{item}")) for item in Section]
    sets = [(at.say("packing.sets.all"), ",".join(EVERYTHING)), (at.say("packing.sets.short"), ",".join(SHORT))]
    parts = Field(PARTS, at.say("packing.parts"), sections, ",".join(asked.contents), "many", sets=sets, least=1)
    also = Field(ALSO, at.say("packing.also"), options, ",".join(asked.indices[1:]), "many")
    return [also, parts] if options else [parts]


def _comparing_fields(at: Context, asked: Specification) -> list[Field]:
    references = [(item, at.say(f"weaknesses.switch.{item}")) for item in get_args(Against)]
    own = at.index.target_group.get(at.unit_set, at.index.edition(asked.year).units)
    sizes = sorted({*_SIZES[at.unit_set], own, *filter(None, [asked.top])})
    kept = [(str(size), at.say("packing.size", size=size)) for size in sizes if _possible(at, asked.year, size)]
    names = at.resources.names
    marks = [(REGION, at.say("packing.region"))] + [(unit, names.name(unit).in_(at.lang)) for unit in asked.peers]
    beside = ",".join([*([REGION] if asked.region else []), *asked.peers])
    units = at.resources.ask(filter_bar.provinces, at.unit_set, at.lang)
    left = [row for row in units if row[0] not in (asked.province, *asked.peers)]
    hint = at.say("packing.more" if asked.peers else "packing.nearest")
    return [
        Field(AGAINST, at.say("packing.against"), references, asked.against, width=200),
        Field(TOP, at.say("packing.top"), kept, str(asked.top or own), width=176),
        Field(BESIDE, at.say("packing.beside"), marks, beside, "many"),
        Field(_ADDED, at.say("packing.peer"), left, None, "search", hint, width=256),
    ]


def _file_fields(at: Context, order: Order) -> list[Field]:
    files = [(item, at.say(f"pack.format.{item}")) for item in FORMATS]
    tongues = [(lang, say(lang, "control.language_name")) for lang in LANGUAGES]
    return [
        Field(FILES, at.say("packing.files"), files, ",".join(order.formats), "many", least=1),
        Field(TONGUE, at.say("packing.tongue"), tongues, tongue(at), "buttons"),
    ]


def _chosen(at: Context, asked: Specification, field: str, value: str | None) -> None:
    """Write a choice to the address, or nothing where it is what an address without it means."""
    if field == _ADDED:
        if not value:
            return
        field = BESIDE
        value = ",".join([*([REGION] if asked.region else []), *asked.peers, value])
    own = at.index.target_group.get(at.unit_set)
    plain = {
        ALSO: "",
        AGAINST: "target",
        TOP: str(own),
        BESIDE: REGION,
        PARTS: ",".join(EVERYTHING),
        FILES: ",".join(USUAL),
        TONGUE: at.lang,
    }
    if value == plain[field]:
        st.query_params.pop(field, None)
        return
    # The edition too, so that the link goes on meaning what is seen now when a newer one comes.
    st.query_params.update(
        {"index": at.index.code, "year": str(asked.year), "lang": at.lang, field: value or NOTHING}
    )


def _listed(name: str, usual: Sequence[str]) -> tuple[str, ...]:
    """What the address names, else what is usual."""
    written = st.query_params.get(name)
    return tuple(usual) if written is None else tuple(item for item in written.split(",") if item)


def _contents() -> tuple[Section, ...]:
    asked = _listed(PARTS, EVERYTHING)
    return tuple(item for item in Section if item in asked) or EVERYTHING


def _scored(index: Index, at: Context) -> bool:
    """Whether an index has this edition, of the same set of units."""
    year = at.selection.year
    return year in index.years and index.edition(year).unit_set == at.unit_set


def _also(at: Context, notices: list[str]) -> list[str]:
    """The other indices asked for that have an edition of this year."""
    asked = [
        index
        for index in at.resources.frames.indices.values()
        if index is not at.index and index.code in _listed(ALSO, ())
    ]
    missing = [index.name.in_(at.lang) for index in asked if not _scored(index, at)]
    if missing:
        names = grammar.listed(missing, at.lang)
        notices.append(at.say("packing.no_edition", names=names, year=at.selection.year))
    return [index.code for index in asked if _scored(index, at)]


def _peers(at: Context, beside: Sequence[str], notices: list[str]) -> tuple[str, ...]:
    """The units compared with by hand, by any spelling; those that can't be are named."""
    found: dict[str, None] = {}
    for written in beside:
        if written in (REGION, NOTHING):
            continue
        try:
            unit = at.resources.names.find(written, at.unit_set).unit
        except Problem as problem:
            notices.append(problem.text.in_(at.lang))
            continue
        if unit != at.selection.province:
            found[unit] = None
    return tuple(found)


def _top(at: Context, notices: list[str]) -> int | None:
    """The size of the target group asked for; none is the definition's."""
    written = st.query_params.get(TOP, "")
    size = int(written) if written.isascii() and written.isdigit() else None
    try:
        check_top(at.index, at.selection.year, size)
    except Problem as problem:
        if size is not None:
            notices.append(problem.text.in_(at.lang))
        return None
    return size


def _possible(at: Context, year: int, size: int) -> bool:
    return 1 <= size <= at.index.edition(year).units
