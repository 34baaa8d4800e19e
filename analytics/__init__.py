"""The middle floor: one folder a field, one module a question; pure functions, frames in and frames out.

A question is found by its name alone: `from analytics.ranking import ranking` imports `analytics.core.ranking`.
Notebooks need not know the field, and go on working when a question moves to another.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType


def question(name: str) -> ModuleType:
    """The module of a question, in whichever field it lies; ModuleNotFoundError where there is none."""
    field = _field(name)
    if field is None:
        raise ModuleNotFoundError(f"{__name__} answers no question named {name!r}", name=f"{__name__}.{name}")
    return import_module(f"{__name__}.{field}.{name}")


def _field(name: str) -> str | None:
    """The folder with a module of this name; no two have one (a test sees to it)."""
    found = next(Path(__file__).parent.glob(f"*/{name}.py"), None)
    return None if found is None or name == "__init__" else found.parent.name


class _ByName(MetaPathFinder, Loader):
    """Lets `analytics.<question>` be imported; asked only where Python itself finds no such module."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """A specification for a question's name, None for any other."""
        package, _, name = fullname.rpartition(".")
        return spec_from_loader(fullname, self) if package == __name__ and _field(name) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The question's own module, not a copy."""
        found = question(spec.name.rpartition(".")[2])
        spec.loader_state = found.__spec__
        return found

    def exec_module(self, module: ModuleType) -> None:
        """It has run already; only its own specification is put back."""
        assert module.__spec__ is not None
        module.__spec__ = module.__spec__.loader_state


sys.meta_path.append(_ByName())
