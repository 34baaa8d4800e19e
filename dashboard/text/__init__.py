"""The words of pages, documents and commands, in TOML files of each language with the same keys.

`vi.toml` holds what all share; a page or document with many words has a file beside it, `vi.target.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from data.text import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
FOLDER = Path(__file__).parent


@cache
def texts(lang: Language) -> dict[str, str]:
    """Every text of a language by its dotted key: `rankings.title`."""
    found: dict[str, str] = {}
    for path in (FOLDER / f"{lang}.toml", *sorted(FOLDER.glob(f"{lang}.*.toml"))):
        content = dict(_flat("", tomllib.loads(path.read_text(encoding="utf-8"))))
        assert not content.keys() & found.keys(), f"{path.name} repeats {sorted(content.keys() & found.keys())}"
        found |= content
    return found


def say(lang: Language, key: str, **values: object) -> str:
    """The text of a key with its `{placeholders}` filled in; a missing key is an error in the program."""
    return texts(lang)[key].format(**values)


def _flat(prefix: str, content: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in content.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{key}.", value)
        else:
            found.append((prefix + key, str(value)))
    return found
