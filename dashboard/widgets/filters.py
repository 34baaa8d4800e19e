"""The filters that pages share (index, edition, component, region, province), with values from the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.session import address, options, query
from dashboard.session.context import Context, context
from dashboard.text import LANGUAGES, say
from dashboard.widgets.filter_bar import Filter, filter_bar
from data.names import PROVINCES

Shared = Literal["index", "year", "component", "region", "province"]


@dataclass(frozen=True, slots=True)
class Own:
    """A filter of a single page, to stand in the row of shared ones, with the function that writes its choice."""

    filter: Filter
    write: Callable[[str | None], None]


def head(at: Context) -> None:
    """The filters above every page: a button that copies the page's address, and the choice of language."""
    # Without the province: where one is chosen it is in the address already, and one just cleared must not come
    # back.
    pairs = [("index", at.selection.index), ("year", str(at.selection.year)), ("lang", at.lang)]
    copy = Filter("link", at.say("control.link"), pairs, None, "copy", at.say("control.link_copied"), quiet=True)
    languages = [(lang, say(lang, "control.language_name")) for lang in LANGUAGES]
    language = Filter("lang", at.say("control.lang"), languages, at.lang, "buttons", quiet=True)
    # The head is drawn once per page and what lies below it with every choice, so the long lists are sent here.
    lists = [at.resources.ask(options.units, unit_set, at.lang) for unit_set in at.resources.names.keys]
    filter_bar("filters-lang", [copy, language], at.lang, _choose, lists=lists)


def show(
    at: Context, *names: Shared, beside: Sequence[Own] = (), width: Literal["stretch", "content"] = "content"
) -> None:
    """Draw a row of filters: the shared ones of `names`, then the page's own (`beside`).

    A row without filters still handles the page's links and writes the cookies.
    """
    own = {item.filter.name: item.write for item in beside}

    def chosen(name: str, value: str | None) -> None:
        if name in own:
            own[name](value)
        else:
            _choose(name, value)

    # Units of one's own lie in no region.
    shown = [name for name in names if name != "region" or at.unit_set in PROVINCES]
    filters = [*(_FILTERS[name](at) for name in shown), *(item.filter for item in beside)]
    filter_bar(f"filters-{'-'.join(item.name for item in filters)}", filters, at.lang, chosen, width)


def _index(at: Context) -> Filter:
    return Filter("index", at.say("control.index"), options.indices(at), at.index.code, width=140)


def _year(at: Context) -> Filter:
    return Filter("year", at.say("control.year"), options.years(at), str(at.selection.year), width=100)


def _component(at: Context) -> Filter:
    label = at.say("control.component")
    return Filter("component", label, options.components(at), at.selection.component, width=240)


def _region(at: Context) -> Filter:
    none = at.say("control.region_none")
    return Filter(
        "region", at.say("control.region"), options.regions(at), at.selection.region, none=none, width=224
    )


def _province(at: Context) -> Filter:
    label, none = at.say("control.province"), at.say("control.province_none")
    return Filter("province", label, options.provinces(at), at.selection.province, "search", none, width=224)


_FILTERS: dict[Shared, Callable[[Context], Filter]] = {
    "index": _index,
    "year": _year,
    "component": _component,
    "region": _region,
    "province": _province,
}


def _choose(name: str, value: str | None) -> None:
    """Write a choice to the address as it is now: since this bar was drawn, others may have changed it."""
    at = context()
    field = next(known for known in get_args(address.Field) if known == name)
    index = at.resources.frames.index(value) if field == "index" and value else at.index
    if field == "province" and value is not None:
        value = address.typed(value, at.resources.names, at.unit_set)
    query.replace(address.moved(query.current(), at.selection, field, value, index))
