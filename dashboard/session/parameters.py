"""A page's own parameters in the address, beside those that all pages share (`session.address`).

A page's own parameters are a frozen dataclass derived from `Parameters`, in its `parameters.py`:

    @dataclass(frozen=True, slots=True)
    class TrendParameters(Parameters):
        by: Literal["score", "rank"] = "score"
        comparators: tuple[str, ...] | None = None

`TrendParameters.read()` reads them from the address; a value that does not fit a field's type counts as missing.
`TrendParameters.write(by="rank")` changes the address.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, Union, get_args, get_origin, get_type_hints

from dashboard.session import query
from dashboard.session.context import context

_NAME = "name"
# By model, since type hints take long to read.
_FIELDS: dict[type[Parameters], dict[str, tuple[str, Any]]] = {}


def named(name: str) -> dict[str, str]:
    """Metadata of a field that has another name in the address: a word of Python's, or one of links in use."""
    return {_NAME: name}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The base class of all pages' own parameters.

    A field is a `str`, an `int`, a `Literal` of strings or a tuple of strings (separated by commas in the
    address), each optionally or None. Its default is the value of an address without it.
    """

    @classmethod
    def read(cls) -> Self:
        """The parameters in the address now."""
        return cls.parse(query.current())

    @classmethod
    def parse(cls, address: Mapping[str, str]) -> Self:
        """The parameters in the given `address`; a value that does not fit its field's type counts as missing."""
        found = {}
        for name, (parameter, kind) in _fields(cls).items():
            value = _parsed(address[parameter], kind) if parameter in address else None
            if value is not None:
                found[name] = value
        return cls(**found)

    @classmethod
    def parameter(cls, name: str) -> str:
        """The name in the address of a field."""
        return _fields(cls)[name][0]

    @classmethod
    def write(cls, **changed: Any) -> None:
        """Write changed fields to the address.

        Index, edition and language are written too, so that the link keeps its meaning when a newer edition comes.
        """
        before = cls.read()
        after = replace(before, **changed)
        params = after.params()
        if any(params[cls.parameter(name)] is not None for name in changed):
            chosen = context().selection
            params = {"index": chosen.index, "year": str(chosen.year), "lang": chosen.lang, **params}
        query.update(params)

    @classmethod
    def choose(cls, parameter: str, written: str | None) -> None:
        """Write one parameter, by its name in the address and as text; None stands for its default."""
        name, kind = next((name, kind) for name, (given, kind) in _fields(cls).items() if given == parameter)
        value = None if written is None else _parsed(written, kind)
        cls.write(**{name: getattr(cls(), name) if value is None else value})

    def params(self) -> dict[str, str | None]:
        """The values as text, by their names in the address; None for defaults, which are left out there."""
        usual = type(self)()
        return {
            parameter: None if getattr(self, name) == getattr(usual, name) else _written(getattr(self, name))
            for name, (parameter, _) in _fields(type(self)).items()
        }

    def link(self) -> dict[str, str]:
        """The parameters that differ from their defaults, for a link to this page."""
        return {name: value for name, value in self.params().items() if value is not None}


def _fields(model: type[Parameters]) -> dict[str, tuple[str, Any]]:
    """By the name of each field: its name in the address and its type."""
    return _FIELDS.get(model) or _FIELDS.setdefault(model, _declared(model))


def _declared(model: type[Parameters]) -> dict[str, tuple[str, Any]]:
    hints = get_type_hints(model)
    return {item.name: (str(item.metadata.get(_NAME, item.name)), hints[item.name]) for item in fields(model)}


def _parsed(written: str, kind: Any) -> Any:
    """A value of a type, or None where what is written is none."""
    if get_origin(kind) in (Union, types.UnionType):
        return _parsed(written, next(item for item in get_args(kind) if item is not type(None)))
    if get_origin(kind) is Literal:
        return written if written in get_args(kind) else None
    if get_origin(kind) is tuple:
        return tuple(dict.fromkeys(item.strip() for item in written.split(",") if item.strip()))
    if kind is int:
        # Python refuses to read thousands of digits, and no parameter means any number of more than nine.
        return int(written) if len(written) <= 9 and written.isascii() and written.isdigit() else None
    return written


def _written(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
