"""What a reader has ordered for a conference, as the address says it, and the choices that write it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import get_args

from analytics.core.edition import check_top
from analytics.weakness.weakness import Against
from dashboard.documents.content.specification import EVERYTHING, SHORT, Section, Specification
from dashboard.documents.formats import FORMATS
from dashboard.session import options
from dashboard.session.context import Context
from dashboard.text import LANGUAGES, grammar, say
from dashboard.views.pack.parameters import NOTHING, REGION, USUAL, PackParameters
from dashboard.widgets import filters
from dashboard.widgets.filter_bar import Filter, filter_bar
from dashboard.widgets.notices import notices
from data.definition import Index
from data.notes import Notes, Words, by_index
from data.text import Problem

# The list that adds one unit to those compared with.
_ADDED = "beside_more"
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
    asked = PackParameters.read()
    said = notices(at)
    formats = tuple(item for item in FORMATS if item in asked.files) or USUAL
    unit = at.selection.province
    if unit is None:
        return Order(None, formats, tuple(said))
    specification = Specification(
        province=unit,
        indices=(at.index.code, *_also(at, asked, said)),
        year=at.selection.year,
        against=asked.against,
        peers=_peers(at, asked.beside, said),
        region=REGION in asked.beside,
        top=_top(at, asked, said),
        contents=tuple(item for item in Section if item in asked.parts) or EVERYTHING,
        lang=asked.lang or at.lang,
    )
    return Order(specification, formats, tuple(said))


def edition(specification: Specification, at: Context) -> str:
    """The indices and the year: `PCI và PAR INDEX 2023`."""
    names = [at.resources.frames.index(code).name.in_(at.lang) for code in specification.indices]
    return f"{grammar.listed(names, at.lang)} {specification.year}"


def draw(at: Context, order: Order) -> None:
    """All there is to choose."""
    filters.show(at, "province", "index", "year")
    asked = order.specification
    if asked is not None:
        shown = [*_contents(at, asked), *_compared(at, asked), *_files(at, order, asked)]
        filter_bar("filters-pack", shown, at.lang, partial(_chosen, at, asked), "stretch")


def _contents(at: Context, asked: Specification) -> list[Filter]:
    frames = at.resources.frames
    others = [index for index in frames.indices.values() if index is not at.index and _scored(index, at)]
    indices = [(index.code, index.name.in_(at.lang)) for index in others]
    sections = [(str(item), at.say(f"packing.section.{item}")) for item in Section]
    sets = [(at.say("packing.sets.all"), ",".join(EVERYTHING)), (at.say("packing.sets.short"), ",".join(SHORT))]
    contents = ",".join(asked.contents)
    parts = Filter("parts", at.say("packing.parts"), sections, contents, "marks", sets=sets, least=1)
    also = Filter("also", at.say("packing.also"), indices, ",".join(asked.indices[1:]), "marks")
    return [also, parts] if indices else [parts]


def _compared(at: Context, asked: Specification) -> list[Filter]:
    references = [(item, at.say(f"weaknesses.switch.{item}")) for item in get_args(Against)]
    own = at.index.target_group.get(at.unit_set, at.index.edition(asked.year).units)
    sizes = sorted({*_SIZES[at.unit_set], own, *filter(None, [asked.top])})
    kept = [(str(size), at.say("packing.size", size=size)) for size in sizes if _possible(at, asked.year, size)]
    names = at.resources.names
    marks = [(REGION, at.say("packing.region"))] + [(unit, names.name(unit).in_(at.lang)) for unit in asked.peers]
    beside = ",".join([*([REGION] if asked.region else []), *asked.peers])
    units, known = options.provinces(at), (asked.province, *asked.peers)
    hint = at.say("packing.more" if asked.peers else "packing.nearest")
    return [
        Filter("against", at.say("packing.against"), references, asked.against, width=200),
        Filter("top", at.say("packing.top"), kept, str(asked.top or own), width=176),
        Filter("beside", at.say("packing.beside"), marks, beside, "marks"),
        Filter(_ADDED, at.say("packing.peer"), units, None, "search", hint, width=256, without=known),
    ]


def _files(at: Context, order: Order, asked: Specification) -> list[Filter]:
    files = [(item, at.say(f"pack.format.{item}")) for item in FORMATS]
    tongues = [(lang, say(lang, "control.language_name")) for lang in LANGUAGES]
    return [
        Filter("files", at.say("packing.files"), files, ",".join(order.formats), "marks", least=1),
        Filter(PackParameters.parameter("lang"), at.say("packing.tongue"), tongues, asked.lang, "buttons"),
    ]


def _chosen(at: Context, asked: Specification, name: str, value: str | None) -> None:
    """Write a choice to the address."""
    if name == _ADDED:
        if not value:
            return
        name, value = "beside", ",".join([*([REGION] if asked.region else []), *asked.peers, value])
    own = at.index.target_group.get(at.unit_set)
    usual = {"top": str(own), PackParameters.parameter("lang"): at.lang}
    PackParameters.choose(name, None if value == usual.get(name) else value or NOTHING)


def _scored(index: Index, at: Context) -> bool:
    """Whether an index has this edition, of the same set of units."""
    year = at.selection.year
    return year in index.years and index.edition(year).unit_set == at.unit_set


def _also(at: Context, parameters: PackParameters, notices: list[str]) -> list[str]:
    """The other indices asked for that have an edition of this year."""
    asked = [
        index
        for index in at.resources.frames.indices.values()
        if index is not at.index and index.code in parameters.also
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


def _top(at: Context, parameters: PackParameters, notices: list[str]) -> int | None:
    """The size of the target group asked for; none is the definition's."""
    size = parameters.top
    try:
        check_top(at.index, at.selection.year, size)
    except Problem as problem:
        if size is not None:
            notices.append(problem.text.in_(at.lang))
        return None
    return size


def _possible(at: Context, year: int, size: int) -> bool:
    return 1 <= size <= at.index.edition(year).units


# Notes as something to keep an answer by.
Said = tuple[tuple[str, tuple[tuple[str, Words], ...]], ...]


def said(at: Context, asked: Specification) -> Said:
    """What the province wrote of what is ordered, as it stands now."""
    found = at.resources.ask_written(
        by_index, at.resources.frames, tuple(asked.indices), asked.province, asked.year
    )
    return tuple((code, tuple(words.items())) for code, words in found.items())


def notes(said: Said) -> Notes:
    """The same by index and component, as documents take it."""
    return {code: dict(words) for code, words in said}
