"""A store of its own for a test that writes."""

from __future__ import annotations

import shutil
from pathlib import Path


def copied(source: Path, target: Path) -> Path:
    """Both parts of a store, in another place."""
    for part in (".duckdb", ".entries.sqlite"):
        shutil.copyfile(source.with_suffix(part), target.with_suffix(part))
    return target
