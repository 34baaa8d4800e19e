"""What a store is built from, and a digest of it: another digest means build anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent

_FIGURES = (
    ("figures", "*/*.csv*"),
    ("geography", "*.csv"),
    ("context", "*.csv*"),
    ("definitions", "*.toml"),
)
# The modules that decide how a store looks, and those that they import.
MODULES = (
    "compiled",
    "definition",
    "definition_file",
    "fingerprint",
    "period",
    "schema.__init__",
    "schema.entries",
    "schema.figures",
    "schema.indicators",
    "schema.plans",
    "schema.units",
    "status",
    "store.figures",
    "store.files",
    "text",
)


def fingerprint(folder: Path = FOLDER) -> str:
    """A digest of every file below `folder` that a store is built from, and of what builds it."""
    digest = hashlib.sha256()
    for path in sorted(_inputs(folder)):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _inputs(folder: Path) -> Iterator[Path]:
    for part, pattern in _FIGURES:
        yield from (folder / part).glob(pattern)
    if folder == FOLDER:
        yield from (FOLDER / f"{name.replace('.', '/')}.py" for name in MODULES)
