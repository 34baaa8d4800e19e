"""Prepares the page of a province that a reader is about to choose, while the reader is still choosing it.

A page's last run says what it asked and drew for one province; the same is asked and drawn for the one that is
marked in the list, and its texts are sent to the browser, which shows them the moment it is chosen. The rerun that
follows finds everything at hand and draws what is true; nothing here decides what a page says.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from dashboard.charts.theme import Mode
from dashboard.session.address import Reading
from dashboard.session.context import Context, Drawn
from dashboard.session.resources import Question, Resources, listening, resources
from data.text import Problem

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_LOG = logging.getLogger(__name__)
_PAGES = 256  # addresses whose last run is remembered

_Key = tuple[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Run:
    """What a page asked and drew for one province."""

    province: str
    heard: tuple[Question | Drawn, ...]


_RUNS: OrderedDict[_Key, _Run] = OrderedDict()
_LOCK = Lock()


@contextmanager
def learning(page: str, address: Mapping[str, str]) -> Iterator[None]:
    """Remember what is asked and drawn inside: the page at this address."""
    with listening() as heard:
        yield
    province = address.get("province")
    if province:
        with _LOCK:
            _RUNS[_key(page, address)] = _Run(province, tuple(heard))
            _RUNS.move_to_end(_key(page, address))
            if len(_RUNS) > _PAGES:
                _RUNS.popitem(last=False)


def texts(page: str, address: Mapping[str, str], mode: Mode, found: Resources) -> dict[str, str]:
    """The texts of the page with the province that the address names, by the name of their frame.

    Empty where the page hasn't been drawn at this address for any province, or the one named isn't known.
    """
    run, unit = _RUNS.get(_key(page, address)), address.get("province", "")
    if run is None or unit not in found.names.units:
        return {}
    drawn: dict[str, str] = {}
    for item in run.heard:
        args = tuple(unit if value == run.province else value for value in item.args)
        if isinstance(item, Question):
            with suppress(Problem):
                found.ask(item.ask, *args, **item.kwargs)
        elif item.selection.province == run.province:
            at = Context(found, Reading(replace(item.selection, province=unit)), mode)
            made = at.drawn(item.draw, *args, **item.kwargs)
            if item.block:
                drawn[item.name] = made
    return drawn


def _key(page: str, address: Mapping[str, str]) -> _Key:
    return page, frozenset((name, value) for name, value in address.items() if name != "province")


def answer(request: Request) -> Response:
    """The texts of `/ahead/<page>?<address>`, asked for by `dashboard/choices/choices.js`."""
    from starlette.responses import JSONResponse

    address = dict(request.query_params)
    mode: Mode = "dark" if address.pop("mode", "") == "dark" else "light"
    try:
        found = texts(request.path_params["page"], address, mode, resources())
    except Exception:
        # Whatever it is, the page itself meets it next and tells the reader.
        _LOG.debug("nothing prepared for %s", request.url, exc_info=True)
        found = {}
    return JSONResponse(found, headers={"Cache-Control": "no-store"})
