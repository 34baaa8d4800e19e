"""The options of the shared filters: indices, editions, components, regions and provinces, as (value, label)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from dashboard.session import address
from dashboard.session.context import Context
from data.definition import OVERALL
from data.frames import Frames
from data.names import UnitSet
from data.spelling import fold
from data.text import Language

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Options:
    """A long list of options that is sent to a browser once, under a `name` made from its content."""

    rows: tuple[tuple[str, ...], ...]
    name: str

    @classmethod
    def of(cls, rows: Rows) -> Options:
        """The list with these rows."""
        return cls(tuple(rows), sha256(json.dumps(rows).encode()).hexdigest()[:12])


def indices(at: Context) -> Rows:
    """Every index."""
    return [(code, index.name.in_(at.lang)) for code, index in at.resources.frames.indices.items()]


def years(at: Context) -> Rows:
    """Every edition of the index, newest first."""
    return [(str(year), str(year)) for year in sorted(at.index.years, reverse=True)]


def components(at: Context) -> Rows:
    """The total and every component of the edition."""
    total = (OVERALL, at.index.component(OVERALL).short.in_(at.lang))
    return [total, *((item.code, item.name.in_(at.lang)) for item in at.index.components_of(at.selection.year))]


def regions(at: Context) -> Rows:
    """Every region of the edition's units."""
    return [(code, name.in_(at.lang)) for code, name in at.regions().items()]


def provinces(at: Context) -> Options:
    """Every unit of the edition, with its spellings behind its name; see `units`."""
    return at.resources.ask(units, at.unit_set, at.lang)


def units(frames: Frames, unit_set: UnitSet, lang: Language) -> Options:
    """Every unit of a set as (code, name, all its spellings folded), in the order of a dictionary."""
    spellings: dict[str, dict[str, None]] = {}
    for unit, alias in frames.unit_alias.select("unit", "alias").iter_rows():
        spellings.setdefault(unit, {})[fold(alias)] = None
    rows = frames.unit.filter(unit_set=unit_set).select("unit", f"name_{lang}").iter_rows()
    listed = [(unit, name, " ".join({fold(name): None} | spellings.get(unit, {}))) for unit, name in rows]
    return Options.of(sorted(listed, key=lambda row: address.order(row[1])))
