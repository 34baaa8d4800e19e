"""Specifications of charts as they were last looked at; `UPDATE_SNAPSHOTS=1` writes them anew."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "snapshots"


def matches(name: str, spec: dict[str, Any]) -> bool:
    """Whether a specification is the one kept as `name`, to the last letter."""
    path = FOLDER / f"{name}.json"
    written = json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    return path.read_text(encoding="utf-8") == written
